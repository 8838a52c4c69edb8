//! The certificates that the reviewer trusts, and the path that leads to one of them.

use std::time::Duration;

use jiff::Timestamp;
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, UnixTime};
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert};

use super::algorithm;
use super::certificate::Certificate;
use crate::reason::ReasonCode;

/// Certificates of time-stamp authorities that the reviewer trusts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Roots(Vec<CertificateDer<'static>>);

/// `id-kp-timeStamping`, the content of the identifier.
const TIME_STAMPING: &[u8] = &[43, 6, 1, 5, 5, 7, 3, 8];

/// Where a certificate leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Path {
    /// To this root.
    Trusted(String),
    /// To a root, through a certificate whose period does not hold the time.
    Expired(String),
    /// To none that the reviewer trusts.
    Untrusted(String),
}

impl Roots {
    /// Adds the certificates of a file: PEM (one or several, other text around them) or DER. Says how many.
    ///
    /// # Errors
    /// `KEY_MALFORMED` when it holds no certificate, or one that cannot be read.
    pub(crate) fn add(&mut self, bytes: &[u8]) -> Result<usize, ReasonCode> {
        let found: Vec<CertificateDer<'static>> = if bytes.first() == Some(&0x30) {
            vec![CertificateDer::from(bytes.to_vec())]
        } else {
            let read: Result<_, _> = CertificateDer::pem_slice_iter(bytes).collect();
            read.map_err(|_| ReasonCode::KeyMalformed)?
        };
        if found.is_empty() || !found.iter().all(is_sound) {
            return Err(ReasonCode::KeyMalformed);
        }
        let count = found.len();
        self.0.extend(found);
        Ok(count)
    }

    /// Adds one certificate.
    ///
    /// # Errors
    /// `KEY_MALFORMED` when it cannot be read.
    pub(super) fn add_one(&mut self, certificate: CertificateDer<'static>) -> Result<(), ReasonCode> {
        if !is_sound(&certificate) {
            return Err(ReasonCode::KeyMalformed);
        }
        self.0.push(certificate);
        Ok(())
    }

    /// The certificates.
    pub(super) fn certificates(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(CertificateDer::as_ref)
    }

    /// Where the certificate of a signer leads at this time, by way of those that came with it.
    pub(super) fn path(&self, signer: &Certificate<'_>, others: &[&[u8]], time: Timestamp) -> Path {
        if self.certificates().any(|root| root == signer.raw) {
            return Path::Trusted(signer.subject());
        }
        let valid = |root: &&CertificateDer<'_>| Certificate::read(root).is_ok_and(|root| root.is_valid_at(time));
        let anchors: Vec<_> = self
            .0
            .iter()
            .filter(valid)
            .filter_map(|root| anchor_from_trusted_cert(root).ok())
            .collect();
        let others: Vec<CertificateDer<'_>> = others.iter().map(|other| CertificateDer::from(*other)).collect();
        let end = CertificateDer::from(signer.raw);
        let Ok(end) = EndEntityCert::try_from(&end) else {
            return Path::Untrusted("the certificate has a form that is not supported".to_owned());
        };
        let seconds = u64::try_from(time.as_second()).unwrap_or_default();
        let at = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        let usage = KeyUsage::required_if_present(TIME_STAMPING);
        let found = end.verify_for_usage(&algorithm::all(), &anchors, &others, at, usage, None, None);
        match found {
            Ok(path) => Path::Trusted(self.name(&path.anchor().subject)),
            Err(webpki::Error::CertExpired { .. } | webpki::Error::CertNotValidYet { .. }) => {
                Path::Expired("the time lies outside the period of a certificate on the way to the root".to_owned())
            }
            Err(error) => Path::Untrusted(untrusted(&error).to_owned()),
        }
    }

    /// The name of the root with this subject, given without its outer tag.
    fn name(&self, subject: &[u8]) -> String {
        let roots = self.certificates().filter_map(|root| Certificate::read(root).ok());
        let mut named = roots.filter(|root| root.subject_der().ends_with(subject));
        named.next().map(|root| root.subject()).unwrap_or_default()
    }
}

/// Whether a path can lead to it.
fn is_sound(root: &CertificateDer<'_>) -> bool {
    Certificate::read(root).is_ok() && anchor_from_trusted_cert(root).is_ok()
}

/// Why no path leads to a root, for people; the library's own names are for programmers.
fn untrusted(error: &webpki::Error) -> &'static str {
    if *error == webpki::Error::UnknownIssuer {
        "no root in the key book issued this certificate"
    } else if let webpki::Error::RequiredEkuNotFoundContext(_) = error {
        "a certificate on the way to the root is not for time stamping"
    } else {
        "no sound way leads from this certificate to a root in the key book"
    }
}
