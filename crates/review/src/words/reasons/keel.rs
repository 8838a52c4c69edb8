//! Keel codes (`specs/keel.md` 12).

use super::{ReasonWords, mismatch, open};

const ORIGINAL: &str = "Ask the sender for the export file and its manifest, exactly as they were downloaded.";

const CHECKPOINT: &str = "Ask the sender for the checkpoint exactly as it was downloaded.";

const NEWER: &str = "Ask the sender which software reads it, or use a newer version of this program.";

const WITH_CHAIN: &str = "If you need the chain, ask the sender for a full audit export with its chain entries.";

const NOTHING: &str = "Nothing to do.";

// Export file and manifest (1, 2).

pub(super) const EXPORT_MANIFEST_ABSENT: ReasonWords = open(
    "The export came without its manifest.",
    "The file has the form of a Keel export. No manifest here belongs to it.",
    "The manifest holds the signed fingerprint. Without it the content is shown as it is, and nothing is verified.",
    "Ask the sender for the manifest of this export, usually named like it and ending in .manifest.json.",
)
.lead("Manifest not here.")
.missing("the manifest of the export");

pub(super) const EXPORT_PAYLOAD_ABSENT: ReasonWords = open(
    "The manifest came without its export file.",
    "The manifest states the fingerprint of a file that is not here.",
    "There is no content to check. The manifest itself tells only what was once signed.",
    "Ask the sender for the export file of this manifest. Then open both together.",
)
.lead("Export file not here.")
.missing("the export file of the manifest");

pub(super) const MANIFEST_JSON_INVALID: ReasonWords = mismatch(
    "The manifest cannot be read.",
    "The text of the manifest breaks the rules of JSON, or is not an export manifest.",
    "Without a readable manifest there is no signed fingerprint to compare with.",
    [
        "another program saved the manifest again",
        "it was cut short on the way",
    ],
    "Ask the sender for the manifest exactly as it was downloaded.",
)
.lead("Manifest not readable.");

pub(super) const MANIFEST_SIGNATURE_MISSING: ReasonWords = mismatch(
    "The manifest has no signature.",
    "The field for the signature is absent or empty.",
    "Nobody vouches for this export. Anyone could have written such a manifest.",
    [
        "the export was made before signing was switched on",
        "the field was lost on the way",
    ],
    "Ask the sender for the signed manifest of this export.",
)
.lead("Not signed.")
.missing("a signed manifest");

pub(super) const MANIFEST_PUBLIC_KEY_MISMATCH: ReasonWords = mismatch(
    "The manifest carries another key than the one you confirmed under this name.",
    "The key written in the manifest differs from the confirmed key with the same key id.",
    "Both cannot be the key with this name.",
    [
        "the export comes from another system",
        "the manifest was written anew with another key",
    ],
    "Ask the signer by a separate route which key it used. Leave the key book as it is until then.",
)
.lead("Another key than yours.");

pub(super) const DUPLICATE_JSON_KEY: ReasonWords = mismatch(
    "A name stands twice in it.",
    "One field is given two values. What holds it was not used.",
    "Two programs could read two different values from the same file.",
    ["faulty export software", "the file was edited by hand"],
    ORIGINAL,
)
.lead("Two values for one field.");

pub(super) const SIGNATURE_VERIFICATION_FAILED: ReasonWords = mismatch(
    "The signature does not fit.",
    "The signature does not fit the stated fingerprint with the key that is named.",
    "Fingerprint, signature and key do not belong together.",
    [
        "signature or fingerprint come from another export",
        "the file was written anew after signing",
    ],
    "Ask the sender for the original signed file.",
)
.lead("Signature does not fit.");

pub(super) const SIGNATURE_ENCODING: ReasonWords = mismatch(
    "The signature is not written in the form that Keel uses.",
    "The text of the signature is not clean Base64 of 64 bytes. It was not used.",
    "Two programs could read such a text differently.",
    [
        "blanks or line breaks were added while copying",
        "the signature was cut short",
    ],
    "Ask the sender for the signed file exactly as it was downloaded.",
)
.lead("Signature not readable.");

pub(super) const SIGNATURE_PREFIX_MISSING: ReasonWords = open(
    "The signature does not name its method.",
    "The text of the signature lacks the word ed25519: before it.",
    "It was read as Ed25519, the only method that Keel uses.",
    NOTHING,
);

// Keys (3).

