//! NexArt notes: reservations that never fail a check (`specs/nexart.md` 8.4).

use super::{ReasonWords, mismatch, open};

pub(super) const PROTOCOL_VERSION_DEFAULTED: ReasonWords = open(
    "The record does not name its protocol version. Version 1.2.0 was used.",
    "No protocol version is stated. The rules of version 1.2.0 were applied.",
    "The fingerprint was computed by those rules.",
    "Nothing to do.",
);

pub(super) const CONTEXT_NOT_PROTECTED: ReasonWords = open(
    "The context of the record is not covered by the seal.",
    "The fingerprint matches without the context fields.",
    "Anyone could have added or changed the context. It is marked as not covered.",
    "Do not rely on the context alone.",
);

pub(super) const LEGACY_HASH_SCOPE: ReasonWords = open(
    "The fingerprint follows an older rule about which fields it covers.",
    "The fingerprint matches when all fields are included, as older software did.",
    "The covered fields are marked in the record.",
    "Look at which fields are marked as covered.",
);

pub(super) const REDACTED_CONTENT: ReasonWords = open(
    "A part of the content was left out before sealing or export.",
    "Input or output is absent. Only its fingerprint is there.",
    "What was left out cannot be checked here.",
    "If you need it, ask the sender for the full record.",
);

pub(super) const REDACTED_RESEAL: ReasonWords = open(
    "This is a shortened copy that was sealed again.",
    "The record says that it replaces an original that is not here.",
    "The seal covers the shortened copy. The link to the original is the sender's statement.",
    "If you need the original, ask the sender for it.",
);

pub(super) const CONFIDENTIAL_FIELDS: ReasonWords = open(
    "Some fields are kept confidential behind a fingerprint.",
    "Input or output is replaced by a fingerprint that cannot be opened here.",
    "The hidden values cannot be checked or read.",
    "If you need the values, ask the sender to disclose them.",
);

pub(super) const HASH_ONLY: ReasonWords = open(
    "Only a fingerprint was signed. The node did not see the content.",
    "The node saw this fingerprint at the stated time, not the content behind it.",
    "The signature says nothing about what the content is.",
    "If you need the content, ask the sender for it and compare its fingerprint.",
);

pub(super) const LEGACY_STAMP: ReasonWords = open(
    "The stamp is of an older kind that cannot be checked here.",
    "The attestation has no signed receipt.",
    "Nobody's signature could be checked for this record.",
    "Ask the sender for a signed receipt of this record.",
);

pub(super) const KEY_SELF_ASSERTED: ReasonWords = open(
    "The key came with the pack.",
    "The signature was checked with a key that the pack itself supplies.",
    "Who holds this key is not confirmed.",
    "Ask the signer for the fingerprint of the key by a separate route.",
);

pub(super) const KEY_VALID_FROM_AFTER_SIGNING: ReasonWords = mismatch(
    "The key's stated start is later than the signed time.",
    "The list of keys gives a start that lies after the time in the receipt.",
    "This alone does not count against the record.",
    [
        "the node states the time of its last restart",
        "an earlier list had another start",
    ],
    "If the date matters, ask the node's operator since when the key was in use.",
);

pub(super) const ENVELOPE_V1_LIMITED: ReasonWords = open(
    "The signed statement is of an older kind and covers only a summary.",
    "The older envelope signs what it lists itself, the fingerprint included.",
    "Fields are covered through the fingerprint alone.",
    "Nothing to do.",
);

pub(super) const ENVELOPE_NOT_RECONSTRUCTIBLE: ReasonWords = open(
    "The signed statement needs content that was left out.",
    "The signed fields include content that is not in this copy.",
    "The signature over the fields could not be checked.",
    "If you need it, ask the sender for the full record.",
);

pub(super) const ENVELOPE_ONLY: ReasonWords = open(
    "It is signed by the envelope only. There is no receipt.",
    "The signature over the fields fits. No separate receipt came with the record.",
    "The signature covers the fields that the envelope lists.",
    "If your procedure needs a receipt, ask the sender for receipt.json.",
);

pub(super) const RECEIPT_COPIES_DIFFER: ReasonWords = mismatch(
    "Two receipts for this record differ.",
    "The receipt inside the record and the one beside it are not the same.",
    "Both were checked.",
    ["the record was attested twice", "one copy was edited"],
    "Ask the sender which receipt belongs to this record.",
);

pub(super) const STEP_CHAIN_BROKEN: ReasonWords = mismatch(
    "A step does not name the step before it.",
    "The fingerprint of the previous step is not the one that this step names.",
    "The order of the steps is not shown by their links.",
    ["steps ran side by side", "a step was exchanged or left out"],
    "Ask the sender for the order in which the steps ran.",
);
