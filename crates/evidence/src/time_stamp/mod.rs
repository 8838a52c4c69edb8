//! Time-stamp tokens (RFC 3161), offline: imprint, CMS signature, and chain to a root the reviewer trusts.

use crate::check::Outcome;
use crate::reason::ReasonCode;

/// Certificates of time-stamp authorities that the reviewer trusts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Roots(Vec<Vec<u8>>);

impl Roots {
    /// Adds the certificates of a file: PEM (one or several) or DER. Says how many.
    ///
    /// # Errors
    /// `KEY_MALFORMED` when it holds no certificate or one that cannot be read.
    pub(crate) fn add(&mut self, bytes: &[u8]) -> Result<usize, ReasonCode> {
        self.0.push(bytes.to_vec());
        Ok(1)
    }
}

/// What a token must have stamped.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stamped<'d> {
    /// These bytes, by any sound hash.
    Data(&'d [u8]),
    /// The data whose SHA-256 this is.
    Sha256(&'d [u8; 32]),
}

/// What a token comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TokenResult {
    /// Pass; `Fail` with a `TSA_*` code; `Undetermined` for `TSA_CERT_MISSING` and `TSA_UNTRUSTED_ROOT`, which warn.
    pub(crate) outcome: Outcome,
    /// Further reasons.
    pub(crate) also: Vec<ReasonCode>,
    /// The time it states (RFC 3339, UTC).
    pub(crate) time: Option<String>,
    /// The name in the signer's certificate.
    pub(crate) authority: Option<String>,
    /// The name of the root that it leads to.
    pub(crate) root: Option<String>,
    /// Serial number of the token, hex.
    pub(crate) serial: Option<String>,
    /// What exactly was seen.
    pub(crate) detail: String,
}

/// Judges a token (DER of a `TimeStampToken`, or of a `TimeStampResp` that holds one).
pub(crate) fn judge(token: &[u8], stamped: Stamped<'_>, roots: &Roots) -> TokenResult {
    let _ = (token, stamped, roots);
    TokenResult {
        outcome: Outcome::Fail(ReasonCode::TsaMalformed),
        also: Vec::new(),
        time: None,
        authority: None,
        root: None,
        serial: None,
        detail: String::new(),
    }
}
