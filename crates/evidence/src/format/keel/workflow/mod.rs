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
use crate::container::{Limits, is_limit};
use crate::digest::Digest;
use crate::json::{self, Node};
use crate::pack::Pack;
use crate::reason::ReasonCode;
use crate::report::{Finding, KeySeen};
pub(super) use records::with_state;
use records::{Fault, Rules, Workflows};

/// Files of the pack by base name: a path in a manifest is never followed.
pub(super) struct Files<'p> {
    /// The pack.
    pub(super) pack: &'p Pack,
    /// The files that may be workflow evidence, by base name.
    pub(super) by_name: BTreeMap<String, Vec<Candidate<'p>>>,
}

/// A file that may be workflow evidence.
pub(super) struct Candidate<'p> {
    /// Its index in the pack.
    pub(super) index: usize,
    pub(super) path: &'p str,
    /// Its digest as shipped; none when it could not be read to its end.
    pub(super) digest: Option<Digest>,
}

impl Files<'_> {
    /// The file that is meant by one of these names: the one beside the manifest, else the one whose content fits. A file
    /// that could not be read may fit.
    fn meant(&self, names: &[String], place: &str, hash: Option<&str>) -> Option<&Candidate<'_>> {
        let named = || names.iter().filter_map(|name| self.by_name.get(name)).flatten();
        let fits = |file: &&Candidate<'_>| file.digest.is_some_and(|digest| hash == Some(&digest.prefixed()));
        named()
            .find(|file| folder(file.path) == folder(place))
            .or_else(|| named().find(fits))
            .or_else(|| named().find(|file| file.digest.is_none()))
            .or_else(|| named().next())
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Workflow evidence that a manifest names.
pub(super) struct Sibling<'s> {
    pub(super) manifest: &'s Manifest,
    /// The manifest's path.
    pub(super) place: &'s str,
    pub(super) files: &'s Files<'s>,
    pub(super) keys: &'s Keys,
    /// Permits that carry a workflow state.
    pub(super) permits: &'s Permits,
}

/// The texts of permits that carry a workflow state, and how many were more than are kept.
#[derive(Debug, Default)]
pub(super) struct Permits {
    texts: Vec<Box<[u8]>>,
    bytes: usize,
    left_out: u64,
}

/// Bytes of permits that are kept within the documented limits.
const KEPT: usize = 16 << 20;

impl Permits {
    /// Keeps the text of a permit, as far as there is room.
    pub(super) fn keep(&mut self, permit: &[u8], within: &Limits) {
        let bytes = self.bytes.saturating_add(permit.len());
        if bytes > within.with_records(KEPT) {
            self.left_out = self.left_out.saturating_add(1);
            return;
        }
        self.bytes = bytes;
        self.texts.push(permit.into());
    }

