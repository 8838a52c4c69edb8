//! The manifest of a signed export (`specs/keel.md` 1.1). Of all its members only `content_hash` is signed.

use super::keys::Claim;
use crate::container::is_limit;
use crate::json::{self, Node, Value};
use crate::reason::ReasonCode;

/// Longest text of a label that is kept.
const LABEL: usize = 512;
/// Labels kept.
const LABELS: usize = 200;

/// `signature`, as far as it is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Signature {
    /// Absent, or what Python takes for nothing: null, false, 0, an empty text, list or object.
    Missing,
    /// A text.
    Text(String),
    /// Something else.
    Other,
}

/// A manifest, read.
#[derive(Debug, Clone)]
pub(super) struct Manifest {
    /// The string that is signed.
    pub(super) content_hash: String,
    pub(super) signature: Signature,
    /// As written; an empty text where it is no text, so that it equals no key.
    pub(super) public_key: Option<String>,
    pub(super) key_id: Option<String>,
    pub(super) signed_at: Option<String>,
    pub(super) project_id: Option<String>,
    pub(super) export_type: Option<String>,
    pub(super) format: Option<String>,
    pub(super) compressed: Option<bool>,
    pub(super) record_count: Option<u64>,
    /// `chain_integrity.error`, where it is not null.
    pub(super) chain_error: Option<String>,
    /// Members of the published schema that are absent.
    pub(super) absent: Vec<&'static str>,
    /// Everything in it as (name, text): claims.
    pub(super) labels: Vec<(String, String)>,
    /// Members that no published schema names.
    pub(super) extras: Vec<String>,
    /// What newer exports declare and this version does not evaluate: (member, whether its issuer requires it).
    pub(super) declared: Vec<(&'static str, bool)>,
    /// The exact text, for what is read from it later.
    pub(super) text: Vec<u8>,
}

/// A manifest, or why it cannot be read and what was seen.
pub(super) type ReadManifest = Result<Manifest, (ReasonCode, String)>;

/// Members that the published schema requires (`project_id` may be null, and keys may be chosen without `key_id`).
const REQUIRED: [&str; 6] = [
    "export_id",
    "export_type",
    "format",
    "compressed",
    "record_count",
    "signed_at",
];

/// Members with a meaning of their own.
const KNOWN: [&str; 18] = [
    "content_hash",
    "signature",
    "public_key",
    "key_id",
    "signed_at",
    "export_id",
    "project_id",
    "export_type",
    "format",
    "compressed",
    "record_count",
    "keel_version",
    "chain_integrity",
    "filters_hash",
    "manifest_version",
    "files",
    "sibling_artifacts",
    "schema",
];

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// `MANIFEST_JSON_INVALID`, `DUPLICATE_JSON_KEY` or the limit that was met, and what was seen.
    pub(super) fn read(text: &[u8]) -> ReadManifest {
        let parsed = json::parse(text, &json::Bounds::default()).map_err(|fault| unread(&fault))?;
        let doubled = parsed
            .flaws
            .iter()
            .find(|flaw| flaw.code == ReasonCode::JsonDuplicateKey);
        if let Some(flaw) = doubled {
            return Err((ReasonCode::DuplicateJsonKey, format!("byte {}", flaw.offset)));
        }
        let root = &parsed.root;
        let hash = root.get("content_hash").and_then(Node::as_str);
        let Some(content_hash) = hash else {
            let detail = "it is no object with a content_hash".to_owned();
            return Err((ReasonCode::ManifestJsonInvalid, detail));
        };
        Ok(Manifest::of(root, content_hash, text))
    }

    fn of(root: &Node<'_>, content_hash: &str, text: &[u8]) -> Manifest {
        let label = |name: &str| root.get(name).and_then(Node::as_str).map(str::to_owned);
        Manifest {
            content_hash: content_hash.to_owned(),
            signature: signature(root.get("signature")),
            public_key: root
                .get("public_key")
                .filter(|key| !key.is_null())
                .map(|key| key.as_str().unwrap_or_default().to_owned()),
            key_id: label("key_id"),
            signed_at: label("signed_at"),
            project_id: label("project_id"),
            export_type: label("export_type"),
            format: label("format"),
            compressed: root.get("compressed").and_then(Node::as_bool),
            record_count: root.get("record_count").and_then(Node::as_u64),
            chain_error: chain_error(root),
            absent: REQUIRED.into_iter().filter(|name| root.get(name).is_none()).collect(),
            labels: labels(root, text),
            extras: extras(root),
            declared: declared(root),
            text: text.to_owned(),
        }
    }

    /// Who it says signed it.
    pub(super) fn claim(&self) -> Claim<'_> {
        Claim {
            key_id: self.key_id.as_deref(),
            public_key: self.public_key.as_deref(),
            signed_at: self.signed_at.as_deref(),
            project: self.project_id.as_deref(),
        }
    }

    /// Whether it says that the export is of this type.
    pub(super) fn is_type(&self, export_type: &str) -> bool {
        self.export_type.as_deref() == Some(export_type)
    }
}

/// Why a text cannot be read as a manifest: a limit of ours keeps its name.
pub(super) fn unread(fault: &json::Fault) -> (ReasonCode, String) {
    let code = if is_limit(fault.code) {
        fault.code
    } else {
        ReasonCode::ManifestJsonInvalid
    };
    (code, fault.to_string())
}

