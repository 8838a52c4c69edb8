//! Invoance codes (`specs/invoance.md`).

use super::{ReasonWords, mismatch, open};

const ORIGINAL: &str = "Ask the sender to export these rows again, as NDJSON.";

const SCOPE: &str = "Ask the sender what the export covers. Then state it here.";

const NOTHING: &str = "Nothing to do.";

// One row (4).

pub(super) const INVALID_UTF8: ReasonWords = mismatch(
    "The row is not written in UTF-8.",
    "The bytes of the row are not UTF-8. The row was not used.",
    "Its letters cannot be read with certainty, so nothing could be computed.",
    ["the file was converted to another encoding", "damage on the way"],
    ORIGINAL,
)
.lead("Not readable.");

pub(super) const PARSE_ERROR: ReasonWords = mismatch(
    "The row is not readable as JSON.",
    "The text of the row breaks the rules of JSON. The row was not used.",
    "What the row says cannot be read with certainty.",
    ["the file was cut or edited", "a line was broken in two"],
    ORIGINAL,
)
.lead("Not readable.");

pub(super) const DUPLICATE_KEY: ReasonWords = mismatch(
    "A name stands twice in the row.",
    "One field of the row is given two values. The row was not used.",
    "Two programs could show different values, and one signature fits only one of them.",
    ["faulty export software", "the file was edited by hand"],
    ORIGINAL,
)
.lead("Two values for one field.");

pub(super) const NOT_AN_EVENT: ReasonWords = mismatch(
    "The row is not an audit event.",
    "The row has no action, or neither an actor nor a number.",
    "It carries nothing that this check could be about.",
    [
        "another file was added to the log",
        "the export software wrote a line of its own",
    ],
    "Ask the sender what this row is.",
)
.lead("Not an audit event.");

pub(super) const UNSUPPORTED_SCHEMA: ReasonWords = open(
    "The row names a form that this program does not know.",
    "The row states another schema than invoance.audit/1.",
    "A newer form is no sign of a change. It needs newer software.",
    "Ask the sender which software reads it, or use a newer version of this program.",
)
.lead("Newer format.")
.missing("support for this format version");

pub(super) const CANONICALIZATION_FAILED: ReasonWords = mismatch(
    "The row cannot be put into its standard form.",
    "A signed field is missing, or holds a value for which the format has no fixed spelling.",
    "No fingerprint could be computed, so the row shows nothing.",
    [
        "a field was dropped or converted on export",
        "a number or time was edited",
    ],
    ORIGINAL,
)
.lead("No standard form.");

pub(super) const PAYLOAD_HASH_MISMATCH: ReasonWords = mismatch(
    "Its content does not match the recorded fingerprint.",
    "The fingerprint computed from the signed fields is not the one on the row.",
    "These fields are not what was recorded.",
    [
        "another program saved the file again and converted numbers or times",
        "a field was edited",
    ],
    ORIGINAL,
)
.lead("Changed.");

pub(super) const NO_PUBLIC_KEY: ReasonWords = open(
    "No key is at hand for this row.",
    "The row carries no key, and your key book has none for its organisation.",
    "Without the key, the signature says nothing yet. Nothing was found to be wrong with it.",
    "Ask the issuer for its public key by a separate route. Then add it to your key book.",
)
.lead("Key not found.")
.missing("the issuer's public key");

pub(super) const NO_SIGNATURE: ReasonWords = mismatch(
    "The row has no signature.",
    "The field for the signature is absent or empty.",
    "Nobody vouches for this row. Anyone could have written it, its fingerprint included.",
    [
        "the field was dropped on export",
        "the row did not come from the service",
    ],
    ORIGINAL,
)
.lead("Not signed.");

pub(super) const SIGNATURE_INVALID: ReasonWords = mismatch(
    "The signature does not fit the row.",
    "No key that this check may use makes the signature fit the signed fields.",
    "Fields, signature and key do not belong together.",
    [
        "the row changed and its fingerprint was computed anew",
        "signature or key were mixed up on export",
    ],
    ORIGINAL,
)
.lead("Signature does not fit.");

