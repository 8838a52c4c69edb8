//! One signed export, in the order that the spec recommends (`specs/keel.md` 16): hash first, inflate last.

use super::anchor::Anchors;
use super::closure::BindingKeys;
use super::content::{Asked, Content};
use super::head::{Head, Places};
use super::keys::Keys;
use super::labels::{self, Bytes};
use super::manifest::{Manifest, ReadManifest};
use super::output::Output;
use super::part::Made;
use super::payload::{Text, Trouble, is_gzip, is_packed, is_zip};
use super::zipped::{Zipped, incident};
use super::{diagnosis, manifest_card, workflow};
use crate::check::{Check, CheckId, Outcome};
use crate::digest::Digest;
use crate::format::Run;
use crate::reason::ReasonCode;
use crate::report::{Finding, Part};
use crate::run::{Layer, Stopped};
use crate::time_stamp::Roots;

/// An export: what was paired.
pub(super) struct Export<'p> {
    /// The manifest's path, and the manifest or why it is none.
    pub(super) manifest: Option<(&'p str, ReadManifest)>,
    /// The payload; none where it is absent.
    pub(super) payload: Option<Payload<'p>>,
    /// Paths of further files with the same bytes.
    pub(super) copies: Vec<&'p str>,
}

/// A payload that is there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Payload<'p> {
    /// Its index in the pack.
    pub(super) index: usize,
    pub(super) path: &'p str,
    /// The digest of its bytes as shipped, or why they could not be read to their end.
    pub(super) digest: Result<Digest, ReasonCode>,
}

/// What all exports of a pack are held against.
pub(super) struct Against<'a> {
    pub(super) keys: &'a Keys,
    /// Time-stamp authorities that the reviewer trusts.
    pub(super) roots: &'a Roots,
    /// Checkpoints that came with the exports.
    pub(super) anchors: &'a Anchors,
    /// Workflow evidence in the pack, by base name.
    pub(super) siblings: &'a workflow::Files<'a>,
}

