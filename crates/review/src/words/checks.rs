//! One entry per check: its question, what we did, what a pass establishes.

use evidence::CheckId;

/// The words for one kind of check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckWords {
    /// Plain name, for tables.
    pub name: &'static str,
    /// The question about one item; stands alone or after "Record 2:".
    pub one: &'static str,
    /// The question about several items; stands alone or after "3 records:".
    pub many: &'static str,
    /// What we did.
    pub did: &'static str,
    /// What we found when it passed.
    pub passed: &'static str,
    /// What a pass means, and no more than that.
    pub means: &'static str,
}

const fn words(
    name: &'static str,
    [one, many]: [&'static str; 2],
    did: &'static str,
    passed: &'static str,
    means: &'static str,
) -> CheckWords {
    CheckWords {
        name,
        one,
        many,
        did,
        passed,
        means,
    }
}

const CONTAINER: CheckWords = words(
    "Container",
    [
        "is the file or folder well formed?",
        "are the files or folders well formed?",
    ],
    "Examined how the file or folder is built before reading its content.",
    "It is well formed, and every entry could be read in one way only.",
    "What was read here is what any other program reads.",
);

const BUNDLE_INTEGRITY: CheckWords = words(
    "Content fingerprint",
    [
        "does the content match its recorded fingerprint?",
        "does each content match its recorded fingerprint?",
    ],
    "Put the sealed fields into standard form, computed their fingerprint, and compared it with the recorded one.",
    "The computed fingerprint is the recorded one.",
    "The sealed fields are unchanged since the fingerprint was recorded. Who recorded it is another question.",
);

const RECEIPT_CONSISTENCY: CheckWords = words(
    "Receipt and record",
    ["is the receipt about this record?", "is each receipt about its record?"],
    "Compared the fingerprint inside the receipt with the recorded fingerprint of the record.",
    "The receipt names the recorded fingerprint of this record.",
    "Receipt and record belong together.",
);

const SNAPSHOT: CheckWords = words(
    "Sender's saved result",
    [
        "does the sender's saved result agree with this check?",
        "do the sender's saved results agree with this check?",
    ],
    "Compared the result that came with the pack with the result found here.",
    "The sender's saved result says the same as this check.",
    "The saved result is the sender's statement. It decides nothing, and it agrees.",
);

const NODE_SIGNATURE: CheckWords = words(
    "Receipt signature",
    [
        "does the signature of the receipt fit?",
        "does the signature of each receipt fit?",
    ],
    "Checked the signature over the receipt with the key that the receipt names.",
    "The signature fits, and the key is in your key book.",
    "The holder of this key signed the receipt.",
);

const VERIFICATION_ENVELOPE: CheckWords = words(
    "Signature over fields",
    [
        "does the signature over the listed fields fit?",
        "does each signature over the listed fields fit?",
    ],
    "Put the signed fields together again and checked the signature over them.",
    "The signature over the listed fields fits, and the key is in your key book.",
    "The holder of this key signed these fields as they are.",
);

const MANIFEST: CheckWords = words(
    "List of records",
    [
        "does the list name exactly the records that are here?",
        "does each list name exactly the records that are here?",
    ],
    "Compared the sender's list with the records in the pack, by their fingerprints.",
    "Every listed record is here, once, and no record is outside the list.",
    "List and pack agree. The list itself is not signed.",
);

const CONTENT_HASH: CheckWords = words(
    "Export fingerprint",
    [
        "does the export match its signed fingerprint?",
        "does each export match its signed fingerprint?",
    ],
    "Computed the fingerprint of the export file and compared it with the one in its manifest.",
    "The computed fingerprint is the one in the manifest.",
    "The export file is unchanged since the manifest was written.",
);

const RECORD_HASHES: CheckWords = words(
    "Record fingerprints",
    [
        "does each entry match its own fingerprint?",
        "does each entry match its own fingerprint?",
    ],
    "Computed the fingerprint of every entry and compared it with the one the entry carries.",
    "Every entry matches its own fingerprint.",
    "The fingerprinted fields of the entries are unchanged.",
);

const CLOSURE_DIGESTS: CheckWords = words(
    "Fingerprints in closures",
    [
        "do the fingerprints in the closure agree with the events?",
        "do the fingerprints in the closures agree with the events?",
    ],
    "Compared the fingerprints named in each closure with the events it closes.",
    "The closures name the fingerprints of the events that are here.",
    "Closures and events belong together.",
);

const TIMESTAMP: CheckWords = words(
    "Time stamp",
    [
        "does an independent time stamp fit?",
        "do the independent time stamps fit?",
    ],
    "Checked each time-stamp token against the content and its certificates.",
    "The time stamp fits, and its root is in your key book.",
    "The content existed at the stamped time.",
);

const SIBLINGS: CheckWords = words(
    "Companion files",
    [
        "do the companion files match their recorded fingerprints?",
        "do the companion files match their recorded fingerprints?",
    ],
    "Computed the fingerprint of each companion file and compared it with the recorded one.",
    "Every companion file matches its recorded fingerprint.",
    "The companion files are unchanged since the manifest was written.",
);

const SIGNATURE: CheckWords = words(
    "Signature",
    ["does the signature fit?", "does each signature fit?"],
    "Checked the signature over the signed content, by the strict rules of the standard.",
    "The signature fits, and the key is in your key book.",
    "The holder of this key signed exactly this content.",
);

const CLOSURE_SIGNATURES: CheckWords = words(
    "Closure signatures",
    [
        "does the signature of the closure fit?",
        "do the signatures of the closures fit?",
    ],
    "Checked the signature of each closure.",
    "Every closure signature fits, and the key is in your key book.",
    "The holder of this key signed the closures.",
);

const CHECKPOINT_SIGNATURE: CheckWords = words(
    "Checkpoint signature",
    [
        "does the signature of the checkpoint fit?",
        "do the signatures of the checkpoints fit?",
    ],
    "Checked the signature of the checkpoint.",
    "The signature fits, and the key is in your key book.",
    "The holder of this key signed the checkpoint.",
);

const CHAIN_LINKS: CheckWords = words(
    "Links between entries",
    [
        "does each entry continue the one before it?",
        "does each entry continue the one before it?",
    ],
    "Followed the links from entry to entry, from the first number to the last.",
    "Every entry names the fingerprint of the one before it.",
    "No entry is missing between the first and the last.",
);

const CHECKPOINT: CheckWords = words(
    "Checkpoint",
    [
        "does the checkpoint agree with the last entries?",
        "does each checkpoint agree with the last entries?",
    ],
    "Compared the ends named in the checkpoint with the entries in the pack.",
    "The checkpoint names the last entries that are here.",
    "No entry is missing up to the checkpoint.",
);

const INCIDENT_FILES: CheckWords = words(
    "Files of the incident bundle",
    [
        "does the incident bundle hold the files it lists?",
        "does each incident bundle hold the files it lists?",
    ],
    "Compared the bundle's own list with the files in it.",
    "Every listed file is in the bundle.",
    "List and bundle agree.",
);

const LABELS: CheckWords = words(
    "Unsigned labels",
    [
        "do the unsigned labels agree with the export?",
        "do the unsigned labels agree with each export?",
    ],
    "Compared labels such as counts and dates with the content of the export.",
    "The labels agree with the export.",
    "The labels are the sender's statements. They are not signed, and they agree.",
);

const INTEGRITY: CheckWords = words(
    "Rows of the log",
    [
        "is every row as it was signed, and does none contradict another?",
        "is every row as it was signed, and does none contradict another?",
    ],
    "Checked every row by itself, then looked for rows that share a number or an id and differ.",
    "Every row is as it was signed, and no two rows contradict each other.",
    "The signed fields of the rows are unchanged. Which rows are here is another question.",
);

const PORTABILITY: CheckWords = words(
    "Signer of the rows",
    [
        "was the key of the rows confirmed outside the pack?",
        "were the keys of the rows confirmed outside the pack?",
    ],
    "Compared the key that makes the signatures fit with the keys in your key book.",
    "Every signature fits a key in your key book.",
    "The holder of this key signed the rows. No answer of the issuer's service was needed.",
);

const COMPLETENESS: CheckWords = words(
    "Numbers of the rows",
    [
        "are all numbers of the organisation present, once each?",
        "are all numbers of the organisations present, once each?",
    ],
    "Looked for gaps, doubles and contradictions in the signed numbers, for each organisation by itself.",
    "All numbers between the first and the last are present, once each.",
    "No row is missing between the first and the last. Rows removed after the last would leave no gap.",
);

const PAYLOAD_HASH: CheckWords = words(
    "Row fingerprint",
    [
        "does the row match its recorded fingerprint?",
        "does each row match its recorded fingerprint?",
    ],
    "Put the signed fields of the row into standard form, computed their fingerprint, and compared it.",
    "The computed fingerprint is the recorded one.",
    "The signed fields of the row are unchanged. The fingerprint alone does not say who wrote it.",
);

/// The words for a check.
#[must_use]
pub fn check(id: CheckId) -> CheckWords {
    match id {
        CheckId::Container => CONTAINER,
        CheckId::BundleIntegrity => BUNDLE_INTEGRITY,
        CheckId::ReceiptConsistency => RECEIPT_CONSISTENCY,
        CheckId::Snapshot => SNAPSHOT,
        CheckId::NodeSignature => NODE_SIGNATURE,
        CheckId::VerificationEnvelope => VERIFICATION_ENVELOPE,
        CheckId::Manifest => MANIFEST,
        CheckId::ContentHash => CONTENT_HASH,
        CheckId::RecordHashes => RECORD_HASHES,
        CheckId::ClosureDigests => CLOSURE_DIGESTS,
        CheckId::Timestamp => TIMESTAMP,
        CheckId::Siblings => SIBLINGS,
        CheckId::Signature => SIGNATURE,
        CheckId::ClosureSignatures => CLOSURE_SIGNATURES,
        CheckId::CheckpointSignature => CHECKPOINT_SIGNATURE,
        CheckId::ChainLinks => CHAIN_LINKS,
        CheckId::Checkpoint => CHECKPOINT,
        CheckId::IncidentFiles => INCIDENT_FILES,
        CheckId::Labels => LABELS,
        CheckId::Integrity => INTEGRITY,
        CheckId::Portability => PORTABILITY,
        CheckId::Completeness => COMPLETENESS,
        CheckId::PayloadHash => PAYLOAD_HASH,
    }
}