pub(super) const KEY_MISMATCH: ReasonWords = mismatch(
    "The row was signed with another key than yours.",
    "The signature fits the key on the row. The keys you confirmed do not make it fit.",
    "The row agrees with itself, but another key made its signature.",
    [
        "the issuer changed its key",
        "the export comes from another system or customer",
    ],
    "Ask the issuer by a separate route which key it used. Leave the key book as it is until then.",
)
.lead("Another key than yours.");

// Notes on a row that verifies.

pub(super) const NO_PAYLOAD_HASH: ReasonWords = open(
    "The row carries no fingerprint of its own.",
    "The field for the fingerprint is absent. It was computed here from the signed fields.",
    "The signature covers the fields directly, so nothing is lost.",
    NOTHING,
);

pub(super) const EMBEDDED_KEY_DIFFERS: ReasonWords = open(
    "The row names another key than the one that fits.",
    "A key you confirmed makes the signature fit. The key written on the row is another.",
    "The content is as signed. Only the key beside it is wrong, and it is not signed.",
    "Do not copy the key from this row. If it matters, ask the sender why it differs.",
);

pub(super) const NO_EMBEDDED_KEY: ReasonWords = open(
    "The row carries no key of its own.",
    "The field for the key is absent. The row was checked with a key you confirmed.",
    "Nothing is lost: a key on the row proves nothing by itself.",
    NOTHING,
);

pub(super) const ID_CONFLICT: ReasonWords = open(
    "The row has two different ids. The one named id is signed.",
    "The fields id and event_id are both there and differ. The signature covers id.",
    "The field event_id is not signed and could have been added by anyone.",
    "Use the signed id. If others quote event_id, ask the sender why it differs.",
);

pub(super) const UNSIGNED_FIELDS: ReasonWords = open(
    "The row has fields that the signature does not cover.",
    "Fields stand on the row that do not belong to the signed form.",
    "Anyone could have added or changed them. They are marked as not covered.",
    "Do not rely on these fields alone.",
);

pub(super) const METADATA_NOT_SCALAR: ReasonWords = open(
    "A detail of the event has a form that the service does not accept.",
    "A value in metadata is not a text, whole number, yes or no.",
    "It is signed all the same. A service that keeps its own rules would have refused it.",
    "If it matters, ask the issuer how this event was written.",
);

pub(super) const METADATA_LIMITS: ReasonWords = open(
    "The details of the event are larger than the service accepts.",
    "There are more details, or longer ones, than the service says it takes.",
    "They are signed all the same. A service that keeps its own rules would have refused them.",
    "If it matters, ask the issuer how this event was written.",
);

pub(super) const ACTOR_SHAPE: ReasonWords = open(
    "The actor is not described in the usual form.",
    "Type or id of the actor is absent or is not a text.",
    "It is signed as it stands. Who acted may not be told from it.",
    "If it matters, ask the issuer who acted.",
);

pub(super) const TARGET_SHAPE: ReasonWords = open(
    "A target is not described in the usual form.",
    "Type or id of a target is absent or is not a text.",
    "It is signed as it stands. What was acted on may not be told from it.",
    "If it matters, ask the issuer what was acted on.",
);

pub(super) const TARGETS_NOT_ARRAY: ReasonWords = open(
    "The targets are not written as a list.",
    "The field for the targets holds something else than a list.",
    "It is signed as it stands. Other software may not read it.",
    "If it matters, ask the issuer what was acted on.",
);

pub(super) const SEQ_NOT_POSITIVE_INTEGER: ReasonWords = open(
    "The sequence number is not a whole number from 1.",
    "The field for the number holds something else.",
    "The row is signed, but it has no place in the sequence.",
    "Ask the issuer how this event was numbered.",
);

// Files, and remarks (6, 9).

pub(super) const UTF8_BOM: ReasonWords = open(
    "The file begins with a byte-order mark.",
    "Three bytes stand before the first row, as some programs on Windows write them.",
    "The file was saved by another program after its export. The rows are checked one by one.",
    NOTHING,
);