pub(super) const TRUST_ROOT_UNRESOLVABLE: ReasonWords = open(
    "Its signer is unknown to your key book.",
    "Your key book and lists of keys do not give exactly one key for this signature.",
    "That says nothing about the content. Old exports need a list that still has retired keys.",
    "Ask the signer for its list of keys by a separate route. Then add it to your key book.",
)
.lead("Unknown signer.")
.missing("the signer's public key");

pub(super) const SELF_ASSERTED_KEY: ReasonWords = open(
    "The key came in the same file as the signature.",
    "The signature fits the key that travels with it, and no key that you confirmed.",
    "The files belong together. Who made them is not shown: anyone can make such a pair.",
    "Ask the signer for the fingerprint of its key by a separate route. Then confirm the key.",
)
.lead("Signer not confirmed.")
.missing("a confirmed key");

pub(super) const SIGNING_KEY_REVOKED: ReasonWords = mismatch(
    "The key was withdrawn by its owner.",
    "The list of keys marks this key as revoked or exposed.",
    "A signature with a withdrawn key is not relied on. Its stated time is not signed.",
    [
        "the key was replaced after an incident",
        "the export is older than the list of keys",
    ],
    "Ask the signer when and why the key was withdrawn, and for an export signed anew.",
)
.lead("Key withdrawn.");

pub(super) const KEY_EXPIRED_AT_SIGNING_TIME: ReasonWords = mismatch(
    "The key was not in use at the stated time.",
    "The stated signing time lies outside the period of the key.",
    "The key should not have signed then. The stated time is not signed either.",
    ["an outdated list of keys", "a wrong clock at the signer"],
    "Ask the signer for the period of this key, and for its current list of keys.",
)
.lead("Key not in use at that time.");

pub(super) const BINDING_KEY_AMBIGUOUS: ReasonWords = open(
    "More than one key for closures was in use at that time.",
    "Several listed keys fit the time of the closure. Its key id decided between them.",
    "Nothing is lost. Other software may refuse such a closure.",
    NOTHING,
);

// Labels of the manifest (1.1, 4, 11).

pub(super) const UNSIGNED_FIELD_NOT_ATTESTED: ReasonWords = open(
    "The manifest has labels that the signature does not cover.",
    "The signature covers the fingerprint of the export file, and no other field of the manifest.",
    "Date, type, count and project are the sender's statements. Anyone could have changed them.",
    "Do not rely on the labels alone. Take such facts from the export itself.",
);

pub(super) const MANIFEST_FIELDS_MISSING: ReasonWords = open(
    "The manifest lacks labels that it should have.",
    "Labels that the published form asks for are absent.",
    "Fingerprint and signature do not need them. What the export is said to be is told in part only.",
    "If you need these labels, ask the sender for the complete manifest.",
);

pub(super) const EXPORT_SCOPE_IDENTITY_INCOMPLETE: ReasonWords = open(
    "The manifest does not say how many records there are.",
    "The label with the number of records is absent, so there was nothing to compare.",
    "Labels are not signed. Their absence speaks neither for nor against the export.",
    NOTHING,
);

pub(super) const EXPORT_SCOPE_IDENTITY_UNVERIFIABLE: ReasonWords = open(
    "The labels cannot be compared with an export of this form.",
    "The records of this export cannot be counted in a way that all agree on.",
    "The labels stay the sender's statements.",
    NOTHING,
);

pub(super) const EXPORT_SCOPE_RECORD_COUNT_MISMATCH: ReasonWords = mismatch(
    "The manifest states another number of records than the file has.",
    "The records in the file were counted. The unsigned label says another number.",
    "The signed file counts. The label is wrong, or it belongs to another export.",
    [
        "the issuer counts in another way",
        "the label was changed after signing",
    ],
    "Ask the sender how many records the export should have.",
)
.lead("Another count than stated.");

pub(super) const EXPORT_SCOPE_PROJECT_ID_MISMATCH: ReasonWords = mismatch(
    "The manifest names another project than the file.",
    "The project in the signed file is not the one in the unsigned label.",
    "The signed file counts. Its manifest may have been labelled for another project.",
    ["an export over several projects", "the label was changed after signing"],
    "Ask the sender which project the export is about.",
)
.lead("Another project than stated.");

