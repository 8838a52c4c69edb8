//! Workflow evidence: a signed file beside an export, or lines inside an incident bundle (`specs/keel.md` 9).

mod canonical;
mod records;

use std::collections::BTreeMap;

use super::content::Content;
use super::head::Signed;
use super::keys::{Claim, Keys, Purpose};
use super::manifest::{self, Manifest};
use super::part::Made;
use super::zipped::{INSIDE, Zipped};
use crate::check::{Check, CheckId, Outcome};
use crate::container::is_limit;
use crate::digest::Digest;
use crate::json::{self, Node};
use crate::pack::Pack;
use crate::reason::ReasonCode;
use crate::report::{Finding, KeySeen};
use records::{Fault, Rules, Workflows};

/// Files of the pack by base name: a path in a manifest is never followed.
pub(super) struct Files<'p> {
    /// The pack.
    pub(super) pack: &'p Pack,
    /// Index of each file that may be workflow evidence, by base name.
    pub(super) by_name: BTreeMap<String, usize>,
}

/// Workflow evidence that a manifest names.
pub(super) struct Sibling<'s> {
    pub(super) manifest: &'s Manifest,
    /// The manifest's path.
    pub(super) place: &'s str,
    pub(super) files: &'s Files<'s>,
    pub(super) keys: &'s Keys,
    /// Permits that carry a workflow state.
    pub(super) permits: &'s [Vec<u8>],
}

/// The base names of the files that a manifest names as its workflow evidence.
pub(super) fn sibling_names(manifest: &Manifest) -> Vec<String> {
    let Ok(parsed) = json::parse(&manifest.text, &json::Bounds::default()) else {
        return Vec::new();
    };
    let sibling = parsed.root.pointer("/sibling_artifacts/workflow_evidence");
    sibling.map(names).unwrap_or_default()
}

fn names(sibling: &Node<'_>) -> Vec<String> {
    let stated = ["/workflow_evidence/file_name", "/workflow_evidence_file"];
    let stated = stated.into_iter().filter_map(|name| sibling.pointer(name)?.as_str());
    let mut names: Vec<String> = stated
        .map(|name| name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned())
        .collect();
    if names.is_empty() {
        names.push("workflow_evidence.json".to_owned());
    }
    names
}

impl Sibling<'_> {
    /// Judges it, if the manifest names any.
    pub(super) fn judge(&self, made: &mut Made) {
        let Ok(parsed) = json::parse(&self.manifest.text, &json::Bounds::default()) else {
            return;
        };
        let Some(sibling) = parsed
            .root
            .pointer("/sibling_artifacts/workflow_evidence")
            .filter(|it| it.is_object())
        else {
            return;
        };
        let check = match self.document(sibling, made) {
            Ok(check) => check,
            Err((outcome, detail)) => Check::new(CheckId::Siblings, self.place, outcome).detail("cause", detail),
        };
        made.checks.push(check);
    }

    fn document(&self, sibling: &Node<'_>, made: &mut Made) -> Result<Check, (Outcome, String)> {
        let failed = |(code, detail): Fault| (decided(code), detail);
        let schema = |detail: &str| {
            (
                Outcome::Fail(ReasonCode::WorkflowEvidenceSchemaInvalid),
                detail.to_owned(),
            )
        };
        if !is_schema(sibling.get("schema")) {
            return Err(schema("the manifest names another schema"));
        }
        let descriptor = sibling
            .get("workflow_evidence")
            .filter(|descriptor| descriptor.is_object());
        let descriptor = descriptor.ok_or_else(|| schema("the manifest does not describe it"))?;
        let index = names(sibling)
            .iter()
            .find_map(|name| self.files.by_name.get(name).copied());
        let Some(index) = index else {
            let absent = Outcome::Undetermined(ReasonCode::WorkflowEvidenceSchemaInvalid);
            return Err((
                absent,
                format!("{} was not dropped with the export", names(sibling).join(" or ")),
            ));
        };
        let path = self
            .files
            .pack
            .artifacts
            .get(index)
            .map(|artifact| artifact.path.clone());
        let path = path.unwrap_or_default();
        let text = raw(self.files.pack, index).ok_or_else(|| schema("it could not be read"))?;
        let hash = Digest::of(&text).prefixed();
        if descriptor.get("content_hash").and_then(Node::as_str) != Some(&hash) {
            return Err(schema("its content hash does not fit"));
        }
        let signature = self.signature(descriptor, &hash, &path, &mut made.warnings, &mut made.keys);
        if let Outcome::Fail(_) = signature.outcome {
            return Err((
                Outcome::Fail(ReasonCode::WorkflowSignatureInvalid),
                "the signature of the file".to_owned(),
            ));
        }
        let binding = self.keys.binding();
        if binding.is_empty() {
            return Ok(no_key(&path));
        }
        let workflows = parse(&text, &binding).map_err(failed)?;
        for permit in self.permits {
            let Ok(permit) = json::parse(permit, &json::Bounds::default()) else {
                continue;
            };
            workflows.permit(&permit.root).map_err(failed)?;
        }
        let mut check = Check::new(CheckId::Siblings, path, signature.outcome).found(Some(hash));
        check.also = signature.also;
        Ok(check)
    }

    fn signature(
        &self,
        descriptor: &Node<'_>,
        hash: &str,
        path: &str,
        warnings: &mut Vec<Finding>,
        keys: &mut Vec<KeySeen>,
    ) -> Check {
        let text = |name: &str| descriptor.get(name).and_then(Node::as_str);
        let signed = Signed {
            message: hash.as_bytes(),
            signature: &manifest::signature(descriptor.get("signature")),
            claim: Claim {
                key_id: text("key_id"),
                public_key: text("public_key"),
                signed_at: text("signed_at"),
                project: self.manifest.project_id.as_deref(),
            },
            purpose: Purpose::ExportSigning,
        };
        signed.check(CheckId::Siblings, path, self.keys, warnings, keys)
    }
}