pub(super) const CRLF: ReasonWords = open(
    "The lines end in the way of Windows.",
    "Each line ends with two characters instead of one.",
    "The file may have been converted on its way. The rows are checked one by one.",
    NOTHING,
);

pub(super) const BLANK_LINES: ReasonWords = open(
    "The file has empty lines.",
    "Lines without content stand between the rows. They were skipped.",
    "The file may have been joined or edited. Empty lines hold nothing to check.",
    NOTHING,
);

pub(super) const TRUNCATED_LAST_LINE: ReasonWords = mismatch(
    "The last line breaks off.",
    "The file ends in the middle of a row.",
    "The file is not complete. The rows before that line are checked as usual.",
    ["a transfer that stopped early", "a full disk while exporting"],
    "Ask the sender for the whole file. Name the size you received.",
)
.lead("The file is cut off.");

pub(super) const MORE_PAGES_EXIST: ReasonWords = open(
    "The service had more pages to give.",
    "The last page names a next page, which is not here.",
    "This is a part of what was asked for.",
    "Ask the sender for the remaining pages, or for an export job.",
)
.lead("More pages exist.")
.missing("the remaining pages");

pub(super) const UNSUPPORTED_ENCODING: ReasonWords = open(
    "The file is written in UTF-16.",
    "The file was saved in an encoding in which the rows cannot be checked.",
    "Another program saved it in that encoding. That says nothing about the rows.",
    "Ask the sender for the original file. Saving it again yourself changes its fingerprint.",
)
.lead("Another encoding.")
.missing("the file as it was exported");

pub(super) const EMPTY_FILE: ReasonWords = open(
    "The file has no rows.",
    "There is no event in the file.",
    "There is nothing to check in it.",
    "Ask the sender whether the export was meant to be empty.",
)
.lead("No rows.")
.missing("an export with rows");

pub(super) const CSV_NOT_VERIFIABLE: ReasonWords = open(
    "A CSV file does not hold what the signatures cover.",
    "The table leaves out the organisation, event ids, details and keys.",
    "No fingerprint can be computed from it. Its numbers are not signed and show nothing.",
    "Ask the sender for the same export as NDJSON.",
)
.lead("A table cannot be checked.")
.missing("the export as NDJSON");

pub(super) const BAD_KEY_DOCUMENT: ReasonWords = mismatch(
    "A key in a list of keys is not readable.",
    "The text of a key in this file cannot be read as a key. That key was not used.",
    "This says nothing about the rows.",
    ["the key was shortened when copied", "it is a key of another kind"],
    "Ask the issuer for the complete public key by a separate route.",
);

pub(super) const MIXED_KEYS: ReasonWords = open(
    "Rows of one organisation were signed with more than one key.",
    "The signatures of one organisation fit two or more different keys.",
    "The issuer may have changed its key. Rows made elsewhere would look the same.",
    "Ask the issuer by a separate route which keys it used, and when.",
);

pub(super) const DUPLICATE_KEY_IN_WRAPPER: ReasonWords = mismatch(
    "A name stands twice in the page around the rows.",
    "One field of the page is given two values. The rows in it are checked one by one.",
    "Two programs could read this page differently, and show different rows.",
    ["faulty export software", "the file was edited by hand"],
    ORIGINAL,
)
.missing("a page with each name once");

pub(super) const STATEMENT_FOR_ABSENT_ORG: ReasonWords = open(
    "A statement is about an organisation that has no rows here.",
    "The statement's organisation does not stand on any row.",
    "It could not be compared with anything.",
    "Ask the sender for the rows of that organisation, if they belong to your request.",
);

pub(super) const SERVER_VERDICT_DISAGREES: ReasonWords = open(
    "A saved answer of the service differs from this check.",
    "The service's saved answer about a row is not what was found here.",
    "This check was computed from the row itself. The saved answer is not signed.",
    "Ask the sender when the answer was saved, and about which copy of the row.",
)
.lead("Saved answer differs.")
.missing("an explanation of the saved answer");