/// What `signature` is.
pub(super) fn signature(node: Option<&Node<'_>>) -> Signature {
    match node.map(|node| &node.value) {
        None | Some(Value::Null | Value::Bool(false)) => Signature::Missing,
        Some(Value::Array(items)) if items.is_empty() => Signature::Missing,
        Some(Value::Object(members)) if members.is_empty() => Signature::Missing,
        Some(Value::Number(number)) if number.parse() == Ok(0.0) => Signature::Missing,
        Some(Value::String(text)) if text.as_str() == Some("") => Signature::Missing,
        Some(Value::String(text)) => text
            .as_str()
            .map_or(Signature::Other, |text| Signature::Text(text.to_owned())),
        Some(Value::Bool(true) | Value::Array(_) | Value::Object(_) | Value::Number(_)) => Signature::Other,
    }
}

fn chain_error(root: &Node<'_>) -> Option<String> {
    let error = root.get("chain_integrity")?.get("error")?;
    (!error.is_null()).then(|| error.as_str().unwrap_or("something that is no text").to_owned())
}

/// The members as text; of nested ones their JSON, cut.
fn labels(root: &Node<'_>, text: &[u8]) -> Vec<(String, String)> {
    let shown = |node: &Node<'_>| match node.as_str() {
        Some(text) => text.chars().take(LABEL).collect(),
        None => {
            let json = text.get(node.span.range()).unwrap_or_default();
            String::from_utf8_lossy(json).chars().take(LABEL).collect()
        }
    };
    let mut labels = Vec::new();
    for member in root.members().iter().take(LABELS) {
        let name = member.name.lossy().into_owned();
        let nested = matches!(name.as_str(), "chain_integrity");
        if nested && member.value.is_object() {
            for inner in member.value.members().iter().take(LABELS) {
                labels.push((format!("{name}.{}", inner.name.lossy()), shown(&inner.value)));
            }
        } else {
            labels.push((name, shown(&member.value)));
        }
    }
    labels
}

fn extras(root: &Node<'_>) -> Vec<String> {
    let names = root.members().iter().map(|member| member.name.lossy().into_owned());
    let declared = ["claim_set", "semantics_pins", "scope_faithfulness"];
    let known = |name: &String| KNOWN.contains(&name.as_str()) || declared.contains(&name.as_str());
    names.filter(|name| !known(name)).take(LABELS).collect()
}

/// Declarations that newer exports carry (13).
fn declared(root: &Node<'_>) -> Vec<(&'static str, bool)> {
    let there = |name: &str| root.get(name).filter(|value| !value.is_null());
    let mut declared = Vec::new();
    if let Some(claims) = there("claim_set") {
        declared.push(("claim_set", requires(claims)));
    }
    for name in ["semantics_pins", "scope_faithfulness"] {
        declared.extend(there(name).map(|_| (name, false)));
    }
    declared
}

/// Whether a claim of the set is required; one that does not say so is.
fn requires(claims: &Node<'_>) -> bool {
    let list = [claims, claims.get("claims").unwrap_or(claims)];
    let items = list.iter().flat_map(|list| list.items());
    let members = list.iter().flat_map(|list| list.members()).map(|member| &member.value);
    let mut each = items.chain(members.filter(|value| value.is_object())).peekable();
    each.peek().is_none() || each.any(|claim| claim.get("required").and_then(Node::as_bool) != Some(false))
}

/// Whether a file has the name of a manifest.
pub(super) fn is_named(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    name.ends_with(".json") && name.contains("manifest")
}

/// Whether an object is an export manifest.
pub(super) fn is_manifest(root: &Node<'_>) -> bool {
    let has = |name: &str| root.get(name).is_some();
    let labelled = [
        "signature",
        "export_type",
        "export_id",
        "key_id",
        "record_count",
        "signed_at",
    ];
    root.get("content_hash").and_then(Node::as_str).is_some()
        && labelled.into_iter().any(has)
        && !["event_id", "record_hash", "payload", "trace_id", "chain"]
            .into_iter()
            .any(has)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Manifest {
        Manifest::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn what_python_takes_for_nothing_is_no_signature() {
        for signature in ["null", "\"\"", "0", "0.0", "false", "[]", "{}"] {
            let manifest = read(&format!("{{\"content_hash\":\"x\",\"signature\":{signature}}}"));
            assert_eq!(manifest.signature, Signature::Missing, "{signature}");
        }
        assert_eq!(
            read("{\"content_hash\":\"x\",\"signature\":1}").signature,
            Signature::Other
        );
    }

    #[test]
    fn a_name_that_stands_twice_anywhere_refuses_the_manifest() {
        let text = r#"{"content_hash":"x","chain_integrity":{"error":null,"error":1}}"#;
        assert_eq!(
            Manifest::read(text.as_bytes()).unwrap_err().0,
            ReasonCode::DuplicateJsonKey
        );
    }

    #[test]
    fn a_key_that_is_no_text_equals_no_key() {
        assert_eq!(
            read(r#"{"content_hash":"x","public_key":7}"#).public_key.as_deref(),
            Some("")
        );
        assert_eq!(read(r#"{"content_hash":"x","public_key":null}"#).public_key, None);
    }

    #[test]
    fn a_claim_is_required_unless_it_says_otherwise() {
        let declared = |set: &str| read(&format!("{{\"content_hash\":\"x\",\"claim_set\":{set}}}")).declared;
        assert_eq!(declared(r#"[{"name":"a"}]"#), [("claim_set", true)]);
        assert_eq!(
            declared(r#"{"claims":[{"name":"a","required":false}]}"#),
            [("claim_set", false)]
        );
    }
}
