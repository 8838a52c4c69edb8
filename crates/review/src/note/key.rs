//! The reviewer's own signing key: made here or read from the file she picks, used once and not kept.
//!
//! A new key is a PKCS#8 file (RFC 5958) under a passphrase: PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC, which every
//! OpenSSL since 1.1 reads (`openssl pkey -in key.pem`).

use ed25519_dalek::pkcs8::{EncodePrivateKey, KeypairBytes};
use ed25519_dalek::{Signer, SigningKey};
use evidence::PublicKey;
use pkcs8::{
    DecodePrivateKey, EncryptedPrivateKeyInfoRef, LineEnding, PrivateKeyInfoRef, SecretDocument, pkcs5::pbes2,
};
use ssh_key::private::PrivateKey as SshKey;
use zeroize::Zeroizing;

/// Rounds of PBKDF2 (OWASP, 2023).
const ROUNDS: u32 = 600_000;

/// A key file is small; more is something else.
const LARGEST_FILE: usize = 64 << 10;

/// Why a key could not be made or used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReviewerKeyError {
    /// It is under a passphrase and none was given.
    #[error("the key is protected: its passphrase is needed")]
    PassphraseNeeded,
    /// The passphrase does not open it.
    #[error("the passphrase does not open this key")]
    PassphraseWrong,
    /// The new key would have no passphrase worth the name.
    #[error("the passphrase must have at least {SHORTEST} characters")]
    PassphraseShort,
    /// A key of another kind.
    #[error("the key is not an Ed25519 key; only these are used")]
    NotEd25519,
    /// A public key, which cannot sign.
    #[error("this is a public key; the private key file is needed to sign")]
    PublicOnly,
    /// No key file that can be read.
    #[error("this is not a private key file that can be read (PKCS#8 PEM or OpenSSH)")]
    Malformed,
    /// The system has no randomness.
    #[error("the system gives no random numbers; no key was made")]
    NoRandomness,
}

impl ReviewerKeyError {
    /// A stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            ReviewerKeyError::PassphraseNeeded => "PASSPHRASE_NEEDED",
            ReviewerKeyError::PassphraseWrong => "PASSPHRASE_WRONG",
            ReviewerKeyError::PassphraseShort => "PASSPHRASE_SHORT",
            ReviewerKeyError::NotEd25519 => "KEY_WRONG_ALGORITHM",
            ReviewerKeyError::PublicOnly => "KEY_PUBLIC_ONLY",
            ReviewerKeyError::Malformed => "KEY_MALFORMED",
            ReviewerKeyError::NoRandomness => "NO_RANDOMNESS",
        }
    }
}

/// Fewest characters of a passphrase.
pub const SHORTEST: usize = 10;

/// A private key in memory; wiped when dropped.
pub struct ReviewerKey(SigningKey);

impl std::fmt::Debug for ReviewerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ReviewerKey(public {})", self.public_hex())
    }
}

impl ReviewerKey {
    /// Makes a key and the text of its file, protected by the passphrase.
    ///
    /// # Errors
    /// When the passphrase is too short or the system gives no randomness.
    pub fn create(passphrase: &str) -> Result<(ReviewerKey, Zeroizing<String>), ReviewerKeyError> {
        if passphrase.chars().count() < SHORTEST {
            return Err(ReviewerKeyError::PassphraseShort);
        }
        let mut secret = Zeroizing::new([0; 32]);
        random(&mut *secret)?;
        let key = SigningKey::from_bytes(&secret);
        let file = protected(&secret, passphrase)?;
        Ok((ReviewerKey(key), file))
    }

    /// Reads a key file: PKCS#8 PEM, plain or under a passphrase, or OpenSSH.
    ///
    /// # Errors
    /// When the file is no Ed25519 private key, or the passphrase is missing or wrong.
    pub fn read(file: &[u8], passphrase: Option<&str>) -> Result<ReviewerKey, ReviewerKeyError> {
        let text = std::str::from_utf8(file)
            .map_err(|_| ReviewerKeyError::Malformed)?
            .trim();
        if file.len() > LARGEST_FILE {
            return Err(ReviewerKeyError::Malformed);
        }
        match label(text) {
            Some("PRIVATE KEY") => plain(text),
            Some("ENCRYPTED PRIVATE KEY") => encrypted(text, passphrase),
            Some("OPENSSH PRIVATE KEY") => open_ssh(text, passphrase),
            Some("EC PRIVATE KEY" | "RSA PRIVATE KEY" | "DSA PRIVATE KEY") => Err(ReviewerKeyError::NotEd25519),
            Some("PUBLIC KEY") => Err(ReviewerKeyError::PublicOnly),
            None if text.starts_with("ssh-") => Err(ReviewerKeyError::PublicOnly),
            _ => Err(ReviewerKeyError::Malformed),
        }
    }

    /// Its public half.
    ///
    /// # Errors
    /// Never for a key that was made by any known software: only keys of small order have none that is accepted.
    pub fn public(&self) -> Result<PublicKey, ReviewerKeyError> {
        PublicKey::from_bytes(self.0.verifying_key().as_bytes()).map_err(|_| ReviewerKeyError::Malformed)
    }

    /// Signs once; the key is gone after that.
    #[must_use]
    pub fn sign(self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }

    fn public_hex(&self) -> String {
        data_encoding::HEXLOWER.encode(self.0.verifying_key().as_bytes())
    }
}

/// The public half as a file (SubjectPublicKeyInfo, PEM), to hand to those who will verify.
#[must_use]
pub fn public_pem(key: &PublicKey) -> String {
    /// SubjectPublicKeyInfo of Ed25519 (RFC 8410) up to the key itself.
    const PREFIX: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
    let der = [PREFIX.as_slice(), key.as_bytes()].concat();
    let text = data_encoding::BASE64.encode(&der);
    format!("-----BEGIN PUBLIC KEY-----\n{text}\n-----END PUBLIC KEY-----\n")
}

/// The public key of an OpenSSH line, `ssh-ed25519 AAAA… comment`; `None` when the text is none.
#[must_use]
pub fn open_ssh_public(text: &str) -> Option<PublicKey> {
    let key = ssh_key::PublicKey::from_openssh(text.trim()).ok()?;
    PublicKey::from_bytes(&key.key_data().ed25519()?.0).ok()
}

fn label(text: &str) -> Option<&str> {
    text.strip_prefix("-----BEGIN ")?
        .split_once("-----")
        .map(|(label, _)| label)
}

fn plain(text: &str) -> Result<ReviewerKey, ReviewerKeyError> {
    SigningKey::from_pkcs8_pem(text).map(ReviewerKey).map_err(unreadable)
}

fn encrypted(text: &str, passphrase: Option<&str>) -> Result<ReviewerKey, ReviewerKeyError> {
    let passphrase = passphrase.ok_or(ReviewerKeyError::PassphraseNeeded)?;
    let (_, document) = SecretDocument::from_pem(text).map_err(|_| ReviewerKeyError::Malformed)?;
    let info = EncryptedPrivateKeyInfoRef::try_from(document.as_bytes()).map_err(|_| ReviewerKeyError::Malformed)?;
    // A wrong passphrase shows as padding or as bytes that are no key.
    let opened = info
        .decrypt(passphrase)
        .map_err(|_| ReviewerKeyError::PassphraseWrong)?;
    SigningKey::from_pkcs8_der(opened.as_bytes())
        .map(ReviewerKey)
        .map_err(unreadable)
}

fn open_ssh(text: &str, passphrase: Option<&str>) -> Result<ReviewerKey, ReviewerKeyError> {
    let mut key = SshKey::from_openssh(text).map_err(other_ssh)?;
    if key.is_encrypted() {
        let passphrase = passphrase.ok_or(ReviewerKeyError::PassphraseNeeded)?;
        key = key.decrypt(passphrase).map_err(|_| ReviewerKeyError::PassphraseWrong)?;
    }
    let pair = key.key_data().ed25519().ok_or(ReviewerKeyError::NotEd25519)?;
    let signing = SigningKey::from_bytes(&Zeroizing::new(pair.private.to_bytes()));
    if signing.verifying_key().as_bytes() != &pair.public.0 {
        return Err(ReviewerKeyError::Malformed);
    }
    Ok(ReviewerKey(signing))
}

/// Keys of kinds that are not used here are known by name alone.
fn other_ssh(error: ssh_key::Error) -> ReviewerKeyError {
    let other_kind = matches!(
        error,
        ssh_key::Error::AlgorithmUnknown | ssh_key::Error::AlgorithmUnsupported { .. }
    );
    if other_kind {
        ReviewerKeyError::NotEd25519
    } else {
        ReviewerKeyError::Malformed
    }
}

fn unreadable(error: pkcs8::Error) -> ReviewerKeyError {
    if let pkcs8::Error::PublicKey(pkcs8::spki::Error::OidUnknown { .. }) = error {
        return ReviewerKeyError::NotEd25519;
    }
    ReviewerKeyError::Malformed
}

fn protected(secret: &[u8; 32], passphrase: &str) -> Result<Zeroizing<String>, ReviewerKeyError> {
    let (mut salt, mut iv) = ([0; 16], [0; 16]);
    random(&mut salt)?;
    random(&mut iv)?;
    let malformed = |_| ReviewerKeyError::Malformed;
    // Without the public half: older OpenSSL reads only the first version of the structure.
    let pair = KeypairBytes {
        secret_key: *secret,
        public_key: None,
    };
    let document = pair.to_pkcs8_der().map_err(malformed)?;
    let info = PrivateKeyInfoRef::try_from(document.as_bytes()).map_err(|_| ReviewerKeyError::Malformed)?;
    let parameters = pbes2::Parameters::generate_pbkdf2_sha256_aes256cbc(ROUNDS, &salt, iv)
        .map_err(|_| ReviewerKeyError::Malformed)?;
    let closed = info.encrypt_with_params(parameters, passphrase).map_err(malformed)?;
    closed
        .to_pem("ENCRYPTED PRIVATE KEY", LineEnding::LF)
        .map_err(|_| ReviewerKeyError::Malformed)
}

fn random(bytes: &mut [u8]) -> Result<(), ReviewerKeyError> {
    getrandom::fill(bytes).map_err(|_| ReviewerKeyError::NoRandomness)
}

#[cfg(test)]
mod tests;