pub(super) const EXPORT_CAP_REACHED: ReasonWords = open(
    "This export has exactly 10,000 rows, a common export limit.",
    "The number of rows is the limit of the issuer's own viewer.",
    "Earlier or later rows may have been left out without any mark.",
    "Ask the sender whether the export reached a limit, and for an export job.",
);

pub(super) const INGESTED_AT_RUNS_BACKWARDS: ReasonWords = open(
    "The service's times do not rise with the numbers.",
    "A row with a higher number states an earlier time of arrival.",
    "Both are signed by the same key. Clocks that were set back look like this.",
    "If the order matters, ask the issuer about its clock.",
);

pub(super) const OCCURRED_AFTER_INGESTED: ReasonWords = open(
    "An event is said to have happened after it arrived.",
    "The time of the event is later than the time of its arrival.",
    "The two times come from two clocks. One of them may run ahead.",
    "If the time matters, ask the sender about its clock.",
);

// Completeness, per organisation (7.2).

pub(super) const CONFLICT: ReasonWords = mismatch(
    "Two signed rows contradict each other.",
    "One number or one id stands on two rows that differ, and both signatures fit.",
    "There are two signed histories. Which one holds cannot be told from the file.",
    ["rows of two systems were joined", "a log was continued from a backup"],
    "Ask the issuer which of the rows is right, and why there are two.",
)
.lead("Two versions of one number.");

pub(super) const NOT_EVALUABLE_FILTERED: ReasonWords = open(
    "A filtered export leaves out numbers on purpose.",
    "The export covers a selection of events. Missing numbers mean nothing in it.",
    "Whether an event was left out cannot be told from a selection.",
    "If you need to know, ask the sender for an export without filters.",
)
.lead("Not answered by a filtered export.")
.missing("an export without filters, or your own statement of its scope");

pub(super) const FILE_CUT: ReasonWords = mismatch(
    "The file breaks off, so rows are missing.",
    "The last line ends in the middle of a row.",
    "What came after that line is not here.",
    ["a transfer that stopped early", "a full disk while exporting"],
    "Ask the sender for the whole file. Name the size you received.",
)
.lead("The file is cut off.");

pub(super) const TAIL_MISSING: ReasonWords = mismatch(
    "The newest rows are missing.",
    "The service's own statement names a higher last number than the file has.",
    "Rows after the last number of the file existed when the statement was made.",
    [
        "the export was made before the statement",
        "the export stopped at a limit",
    ],
    "Ask the sender for the rows up to the number in the statement.",
)
.lead("Newest records missing.");

pub(super) const PARTIAL_PAGES: ReasonWords = open(
    "Not all pages are here.",
    "The last page names a next page, which is not in the pack.",
    "The missing pages may hold what the numbers lack.",
    "Ask the sender for the remaining pages, or for an export job.",
)
.lead("More pages exist.")
.missing("the remaining pages");

pub(super) const GAPS: ReasonWords = mismatch(
    "Numbers between the first and the last are missing.",
    "Numbers are absent in an export that is meant to have them all.",
    "Events with these numbers existed and are not in the file.",
    [
        "the export was filtered after all",
        "rows were lost or taken out after the export",
    ],
    "Ask the sender for the events with these numbers.",
)
.lead("Records missing.");

pub(super) const GAPS_IN_TIME_RANGE: ReasonWords = open(
    "Numbers are missing, which a time range can explain.",
    "Numbers are absent between the first and the last.",
    "An event that was reported late falls out of a time range. Its number is then missing innocently.",
    "Ask the sender for the events with these numbers, whatever their time.",
)
.lead("Numbers are missing.")
.missing("the events with the missing numbers");

pub(super) const GAPS_UNEXPLAINED: ReasonWords = open(
    "Numbers are missing, and nothing says why.",
    "Numbers are absent between the first and the last. The file does not say what it covers.",
    "In a filtered export they mean nothing. In a whole log they are a mismatch.",
    SCOPE,
)
.lead("Numbers are missing.")
.missing("what the export covers");