    /// Takes those of another file.
    pub(super) fn absorb(&mut self, other: Permits) {
        self.texts.extend(other.texts);
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.left_out = self.left_out.saturating_add(other.left_out);
    }
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
        let stated = descriptor.get("content_hash").and_then(Node::as_str);
        let names = names(sibling);
        let Some(Candidate { index, path, .. }) = self.files.meant(&names, self.place, stated) else {
            let absent = Outcome::Undetermined(ReasonCode::WorkflowEvidenceSchemaInvalid);
            return Err((
                absent,
                format!("{} was not dropped with the export", names.join(" or ")),
            ));
        };
        // A file that cannot be read accuses nobody.
        let text = self.files.pack.shipped(*index);
        let text = text.map_err(|refusal| (Outcome::Undetermined(refusal.code), refusal.detail))?;
        let hash = Digest::of(&text).prefixed();
        if stated != Some(&hash) {
            return Err(schema("its content hash does not fit"));
        }
        let signature = self.signature(descriptor, &hash, path, &mut made.warnings, &mut made.keys);
        if let Outcome::Fail(_) = signature.outcome {
            return Err((
                Outcome::Fail(ReasonCode::WorkflowSignatureInvalid),
                "the signature of the file".to_owned(),
            ));
        }
        let binding = self.keys.binding();
        if binding.is_empty() {
            return Ok(no_key(path));
        }
        let bounds = self.files.pack.within().json();
        let workflows = parse(&text, &binding, &bounds).map_err(failed)?;
        hold(&workflows, self.permits, &bounds).map_err(failed)?;
        let mut check = Check::new(CheckId::Siblings, *path, signature.outcome).found(Some(hash));
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

fn is_schema(schema: Option<&Node<'_>>) -> bool {
    let schema = schema.and_then(Node::as_str);
    matches!(
        schema,
        Some("keel.workflow_evidence/v1" | "keel.vanta.workflow_evidence/v1")
    )
}

/// What a fault comes to: a limit of ours proves nothing, nor does a number that is not written out.
fn decided(code: ReasonCode) -> Outcome {
    if is_limit(code) || code == ReasonCode::JsonNumberRange {
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

/// A text of workflow evidence, of which every number can be written out.
fn read<'t>(text: &'t [u8], bounds: &json::Bounds) -> Result<json::Parsed<'t>, Fault> {
    let parsed = json::parse(text, bounds).map_err(unread)?;
    let flaw = parsed
        .flaws
        .iter()
        .find(|flaw| flaw.code == ReasonCode::JsonNumberRange);
    match flaw {
        Some(flaw) => Err((flaw.code, format!("byte {}", flaw.offset))),
        None => Ok(parsed),
    }
}

/// A workflow evidence document.
fn parse(text: &[u8], keys: &[super::closure::BindingKey], bounds: &json::Bounds) -> Result<Workflows, Fault> {
    let invalid = |detail: String| (ReasonCode::WorkflowEvidenceSchemaInvalid, detail);
    let parsed = read(text, bounds)?;
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

/// Holds every permit against what the workflows declare.
fn hold(workflows: &Workflows, permits: &Permits, bounds: &json::Bounds) -> Result<(), Fault> {
    for permit in &permits.texts {
        workflows.permit(&json::parse(permit, bounds).map_err(unread)?.root)?;
    }
    if permits.left_out > 0 {
        let detail = format!("{} permits were not held against it", permits.left_out);
        return Err((ReasonCode::LimitRecordCount, detail));
    }
    Ok(())
}

/// Where an incident bundle keeps its workflow lines.
const DECLARATIONS: &str = "workflow_declarations.jsonl";
const AMENDMENTS: &str = "workflow_amendments.jsonl";

/// The workflow lines of an incident bundle, where it has any.
pub(super) fn in_incident(zipped: &Zipped<'_>, keys: &Keys, content: &mut Content) {
    let path = format!("{}{INSIDE}{DECLARATIONS}", zipped.path);
    let declarations = zipped.member(DECLARATIONS);
    let members = declarations.and_then(|declarations| Ok((declarations, zipped.member(AMENDMENTS)?)));
    let (declarations, amendments) = match members {
        Ok((Some(declarations), Some(amendments))) => (declarations, amendments),
        Ok((None, None)) => return,
        // Neither says much without the other: what a permit says depends on both.
        Ok((declarations, _)) => {
            let missing = declarations.map_or(DECLARATIONS, |_| AMENDMENTS);
            let skipped = Outcome::Skipped(ReasonCode::NotPresent);
            content.checks.push(
                Check::new(CheckId::Siblings, path, skipped).detail("cause", format!("{missing} is not in the zip")),
            );
            return;
        }
        Err(refusal) => {
            let open = Outcome::Undetermined(refusal.code);
            let cause = format!("{} {}", refusal.subject, refusal.detail);
            content
                .checks
                .push(Check::new(CheckId::Siblings, path, open).detail("cause", cause.trim_end()));
            return;
        }
    };
    if keys.binding().is_empty() {
        if rows(&declarations).next().is_some() {
            content.checks.push(no_key(&path));
        }
        return;
    }
    let bounds = zipped.pack.within().json();
    let outcome = match lines(&declarations, &amendments, &keys.binding(), &content.workflow, &bounds) {
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
    permits: &Permits,
    bounds: &json::Bounds,
) -> Result<usize, Fault> {
    let parse = |text| -> Result<Vec<json::Parsed<'_>>, Fault> { rows(text).map(|line| read(line, bounds)).collect() };
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
    hold(&workflows, permits, bounds)?;
    Ok(count)
}

fn rows(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Bounds;

    #[test]
    fn what_a_limit_of_ours_keeps_out_accuses_nobody() {
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        let (code, _) = parse(deep.as_bytes(), &[], &Bounds::default()).err().expect("a limit");
        assert_eq!(decided(code), Outcome::Undetermined(ReasonCode::LimitJsonDepth));
        let (code, _) = lines(deep.as_bytes(), b"", &[], &Permits::default(), &Bounds::default()).expect_err("a limit");
        assert_eq!(decided(code), Outcome::Undetermined(ReasonCode::LimitJsonDepth));
        let (code, _) = parse(b"[", &[], &Bounds::default()).err().expect("a fault");
        assert_eq!(decided(code), Outcome::Fail(ReasonCode::WorkflowEvidenceSchemaInvalid));
        let long = "9".repeat(2_000);
        let (code, _) = lines(long.as_bytes(), b"", &[], &Permits::default(), &Bounds::default()).expect_err("a limit");
        assert_eq!(decided(code), Outcome::Undetermined(ReasonCode::JsonNumberRange));
    }

    #[test]
    fn permits_beyond_what_is_kept_leave_it_open() {
        let within = Limits::default();
        let permit = vec![b' '; KEPT / 2];
        let (mut permits, mut more) = (Permits::default(), Permits::default());
        permits.keep(&permit, &within);
        permits.keep(&permit, &within);
        assert_eq!((permits.texts.len(), permits.left_out), (2, 0));
        permits.keep(b"{}", &within);
        more.absorb(permits);
        assert_eq!((more.texts.len(), more.bytes, more.left_out), (2, KEPT, 1));
        more.texts.clear();
        let none = || [].iter();
        let rules = Rules {
            keys: &[],
            effective_hash: true,
        };
        let workflows = Workflows::read(none(), none(), rules).expect("nothing is declared");
        let (code, detail) = hold(&workflows, &more, &Bounds::default()).expect_err("one was left out");
        assert_eq!(decided(code), Outcome::Undetermined(ReasonCode::LimitRecordCount));
        assert_eq!(detail, "1 permits were not held against it");
        let raised = Limits {
            records: Limits::CEILING.records,
            ..Limits::default()
        };
        more.keep(b"{}", &raised);
        assert_eq!(more.texts.len(), 1);
    }
}
