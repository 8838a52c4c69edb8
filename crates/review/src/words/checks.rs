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
        "does the content match the fingerprint in its manifest?",
        "does the content match the fingerprint in its manifest?",
    ],
    "Computed the SHA-256 fingerprint of the export file as shipped, and compared it with content_hash.",
    "The computed fingerprint is the stated content_hash.",
    "The content is the one that the stated fingerprint is about. The signature over it is the next check.",
);

const RECORD_HASHES: CheckWords = words(
    "Fingerprints of entries",
    [
        "does each entry match its own fingerprint?",
        "does each entry match its own fingerprint?",
    ],
    "Computed record_hash from the nine fields it covers, and compared it with the one in the entry.",
    "Each entry matches its own fingerprint.",
    "Nine fields of each entry are as they were entered. Details, actor and project are not among them.",
);

const CLOSURE_DIGESTS: CheckWords = words(
    "Closures and events",
    [
        "does the closure agree with its permit and events?",
        "do the closures agree with their permits and events?",
    ],
    "Compared the fingerprints of requests and responses in closures with those in permits and events.",
    "The closures name the requests and responses that permits and events tell of.",
    "What was sent is what was permitted, as far as the issuer recorded it.",
);

const TIMESTAMP: CheckWords = words(
    "Time stamp",
    [
        "does an independent time stamp fit?",
        "do the independent time stamps fit?",
    ],
    "Checked what the token stamps, the signature in it, and its certificates up to a root of yours.",
    "The time stamp fits, and its root is in your key book.",
    "What was stamped existed at that time. Whether the certificate was revoked is not checked offline.",
);

const SIBLINGS: CheckWords = words(
    "Companion files",
    [
        "do companion files fit the export?",
        "do companion files fit the export?",
    ],
    "Checked the files that the manifest names beside the export, and their statements.",
    "Each named companion file is here, unchanged, and signed by a key in your key book.",
    "The companion files belong to this export. A file that the manifest does not name is not missed.",
);

const SIGNATURE: CheckWords = words(
    "Signature",
    ["does the signature fit?", "does each signature fit?"],
    "Checked the Ed25519 signature over the signed content, by the strict rules of the standard.",
    "The signature fits, and the key is in your key book.",
    "The holder of this key signed exactly this content.",
);

const CLOSURE_SIGNATURES: CheckWords = words(
    "Closure signatures",
    [
        "does the signature of the closure fit?",
        "do the signatures of the closures fit?",
    ],
    "Put the signed fields of each closure into standard form and checked the signature over them.",
    "Each closure signature fits, and the key is in your key book.",
    "The holder of this key signed these closures. Permits without a closure are another matter.",
);

const CHECKPOINT_SIGNATURE: CheckWords = words(
    "Checkpoint signature",
    [
        "does the signature of the checkpoint fit?",
        "do the signatures of the checkpoints fit?",
    ],
    "Checked the signature over the fingerprint of the listed chain ends.",
    "The signature fits, and the key is in your key book.",
    "The holder of this key signed the ends of the chains. The checkpoint's own time is not signed.",
);

const CHAIN_LINKS: CheckWords = words(
    "Links between entries",
    [
        "does each entry continue the one before it?",
        "does each entry continue the one before it?",
    ],
    "Followed prev_hash from entry to entry, chain by chain, in the order of their numbers.",
    "Each entry names the fingerprint of the one before it.",
    "The entries shown form one unbroken chain. What came before the first or after the last cannot be seen.",
);

const CHECKPOINT: CheckWords = words(
    "Checkpoint",
    [
        "does the checkpoint agree with itself and with the entries?",
        "do the checkpoints agree with themselves and with the entries?",
    ],
    "Computed the fingerprint over the listed chain ends. Compared the ends with entries that are here.",
    "Nothing in the checkpoint contradicts its fingerprint or the entries that are here.",
    "Where it meets an entry, the chain up to there is the one that the checkpoint saw.",
);

const INCIDENT_FILES: CheckWords = words(
    "Files of the incident bundle",
    [
        "is the incident bundle built as its own list says?",
        "is each incident bundle built as its own list says?",
    ],
    "Compared the bundle's own list of files with what is in it.",
    "Each listed file is in the bundle, in the form that is named for it.",
    "List and bundle agree. The fingerprint of the export covers the bundle as a whole.",
);

const LABELS: CheckWords = words(
    "Unsigned labels",
    [
        "do the unsigned labels of the manifest agree with the export?",
        "do the unsigned labels of the manifests agree with the exports?",
    ],
    "Compared count, project, type and compression in the manifest with the content of the export.",
    "The labels that could be compared agree with the export.",
    "The labels stay the sender's statements. Nobody signed them, and they decide nothing.",
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
