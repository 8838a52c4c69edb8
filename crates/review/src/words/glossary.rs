//! The glossary: one sentence per term, shown without a network.

/// One term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The term.
    pub term: &'static str,
    /// What it means, in one sentence.
    pub text: &'static str,
}

const fn term(term: &'static str, text: &'static str) -> Term {
    Term { term, text }
}

/// Every term, in alphabetical order.
pub const GLOSSARY: [Term; 69] = [
    term("Actor", "Who or what did something, as the event states it."),
    term(
        "Attestation",
        "A statement about a record, signed by somebody else than its author.",
    ),
    term(
        "Audit event",
        "One row of a log: who did what to which target, and when, under one signature.",
    ),
    term(
        "Bracket",
        "The checkpoint taken before or after the events of an incident.",
    ),
    term("Canonical form", "The technical name for the standard form of data."),
    term(
        "Case file",
        "The file in which this program keeps the results for one pack.",
    ),
    term(
        "Certificate hash",
        "NexArt's name for the recorded fingerprint of a record.",
    ),
    term(
        "Chain",
        "Entries of which each names the fingerprint of the one before it.",
    ),
    term("Check", "One question about one item, with one answer."),
    term(
        "Checkpoint",
        "A signed statement of the number and fingerprint at which each chain ended at that moment.",
    ),
    term(
        "Claimed",
        "Stated by the sender or signer, and not shown by anything independent.",
    ),
    term(
        "Closure",
        "A signed entry that says how a permit ended, and what was sent and received.",
    ),
    term(
        "Confirmed key",
        "A key that you compared with its owner by a separate route and put into your key book.",
    ),
    term(
        "Context",
        "Further fields of a record that its seal may or may not cover.",
    ),
    term("Covered", "A field is covered when changing it would break the seal."),
    term(
        "CSV",
        "A plain table; it leaves out what signatures of rows cover, so they cannot be checked from it.",
    ),
    term("Digest", "The technical word for a fingerprint of content."),
    term("Ed25519", "The method of the signatures that this program checks."),
    term("Envelope", "A signature over listed fields of a record."),
    term("Evidence pack", "What you were sent: a zip, a folder or single files."),
    term(
        "Execution id",
        "The number or name that a system gave to one run; two records may share it.",
    ),
    term(
        "Export file",
        "The file with the content of an export; its manifest holds the fingerprint and signature.",
    ),
    term(
        "Export job",
        "A request by which a service writes an export; its description may come with the file.",
    ),
    term(
        "Filtered export",
        "An export of chosen events only; gaps in its numbers mean nothing.",
    ),
    term("Finding", "Something you should see that decides nothing by itself."),
    term(
        "Fingerprint of a key",
        "The 64 characters by which two people compare a key.",
    ),
    term(
        "Fingerprint of content",
        "64 characters computed from content; any change of the content changes them.",
    ),
    term(
        "Governance event",
        "One entry about a decision or action that a system recorded under its rules.",
    ),
    term(
        "Governed step",
        "One step of a run that was checked against rules while it ran.",
    ),
    term("Hash", "Another word for a fingerprint of content."),
    term(
        "Incident bundle",
        "A zip with the events, permits and checkpoints around one incident.",
    ),
    term(
        "Integrity response",
        "The issuing service's own, unsigned answer about the numbers of a log.",
    ),
    term(
        "Key book",
        "Your own list of confirmed keys; only keys in it can lead to the verdict Verified.",
    ),
    term("Key document", "The file in which an issuer publishes its public key."),
    term("Key id", "A key's short name; by itself it proves nothing."),
    term(
        "Label",
        "A field beside the signed content that the signature does not cover.",
    ),
    term(
        "Manifest",
        "The sender's list of what is in the pack; in Keel, the file with the signed fingerprint of an export.",
    ),
    term("Mismatch", "Two values that must be the same are not the same."),
    term("NDJSON", "A file with one record per line, written in JSON."),
    term("Node", "The computer of a provider that signs receipts."),
    term(
        "Not checked",
        "The part is absent, cannot be answered, or waits for another check.",
    ),
    term(
        "Organisation",
        "Whose log it is; each organisation's rows are numbered by themselves.",
    ),
    term(
        "Permit",
        "An issuer's recorded decision whether an action of a system was allowed.",
    ),
    term(
        "Private key",
        "The secret half of a key pair, with which signatures are made.",
    ),
    term(
        "Project bundle",
        "One file that holds the records of all steps of a project.",
    ),
    term(
        "Public key",
        "The half of a key pair with which anyone can check a signature.",
    ),
    term(
        "Reason code",
        "A fixed name for why a check did not pass, for use in working papers.",
    ),
    term(
        "Receipt",
        "A signed statement of a node that it saw the fingerprint of a record.",
    ),
    term("Record", "One event with the evidence about it."),
    term("Redacted", "With parts left out on purpose."),
    term(
        "Reservation",
        "A limit of a result that you should know although the check passed.",
    ),
    term(
        "Rules version",
        "The version of the rules by which this program decides.",
    ),
    term(
        "Scope",
        "What an export is meant to cover: a whole log, a range, or a selection.",
    ),
    term(
        "Scope state",
        "A file about what a filter left out; this version shows it and does not check it.",
    ),
    term(
        "Seal",
        "The fingerprint and signatures that tie a record to its content.",
    ),
    term(
        "Self-asserted key",
        "A key that came with the evidence itself, and that nobody confirmed.",
    ),
    term("Sender", "Whoever gave you the pack."),
    term(
        "Separate route",
        "A way to reach somebody that does not come from the pack itself.",
    ),
    term(
        "Sequence number",
        "The number of a row within its organisation, starting at 1; it is signed.",
    ),
    term("SHA-256", "The method by which all fingerprints here are computed."),
    term(
        "Signature",
        "A value that only the holder of a private key can make for given content.",
    ),
    term(
        "Signed checkpoint",
        "A signed statement of how far a log reached; it would show a missing end.",
    ),
    term(
        "Snapshot",
        "A result that the sender saved; this program compares it and does not use it.",
    ),
    term(
        "Standard form",
        "One fixed way to write data, so that equal content has equal fingerprints.",
    ),
    term("Target", "What an event was done to, as the event states it."),
    term(
        "Time-stamp root",
        "The certificate of a time-stamp service that you confirmed by a separate route.",
    ),
    term(
        "Time-stamp token",
        "A signed statement of an independent service that a fingerprint existed at a stated time.",
    ),
    term(
        "Trust root",
        "A list of an issuer's keys and their periods, by which its signatures are checked.",
    ),
    term(
        "Undecided",
        "Nothing is shown to be wrong, but something needed is missing.",
    ),
];