pub(super) const EXPORT_TYPE_SHAPE_MISMATCH: ReasonWords = mismatch(
    "The file does not look like the type that the manifest names.",
    "The unsigned label names a type of export whose files have another form.",
    "The signed file counts. Do not take it for the named type.",
    ["a newer form of this type", "the label was changed after signing"],
    "Ask the sender which type of export this is.",
)
.lead("Another type than stated.");

pub(super) const COMPRESSED_FLAG_MISMATCH: ReasonWords = open(
    "The manifest is wrong about whether the file is compressed.",
    "The unsigned label and the first bytes of the file disagree.",
    "The bytes of the file decide. The label changes nothing in the result.",
    NOTHING,
);

pub(super) const CHAIN_INTEGRITY_ERROR_DISCLOSED: ReasonWords = open(
    "The issuer itself reports a problem with its chain.",
    "The manifest carries an error message about the issuer's own check of the chain.",
    "It is the issuer's admission, and not signed. It may concern entries outside this export.",
    "Ask the issuer what the error means for this export.",
);

// The content of the export (4).

pub(super) const PAYLOAD_UNREADABLE: ReasonWords = open(
    "It cannot be read to its end.",
    "The content is damaged, larger than the limits, or in another encoding.",
    "Fingerprint and signature were checked on the bytes as they are. What the content says was not.",
    "Ask the sender which program opens this file, or for the same export in another format.",
)
.lead("Content not readable.")
.missing("content that can be read");

pub(super) const EXPORT_STRUCTURE_INVALID: ReasonWords = open(
    "The export has no form in which a chain can be followed.",
    "The content is a table, an archive or a text without chain entries in a known form.",
    "Whether entries follow each other cannot be told from it. That is no sign of a change.",
    WITH_CHAIN,
)
.lead("No chain in this form.")
.missing("an export with its chain entries");

pub(super) const UNSUPPORTED_SCHEMA_VERSION: ReasonWords = open(
    "The export has a version that this program does not know.",
    "The version stated in the content is not among those known here.",
    "A newer version is no sign of a change. It needs newer software.",
    NEWER,
)
.lead("Newer format.")
.missing("support for this format version");

pub(super) const LONE_SURROGATE: ReasonWords = open(
    "It holds half of a character.",
    "A text has one half of a character whose other half is absent.",
    "Such a text is shown with a replacement mark. Programs differ in how they treat it.",
    "If the text matters, ask the sender what it should say.",
);

pub(super) const ZIP_UNSAFE_PATH: ReasonWords = mismatch(
    "The archive has a file name that points outside it.",
    "A name in the signed archive leads to another folder, or is no plain file. It was not read.",
    "A program that unpacks it could write where it should not.",
    [
        "unusual software packed the archive",
        "the issuer's software has a fault",
    ],
    "Do not unpack the archive with other tools. Ask the sender for a clean export.",
)
.lead("File name points outside.");

pub(super) const ZIP_DUPLICATE_MEMBER: ReasonWords = mismatch(
    "The archive has two files with one name.",
    "A name stands twice in the signed archive. Files with that name were not used.",
    "Two programs could show two different contents.",
    ["unusual software packed the archive", "a file was added to the archive"],
    "Ask the sender for a clean export, with every name once.",
)
.lead("Two files with one name.");

pub(super) const STRAY_INNER_MANIFEST: ReasonWords = open(
    "The archive has a file named like a list of its files.",
    "A list stands in the archive. Only incident bundles have such a list, so it was not used.",
    "The archive as a whole is covered by the export's fingerprint.",
    NOTHING,
);

// The chain of entries (5).

pub(super) const WALK_RECORD_HASH_MISMATCH: ReasonWords = mismatch(
    "An entry of the chain does not match its own fingerprint.",
    "The fingerprint computed from the entry's fields is not the one it carries.",
    "These fields are not what was entered into the chain.",
    [
        "the export software converted a field",
        "the entry was edited before the export was signed",
    ],
    "Look at the listed entries. Ask the sender how they came to differ.",
)
.lead("Entry changed.");

pub(super) const WALK_PREV_HASH_DISCONTINUITY: ReasonWords = mismatch(
    "An entry does not continue the one before it.",
    "The entry names another fingerprint than the entry before it carries.",
    "Between these two entries the chain is broken.",
    [
        "a filter left out entries between them",
        "entries were removed or replaced",
    ],
    "Ask the sender for the entries between the two, or why they are not here.",
)
.lead("Chain broken.");