impl Export<'_> {
    /// Verifies it.
    pub(super) fn verify(&self, run: &mut Run<'_>, against: &Against<'_>) -> Result<Part, Stopped> {
        let head = self.head(against.keys);
        let pack = run.pack;
        let policy = run.policy;
        let progress = run.progress;
        let binding = BindingKeys::new(against.keys.binding());
        let asked = Asked {
            chain: policy.require.contains(&Layer::Chain),
            closures: policy.require.contains(&Layer::Closures),
            binding: &binding,
            watched: against.anchors.watched(),
            progress,
        };
        let mut made = self.begin(&head);
        let mut output = Output::new(run, made.inherited());
        let mismatch = matches!(head.hash.outcome, Outcome::Fail(ReasonCode::ContentHashMismatch));
        let content = match self.payload {
            // What was not read to its end has no rows; nor is anything of it inflated.
            Some(Payload {
                index,
                path,
                digest: Err(code),
            }) => {
                let text = Text { pack, index, path };
                let trouble = Trouble::unreadable(code.as_str());
                Some(Content::unread(&text, trouble, &asked))
            }
            Some(Payload { index, path, .. }) if mismatch && is_packed(pack, index) => {
                // Bytes that are not the ones that were hashed are not inflated.
                let content = Content::without_chain(
                    path,
                    ReasonCode::Blocked,
                    &Asked {
                        chain: false,
                        closures: false,
                        ..asked
                    },
                );
                made.checks.extend(content.checks);
                None
            }
            Some(Payload { index, path, .. }) => {
                let text = Text { pack, index, path };
                Some(self.content(&text, &asked, against, &mut made, &mut output)?)
            }
            None => None,
        };
        if mismatch {
            self.diagnose(pack, &mut made);
        }
        self.labels(pack, content.as_ref(), &mut made);
        if let Some(content) = content {
            self.take(content, against, &asked, &mut made);
        }
        self.declarations(&mut made);
        made.finish(&mut output)
    }

    fn head(&self, keys: &Keys) -> Head {
        match &self.manifest {
            Some((path, Err((code, detail)))) => Head::broken(path, *code, detail),
            Some((path, Ok(manifest))) => {
                let places = Places {
                    manifest: path,
                    payload: self.payload.map_or(*path, |payload| payload.path),
                };
                Head::judge(manifest, places, self.payload.map(|payload| payload.digest), keys)
            }
            None => {
                let digest = self.payload.and_then(|payload| payload.digest.ok());
                Head::unsigned(self.payload.map(|payload| payload.path).unwrap_or_default(), digest)
            }
        }
    }

    fn manifest(&self) -> Option<(&str, &Manifest)> {
        let (path, manifest) = self.manifest.as_ref()?;
        Some((path, manifest.as_ref().ok()?))
    }

    fn begin(&self, head: &Head) -> Made {
        let payload = self.payload.map(|payload| payload.path);
        let manifest = self.manifest.as_ref().map(|(path, _)| *path);
        let because = match (payload, manifest) {
            (Some(payload), Some(manifest)) => format!("{manifest} states the content hash of {payload}"),
            (None, Some(manifest)) => format!("{manifest} states a content hash, and its payload is not here"),
            (Some(payload), None) => format!("{payload} has the form of a Keel export, and no manifest is here"),
            (None, None) => String::new(),
        };
        let mut made = Made {
            format: ("keel.export", because),
            subject: payload.or(manifest).unwrap_or_default().to_owned(),
            checks: vec![head.hash.clone(), head.signature.clone()],
            warnings: head.warnings.clone(),
            keys: head.keys.clone(),
            envelope: 2,
            ..Made::default()
        };
        for copy in &self.copies {
            let detail = format!("the same bytes as {}", payload.unwrap_or_default());
            made.findings
                .push(Finding::new(ReasonCode::DuplicateRecord, *copy, detail));
        }
        made
    }

    /// Rows of the payload, text or zip.
    fn content(
        &self,
        text: &Text<'_>,
        asked: &Asked<'_>,
        against: &Against<'_>,
        made: &mut Made,
        output: &mut Output<'_, '_>,
    ) -> Result<Content, Stopped> {
        let manifest = self.manifest().map(|(_, manifest)| manifest);
        let is_incident = manifest.is_some_and(|manifest| manifest.is_type("incident_evidence"));
        let is_zip = match is_zip(text.pack, text.index) {
            Ok(is_zip) => is_zip,
            Err(refusal) => return Ok(Content::unread(text, Trouble::refused(&refusal), asked)),
        };
        if !is_zip {
            if is_incident {
                let code = ReasonCode::IncidentManifestSchemaInvalid;
                let check = Check::new(CheckId::IncidentFiles, text.path, Outcome::Fail(code));
                made.checks.push(check.detail("cause", "the payload is no zip archive"));
            }
            return Content::read(text, manifest, asked, output);
        }
        let zipped = match Zipped::open(text.pack, text.index, text.path) {
            Ok(zipped) => zipped,
            Err(trouble) => return Ok(Content::unread(text, trouble, asked)),
        };
        made.checks.extend(zipped.safety());
        let mut brackets = Anchors::new(text.pack.within());
        if is_incident {
            brackets = Anchors::brackets(&zipped, against.keys, against.roots);
            if let Some(manifest) = manifest {
                made.checks.extend(incident(manifest, &zipped));
            }
        } else {
            made.warnings.extend(super::incident::stray(&zipped));
        }
        let watched = [asked.watched, brackets.watched()].concat();
        let mut content = zipped.read(asked, &watched, output)?;
        if let Some(walk) = &content.walk {
            brackets.compare(text.path, walk, &mut content.checks, &mut content.population);
        }
        brackets.tell(text.path, &mut content.checks, &mut content.warnings, &mut made.keys);
        if is_incident {
            workflow::in_incident(&zipped, against.keys, &mut content);
        }
        Ok(content)
    }

    /// Why the hash may not fit, where that can be told.
    fn diagnose(&self, pack: &crate::pack::Pack, made: &mut Made) {
        let (Some(Payload { index, path, .. }), Some((_, manifest))) = (self.payload, self.manifest()) else {
            return;
        };
        let Some(cause) = diagnosis::cause(pack, index, manifest) else {
            return;
        };
        if let Some(check) = made.checks.first_mut() {
            check.details.push(("cause", cause.to_owned()));
        }
        made.findings
            .push(Finding::new(ReasonCode::ContentHashMismatch, path, cause));
    }

    fn labels(&self, pack: &crate::pack::Pack, content: Option<&Content>, made: &mut Made) {
        let Some((place, manifest)) = self.manifest() else {
            return;
        };
        let bytes = Bytes {
            path: self.payload.map(|payload| payload.path).unwrap_or_default(),
            gzip: self.payload.is_some_and(|payload| is_gzip(pack, payload.index)),
            content,
        };
        let (check, warnings) = labels::compare(manifest, place, &bytes);
        made.checks.push(check);
        made.warnings.extend(warnings);
        made.manifests.push(manifest_card::card(
            place,
            manifest,
            content.map(|content| content.rows),
        ));
        made.population
            .extend(manifest_card::groups(place, manifest, &made.checks, &made.keys));
    }

    /// What the content came to, and what lies beside it.
    fn take(&self, mut content: Content, against: &Against<'_>, asked: &Asked<'_>, made: &mut Made) {
        if let (Some(walk), Some(Payload { path, .. })) = (&content.walk, self.payload) {
            against.anchors.tell_left_out(path, &mut content.checks);
            against
                .anchors
                .compare(path, walk, &mut content.checks, &mut content.population);
            made.walked = walk.entries > 0;
            made.broken = walk.failures.first().map(|failure| failure.code);
            if let Some((place, manifest)) = self.manifest() {
                made.population.extend(manifest_card::chain_hint(place, manifest, walk));
            }
        }
        made.checks.append(&mut content.checks);
        made.warnings.append(&mut content.warnings);
        made.findings.append(&mut content.findings);
        made.population.append(&mut content.population);
        let subject = made.subject.clone();
        for (what, required) in &content.not_evaluated {
            made.not_evaluated(&subject, what, *required);
        }
        if let Some((place, manifest)) = self.manifest() {
            let sibling = workflow::Sibling {
                manifest,
                place,
                files: against.siblings,
                keys: against.keys,
                permits: &content.workflow,
            };
            sibling.judge(made);
        }
        let _ = asked;
    }

    /// What the manifest declares and this version does not evaluate.
    fn declarations(&self, made: &mut Made) {
        let Some((place, manifest)) = self.manifest() else {
            return;
        };
        for (what, required) in &manifest.declared {
            made.not_evaluated(place, what, *required);
        }
        for name in &manifest.extras {
            made.findings
                .push(Finding::new(ReasonCode::UnsignedFieldNotAttested, place, name.clone()));
        }
    }
}
