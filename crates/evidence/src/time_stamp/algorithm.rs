//! The signature algorithms of authorities: RSA (PKCS #1 v1.5), and ECDSA on P-256 and P-384.

use der::Tag;
use der::asn1::ObjectIdentifier;
use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use rsa::pkcs1::DecodeRsaPublicKey as _;
use rsa::{Pkcs1v15Sign, PublicKey as RsaPublicKey};
use rustls_pki_types::{AlgorithmIdentifier, InvalidSignature, SignatureVerificationAlgorithm, alg_id};
use sha2::{Sha256, Sha384, Sha512};

use super::element::{Element, Malformed};
use super::hash::HashAlgorithm;

/// A kind of key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Rsa,
    P256,
    P384,
}

/// A kind of key with a hash.
#[derive(Debug)]
pub(super) struct Algorithm {
    key: Key,
    hash: HashAlgorithm,
    /// How certificates name it.
    name: AlgorithmIdentifier,
}

const fn algorithm(key: Key, hash: HashAlgorithm, name: AlgorithmIdentifier) -> Algorithm {
    Algorithm { key, hash, name }
}

static KNOWN: [Algorithm; 9] = [
    algorithm(Key::Rsa, HashAlgorithm::Sha256, alg_id::RSA_PKCS1_SHA256),
    algorithm(Key::Rsa, HashAlgorithm::Sha384, alg_id::RSA_PKCS1_SHA384),
    algorithm(Key::Rsa, HashAlgorithm::Sha512, alg_id::RSA_PKCS1_SHA512),
    algorithm(Key::P256, HashAlgorithm::Sha256, alg_id::ECDSA_SHA256),
    algorithm(Key::P256, HashAlgorithm::Sha384, alg_id::ECDSA_SHA384),
    algorithm(Key::P256, HashAlgorithm::Sha512, alg_id::ECDSA_SHA512),
    algorithm(Key::P384, HashAlgorithm::Sha256, alg_id::ECDSA_SHA256),
    algorithm(Key::P384, HashAlgorithm::Sha384, alg_id::ECDSA_SHA384),
    algorithm(Key::P384, HashAlgorithm::Sha512, alg_id::ECDSA_SHA512),
];

/// Every algorithm, as the path to a root asks for them.
pub(super) fn all() -> Vec<&'static dyn SignatureVerificationAlgorithm> {
    let known = KNOWN.iter();
    known
        .map(|one| -> &'static dyn SignatureVerificationAlgorithm { one })
        .collect()
}

/// What a token names as the algorithm of its signature.
#[derive(Debug)]
pub(super) enum Named {
    /// One of these: which, the kind of the key decides.
    Known(Vec<&'static Algorithm>),
    /// It rests on SHA-1.
    Weak,
    Unknown,
}

/// The algorithm of a signature; a name without a hash takes the hash of the digest.
pub(super) fn named(identifier: Element<'_>, digest: HashAlgorithm) -> Result<Named, Malformed> {
    let id: ObjectIdentifier = identifier.inside()?.expect(Tag::ObjectIdentifier)?.read()?;
    let (rsa, hash) = match id.to_string().as_str() {
        "1.2.840.113549.1.1.1" => (true, digest),
        "1.2.840.113549.1.1.5" => (true, HashAlgorithm::Sha1),
        "1.2.840.113549.1.1.11" => (true, HashAlgorithm::Sha256),
        "1.2.840.113549.1.1.12" => (true, HashAlgorithm::Sha384),
        "1.2.840.113549.1.1.13" => (true, HashAlgorithm::Sha512),
        "1.2.840.10045.2.1" => (false, digest),
        "1.2.840.10045.4.1" => (false, HashAlgorithm::Sha1),
        "1.2.840.10045.4.3.2" => (false, HashAlgorithm::Sha256),
        "1.2.840.10045.4.3.3" => (false, HashAlgorithm::Sha384),
        "1.2.840.10045.4.3.4" => (false, HashAlgorithm::Sha512),
        _ => return Ok(Named::Unknown),
    };
    let fits = |one: &&Algorithm| one.hash == hash && (one.key == Key::Rsa) == rsa;
    Ok(match hash {
        HashAlgorithm::Sha256 | HashAlgorithm::Sha384 | HashAlgorithm::Sha512 => {
            Named::Known(KNOWN.iter().filter(fits).collect())
        }
        HashAlgorithm::Sha1 => Named::Weak,
        HashAlgorithm::Other => Named::Unknown,
    })
}

impl SignatureVerificationAlgorithm for Algorithm {
    fn verify_signature(&self, public_key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let hashed = self.hash.hash(message).ok_or(InvalidSignature)?;
        match self.key {
            Key::Rsa => {
                let key = RsaPublicKey::from_pkcs1_der(public_key).map_err(|_| InvalidSignature)?;
                key.verify(self.padding()?, &hashed, signature)
                    .map_err(|_| InvalidSignature)
            }
            Key::P256 => {
                let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(public_key).map_err(|_| InvalidSignature)?;
                let signature = p256::ecdsa::Signature::from_der(signature).map_err(|_| InvalidSignature)?;
                key.verify_prehash(&hashed, &signature).map_err(|_| InvalidSignature)
            }
            Key::P384 => {
                let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(public_key).map_err(|_| InvalidSignature)?;
                let signature = p384::ecdsa::Signature::from_der(signature).map_err(|_| InvalidSignature)?;
                key.verify_prehash(&hashed, &signature).map_err(|_| InvalidSignature)
            }
        }
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        match self.key {
            Key::Rsa => alg_id::RSA_ENCRYPTION,
            Key::P256 => alg_id::ECDSA_P256,
            Key::P384 => alg_id::ECDSA_P384,
        }
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.name
    }
}

impl Algorithm {
    fn padding(&self) -> Result<Pkcs1v15Sign, InvalidSignature> {
        match self.hash {
            HashAlgorithm::Sha256 => Ok(Pkcs1v15Sign::new::<Sha256>()),
            HashAlgorithm::Sha384 => Ok(Pkcs1v15Sign::new::<Sha384>()),
            HashAlgorithm::Sha512 => Ok(Pkcs1v15Sign::new::<Sha512>()),
            HashAlgorithm::Sha1 | HashAlgorithm::Other => Err(InvalidSignature),
        }
    }
}