pub(super) const WALK_SEQUENCE_INVERSION: ReasonWords = mismatch(
    "The numbers of the chain do not rise as they should.",
    "A number is used twice, runs backwards, or is not a whole number.",
    "The order of these entries cannot be relied on.",
    [
        "two exports were joined into one file",
        "the export software sorted or converted the entries",
    ],
    "Ask the sender for the export in the order of the chain.",
)
.lead("Numbers out of order.");

pub(super) const WALK_UNKNOWN_CHAIN_FORMAT: ReasonWords = open(
    "The chain has a version that this program does not know.",
    "At least one entry names another chain version than v1.",
    "A newer version is no sign of a change. It needs newer software.",
    NEWER,
)
.lead("Newer chain.")
.missing("support for this chain version");

pub(super) const WALK_NO_CHAIN_ENTRIES: ReasonWords = open(
    "The export carries no chain.",
    "The records of this export have no fields of a chain.",
    "Whether records were left out between them cannot be told. Many types of export have no chain.",
    WITH_CHAIN,
)
.lead("No chain in this export.")
.missing("an export with its chain entries");

pub(super) const WALK_NO_EVALUABLE_SUBJECTS: ReasonWords = open(
    "The export has no entry to check.",
    "The export has the form of a chain, and the chain is empty.",
    "There is nothing to follow. That speaks neither for nor against the export.",
    "Ask the sender whether the export was meant to be empty.",
)
.lead("The chain is empty.")
.missing("an export with entries");

pub(super) const CHAIN_ENTRIES_MISSING: ReasonWords = mismatch(
    "Some of its records lack their chain entries.",
    "The export says that every record carries its chain entries. Some do not.",
    "The chain is shown in part only, so it was not followed.",
    ["a partial export", "entries were removed from a record"],
    "Ask the sender for the export with all chain entries.",
)
.lead("Chain entries are missing.");

pub(super) const SEQUENCE_GAP: ReasonWords = open(
    "Numbers of the chain are missing between entries.",
    "The numbers of one chain do not follow each other without a gap.",
    "Entries may have been left out by a filter, or the issuer may skip numbers.",
    "Ask the sender whether a filter was used, and what the missing numbers are.",
);

pub(super) const GENESIS_NOT_RECOGNISED: ReasonWords = open(
    "The first entry of the chain begins in a way that is not known here.",
    "Entry number 1 names a fingerprint before it that is none of the usual beginnings.",
    "Each issuer may choose its own beginning. It is no sign of a change.",
    "If the beginning matters, ask the issuer how its chains start.",
);

pub(super) const NON_UTC_TIMESTAMP: ReasonWords = open(
    "Times of entries are written for another time zone.",
    "A time in the chain states a distance from UTC. The entry's fingerprint ignores it.",
    "The time zone is not covered by the entry's fingerprint. The hour could mean another moment.",
    "If the exact time matters, ask the issuer in which time zone it writes.",
);

pub(super) const SEPARATOR_IN_HASHED_FIELD: ReasonWords = open(
    "An entry has a vertical bar in a field.",
    "Fields are joined with vertical bars for the fingerprint, and one field has such a bar.",
    "Text could move between neighbouring fields without changing the fingerprint.",
    "Read these fields together. If they matter, ask the issuer what they should say.",
);

pub(super) const PAYLOAD_NOT_IN_RECORD_HASH: ReasonWords = open(
    "The details of an event are not part of its chain fingerprint.",
    "The fingerprint of an entry covers nine fields. Details, actor and project are not among them.",
    "Only the signature of the whole export protects the details.",
    "Rely on details only where the signature of the export fits a key that you confirmed.",
);

// Closures of permits (6).

pub(super) const WALK_CLOSURE_SIGNATURE_INVALID: ReasonWords = mismatch(
    "The signature of a closure does not fit.",
    "The signed fields of the closure, its signature and the listed keys do not fit each other.",
    "This closure is not what the holder of a listed key signed.",
    ["a field was left out on export", "the list of keys lacks an older key"],
    "Ask the sender for the original closure, and for the issuer's list of keys.",
)
.lead("Closure does not fit.");

pub(super) const WALK_CLOSURE_DIGEST_MISMATCH: ReasonWords = mismatch(
    "A closure is about another response than the events.",
    "The fingerprint of a response in the closure is not among those in the permit's events.",
    "Closure and events do not tell of the same response.",
    [
        "the closure of another attempt was exported",
        "an event was edited before the export was signed",
    ],
    "Ask the issuer which response belongs to this permit.",
)
.lead("Closure and events differ.");

