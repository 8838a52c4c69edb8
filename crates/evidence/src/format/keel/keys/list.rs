//! Key manifests: a list of keys, perhaps signed (`specs/keel.md` 3.1 and 3.2).

use super::super::moment::moment;
use super::super::{encoding, legacy_json};
use super::entry::{Entry, Purpose};
use crate::digest::Digest;
use crate::json::{self, Node};
use crate::reason::ReasonCode;
use crate::signature::PublicKey;

/// The version of a signed key manifest that is understood.
const SIGNED: &str = "keel.public_key_manifest.v1";
const PROFILE: &str = "keel.canonical_json.payload.v1";
const SIGNATURE_TYPE: &str = "ed25519.content_hash.v1";

/// A key manifest, read.
pub(super) struct KeyList {
    /// Its keys, in the order of the file.
    pub(super) entries: Vec<Entry>,
    /// What its own signature states, when it is signed, or why that cannot stand.
    pub(super) seal: Option<Result<Seal, String>>,
}

/// The signature of a key manifest.
pub(super) struct Seal {
    key_id: String,
    generated_at: jiff::Timestamp,
    content_hash: String,
    signature: Vec<u8>,
}

impl KeyList {
    /// Reads a file.
    ///
    /// # Errors
    /// What is wrong with it, in words for a specialist.
    pub(super) fn parse(name: &str, bytes: &[u8]) -> Result<KeyList, String> {
        let parsed = json::parse(bytes, &json::Bounds::default()).map_err(|fault| fault.to_string())?;
        if let Some(flaw) = parsed
            .flaws
            .iter()
            .find(|flaw| flaw.code == ReasonCode::JsonDuplicateKey)
        {
            return Err(format!("{} at byte {}", flaw.code, flaw.offset));
        }
        KeyList::read(name, &parsed.root)
    }

    fn read(name: &str, root: &Node<'_>) -> Result<KeyList, String> {
        let keys = root
            .get("keys")
            .filter(|keys| keys.is_array())
            .ok_or("it has no list of keys")?;
        let default = root
            .get("purpose")
            .and_then(Node::as_str)
            .and_then(|purpose| purpose.parse().ok());
        let objects = keys.items().iter().filter(|key| key.is_object());
        Ok(KeyList {
            entries: objects.map(|key| Entry::read(key, default, name)).collect(),
            seal: root.get("manifest_version").map(|version| seal(root, version)),
        })
    }
}

impl Seal {
    /// Verifies it under pinned keys: exactly one of them must bear its key id for signing exports and be active at the
    /// time that the list states.
    ///
    /// # Errors
    /// What is missing or does not fit.
    pub(super) fn verify(&self, pinned: &[Entry]) -> Result<(), String> {
        let fits = |entry: &&Entry| {
            entry.purpose == Some(Purpose::ExportSigning)
                && entry.key_id.as_deref() == Some(&self.key_id)
                && entry.is_active(self.generated_at)
        };
        let mut fitting = pinned.iter().filter(fits);
        let (Some(signer), None) = (fitting.next(), fitting.next()) else {
            return Err(format!(
                "no single confirmed key {} was active when it was made",
                self.key_id
            ));
        };
        if signer.is_stopped() {
            return Err(format!("its signing key {} was revoked", self.key_id));
        }
        let verified = signer.key.as_ref().map_err(|code| *code).and_then(|key| self.fits(key));
        verified.map_err(|code| format!("its signature does not fit ({code})"))
    }

    fn fits(&self, key: &PublicKey) -> Result<(), ReasonCode> {
        key.verify(self.content_hash.as_bytes(), &self.signature)
    }
}

/// The signature of a list that states a version; a list without one is the reviewer's own word.
fn seal(root: &Node<'_>, version: &Node<'_>) -> Result<Seal, String> {
    if version.as_str() != Some(SIGNED) {
        return Err("its manifest_version is not known".to_owned());
    }
    let profile = root.get("canonicalization_profile");
    if profile.and_then(Node::as_str) != Some(PROFILE) {
        return Err("its canonicalization_profile is not known".to_owned());
    }
    let signature = root.get("manifest_signature").ok_or("it is not signed")?;
    let text = |name: &str| signature.get(name).and_then(Node::as_str);
    if text("signature_type") != Some(SIGNATURE_TYPE) || text("purpose") != Some("export_signing") {
        return Err("its signature is of another type".to_owned());
    }
    let generated_at = root.get("generated_at").and_then(Node::as_str).and_then(moment);
    Ok(Seal {
        key_id: text("key_id").ok_or("its signature names no key")?.to_owned(),
        generated_at: generated_at.ok_or("it does not say when it was made")?,
        content_hash: content_hash(root, text("content_hash"))?,
        signature: encoding::signature(text("signature").unwrap_or_default())
            .map_err(|code| code.to_string())?
            .bytes,
    })
}

/// The stated hash, which must be that of the signed members.
fn content_hash(root: &Node<'_>, stated: Option<&str>) -> Result<String, String> {
    let signed = ["manifest_version", "canonicalization_profile", "keys"];
    let members = signed.into_iter().filter_map(|name| Some((name, root.get(name)?)));
    let mut bytes = Vec::new();
    legacy_json::write_members(members, &mut bytes).map_err(|code| code.to_string())?;
    let found = Digest::of(&bytes).prefixed();
    if stated != Some(&found) {
        return Err("its content hash does not fit its keys".to_owned());
    }
    Ok(found)
}