/// Nothing can be said of the records' signatures: no key for them is at hand.
fn no_key(path: &str) -> Check {
    let mut check = Check::new(CheckId::Siblings, path, Outcome::Undetermined(ReasonCode::KeyNotFound));
    check.also = vec![ReasonCode::TrustRootUnresolvable];
    check
}

/// The file's bytes as shipped.
fn raw(pack: &Pack, index: usize) -> Option<Vec<u8>> {
    use std::io::Read as _;
    let limit = pack.within().whole_entry_size;
    let mut reader = pack.raw_reader(index).ok()?.take(limit);
    let mut text = Vec::new();
    reader.read_to_end(&mut text).ok()?;
    Some(text)
}

fn is_schema(schema: Option<&Node<'_>>) -> bool {
    let schema = schema.and_then(Node::as_str);
    matches!(
        schema,
        Some("keel.workflow_evidence/v1" | "keel.vanta.workflow_evidence/v1")
    )
}

/// What a fault comes to: a limit of ours proves nothing.
fn decided(code: ReasonCode) -> Outcome {
    if is_limit(code) {
        Outcome::Undetermined(code)
    } else {
        Outcome::Fail(code)
    }
}

/// Why a text is no workflow evidence: our own limits keep their name.
fn unread(fault: json::Fault) -> Fault {
    let code = if is_limit(fault.code) {
        fault.code
    } else {
        ReasonCode::WorkflowEvidenceSchemaInvalid
    };
    (code, fault.to_string())
}

/// A workflow evidence document.
fn parse(text: &[u8], keys: &[super::closure::BindingKey]) -> Result<Workflows, Fault> {
    let invalid = |detail: String| (ReasonCode::WorkflowEvidenceSchemaInvalid, detail);
    let parsed = json::parse(text, &json::Bounds::default()).map_err(unread)?;
    if parsed
        .flaws
        .iter()
        .any(|flaw| flaw.code == ReasonCode::JsonDuplicateKey)
    {
        return Err((ReasonCode::DuplicateJsonKey, "a name stands twice".to_owned()));
    }
    let root = &parsed.root;
    if !is_schema(root.get("schema")) {
        return Err(invalid("it has another schema".to_owned()));
    }
    for (list, count) in [("declarations", "declaration_count"), ("amendments", "amendment_count")] {
        let list = root.get(list).filter(|list| list.is_array());
        let length = list.map(|list| u64::try_from(list.items().len()).unwrap_or(u64::MAX));
        if length.is_none() || root.get(count).and_then(Node::as_u64) != length {
            return Err(invalid(format!("{count} does not fit its list")));
        }
    }
    let items = |name: &str| root.get(name).map(Node::items).unwrap_or_default().iter();
    let rules = Rules {
        keys,
        effective_hash: true,
    };
    Workflows::read(items("declarations"), items("amendments"), rules)
}

/// The workflow lines of an incident bundle, where it has any.
pub(super) fn in_incident(zipped: &Zipped<'_>, keys: &Keys, content: &mut Content) {
    let declarations = zipped.member("workflow_declarations.jsonl");
    let amendments = zipped.member("workflow_amendments.jsonl");
    let (Some(declarations), Some(amendments)) = (declarations, amendments) else {
        return;
    };
    let path = format!("{}{INSIDE}workflow_declarations.jsonl", zipped.path);
    if keys.binding().is_empty() {
        if rows(&declarations).next().is_some() {
            content.checks.push(no_key(&path));
        }
        return;
    }
    let outcome = match lines(&declarations, &amendments, &keys.binding(), &content.workflow) {
        Ok(0) => return,
        Ok(_) => Check::new(CheckId::Siblings, path, Outcome::Pass),
        Err((code, detail)) => Check::new(CheckId::Siblings, path, decided(code)).detail("cause", detail),
    };
    content.checks.push(outcome);
}

fn lines(
    declarations: &[u8],
    amendments: &[u8],
    keys: &[super::closure::BindingKey],
    permits: &[Vec<u8>],
) -> Result<usize, Fault> {
    let parse = |text| -> Result<Vec<json::Parsed<'_>>, Fault> {
        rows(text)
            .map(|line| json::parse(line, &json::Bounds::default()).map_err(unread))
            .collect()
    };
    let (declarations, amendments) = (parse(declarations)?, parse(amendments)?);
    let rules = Rules {
        keys,
        effective_hash: false,
    };
    let roots = |parsed: &'_ [json::Parsed<'_>]| parsed.len();
    let count = roots(&declarations).saturating_add(roots(&amendments));
    let workflows = Workflows::read(
        declarations.iter().map(|parsed| &parsed.root),
        amendments.iter().map(|parsed| &parsed.root),
        rules,
    )?;
    for permit in permits {
        let Ok(permit) = json::parse(permit, &json::Bounds::default()) else {
            continue;
        };
        workflows.permit(&permit.root)?;
    }
    Ok(count)
}

fn rows(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty())
}
