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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{self, Bounds};

    /// The raw key of RFC 8032 7.1, test 1, in base64url.
    const KEY: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    /// The one entry of a set, by its members.
    fn entry(members: &str) -> SetEntry {
        let text = format!(r#"{{"keys":[{{"kid":"k1",{members}}}]}}"#);
        let parsed = json::parse(text.as_bytes(), &Bounds::default()).expect("JSON");
        let set = KeySet::read(&parsed.root).expect("a key set");
        set.entries.into_iter().next().expect("an entry")
    }

    #[test]
    fn a_key_is_revoked_by_its_mark_or_by_its_status() {
        let revoked = |members: &str| entry(&format!(r#""publicKey":"{KEY}",{members}"#)).revoked;
        assert!(revoked(r#""revoked":true"#));
        assert!(revoked(r#""status":"Revoked""#));
        assert!(revoked(r#""revoked":false,"status":"revoked""#));
        assert!(!revoked(r#""revoked":false,"status":"active""#));
        assert!(!revoked(r#""revoked":"true""#));
    }

    #[test]
    fn a_key_of_another_algorithm_is_no_key_here() {
        let algorithm = |members: &str| {
            let entry = entry(&format!(r#""publicKey":"{KEY}",{members}"#));
            (entry.other_algorithm, entry.key.is_some())
        };
        for ours in [
            r#""algorithm":"Ed25519""#,
            r#""algorithm":"ed25519""#,
            r#""alg":"EdDSA""#,
            r#""alg":null"#,
        ] {
            assert_eq!(algorithm(ours), (false, true), "{ours}");
        }
        for other in [
            r#""algorithm":"ES256""#,
            r#""algorithm":"Ed25519","alg":"RS256""#,
            r#""alg":7"#,
        ] {
            assert_eq!(algorithm(other), (true, false), "{other}");
        }
    }

    #[test]
    fn encodings_of_one_entry_have_to_agree() {
        let jwk = format!(r#""publicKeyJwk":{{"kty":"OKP","crv":"Ed25519","x":"{KEY}"}}"#);
        let raw = format!(r#""publicKey":"{KEY}""#);
        let key = |members: &str| entry(members).key.map(|key| key.to_hex());
        let expected = key(&raw);
        assert!(expected.is_some());
        assert_eq!(key(&jwk), expected);
        assert_eq!(key(&format!("{raw},{jwk}")), expected);
        // Another key in the second encoding, one that cannot be read, and one that is no text.
        let other = r#""publicKeySpkiB64":"PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw""#;
        assert!(key(other).is_some());
        for second in [other, r#""publicKeySpkiB64":"AAAA""#, r#""publicKeySpkiB64":7"#] {
            assert_eq!(key(&format!("{raw},{second}")), None, "{second}");
        }
        assert_eq!(key(r#""status":"active""#), None);
    }

    #[test]
    fn names_and_periods_have_several_spellings() {
        let from = |members: &str| entry(&format!(r#""publicKey":"{KEY}",{members}"#)).valid_from;
        let all = r#""createdAt":"c","notBefore":"b","validFrom":"a""#;
        assert_eq!(from(all).as_deref(), Some("a"));
        assert_eq!(from(r#""createdAt":"c","notBefore":"b""#).as_deref(), Some("b"));
        assert_eq!(from(r#""createdAt":"c""#).as_deref(), Some("c"));
        let text = format!(r#"{{"publicKeys":[{{"id":"k2","publicKey":"{KEY}"}},{{"publicKey":"{KEY}"}}]}}"#);
        let parsed = json::parse(text.as_bytes(), &Bounds::default()).expect("JSON");
        let set = KeySet::read(&parsed.root).expect("a key set");
        assert_eq!(set.named("k2").count(), 1);
        // An entry without a name answers to none, not even to the empty one.
        assert_eq!(set.named("").count(), 0);
    }

    #[test]
    fn base64_has_two_alphabets_with_padding_or_without() {
        for text in ["-_8", "-_8=", "+/8", "+/8="] {
            assert_eq!(base64(text).as_deref(), Some(&[0xfb, 0xff][..]), "{text}");
        }
        assert_eq!(base64("no base64"), None);
    }
}
