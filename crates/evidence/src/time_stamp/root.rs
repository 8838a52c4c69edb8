//! The certificate of an authority as people compare and keep it.

use data_encoding::BASE64;
use rustls_pki_types::CertificateDer;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::certificate::Certificate;
use super::roots::Roots;
use crate::digest::Digest;
use crate::reason::ReasonCode;

/// A certificate that can be trusted as the root of a time-stamp authority. Its text form is base64 of its DER.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RootCertificate {
    der: Vec<u8>,
    subject: String,
    valid_from: String,
    valid_to: String,
}

impl RootCertificate {
    /// The certificates of a file: PEM (one or several, other text around them) or DER.
    ///
    /// # Errors
    /// `KEY_MALFORMED` when it holds no certificate, or one that cannot be read.
    pub fn read_all(bytes: &[u8]) -> Result<Vec<RootCertificate>, ReasonCode> {
        let mut roots = Roots::default();
        roots.add(bytes)?;
        roots.certificates().map(RootCertificate::from_der).collect()
    }

    fn from_der(der: &[u8]) -> Result<RootCertificate, ReasonCode> {
        let read = Certificate::read(der).map_err(|_| ReasonCode::KeyMalformed)?;
        let (valid_from, valid_to) = read.period();
        Ok(RootCertificate {
            subject: read.subject(),
            valid_from,
            valid_to,
            der: der.to_vec(),
        })
    }

    /// Its bytes.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// SHA-256 of its bytes, as `openssl x509 -fingerprint -sha256` writes it without colons.
    #[must_use]
    pub fn fingerprint(&self) -> Digest {
        Digest::of(&self.der)
    }

    /// The name it is issued to.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Start of its period (RFC 3339, UTC).
    #[must_use]
    pub fn valid_from(&self) -> &str {
        &self.valid_from
    }

    /// End of its period (RFC 3339, UTC).
    #[must_use]
    pub fn valid_to(&self) -> &str {
        &self.valid_to
    }
}

impl Serialize for RootCertificate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64.encode(&self.der))
    }
}

impl<'de> Deserialize<'de> for RootCertificate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RootCertificate, D::Error> {
        let text = String::deserialize(deserializer)?;
        let der = BASE64.decode(text.as_bytes()).map_err(serde::de::Error::custom)?;
        // A root that could not be used when it is needed is refused when it is read.
        let mut roots = Roots::default();
        let sound = roots.add_one(CertificateDer::from(der.clone()));
        sound
            .and_then(|()| RootCertificate::from_der(&der))
            .map_err(|code| serde::de::Error::custom(format!("the certificate cannot be read ({})", code.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &[u8] = include_bytes!("../../../../tests/fixtures/time-stamp/root.pem");

    #[test]
    fn a_certificate_is_told_by_name_period_and_the_fingerprint_that_other_programs_show() {
        let [root] = &RootCertificate::read_all(ROOT).unwrap()[..] else {
            panic!("one certificate")
        };
        assert_eq!(root.subject(), "CN=Sealcheck test root");
        assert_eq!(
            (root.valid_from(), root.valid_to()),
            ("2026-11-25T16:06:41Z", "2046-11-20T16:06:41Z")
        );
        assert_eq!(
            root.fingerprint().to_hex(),
            "828b040bdcdca6cc1ed34a87c66bc70d200e25f0028f66f645df3de8c3d45f9f"
        );
        assert_eq!(
            RootCertificate::read_all(root.der()).unwrap(),
            std::slice::from_ref(root)
        );
    }

    #[test]
    fn it_is_written_and_read_as_text() {
        let root = RootCertificate::read_all(ROOT).unwrap().remove(0);
        let text = serde_json::to_string(&root).unwrap();
        assert_eq!(serde_json::from_str::<RootCertificate>(&text).unwrap(), root);
        for broken in [r#""""#, r#""MIIB""#, r#""*""#, &text.replacen("MII", "MIJ", 1)] {
            assert!(serde_json::from_str::<RootCertificate>(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn a_file_without_a_certificate_is_refused() {
        for bytes in [&b""[..], b"hello", b"0\x03\x02\x01\x01"] {
            assert_eq!(RootCertificate::read_all(bytes).unwrap_err(), ReasonCode::KeyMalformed);
        }
    }
}
