//! Key documents: what `keys/{domain}` publishes, and lists of the same (`specs/invoance.md` 5).

use crate::json::{self, Bounds, Node};
use crate::keytext::{ReadKey, read_base64, read_hex};
use crate::reason::ReasonCode;
use crate::report::Finding;
use crate::signature::PublicKey;

/// One key of a document.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    /// The key.
    pub(super) key: PublicKey,
    /// A label: eight digits of it look like a fingerprint and are none.
    pub(super) key_id: Option<String>,
    /// Whose it is, as the document says.
    pub(super) domain: Option<String>,
    /// `active`, `retired`: a retired key still verifies older rows.
    pub(super) status: Option<String>,
}

impl Listed {
    /// A key without a document.
    pub(super) fn of_key(key: PublicKey) -> Listed {
        Listed {
            key,
            key_id: None,
            domain: None,
            status: None,
        }
    }
}

/// The keys of a document that can be read; what cannot is a `BAD_KEY_DOCUMENT` about `path`.
pub(super) fn read(path: &str, bytes: &[u8], findings: &mut Vec<Finding>) -> Vec<Listed> {
    let mut tell = |code, detail: String| findings.push(Finding::new(code, path, detail));
    let parsed = match json::parse(json::without_bom(bytes), &Bounds::default()) {
        Ok(parsed) => parsed,
        Err(fault) => {
            tell(ReasonCode::BadKeyDocument, fault.to_string());
            return Vec::new();
        }
    };
    if parsed
        .flaws
        .iter()
        .any(|flaw| flaw.code == ReasonCode::JsonDuplicateKey)
    {
        tell(ReasonCode::BadKeyDocument, ReasonCode::JsonDuplicateKey.to_string());
        return Vec::new();
    }
    let list = parsed.root.get("keys");
    let entries = list.map_or(std::slice::from_ref(&parsed.root), Node::items);
    if entries.is_empty() {
        tell(ReasonCode::BadKeyDocument, "no keys".to_owned());
    }
    let mut keys = Vec::new();
    for (position, entry) in entries.iter().enumerate() {
        let place = if list.is_some() {
            format!("key {}: ", position + 1)
        } else {
            String::new()
        };
        match read_entry(entry) {
            Ok((listed, warnings)) => {
                for code in warnings {
                    tell(code, format!("{place}{}", listed.key.to_hex()));
                }
                keys.push(listed);
            }
            Err(code) => tell(ReasonCode::BadKeyDocument, format!("{place}{code}")),
        }
    }
    keys
}

fn read_entry(entry: &Node<'_>) -> Result<(Listed, Vec<ReasonCode>), ReasonCode> {
    let text = |name: &str| entry.get(name).and_then(Node::as_str);
    let algorithm = entry.get("algorithm").filter(|algorithm| !algorithm.is_null());
    let known = |algorithm: &Node<'_>| {
        algorithm
            .as_str()
            .is_some_and(|name| name.eq_ignore_ascii_case("ed25519"))
    };
    if algorithm.is_some_and(|algorithm| !known(algorithm)) {
        return Err(ReasonCode::KeyWrongAlgorithm);
    }
    let read = read_text(text("public_key").ok_or(ReasonCode::KeyMalformed)?)?;
    let listed = Listed {
        key_id: text("key_id").map(str::to_owned),
        domain: text("domain").map(str::to_owned),
        status: text("status").map(str::to_owned),
        ..Listed::of_key(read.key)
    };
    Ok((listed, read.warnings))
}

/// A key text as section 4.2 lists them, no wider: 64 hex digits, or 32 bytes or a SubjectPublicKeyInfo in base64 or
/// base64url, padded or not.
fn read_text(text: &str) -> Result<ReadKey, ReasonCode> {
    let text = text.strip_prefix("ed25519:").unwrap_or(text);
    let read = if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        read_hex(text)?
    } else {
        read_base64(text)?
    };
    // Padded or not is the format's own freedom.
    let warnings = read
        .warnings
        .into_iter()
        .filter(|code| *code != ReasonCode::KeyEncodingNonstandard);
    Ok(ReadKey {
        key: read.key,
        warnings: warnings.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "3143a23dde22a67a7b6a6c9ecec12df5ebb7fc8b9389e4228327f110 8bbedf15";

    fn hex() -> String {
        HEX.replace(' ', "")
    }

    fn read_all(text: &str) -> (Vec<Listed>, Vec<(ReasonCode, String)>) {
        let mut findings = Vec::new();
        let keys = read("key.json", text.as_bytes(), &mut findings);
        let told = findings.into_iter().map(|finding| (finding.code, finding.detail));
        (keys, told.collect())
    }

    #[test]
    fn every_key_text_of_the_spec_is_the_same_key() {
        let raw = data_encoding::HEXLOWER.decode(hex().as_bytes()).expect("hex");
        let spki = [b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", raw.as_slice()].concat();
        let texts = [
            hex(),
            hex().to_uppercase(),
            data_encoding::BASE64.encode(&raw),
            data_encoding::BASE64_NOPAD.encode(&raw),
            data_encoding::BASE64URL.encode(&raw),
            data_encoding::BASE64URL_NOPAD.encode(&raw),
            data_encoding::BASE64.encode(&spki),
        ];
        for text in texts {
            for prefix in ["", "ed25519:"] {
                let (keys, told) = read_all(&format!(r#"{{"domain":"acme.com","public_key":"{prefix}{text}"}}"#));
                assert_eq!(
                    keys.first().map(|listed| listed.key.to_hex()),
                    Some(hex()),
                    "{prefix}{text}"
                );
                assert_eq!(told, []);
            }
        }
    }

    #[test]
    fn a_list_keeps_its_good_keys_and_names_the_bad_ones() {
        let key = hex();
        let (keys, told) = read_all(&format!(
            r#"{{"keys":[{{"public_key":"{key}","status":"retired"}},{{"public_key":"short"}},{{"public_key":"{key}","algorithm":"rsa"}},"{key}"]}}"#
        ));
        assert_eq!(keys.len(), 1);
        assert_eq!(keys[0].status.as_deref(), Some("retired"));
        let bad = |detail: &str| (ReasonCode::BadKeyDocument, detail.to_owned());
        assert_eq!(
            told,
            [
                bad("key 2: KEY_MALFORMED"),
                bad("key 3: KEY_WRONG_ALGORITHM"),
                bad("key 4: KEY_MALFORMED")
            ]
        );
    }

    #[test]
    fn a_document_that_two_readers_could_read_differently_gives_no_key() {
        let key = hex();
        let (keys, told) = read_all(&format!(r#"{{"public_key":"{key}","public_key":"{key}"}}"#));
        assert!(keys.is_empty());
        assert_eq!(told, [(ReasonCode::BadKeyDocument, "JSON_DUPLICATE_KEY".to_owned())]);
    }

    #[test]
    fn what_is_no_key_document_is_said_to_be_none() {
        for text in ["", "{", "[]", "{}", r#"{"keys":[]}"#, r#"{"keys":{}}"#, "\"x\""] {
            let (keys, told) = read_all(text);
            assert!(keys.is_empty());
            assert!(
                told.iter().all(|(code, _)| *code == ReasonCode::BadKeyDocument),
                "{text}"
            );
            assert_eq!(told.len(), 1, "{text}");
        }
    }
}