pub(super) const WALK_CLOSURE_DIGEST_MISSING: ReasonWords = mismatch(
    "A closure lacks a fingerprint that it needs, or has nothing to compare it with.",
    "A fingerprint of request or response is absent in the closure, the permit or its events.",
    "What was done under this permit cannot be compared with what was recorded.",
    ["a partial export", "an event was left out"],
    "Ask the sender for the permit with all its events.",
)
.lead("Nothing to compare a closure with.");

pub(super) const WALK_CLOSURE_DISPATCH_DIGEST_MISMATCH: ReasonWords = mismatch(
    "The request that was sent is not the one that was permitted.",
    "The fingerprint of the sent request differs from the one in the permit.",
    "The closure says that something else was sent than the permit allowed.",
    [
        "the request was changed between permit and dispatch",
        "the closure belongs to another permit",
    ],
    "Ask the issuer for the permitted request and the one that was sent.",
)
.lead("Sent differs from permitted.");

pub(super) const WALK_UNKNOWN_CLOSURE_FORMAT: ReasonWords = open(
    "A closure has a form that this program does not know.",
    "The version or place of the closure is not among those known here.",
    "A newer form is no sign of a change. It needs newer software.",
    NEWER,
)
.lead("Newer closure.")
.missing("support for this form of closure");

pub(super) const CLOSURE_NO_EVALUABLE_SUBJECTS: ReasonWords = open(
    "The export has no closure to check.",
    "No entry of the chain closes a permit.",
    "A permit may still be open. Nothing requires a closure for every permit.",
    "If you expected closures, ask the sender whether they were exported.",
)
.lead("No closures here.")
.missing("an export with closures");

pub(super) const CLOSURE_NO_CHAIN_ENTRIES: ReasonWords = open(
    "The export has no chain entries, and closures stand only there.",
    "Closures are entries of the chain. This export was made without them.",
    "What was done under the permits cannot be checked from it.",
    "Ask the sender for a full audit export with its chain entries.",
)
.lead("No closures here.")
.missing("an export with its chain entries");

pub(super) const CLOSURE_NOT_IN_THIS_SHAPE: ReasonWords = open(
    "Closures cannot be checked in this type of export.",
    "Only a full audit export carries what closures are compared with.",
    "The question stays open. That speaks neither for nor against the export.",
    "If you need closures, ask the sender for a full audit export with its chain entries.",
)
.lead("No closures in this type of export.")
.missing("a full audit export with its chain entries");

pub(super) const CLOSURE_STATUS_UNKNOWN: ReasonWords = open(
    "A closure has a status that is not in the published list.",
    "The signed status of the closure is not among the published ones.",
    "The signature covers the status. What it means is not published.",
    "Ask the issuer what this status means.",
);

pub(super) const CLOSURE_UNSIGNED_FIELD: ReasonWords = open(
    "A closure has fields that its signature does not cover.",
    "Fields stand in the closure that do not belong to its signed form.",
    "The closure's own signature does not protect them.",
    "Do not rely on these fields alone.",
);

pub(super) const CLOSURE_ORPHAN: ReasonWords = open(
    "A closure names another permit than the record it stands in.",
    "The permit named in the closure is not the one around it, or is not here.",
    "The closure may have been exported with the wrong record.",
    "Ask the sender which permit this closure belongs to.",
);

pub(super) const CLOSURE_MISSING_DECLARED: ReasonWords = open(
    "The issuer states that the closure of a permit is missing.",
    "A signed entry says that no closure was recorded for this permit.",
    "How this permit ended is not recorded. The issuer admits it.",
    "Ask the issuer what happened under this permit.",
);

pub(super) const CLOSURE_DISPATCH_DIGEST_ABSENT: ReasonWords = open(
    "A closure does not say which request was sent.",
    "The fingerprint of the sent request is absent. The permit did not end in the regular way.",
    "Whether the permitted request was sent cannot be told from it.",
    "If this permit matters, ask the issuer what was sent.",
);

// Checkpoints and their time stamps (7).

pub(super) const CHECKPOINT_COMPOSITE_HASH_MISMATCH: ReasonWords = mismatch(
    "The checkpoint does not match its own fingerprint.",
    "The fingerprint computed from the listed ends of the chains is not the stated one.",
    "The listed ends are not what was signed.",
    ["another program saved the file again", "an end of a chain was edited"],
    CHECKPOINT,
)
.lead("Checkpoint changed.");

