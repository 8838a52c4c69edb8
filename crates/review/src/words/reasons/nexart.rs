//! NexArt failure codes (`specs/nexart.md` 8.3).

use super::{ReasonWords, mismatch, open};

const ORIGINAL: &str = "Ask the sender for the original file of this record.";

pub(super) const BUNDLE_CORRUPTED: ReasonWords = mismatch(
    "The record cannot be read in one certain way.",
    "A part that every record needs is missing, doubled or broken. Nothing was computed.",
    "What the record says cannot be established.",
    ["the file was cut or edited", "it is another kind of file"],
    ORIGINAL,
)
.lead("Not readable.");

pub(super) const SCHEMA_VERSION_UNSUPPORTED: ReasonWords = open(
    "The record has a type or version that this program does not know.",
    "The type or version of the record is not among those known here.",
    "A newer format is no sign of a change. It needs newer software.",
    "Ask the sender which software reads it, or use a newer version of this program.",
)
.lead("Newer format.")
.missing("support for this format version");

pub(super) const BUNDLE_HASH_MISMATCH: ReasonWords = mismatch(
    "Its content does not match the recorded fingerprint.",
    "The fingerprint computed from the content is not the recorded one.",
    "This content is not what was sealed.",
    ["the file was saved again by another program", "the content was edited"],
    ORIGINAL,
)
.lead("Changed.");

pub(super) const INVALID_SHA256_FORMAT: ReasonWords = mismatch(
    "The recorded fingerprint is not readable.",
    "The recorded fingerprint is not 64 hexadecimal characters. Nothing could be compared.",
    "There is no fingerprint to compare the content with.",
    ["a shortened fingerprint was exported", "the file was edited"],
    ORIGINAL,
)
.lead("No readable fingerprint.");

pub(super) const INPUT_HASH_MISMATCH: ReasonWords = mismatch(
    "The recorded input does not match its own fingerprint.",
    "The fingerprint of the input value is not the one recorded beside it.",
    "This input is not the one that was recorded.",
    ["the input was shortened or masked on export", "the input was edited"],
    ORIGINAL,
)
.lead("Changed.");

pub(super) const OUTPUT_HASH_MISMATCH: ReasonWords = mismatch(
    "The recorded output does not match its own fingerprint.",
    "The fingerprint of the output value is not the one recorded beside it.",
    "This output is not the one that was recorded.",
    ["the output was shortened or masked on export", "the output was edited"],
    ORIGINAL,
)
.lead("Changed.");

pub(super) const PROJECT_HASH_MISMATCH: ReasonWords = mismatch(
    "The project's own fields do not match the recorded fingerprint.",
    "The fingerprint computed from the project's fields is not the recorded one.",
    "The description of the project is not what was sealed.",
    ["the file was saved again by another program", "a field was edited"],
    "Ask the sender for the original project file.",
)
.lead("Changed.");

pub(super) const PROJECT_STEPS_INCONSISTENT: ReasonWords = mismatch(
    "The project's list of steps contradicts itself.",
    "The number, order or names of the listed steps do not agree.",
    "The list cannot be right as it stands.",
    ["the export stopped early", "a step was added or removed"],
    "Ask the sender for the original project file.",
)
.lead("Steps do not agree.");

pub(super) const PROJECT_STEP_MISSING: ReasonWords = mismatch(
    "A listed step of the project has no record.",
    "The project lists a step whose record is not in the file.",
    "The project is not complete.",
    ["a partial export", "the record was removed"],
    "Ask the sender for the missing record.",
)
.lead("A step is missing.");

pub(super) const PROJECT_STEP_UNLISTED: ReasonWords = mismatch(
    "The project holds a record that its list of steps does not name.",
    "A record is in the project file without an entry in its list.",
    "The record was not part of the listed project.",
    ["a record was exported with the wrong project", "a record was added"],
    "Ask the sender which list belongs to this project.",
)
.lead("A step is not listed.");

