//! The hash algorithms that tokens use.

use der::asn1::ObjectIdentifier;
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use super::element::{Element, Malformed};

/// A hash algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HashAlgorithm {
    /// Broken: it vouches for nothing.
    Sha1,
    Sha256,
    Sha384,
    Sha512,
    /// MD5, SHA-3, or whatever else is named.
    Other,
}

impl HashAlgorithm {
    /// The algorithm of an `AlgorithmIdentifier`.
    pub(super) fn of(identifier: Element<'_>) -> Result<HashAlgorithm, Malformed> {
        let identifier = identifier
            .tagged(der::Tag::Sequence)?
            .inside()?
            .expect(der::Tag::ObjectIdentifier)?;
        let id: ObjectIdentifier = identifier.read()?;
        let known = [
            ("1.3.14.3.2.26", HashAlgorithm::Sha1),
            ("2.16.840.1.101.3.4.2.1", HashAlgorithm::Sha256),
            ("2.16.840.1.101.3.4.2.2", HashAlgorithm::Sha384),
            ("2.16.840.1.101.3.4.2.3", HashAlgorithm::Sha512),
        ];
        let found = known.iter().find(|(text, _)| id.to_string() == *text);
        Ok(found.map_or(HashAlgorithm::Other, |(_, algorithm)| *algorithm))
    }

    /// The hash of these bytes; none for an algorithm that we do not compute.
    pub(super) fn hash(self, bytes: &[u8]) -> Option<Vec<u8>> {
        match self {
            HashAlgorithm::Sha1 => Some(sha1::Sha1::digest(bytes).to_vec()),
            HashAlgorithm::Sha256 => Some(Sha256::digest(bytes).to_vec()),
            HashAlgorithm::Sha384 => Some(Sha384::digest(bytes).to_vec()),
            HashAlgorithm::Sha512 => Some(Sha512::digest(bytes).to_vec()),
            HashAlgorithm::Other => None,
        }
    }
}
