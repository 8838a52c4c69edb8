//! Node key sets (`specs/nexart.md` 1.6), kept as supplied: malformed, revoked and doubled entries have answers of their own.

use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD};

use super::kind::key_list;
use crate::json::Node;
use crate::keytext::{read_base64, read_jwk, read_pem};
use crate::signature::PublicKey;

/// One key set, as a file states it.
#[derive(Debug, Clone, Default)]
pub(crate) struct KeySet {
    /// `nodeId`.
    pub(crate) node_id: Option<String>,
    /// `operator`.
    pub(crate) operator: Option<String>,
    /// `activeKid`: display only, never a reason to choose a key.
    pub(crate) active_kid: Option<String>,
    /// `protocolVersion`.
    pub(crate) protocol_version: Option<String>,
    /// The entries, in order.
    pub(crate) entries: Vec<SetEntry>,
}

/// One entry.
#[derive(Debug, Clone)]
pub(crate) struct SetEntry {
    /// `kid` or `id`; empty when it has none.
    pub(crate) kid: String,
    /// The key; none when it is malformed: no encoding, a wrong one, two that disagree, another algorithm.
    pub(crate) key: Option<PublicKey>,
    /// It has no key here because it is of an algorithm that this version does not know.
    pub(crate) other_algorithm: bool,
    /// `status`.
    pub(crate) status: Option<String>,
    /// `revoked`, or a status that says so.
    pub(crate) revoked: bool,
    /// `validFrom`, `notBefore` or `createdAt`.
    pub(crate) valid_from: Option<String>,
    /// `validTo`.
    pub(crate) valid_to: Option<String>,
}

impl KeySet {
    /// Reads a key set; none when the value is something else.
    pub(crate) fn read(value: &Node<'_>) -> Option<KeySet> {
        let text = |name: &str| value.get(name).and_then(Node::as_str).map(str::to_owned);
        Some(KeySet {
            node_id: text("nodeId"),
            operator: text("operator"),
            active_kid: text("activeKid"),
            protocol_version: text("protocolVersion"),
            entries: key_list(value)?.iter().map(SetEntry::read).collect(),
        })
    }

    /// The entries of one key id; an entry without one answers to no name.
    pub(crate) fn named<'s>(&'s self, kid: &'s str) -> impl Iterator<Item = &'s SetEntry> {
        self.entries
            .iter()
            .filter(move |entry| !kid.is_empty() && entry.kid == kid)
    }
}

impl SetEntry {
    /// A key of which nothing else is said.
    pub(crate) fn of_key(key: PublicKey) -> SetEntry {
        SetEntry {
            kid: String::new(),
            key: Some(key),
            other_algorithm: false,
            status: None,
            revoked: false,
            valid_from: None,
            valid_to: None,
        }
    }

    fn read(entry: &Node<'_>) -> SetEntry {
        let text = |name: &str| entry.get(name).and_then(Node::as_str).map(str::to_owned);
        let status = text("status");
        let revoked = entry.get("revoked").and_then(Node::as_bool) == Some(true)
            || status
                .as_deref()
                .is_some_and(|status| status.eq_ignore_ascii_case("revoked"));
        let other_algorithm = names_other_algorithm(entry);
        SetEntry {
            kid: text("kid").or_else(|| text("id")).unwrap_or_default(),
            key: if other_algorithm { None } else { key(entry) },
            other_algorithm,
            status,
            revoked,
            valid_from: text("validFrom")
                .or_else(|| text("notBefore"))
                .or_else(|| text("createdAt")),
            valid_to: text("validTo"),
        }
    }
}

/// Whether `algorithm` or `alg` says something else than Ed25519.
fn names_other_algorithm(entry: &Node<'_>) -> bool {
    let words = ["algorithm", "alg"].into_iter().filter_map(|name| entry.get(name));
    words.filter(|word| !word.is_null()).any(|word| {
        let word = word.as_str().unwrap_or_default();
        !word.eq_ignore_ascii_case("Ed25519") && !word.eq_ignore_ascii_case("EdDSA")
    })
}

/// The one key that every encoding present in the entry gives.
fn key(entry: &Node<'_>) -> Option<PublicKey> {
    let stated = |name: &str| entry.get(name).filter(|value| !value.is_null());
    let texts = ["publicKey", "publicKeySpkiB64"].into_iter().filter_map(stated);
    let texts = texts.map(|value| value.as_str().and_then(raw_or_spki));
    let jwk = stated("publicKeyJwk").map(|jwk| read_jwk(jwk).ok().map(|read| read.key));
    let mut found = texts.chain(jwk);
    let first = found.next()??;
    found.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

/// Raw or SPKI in base64 of either alphabet; a PEM wrapper of the SPKI is accepted (1.6).
fn raw_or_spki(text: &str) -> Option<PublicKey> {
    let read = if text.trim_start().starts_with("-----") {
        read_pem(text.trim())
    } else {
        read_base64(text.trim())
    };
    read.ok().map(|read| read.key)
}

/// Base64 in either alphabet, with or without padding.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    [&BASE64URL_NOPAD, &BASE64, &BASE64_NOPAD, &BASE64URL]
        .into_iter()
        .find_map(|encoding| encoding.decode(text.as_bytes()).ok())
}