pub(super) const PROJECT_STEP_FAILED: ReasonWords = mismatch(
    "A step of the project did not pass its own checks.",
    "At least one record inside the project has a mismatch of its own.",
    "The project contains content that is not what was sealed.",
    ["the file was saved again by another program", "a step was edited"],
    "Look at the record of that step, then ask the sender for the original.",
)
.lead("Changed.");

pub(super) const PROJECT_STEP_HASH_MISMATCH: ReasonWords = mismatch(
    "A step is not the record that the project lists.",
    "The fingerprint of the step's record is not the one in the project's list.",
    "The step was exchanged for another record, or sealed again.",
    ["a newer copy of the step was exported", "the step was exchanged"],
    "Ask the sender for the record with the listed fingerprint.",
)
.lead("Changed.");

pub(super) const PROJECT_STEP_ID_MISMATCH: ReasonWords = mismatch(
    "A step has another execution id than the project lists.",
    "The execution id of the record is not the one in the project's list.",
    "The record and the list entry do not belong together.",
    ["two steps were mixed up", "a field was edited"],
    "Ask the sender which record belongs to this step.",
)
.lead("Steps do not agree.");

pub(super) const NODE_SIGNATURE_INVALID: ReasonWords = mismatch(
    "The signature of the receipt does not fit.",
    "The node's key and the content of the receipt do not give this signature.",
    "The receipt is not what the holder of this key signed.",
    [
        "the receipt was saved again or edited",
        "the signature belongs to another receipt",
    ],
    "Ask the sender for the original receipt.",
)
.lead("Signature does not fit.");

pub(super) const NODE_SIGNATURE_MISSING: ReasonWords = mismatch(
    "The receipt has no signature.",
    "A receipt is there, but the signature that belongs to it is not.",
    "Without its signature the receipt is only a statement of the sender.",
    ["a partial export", "the signature was removed"],
    "Ask the sender for the receipt with its signature.",
)
.lead("Signature missing.");

pub(super) const NODE_KEY_UNAVAILABLE: ReasonWords = open(
    "No public key is at hand to check the signature.",
    "Neither the pack nor your key book has a key of this node.",
    "The signature could not be checked. Nothing was found to be wrong with it.",
    "Ask the node's operator for its public key by a separate route. Then add it to your key book.",
)
.lead("Key not found.")
.missing("the node's public key");

pub(super) const NODE_KEY_NOT_FOUND: ReasonWords = open(
    "The key that the receipt names is not among the keys at hand.",
    "The keys at hand do not include the key id of the receipt. No other key was tried.",
    "The signature could not be checked. Nothing was found to be wrong with it.",
    "Ask the node's operator for the key with this id by a separate route.",
)
.lead("Key not found.")
.missing("the key that the receipt names");

pub(super) const NODE_KEY_AMBIGUOUS: ReasonWords = mismatch(
    "The list of keys has this key id more than once.",
    "Two keys share the key id of the receipt. None of them was used.",
    "Which key signed cannot be told.",
    ["a list of keys was put together by hand", "a key was added"],
    "Ask the node's operator for its published list of keys.",
)
.lead("Two keys with one name.");

pub(super) const NODE_KEY_MALFORMED: ReasonWords = mismatch(
    "The key in the list of keys cannot be read.",
    "The key text is not a usable key, or its forms contradict each other.",
    "Nothing can be checked with this key.",
    ["text cut while copying", "a list of keys put together by hand"],
    "Ask the node's operator for its published list of keys.",
)
.lead("Key not readable.");

pub(super) const NODE_KEY_REVOKED: ReasonWords = mismatch(
    "The key was withdrawn by its owner.",
    "The key is marked as revoked.",
    "A signature with a withdrawn key is not relied on.",
    [
        "the key was replaced after an incident",
        "the list of keys is newer than the record",
    ],
    "Ask the node's operator when and why the key was withdrawn.",
)
.lead("Key withdrawn.");

