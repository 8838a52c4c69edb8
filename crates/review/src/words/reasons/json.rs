//! JSON text and time-stamp tokens.

use super::{ReasonWords, mismatch, open};

const ORIGINAL: &str = "If it was opened in an editor, use the original file. Else ask the sender for it.";

pub(super) const JSON_DUPLICATE_KEY: ReasonWords = mismatch(
    "A name stands twice in the same place of the text.",
    "One field is given two values. The text was not used.",
    "Two programs could show different values.",
    ["faulty export software", "the file was edited by hand"],
    "Ask the sender for the original file.",
)
.missing("a text with each name once");

pub(super) const JSON_SYNTAX: ReasonWords = mismatch(
    "The text is not readable as JSON.",
    "The text breaks the rules of JSON. It was not used.",
    "Its content cannot be read with certainty.",
    ["the file was edited or cut", "it is another kind of file"],
    ORIGINAL,
)
.missing("a readable file");

pub(super) const JSON_TRAILING_DATA: ReasonWords = mismatch(
    "The text goes on after its end.",
    "There is more text after the JSON value. The file was not used.",
    "Two programs could read this file differently.",
    ["two files were joined", "the file was edited by hand"],
    ORIGINAL,
)
.missing("a readable file");

pub(super) const JSON_EMPTY: ReasonWords = open(
    "The file is empty.",
    "The file has no content.",
    "There is nothing to check in it.",
    "Ask the sender for the file again. Name the size you received.",
)
.missing("a file with content");

pub(super) const JSON_BOM: ReasonWords = mismatch(
    "The text begins with a byte-order mark.",
    "The first three bytes are a mark that JSON does not allow. The text was not used.",
    "The bytes differ from what was written.",
    ["the file was saved again by an editor", "a conversion on Windows"],
    ORIGINAL,
);

pub(super) const JSON_NOT_UTF8: ReasonWords = mismatch(
    "The text is not written in UTF-8.",
    "The bytes are not UTF-8, which JSON needs. The text was not used.",
    "Its letters cannot be read with certainty.",
    ["the file was converted to another encoding", "damage on the way"],
    ORIGINAL,
)
.missing("a readable file");

pub(super) const JSON_LONE_SURROGATE: ReasonWords = mismatch(
    "The text holds half a character.",
    "An escape gives half of a character pair. No standard form exists for it.",
    "The content has no fingerprint that all programs agree on.",
    ["a text was cut in the middle of a character", "faulty export software"],
    "Ask the sender for the original file.",
);

pub(super) const JSON_NUMBER_RANGE: ReasonWords = mismatch(
    "A number is too large to be read exactly.",
    "A number is beyond what JSON software can hold. The text was not used.",
    "Two programs could read different values.",
    ["faulty export software", "the file was edited by hand"],
    "Ask the sender for the original file.",
);

pub(super) const JSON_NUMBER_UNSAFE: ReasonWords = open(
    "A number is larger than many programs read exactly.",
    "A whole number is beyond 9,007,199,254,740,991, or a number has an unusual form.",
    "Other software may show it rounded. Here it is shown as written.",
    "Compare this number in the raw text.",
);

pub(super) const JSON_NONCHARACTER: ReasonWords = open(
    "The text holds a code that is not a character.",
    "The text holds a code that is reserved for internal use.",
    "Other software may drop it or show it differently.",
    "Look at the raw text, where it is made visible.",
);

pub(super) const JSON_KEY_CONFUSABLE: ReasonWords = open(
    "Two field names look nearly the same.",
    "Two field names in one place differ only in letter case or form.",
    "A reader could take one for the other.",
    "Compare the two fields in the raw text.",
);

pub(super) const TSA_MALFORMED: ReasonWords = mismatch(
    "The time-stamp token cannot be read.",
    "The token does not follow its standard (RFC 3161).",
    "It shows nothing about the time.",
    ["text cut while copying", "another kind of token"],
    "Ask the sender for the original token.",
)
.lead("Time stamp not readable.");

pub(super) const TSA_STATUS_REJECTED: ReasonWords = mismatch(
    "The time-stamp service refused the request.",
    "The answer of the time-stamp service is a refusal, not a stamp.",
    "It shows nothing about the time.",
    ["the service did not accept the request", "the wrong answer was kept"],
    "Ask the sender for a token that was granted.",
)
.lead("No time stamp was given.");

pub(super) const TSA_IMPRINT_MISMATCH: ReasonWords = mismatch(
    "The time-stamp token is about other content.",
    "The fingerprint in the token is not the fingerprint of this content.",
    "The token shows nothing about this content.",
    ["the token of another file", "the content changed afterwards"],
    "Ask the sender for the token of this content.",
)
.lead("Time stamp of something else.");

pub(super) const TSA_SIGNATURE_INVALID: ReasonWords = mismatch(
    "The signature of the time-stamp token does not fit.",
    "The token's signature does not fit its content.",
    "The token shows nothing about the time.",
    ["damage on the way", "the token was edited"],
    "Ask the sender for the original token.",
)
.lead("Time stamp does not fit.");

pub(super) const TSA_WEAK_HASH: ReasonWords = open(
    "The time-stamp token uses an outdated fingerprint method.",
    "The token uses SHA-1, for which two contents with one fingerprint can be made.",
    "The token is too weak to tie the time to this content.",
    "Ask the sender for a token with SHA-256.",
)
.lead("Outdated time stamp.");

pub(super) const TSA_CERT_EXPIRED: ReasonWords = mismatch(
    "The time-stamp service's certificate was not in use at that time.",
    "The stamped time lies outside the period of the certificate.",
    "The token does not show the time.",
    ["a wrong clock at the service", "an outdated certificate"],
    "Ask the sender for a token with a current certificate.",
)
.lead("Certificate not in use at that time.");

pub(super) const TSA_CERT_MISSING: ReasonWords = open(
    "The time-stamp service's certificate is not at hand.",
    "The token does not carry the certificate that its signature needs.",
    "The token cannot be checked yet.",
    "Ask the sender for the certificates of the time-stamp service.",
)
.lead("Certificate not at hand.")
.missing("a certificate of the time-stamp service");

pub(super) const TSA_UNTRUSTED_ROOT: ReasonWords = open(
    "Your key book does not have the time-stamp service.",
    "The certificates do not lead to a root in your key book.",
    "Who stamped the time is not confirmed.",
    "Ask the time-stamp service for its root certificate by a separate route, and import it into your key book.",
)
.lead("Time-stamp service not confirmed.")
.missing("a confirmed time-stamp root");

pub(super) const TSA_WRONG_KEY_USAGE: ReasonWords = mismatch(
    "The certificate is not meant for time stamps.",
    "The certificate in the token does not allow time stamps alone.",
    "A time stamp needs a certificate made for that purpose.",
    ["a certificate for another purpose was used", "a faulty test service"],
    "Ask the sender which time-stamp service was used.",
)
.lead("Certificate of another purpose.");
