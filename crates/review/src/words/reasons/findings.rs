//! NexArt pack findings (`specs/nexart.md` 9.3).

use super::{ReasonWords, mismatch, open};

pub(super) const MANIFEST_ABSENT: ReasonWords = open(
    "The pack has no list of its records.",
    "No manifest is in the pack.",
    "Without a list, missing records cannot be seen.",
    "Ask the sender to include manifest.json.",
)
.lead("No list to compare with.")
.missing("a list of the records");

pub(super) const MANIFEST_MULTIPLE: ReasonWords = mismatch(
    "The pack has more than one list of its records.",
    "Two or more manifests are in the pack. Each was compared by itself.",
    "Which list is meant cannot be told.",
    ["several exports were packed together", "a list was added"],
    "Ask the sender which list belongs to this pack.",
);

pub(super) const MANIFEST_COUNT_MISMATCH: ReasonWords = mismatch(
    "The list states another number of records than it names.",
    "The stated number and the number of entries differ.",
    "The list contradicts itself.",
    ["a partial export", "an entry was added or removed"],
    "Ask the sender for the original list.",
)
.lead("The list contradicts itself.");

pub(super) const MANIFEST_RECORD_MISSING: ReasonWords = mismatch(
    "The list names records that are not in the pack.",
    "At least one listed fingerprint belongs to no record in the pack.",
    "Listed records are missing.",
    ["a partial export", "the list belongs to another pack"],
    "Ask the sender for the missing records.",
)
.lead("Records missing.");

pub(super) const MANIFEST_RECORD_UNLISTED: ReasonWords = mismatch(
    "Records are in the pack that the list does not name.",
    "At least one record has a fingerprint that the list does not name.",
    "The list does not describe this pack completely.",
    [
        "records were added after the list was made",
        "the list belongs to another pack",
    ],
    "Ask the sender for a current list.",
)
.lead("Records not listed.");

pub(super) const MANIFEST_EXECUTION_ID_MISMATCH: ReasonWords = mismatch(
    "The list gives a record another execution id than it has.",
    "The fingerprint is the same, but the execution ids differ.",
    "The label in the list is wrong. The record itself is compared by its fingerprint.",
    ["a mistake in the export", "a label was edited"],
    "Ask the sender which execution id is meant.",
)
.lead("Labels do not agree.");

pub(super) const DUPLICATE_RECORD: ReasonWords = mismatch(
    "The same record is in the pack more than once.",
    "Two files have the same recorded fingerprint.",
    "Identical copies count once.",
    ["exports that overlap", "a copy was packed by mistake"],
    "Nothing to do, unless the number of records matters.",
);

pub(super) const SNAPSHOT_CONTRADICTED: ReasonWords = mismatch(
    "The sender's saved result says something else than this check.",
    "The result that came with the pack contradicts the result found here.",
    "The saved result is a statement of the sender. This check does not use it.",
    [
        "a file was replaced after the result was saved",
        "the result belongs to another pack",
    ],
    "Ask the sender for the files as they were when the result was saved.",
)
.lead("Saved result contradicted.");

pub(super) const RECEIPT_WITHOUT_RECORD: ReasonWords = mismatch(
    "A receipt belongs to no record in the pack.",
    "The fingerprint in the receipt is not that of any record here.",
    "The receipt was not used for any record.",
    ["a record was left out", "the receipt of another pack was included"],
    "Ask the sender for the record of this receipt.",
);

pub(super) const KEY_CONFLICTS_WITH_PINNED: ReasonWords = mismatch(
    "The pack has another key for this node and key id than your key book.",
    "The key in the pack differs from the key in your key book. Yours was used.",
    "Both cannot be the key with this name.",
    ["the node changed its key", "the list of keys was exchanged"],
    "Ask the node's operator by a separate route which key is right.",
)
.lead("Another key than yours.");

pub(super) const UNRECOGNISED_FILE: ReasonWords = open(
    "A file is in the pack that this version does not know.",
    "The file is not a kind of evidence known here. No check covers it.",
    "Its content was not checked.",
    "If you want to rely on it, ask the sender what it is.",
);

pub(super) const DUPLICATE_ENTRY: ReasonWords = mismatch(
    "A file name stands twice in the archive.",
    "The same name stands twice. None of the copies was used.",
    "Two programs could show different copies.",
    ["a file was added twice", "it was edited with an archive tool"],
    "Ask the sender which copy is meant, and for an archive with one.",
)
.lead("A name stands twice.");

pub(super) const STEP_PARENT_MISSING: ReasonWords = mismatch(
    "A step names an earlier step that is not in the pack.",
    "The earlier step that the record names was not found.",
    "The run is not complete in this pack.",
    ["a partial export", "the step belongs to another pack"],
    "Ask the sender for the earlier step.",
);

pub(super) const CLAIMED_TWICE: ReasonWords = open(
    "Two kinds of evidence recognise this file.",
    "The file fits two formats. It was checked by the rules of the first.",
    "The other format's rules were not applied to it.",
    "Ask the sender which kind of evidence it is.",
);

pub(super) const TIMESTAMP_TOKEN_NOT_CHECKED: ReasonWords = open(
    "A time-stamp token is present. This version does not check it.",
    "The record carries a token of a time-stamp service. It was not evaluated.",
    "No independent proof of time follows from it here.",
    "If the time matters, have the token checked with other software.",
);

pub(super) const REPORT_CONTRADICTED: ReasonWords = mismatch(
    "An audit report in the pack says something else than this check.",
    "A value in the report differs from what was found here.",
    "The report is a statement of the sender. This check does not use it.",
    [
        "the report was made before a change",
        "the report belongs to another pack",
    ],
    "Ask the sender for a report about these files.",
);