pub(super) const CHECKPOINT_COMPOSITE_HASH_MISSING: ReasonWords = mismatch(
    "The checkpoint has no readable fingerprint.",
    "The stated fingerprint is absent or not written in the form that Keel uses.",
    "There is nothing to compare the listed ends of the chains with.",
    ["a partial export", "the fingerprint was shortened while copying"],
    CHECKPOINT,
)
.lead("No readable fingerprint.");

pub(super) const CHECKPOINT_CHAIN_HEADS_INVALID: ReasonWords = mismatch(
    "The checkpoint's list of chain ends cannot be read.",
    "An end of a chain lacks its number or fingerprint, or the number is not a whole number.",
    "No fingerprint could be computed, so the checkpoint shows nothing.",
    ["another program saved the file again", "a number was edited"],
    CHECKPOINT,
)
.lead("Checkpoint not readable.");

pub(super) const CHECKPOINT_SIGNATURE_MISSING: ReasonWords = mismatch(
    "The checkpoint has no signature.",
    "The field for the signature is absent or empty.",
    "Nobody vouches for this checkpoint. It cannot anchor an export.",
    [
        "the field was lost on export",
        "the checkpoint was put together by hand",
    ],
    "Ask the sender for the signed checkpoint.",
)
.lead("Not signed.");

pub(super) const CHECKPOINT_EMPTY: ReasonWords = open(
    "The checkpoint lists no chain.",
    "The list of chain ends is empty.",
    "It is signed, but it says nothing about any entry.",
    "Ask the sender for a checkpoint that covers the chain of the export.",
);

pub(super) const SCOPE_NAME_SEPARATOR: ReasonWords = open(
    "The name of a chain has a line break in it.",
    "Chains are listed line by line for the fingerprint, and one name has a line break.",
    "Two different lists could give the same fingerprint.",
    "Ask the issuer for the names of its chains.",
);

pub(super) const BRACKET_DISCONTINUITY: ReasonWords = mismatch(
    "A checkpoint and the entries of the export contradict each other.",
    "The checkpoint names another end of the chain than the entries show at that number.",
    "Both cannot come from the same, unchanged chain.",
    [
        "the checkpoint of another system was included",
        "entries were rebuilt after the checkpoint",
    ],
    "Ask the issuer for the checkpoint of this chain, and why the two differ.",
)
.lead("Checkpoint contradicts entries.");

pub(super) const CHECKPOINT_TSA_IMPRINT_MISMATCH: ReasonWords = mismatch(
    "The time stamp is not about this checkpoint.",
    "The token cannot be read, or names another fingerprint than that of the checkpoint.",
    "It shows nothing about when the checkpoint existed.",
    [
        "the token of another checkpoint was included",
        "the token was cut while copying",
    ],
    "Ask the sender for the time stamp of this checkpoint.",
)
.lead("Time stamp of something else.");

pub(super) const CHECKPOINT_TSA_CHAIN_INVALID: ReasonWords = mismatch(
    "The certificates of the time stamp do not fit together.",
    "The certificates do not lead from the token to a root in your key book.",
    "The stamped time is not shown by it.",
    [
        "a certificate was left out of the token",
        "the token comes from a test service",
    ],
    "Ask the sender which time-stamp service was used, and for its certificates.",
)
.lead("Time stamp does not fit.");

pub(super) const CHECKPOINT_TSA_CHAIN_NOT_VALIDATED: ReasonWords = open(
    "Who stamped the time could not be established.",
    "Your key book has no root certificate of this time-stamp service.",
    "The token fits the checkpoint. Who vouches for its time is open.",
    "Ask the time-stamp service for its root certificate by a separate route, and import it into your key book.",
)
.lead("Time-stamp service not confirmed.")
.missing("a confirmed time-stamp root");

// Incident bundles (8).

pub(super) const INCIDENT_MANIFEST_SCHEMA_INVALID: ReasonWords = mismatch(
    "The incident bundle is not built as its own list says.",
    "A listed file is absent, is named with another form, or the bundle is not a zip archive.",
    "The bundle lacks parts that belong to it, or its list is wrong.",
    ["a partial export", "the bundle was packed again by another program"],
    "Ask the sender for the incident bundle exactly as it was downloaded.",
)
.lead("Bundle not as listed.");

