//! An authority's certificate: whom it names, when it counts, and what it may be used for.

use der::asn1::ObjectIdentifier;
use der::oid::AssociatedOid as _;
use der::{Decode as _, Encode as _, Tag};
use jiff::Timestamp;
use x509_cert::Certificate as Parsed;
use x509_cert::ext::pkix::{ExtendedKeyUsage, SubjectKeyIdentifier};

use super::element::{Elements, Malformed};
use super::token::SignerId;

/// The only use that the certificate of an authority may have (RFC 3161, 2.3).
const TIME_STAMPING: &str = "1.3.6.1.5.5.7.3.8";

/// A certificate: its bytes, and what is read from them.
#[derive(Debug)]
pub(super) struct Certificate<'c> {
    pub(super) raw: &'c [u8],
    parsed: Parsed,
    issuer: &'c [u8],
    serial: &'c [u8],
}

impl<'c> Certificate<'c> {
    pub(super) fn read(raw: &'c [u8]) -> Result<Certificate<'c>, Malformed> {
        let parsed = Parsed::from_der(raw)?;
        let mut fields = Elements::only(raw)?.inside()?.expect(Tag::Sequence)?.inside()?;
        fields.optional(super::element::context(0))?;
        let serial = fields.expect(Tag::Integer)?.content;
        fields.expect(Tag::Sequence)?;
        let issuer = fields.expect(Tag::Sequence)?.raw;
        Ok(Certificate {
            raw,
            parsed,
            issuer,
            serial,
        })
    }

    /// Whether a signer names this certificate.
    pub(super) fn is(&self, id: &SignerId<'_>) -> bool {
        match id {
            SignerId::IssuerAndSerial { issuer, serial } => *issuer == self.issuer && *serial == self.serial,
            SignerId::KeyIdentifier(wanted) => {
                let found = self.parsed.tbs_certificate().get_extension::<SubjectKeyIdentifier>();
                let found = found.ok().flatten();
                found.is_some_and(|(_, identifier)| identifier.0.as_bytes() == *wanted)
            }
        }
    }

    /// The name it is issued to.
    pub(super) fn subject(&self) -> String {
        self.parsed.tbs_certificate().subject().to_string()
    }

    /// Start and end of its period (RFC 3339, UTC).
    pub(super) fn period(&self) -> (String, String) {
        let validity = self.parsed.tbs_certificate().validity();
        let text = |time: x509_cert::time::Time| {
            let at = Timestamp::from_second(seconds(time));
            at.map_or_else(|_| "no end".to_owned(), |at| at.to_string())
        };
        (text(validity.not_before), text(validity.not_after))
    }

    /// Whether its period holds this time.
    pub(super) fn is_valid_at(&self, time: Timestamp) -> bool {
        let validity = self.parsed.tbs_certificate().validity();
        // The end is a whole second that still counts.
        (seconds(validity.not_before)..=seconds(validity.not_after)).contains(&time.as_second())
    }

    /// Whether time stamping is its only use, and said to be critical.
    pub(super) fn is_for_time_stamping(&self) -> bool {
        let extensions = self.parsed.tbs_certificate().extensions();
        let usage = extensions
            .into_iter()
            .flatten()
            .filter(|extension| extension.extn_id == ExtendedKeyUsage::OID);
        let [usage] = usage.collect::<Vec<_>>()[..] else {
            return false;
        };
        let only = ObjectIdentifier::new(TIME_STAMPING).map(|id| vec![id]);
        let stated = ExtendedKeyUsage::from_der(usage.extn_value.as_bytes());
        usage.critical && matches!((stated, only), (Ok(stated), Ok(only)) if stated.0 == only)
    }

    /// The subject's name as it stands, to compare with a root's.
    pub(super) fn subject_der(&self) -> Vec<u8> {
        self.parsed.tbs_certificate().subject().to_der().unwrap_or_default()
    }
}

fn seconds(time: x509_cert::time::Time) -> i64 {
    i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX)
}