pub(super) const UNVERIFIED_IN_SEQUENCE: ReasonWords = mismatch(
    "A number is held only by a row that does not match.",
    "At least one number between the first and the last has no row that matches.",
    "A row that does not match does not fill its place.",
    [
        "the row was changed after it was signed",
        "the row was damaged on the way",
    ],
    "Ask the sender for the original rows with these numbers.",
)
.lead("Not all numbers are filled.")
.missing("the original rows with these numbers");

pub(super) const COMPLETE_TO_STATEMENT: ReasonWords = open(
    "All numbers up to the service's own statement are present.",
    "Every number from 1 to the last one in the statement is here, once.",
    "The statement is not signed. It is a claim that agrees with the rows.",
    NOTHING,
)
.lead("No gap seen.");

pub(super) const STATEMENT_DISAGREES: ReasonWords = mismatch(
    "The service's statement contradicts itself.",
    "The statement's own numbers do not add up, although its last number is that of the file.",
    "The statement cannot be right as it stands.",
    [
        "the statement is about another range",
        "the statement was edited or copied by hand",
    ],
    "Ask the sender for a new statement over the whole log.",
)
.lead("The statement does not add up.");

pub(super) const STATEMENT_OLDER_THAN_FILE: ReasonWords = open(
    "The service's statement is older than the file.",
    "The statement's last number is lower than the last number in the file.",
    "It says nothing about the newest rows.",
    "Ask the sender for a statement made after the export.",
)
.lead("The statement is older.")
.missing("a statement made after the export");

pub(super) const CONTIGUOUS_FROM_1: ReasonWords = open(
    "All numbers from 1 to the last are present.",
    "Every number from 1 to the last one in the file is here, once.",
    "No row is missing between the first and the last. The newest ones may be.",
    NOTHING,
)
.lead("No gap seen.");

pub(super) const CONTIGUOUS_RANGE: ReasonWords = open(
    "No number is missing, but the rows do not start at 1.",
    "The numbers follow each other without a gap. The first one is higher than 1.",
    "Older rows may have been removed by a retention rule, or left out. The file cannot say which.",
    "Ask the sender why the rows start there. Then state what the export covers.",
)
.lead("The beginning is not here.")
.missing("the rows before the first number, or what the export covers");

pub(super) const TAIL_NOT_PROVABLE: ReasonWords = open(
    "The end cannot be confirmed.",
    "Rows removed after the last number would leave no gap.",
    "Nothing in the file shows that the newest events are in it.",
    "Compare the last number with the service's own answer. A signed checkpoint would settle it.",
)
.lead("The end cannot be confirmed.");

pub(super) const HEAD_STATEMENT_UNSIGNED: ReasonWords = open(
    "The statement about the last number is not signed.",
    "The last number is taken from an answer of the service that nobody signed.",
    "It is a claim of the sender. It agrees with the rows.",
    "If the newest events matter, ask the service for its answer yourself.",
);

// AI attestations (10).

pub(super) const UNSUPPORTED_STATEMENT_VERSION: ReasonWords = open(
    "The signed statement has a version that this program does not know.",
    "The version inside the signed statement is not 1.",
    "A newer version is no sign of a change. It needs newer software.",
    "Ask the sender which software reads it, or use a newer version of this program.",
)
.lead("Newer format.")
.missing("support for this statement version");

pub(super) const DISPLAYED_FIELD_DIFFERS: ReasonWords = mismatch(
    "A displayed field differs from what was signed.",
    "The signed statement gives a field another value than the one shown beside it.",
    "The signed value counts. The displayed one is not what was signed.",
    [
        "the displayed fields belong to another statement",
        "a displayed field was edited",
    ],
    "Use the signed values. Ask the sender for the original record.",
)
.lead("Shown differs from signed.");

/// Shared with Keel exports (`specs/keel.md` 2).
pub(super) const CONTENT_HASH_MISMATCH: ReasonWords = mismatch(
    "It is not the file whose fingerprint was stated.",
    "The fingerprint computed from the file is not the one stated for it.",
    "This content is not the content that the statement is about.",
    [
        "a program on the way unpacked, compressed or saved it again",
        "it was edited or mixed up",
    ],
    "Ask the sender for the file and its statement, exactly as they were downloaded.",
)
.lead("Changed.");
