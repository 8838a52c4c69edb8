//! The key file that a person picks for signing. Only where it lies is kept, and no longer than the dialog is open: the
//! key itself is read when it is needed and wiped after that.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use review::note::key::{ReviewerKey, ReviewerKeyError};
use review::present::visible;
use review::view::{CommandError, SigningKeyView};
use review::words::sentence::first_upper;
use zeroize::Zeroizing;

use crate::commands::exports::place;
use crate::fault::fault;

/// A key file of more bytes is something else.
const LARGEST: u64 = 64 << 10;

/// Where the picked key lies.
#[derive(Default)]
pub(crate) struct PickedKey(Mutex<Option<PathBuf>>);

impl PickedKey {
    /// A key file was picked, or let go of.
    pub(crate) fn set(&self, path: Option<PathBuf>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = path;
    }

    /// The key file at hand.
    ///
    /// # Errors
    /// When none was picked.
    pub(crate) fn path(&self) -> Result<PathBuf, CommandError> {
        let picked = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        picked.ok_or_else(|| {
            fault(
                "NO_KEY_PICKED",
                "No key file is at hand. Choose one, or sign with the typed name.",
            )
        })
    }
}

/// Reads the key in a file.
///
/// # Errors
/// When the file cannot be read, or is no Ed25519 private key that the passphrase opens.
pub(crate) fn read(path: &Path, passphrase: &str) -> Result<ReviewerKey, CommandError> {
    let bytes = bytes(path)?;
    let passphrase = Some(passphrase).filter(|passphrase| !passphrase.is_empty());
    ReviewerKey::read(&bytes, passphrase).map_err(key_fault)
}

/// What the person is shown of a key file.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn look(path: &Path, passphrase: &str) -> Result<SigningKeyView, CommandError> {
    let bytes = bytes(path)?;
    let given = Some(passphrase).filter(|passphrase| !passphrase.is_empty());
    let (locked, trouble, fingerprint) = match ReviewerKey::read(&bytes, given).and_then(|key| key.public()) {
        Ok(public) => (false, String::new(), Some(public.fingerprint().to_hex())),
        Err(ReviewerKeyError::PassphraseNeeded) => (true, String::new(), None),
        Err(error @ ReviewerKeyError::PassphraseWrong) => (true, sentence(error), None),
        Err(error) => (false, sentence(error), None),
    };
    Ok(SigningKeyView {
        file_name: visible(&path.file_name().unwrap_or_default().to_string_lossy()),
        place: place(path),
        locked,
        trouble,
        fingerprint,
        public_name: String::new(),
    })
}

/// A fault of the key as the page is shown it.
pub(crate) fn key_fault(error: ReviewerKeyError) -> CommandError {
    fault(error.code(), sentence(error))
}

fn sentence(error: ReviewerKeyError) -> String {
    format!("{}.", first_upper(&error.to_string()))
}

fn bytes(path: &Path) -> Result<Zeroizing<Vec<u8>>, CommandError> {
    let mut bytes = Zeroizing::new(Vec::new());
    std::fs::File::open(path)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(|error| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            fault(
                "KEY_FILE_UNREADABLE",
                format!("{} could not be read: {error}.", visible(&name)),
            )
        })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSPHRASE: &str = "correct horse battery";

    fn key_file(folder: &tempfile::TempDir, text: &str) -> PathBuf {
        let path = folder.path().join("key.pem");
        std::fs::write(&path, text).unwrap();
        path
    }

    #[test]
    fn a_protected_key_is_locked_until_its_passphrase_is_right() {
        let folder = tempfile::tempdir().unwrap();
        let (key, text) = ReviewerKey::create(PASSPHRASE).unwrap();
        let path = key_file(&folder, &text);
        let closed = look(&path, "").unwrap();
        assert!(closed.locked && closed.trouble.is_empty() && closed.fingerprint.is_none());
        let wrong = look(&path, "something else").unwrap();
        assert!(wrong.locked && wrong.trouble.starts_with("The passphrase does not open"));
        let open = look(&path, PASSPHRASE).unwrap();
        assert_eq!(open.fingerprint, Some(key.public().unwrap().fingerprint().to_hex()));
        assert_eq!(read(&path, "").err().unwrap().code, "PASSPHRASE_NEEDED");
    }

    #[test]
    fn what_is_no_key_says_so_and_is_not_locked() {
        let folder = tempfile::tempdir().unwrap();
        let shown = look(&key_file(&folder, "Dear Sir"), "").unwrap();
        assert!(!shown.locked && shown.trouble.starts_with("This is not a private key file"));
        assert_eq!(
            look(&folder.path().join("none"), "").err().unwrap().code,
            "KEY_FILE_UNREADABLE"
        );
    }

    #[test]
    fn without_a_picked_key_nothing_is_signed_with_one() {
        let picked = PickedKey::default();
        assert_eq!(picked.path().unwrap_err().code, "NO_KEY_PICKED");
        picked.set(Some(PathBuf::from("key.pem")));
        assert_eq!(picked.path().unwrap(), PathBuf::from("key.pem"));
        picked.set(None);
        assert!(picked.path().is_err());
    }
}
