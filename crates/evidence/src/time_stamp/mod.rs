//! Time-stamp tokens (RFC 3161), offline: imprint, CMS signature, and chain to a root the reviewer trusts.
//!
//! Whether a certificate was revoked cannot be known without a network: [`TokenResult`] says nothing of it, and whoever
//! shows a token says that it was not checked.

mod algorithm;
mod certificate;
mod element;
mod hash;
mod info;
mod root;
mod roots;
mod seal;
mod token;

pub use root::RootCertificate;
pub(crate) use roots::Roots;

use crate::check::Outcome;
use crate::reason::ReasonCode;
use certificate::Certificate;
use hash::HashAlgorithm;
use roots::Path;
use seal::Broken;
use token::{Refusal, Token};

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
    /// Pass; `Fail` with a `TSA_*` code; `Undetermined` for `TSA_CERT_MISSING` and `TSA_UNTRUSTED_ROOT`, which warn, and
    /// for `TSA_SIGNATURE_INVALID` by an algorithm that is not known.
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

/// Judges a token, or the response of an authority that holds one.
pub(crate) fn judge(bytes: &[u8], stamped: Stamped<'_>, roots: &Roots) -> TokenResult {
    match token::inside_response(bytes) {
        Ok(token) => judge_token(token, stamped, roots),
        Err(Refusal::Malformed) => TokenResult::refused(ReasonCode::TsaMalformed),
        Err(Refusal::Rejected) => TokenResult::refused(ReasonCode::TsaStatusRejected),
    }
}

/// Judges a token: the DER of a `TimeStampToken`, nothing before or behind it.
pub(crate) fn judge_token(bytes: &[u8], stamped: Stamped<'_>, roots: &Roots) -> TokenResult {
    let Ok(token) = Token::read(bytes) else {
        return TokenResult::refused(ReasonCode::TsaMalformed);
    };
    let mut found = Found::default();
    found.imprint(&token, stamped);
    let mut result = TokenResult::of(&token);
    match signer(&token, roots) {
        None => found.open(
            ReasonCode::TsaCertMissing,
            "the certificate of the signer is not in the token",
        ),
        Some(certificate) => {
            result.authority = Some(certificate.subject());
            result.root = found.authority(&token, &certificate, roots);
        }
    }
    found.tell(result)
}

/// The certificate that the signer names, in the token or among the reviewer's.
fn signer<'t>(token: &Token<'t>, roots: &'t Roots) -> Option<Certificate<'t>> {
    let candidates = token.certificates.iter().copied().chain(roots.certificates());
    let mut read = candidates.filter_map(|raw| Certificate::read(raw).ok());
    read.find(|certificate| certificate.is(&token.signer.id))
}

/// What was found wrong or left open, in the order of the checks.
#[derive(Default)]
struct Found {
    failed: Vec<ReasonCode>,
    undetermined: Vec<ReasonCode>,
    detail: Vec<String>,
}

impl Found {
    fn fail(&mut self, code: ReasonCode, detail: &str) {
        self.failed.push(code);
        self.detail.push(detail.to_owned());
    }

    fn open(&mut self, code: ReasonCode, detail: &str) {
        self.undetermined.push(code);
        self.detail.push(detail.to_owned());
    }

    /// Whether the token is about the data.
    fn imprint(&mut self, token: &Token<'_>, stamped: Stamped<'_>) {
        let (hash, stated) = (token.info.hash, token.info.imprint);
        let expected = match stamped {
            Stamped::Data(data) => hash.hash(data),
            Stamped::Sha256(digest) => (hash == HashAlgorithm::Sha256).then(|| digest.to_vec()),
        };
        if hash == HashAlgorithm::Sha1 {
            self.fail(ReasonCode::TsaWeakHash, "the data is named by SHA-1");
        } else if expected.as_deref() != Some(stated) {
            self.fail(ReasonCode::TsaImprintMismatch, "the token is about other data");
        }
    }

    /// Whether the authority signed it and may; gives the root that its certificate leads to.
    fn authority(&mut self, token: &Token<'_>, certificate: &Certificate<'_>, roots: &Roots) -> Option<String> {
        match seal::check(token, certificate) {
            Ok(()) => {}
            Err(Broken::Invalid(detail)) => self.fail(ReasonCode::TsaSignatureInvalid, detail),
            Err(Broken::Weak) => self.fail(ReasonCode::TsaWeakHash, "the signature rests on SHA-1"),
            Err(Broken::Unknown) => self.open(ReasonCode::TsaSignatureInvalid, "an algorithm that is not known"),
        }
        if !certificate.is_for_time_stamping() {
            self.fail(
                ReasonCode::TsaWrongKeyUsage,
                "the certificate is not for time stamping alone",
            );
        }
        let time = token.info.time;
        if !certificate.is_valid_at(time) {
            self.fail(
                ReasonCode::TsaCertExpired,
                "the time lies outside the certificate's period",
            );
            return None;
        }
        match roots.path(certificate, &token.certificates, time) {
            Path::Trusted(root) => return Some(root),
            Path::Expired(detail) => self.fail(ReasonCode::TsaCertExpired, &detail),
            Path::Untrusted(detail) => self.open(ReasonCode::TsaUntrustedRoot, &detail),
        }
        None
    }

    fn tell(self, result: TokenResult) -> TokenResult {
        let mut codes = self.failed.iter().chain(&self.undetermined).copied();
        let outcome = match (self.failed.first(), self.undetermined.first()) {
            (Some(code), _) => Outcome::Fail(*code),
            (None, Some(code)) => Outcome::Undetermined(*code),
            (None, None) => Outcome::Pass,
        };
        codes.next();
        TokenResult {
            outcome,
            also: codes.collect(),
            detail: self.detail.join("; "),
            ..result
        }
    }
}

impl TokenResult {
    fn of(token: &Token<'_>) -> TokenResult {
        TokenResult {
            outcome: Outcome::Pass,
            also: Vec::new(),
            time: Some(token.info.time.to_string()),
            authority: None,
            root: None,
            serial: Some(data_encoding::HEXLOWER.encode(token.info.serial)),
            detail: String::new(),
        }
    }

    /// Bytes that are no token.
    pub(crate) fn refused(code: ReasonCode) -> TokenResult {
        TokenResult {
            outcome: Outcome::Fail(code),
            also: Vec::new(),
            time: None,
            authority: None,
            root: None,
            serial: None,
            detail: String::new(),
        }
    }
}

#[cfg(test)]
mod tests;
