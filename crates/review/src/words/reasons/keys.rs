//! Keys and signatures, for every ecosystem, and layers that are absent.

use super::{ReasonWords, mismatch, open};

pub(super) const KEY_NOT_CONFIRMED: ReasonWords = open(
    "The signature fits, but the only copy of the key came with the pack.",
    "The signature fits the key that came with the pack. Your key book does not have this key.",
    "Anyone could have made such a pair of key and signature. Who holds the key is not confirmed.",
    "Ask the signer for the fingerprint of the key by a separate route. Then confirm the key.",
)
.lead("Signer not confirmed.")
.missing("a confirmed key");

pub(super) const KEY_CONFLICT: ReasonWords = mismatch(
    "Your key book has another key for this signer and key id.",
    "The key used here differs from the key that your key book has for this signer.",
    "Both cannot be the key with this name.",
    ["the signer changed its key", "the evidence comes from another system"],
    "Ask the signer by a separate route which key it used. Leave the key book as it is until then.",
)
.lead("Another key than yours.");

pub(super) const KEY_NOT_FOUND: ReasonWords = open(
    "The key that the signature names is not at hand.",
    "The key was not found among the keys that this check may use.",
    "Without the key, the signature says nothing yet. Nothing was found to be wrong with it.",
    "Ask the signer for the public key by a separate route. Then add it to your key book.",
)
.lead("Key not found.")
.missing("the signer's public key");

pub(super) const NOT_ATTESTED: ReasonWords = open(
    "No signature came with it.",
    "There is no signature to check, neither in the file nor beside it.",
    "Nobody vouches for this content. Anyone could have produced it, its fingerprint included.",
    "Ask the sender for the signed file that belongs to it, such as a receipt or a manifest.",
)
.lead("Not signed.")
.missing("a signature");

pub(super) const SIG_NOT_STRICT: ReasonWords = mismatch(
    "The signature does not fit under the strict rules.",
    "The strict rules of the standard refuse this signature. A looser rule accepts it.",
    "Other software may accept this signature.",
    ["it was made with unusual software", "it was converted after signing"],
    "Ask the issuer which software made the signature, and for a new signature.",
)
.lead("Signature does not fit.");

pub(super) const SIG_INVALID: ReasonWords = mismatch(
    "The signature does not fit.",
    "The signature does not fit the signed content with this key.",
    "Content, signature and key do not belong together.",
    [
        "the content changed after signing",
        "the signature belongs to another file",
    ],
    "Ask the sender for the original file with its signature.",
)
.lead("Signature does not fit.");

pub(super) const SIG_MALFORMED: ReasonWords = mismatch(
    "The signature cannot be read.",
    "The signature is not text that gives 64 bytes.",
    "This is not a signature of the kind that the evidence announces.",
    ["the text was cut while copying", "another kind of signature was used"],
    "Ask the sender for the complete signature.",
)
.lead("Signature not readable.");

pub(super) const KEY_ENCODING_NONSTANDARD: ReasonWords = mismatch(
    "The key text is written in an unusual way.",
    "The key text has unusual padding, blanks, or letters of two alphabets.",
    "Two programs could read such a text differently.",
    ["it was copied through a message", "it was typed by hand"],
    "Ask the issuer for the key text in its usual form.",
);

pub(super) const KEY_WRONG_ALGORITHM: ReasonWords = mismatch(
    "The key is of another kind than Ed25519.",
    "The key text names another method than Ed25519, the only one used here.",
    "This version cannot use the key.",
    ["another key of the issuer was sent", "the issuer uses another method"],
    "Ask the issuer for its Ed25519 public key.",
);

pub(super) const KEY_MALFORMED: ReasonWords = mismatch(
    "The key text cannot be read as a key.",
    "The text does not give a usable public key of 32 bytes.",
    "Nothing can be checked with this text.",
    ["it was cut while copying", "it is another kind of key"],
    "Ask the issuer for the complete public key.",
)
.lead("Key not readable.");

pub(super) const KEY_PRIVATE_MATERIAL: ReasonWords = mismatch(
    "A private key is in the file.",
    "The text holds a private key. It is not shown and not used.",
    "Whoever has this file can sign in its owner's name.",
    ["the wrong file was sent", "an export included too much"],
    "Tell the sender at once. Ask for the public key, and since when the private key has been exposed.",
);

pub(super) const KEY_WEAK: ReasonWords = mismatch(
    "The key is one with which signatures show nothing.",
    "The key is one of a few values that fit signatures nobody made.",
    "A signature that fits this key shows nothing about its origin.",
    ["it is a placeholder", "the software that made it had a fault"],
    "Ask the issuer for its regular public key.",
)
.lead("Unusable key.");

pub(super) const KEY_MIXED_ORDER: ReasonWords = mismatch(
    "The key has an unusual mathematical form.",
    "The key has a part that ordinary keys do not have. It can be used.",
    "Signatures with this key are checked by the strict rules.",
    ["unusual software made it", "it was made for a test"],
    "Ask the issuer whether this is its regular key.",
);

pub(super) const NOT_PRESENT: ReasonWords = open(
    "The evidence does not have this part.",
    "There is nothing of this kind in the evidence.",
    "The part is optional. Its absence speaks neither for nor against the evidence.",
    "If you expected this part, ask the sender to include it.",
);

pub(super) const NOT_ANSWERABLE: ReasonWords = open(
    "This kind of evidence cannot answer the question.",
    "The format has nothing that this check could use.",
    "The question stays open. That speaks neither for nor against the evidence.",
    "If you need the answer, ask the sender for other evidence.",
);

pub(super) const BLOCKED: ReasonWords = open(
    "Not checked, because an earlier check did not pass.",
    "An earlier check of the same item ended without the result that this one needs.",
    "Nothing is said about this point.",
    "Look at the other checks of the same item first.",
);

pub(super) const NOT_EVALUATED: ReasonWords = open(
    "This version shows the item but does not check it.",
    "The item is present. This version has no check for it.",
    "Nothing is said about this point.",
    "If the point matters to you, ask the sender how to check it.",
);