pub(super) const INCIDENT_UNKNOWN_MANIFEST_VERSION: ReasonWords = open(
    "The incident bundle has a list of a version that this program does not know.",
    "The version of the bundle's list is neither 1 nor 2.",
    "A newer version is no sign of a change. It needs newer software.",
    NEWER,
)
.lead("Newer format.")
.missing("support for this list version");

// Workflow evidence (9).

pub(super) const WORKFLOW_EVIDENCE_SCHEMA_INVALID: ReasonWords = mismatch(
    "The workflow evidence is absent, or is not the file that the manifest names.",
    "The named file is not here, has another fingerprint, or is not built as it should be.",
    "What the workflows declared cannot be relied on.",
    [
        "the file was left out when sending",
        "another program saved the file again",
    ],
    "Ask the sender for the workflow evidence of this export, exactly as it was downloaded.",
)
.lead("Workflow evidence does not fit.")
.missing("the workflow evidence of the export");

pub(super) const WORKFLOW_SIGNATURE_INVALID: ReasonWords = mismatch(
    "A signature in the workflow evidence does not fit.",
    "The signature of the file or of one of its statements does not fit its content.",
    "This statement is not what the holder of the key signed.",
    ["a field was left out on export", "the list of keys lacks an older key"],
    "Ask the sender for the original workflow evidence, and for the issuer's list of keys.",
)
.lead("Signature does not fit.");

pub(super) const WORKFLOW_EFFECTIVE_INTENT_HASH_MISMATCH: ReasonWords = mismatch(
    "A permit rests on another version of its workflow than the one shown.",
    "The fingerprint of the declared intent with its changes is not the recorded one.",
    "A change of the workflow is missing, added or different.",
    ["a change was left out of the export", "the declaration was edited"],
    "Ask the issuer for the declaration with all its changes.",
)
.lead("Workflow and permit differ.");

pub(super) const WORKFLOW_AMENDMENT_ORDER_INVALID: ReasonWords = mismatch(
    "The changes of a workflow are not in order.",
    "The changes do not follow each other by time and version.",
    "Which intent was in force at which time cannot be told.",
    ["a change was left out of the export", "the list was sorted anew"],
    "Ask the issuer for all changes of this workflow, in their order.",
)
.lead("Changes out of order.");

// The evidence in one file (10).

pub(super) const ARTIFACT_REF_DIGEST_MISMATCH: ReasonWords = mismatch(
    "The bundle does not match the fingerprint by which it names itself.",
    "The fingerprint computed from the body is not the one stated in it.",
    "The body is not the one that was named when the bundle was made.",
    ["another program saved the file again", "a field was edited"],
    "Ask the sender for the bundle exactly as it was downloaded.",
)
.lead("Changed.");

pub(super) const BUNDLE_CONTENT_HASH_MISMATCH: ReasonWords = mismatch(
    "The body of the bundle does not match its signed fingerprint.",
    "The fingerprint computed from the body is not the one that was signed.",
    "This content is not what was signed.",
    ["another program saved the file again", "a field was edited"],
    "Ask the sender for the bundle exactly as it was downloaded.",
)
.lead("Changed.");

pub(super) const BUNDLE_SIGNATURE_INVALID: ReasonWords = mismatch(
    "The signature of the bundle does not fit.",
    "The signature is absent, not readable, or does not fit the stated fingerprint.",
    "Fingerprint, signature and key do not belong together.",
    [
        "the signature comes from another bundle",
        "the bundle was written anew after signing",
    ],
    "Ask the sender for the bundle exactly as it was downloaded.",
)
.lead("Signature does not fit.");

pub(super) const EVIDENCE_BUNDLE_V2_PROFILE_UNADJUDICATED: ReasonWords = open(
    "The bundle follows a profile that this program does not know.",
    "Bundles of version 2 name a profile with further rules. This one is not known here.",
    "An unknown profile is no sign of a change. It needs newer software.",
    NEWER,
)
.lead("Newer format.")
.missing("support for this profile");

pub(super) const VERIFICATION_FAILED: ReasonWords = mismatch(
    "It is not built as the format says.",
    "A part that the check needs is absent or has another form.",
    "This point could not be established from the file as it is.",
    ["a partial export", "another program saved the file again"],
    ORIGINAL,
)
.lead("Not built as it should be.");