pub(super) const NODE_KEY_OUTSIDE_VALIDITY: ReasonWords = mismatch(
    "The signed time is after the end of the key's period.",
    "The time in the receipt lies outside the period of the key.",
    "The key was not in use at the stated time.",
    ["an outdated list of keys", "a wrong clock at the node"],
    "Ask the node's operator for the period of this key.",
)
.lead("Key not in use at that time.");

pub(super) const NODE_ID_MISMATCH: ReasonWords = mismatch(
    "The receipt names another node than the key belongs to.",
    "The node id in the receipt is not the node id of the list of keys.",
    "The key belongs to another node.",
    [
        "the list of keys of another node was included",
        "the receipt comes from another node",
    ],
    "Ask the sender for the list of keys of the node in the receipt.",
)
.lead("Another node.");

pub(super) const KID_MISMATCH: ReasonWords = mismatch(
    "The key id inside the signature differs from the one beside it.",
    "Two key ids are given for one signature, and they differ.",
    "The label outside the signature was changed or mixed up.",
    ["labels of two receipts were mixed up", "the label was edited"],
    "Ask the sender for the original receipt.",
)
.lead("Two key ids.");

pub(super) const RECEIPT_HASH_MISMATCH: ReasonWords = mismatch(
    "The receipt is about another record.",
    "The fingerprint in the receipt is not the recorded fingerprint of this record.",
    "The receipt does not vouch for this record.",
    [
        "the receipt of another record was included",
        "the record was sealed again on export",
    ],
    "Ask the sender for the receipt of this record, or the record of this receipt.",
)
.lead("Receipt of another record.");

pub(super) const RECEIPT_FORMAT_UNSUPPORTED: ReasonWords = open(
    "The receipt has a form that this version cannot check.",
    "The form of the receipt does not say what exactly was signed.",
    "The signature could not be checked. Nothing was found to be wrong with it.",
    "Ask the sender for a receipt in the current form.",
)
.lead("Unknown receipt form.")
.missing("a receipt in a known form");

pub(super) const PROTOCOL_VERSION_MISMATCH: ReasonWords = mismatch(
    "Record and receipt name different protocol versions.",
    "The protocol version in the record is not the one beside it.",
    "The two were not made together, or a label was changed.",
    ["labels were added by another program", "a field was edited"],
    "Ask the sender for the original record and receipt.",
)
.lead("Versions do not agree.");

pub(super) const ENVELOPE_SIGNATURE_INVALID: ReasonWords = mismatch(
    "The signature over its fields does not fit this content.",
    "The signed fields were put together again. The signature does not fit them.",
    "These fields are not what the holder of the key signed.",
    ["the file was saved again by another program", "a field was edited"],
    ORIGINAL,
)
.lead("Signature does not fit.");

pub(super) const ENVELOPE_MALFORMED: ReasonWords = mismatch(
    "The signed statement about the fields cannot be used.",
    "The envelope lacks a part it needs, or is of another kind.",
    "It shows nothing about the fields of this record.",
    ["a partial export", "another statement was put in its place"],
    "Ask the sender for the original record with its envelope.",
)
.lead("Signed statement not readable.");

pub(super) const ENVELOPE_RECEIPT_MISMATCH: ReasonWords = mismatch(
    "The receipt and the signed statement about the fields disagree.",
    "Id, time or software of the attestation differ between the two.",
    "The two were not made together.",
    ["two attestations of the record were mixed", "a label was edited"],
    "Ask the sender for the receipt and envelope of the same attestation.",
)
.lead("Statements do not agree.");

pub(super) const RECORD_NOT_FOUND: ReasonWords = mismatch(
    "It is listed, but it is not in the pack.",
    "No record in the pack has the listed fingerprint.",
    "A listed record is missing.",
    ["a partial export", "the list belongs to another pack"],
    "Ask the sender for the missing record.",
)
.lead("Records missing.");
