//! What is Keel's among the artifacts, and its parts.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::anchor::Anchors;
use super::export::{Against, Export, Payload};
use super::keys::Keys;
use super::output::Output;
use super::pairing::{self, Pair};
use super::part::Made;
use super::payload::Text;
use super::record::Inherited;
use super::survey::{self, Looked, Seen, is_looked_at, path_of};
use super::{evidence_bundle, workflow};
use crate::check::{Check, CheckId, Outcome};
use crate::format::{ArtifactSeen, FormatResult, Run};
use crate::pack::{ArtifactState, Pack, Refusal};
use crate::reason::ReasonCode;
use crate::report::{Finding, Part};
use crate::run::Stopped;
use crate::time_stamp::Roots;
use crate::verdict::Verdict;

/// What was looked at before other formats are asked: artifacts that a Keel manifest speaks for.
#[derive(Debug, Default)]
pub(crate) struct Reserved {
    looked: Vec<Looked>,
    /// Their indices.
    pub(crate) artifacts: BTreeSet<usize>,
}

/// A pack of no more artifacts than this is searched for manifests under any name.
const FEW: usize = 64;

/// Finds the artifacts that a Keel manifest speaks for, so that nobody inflates or parses them before their hash was
/// compared. Costs next to nothing where there is no such manifest.
pub(crate) fn reserve(run: &Run<'_>) -> Result<Reserved, Stopped> {
    let pack = run.pack;
    if pack.refused_whole {
        return Ok(Reserved::default());
    }
    let few = pack.artifacts.len() <= FEW;
    let likely = |index: &usize| few || super::manifest::is_named(path_of(pack, *index));
    let found = (0..pack.artifacts.len())
        .filter(likely)
        .any(|index| survey::manifest_at(pack, index).is_some());
    if !found {
        return Ok(Reserved::default());
    }
    let open: Vec<usize> = (0..pack.artifacts.len())
        .filter(|index| is_looked_at(pack, *index))
        .collect();
    let looked = look(run, &open)?;
    let pairs = pairing::pair(pack, &looked);
    let index = |position: &usize| looked.get(*position).map(|looked| looked.index);
    let mut artifacts = BTreeSet::new();
    for pair in &pairs {
        artifacts.extend(index(&pair.manifest));
        let payloads = pair.payload.iter().chain(&pair.copies).filter_map(index);
        artifacts.extend(payloads.filter(|index| !survey::may_be_nexart(pack, *index)));
    }
    Ok(Reserved { looked, artifacts })
}

/// Whether the container refused an artifact altogether; one that it only did not open has bytes.
fn is_refused(pack: &Pack, index: usize) -> bool {
    let state = pack.artifacts.get(index).map(|artifact| artifact.state);
    matches!(state, Some(ArtifactState::Refused(code)) if code != ReasonCode::LimitNesting)
}

fn look(run: &Run<'_>, indices: &[usize]) -> Result<Vec<Looked>, Stopped> {
    let read = indices.iter().filter(|index| !is_refused(run.pack, **index));
    let sizes = read.filter_map(|index| run.pack.artifacts.get(*index));
    run.progress.expect_bytes(sizes.map(|artifact| artifact.size).sum());
    let (pack, progress) = (run.pack, run.progress);
    indices
        .par_iter()
        .map(|index| survey::look(pack, *index, progress))
        .collect()
}

/// Verifies what is Keel's among the artifacts offered, and the archives that only Keel opens.
pub(crate) fn verify(run: &mut Run<'_>, offered: &[usize]) -> Result<FormatResult, Stopped> {
    let mut found = Found::of(run, offered)?;
    let mut keys = Keys::of(run.book);
    found.key_manifests(run, &mut keys);
    let roots = roots(run);
    let anchors = found.anchors(run, &keys, &roots);
    found.refusals.extend(anchors.left_out.iter().cloned());
    let siblings = found.siblings(run);
    let against = Against {
        keys: &keys,
        roots: &roots,
        anchors: &anchors,
        siblings: &siblings,
    };
    let mut parts = Vec::new();
    for export in found.exports(run.pack) {
        parts.push(export.verify(run, &against)?);
    }
    for looked in found.of_kind(|seen| matches!(seen, Seen::Bundle)) {
        let path = path_of(run.pack, looked.index).to_owned();
        parts.push(evidence_bundle::verify(run, looked.index, &path, &keys, &roots)?);
    }
    let beside_export = !parts.is_empty();
    parts.extend(checkpoints(run, anchors)?);
    for (path, role) in found.named(run.pack) {
        // A sidecar of an export is named; evidence of its own is a part that nothing was found out about.
        if beside_export && ["keel.scopeState", "keel.keyStatus"].contains(&role) {
            found.findings.push(Finding::new(ReasonCode::NotEvaluated, path, role));
        } else {
            parts.push(not_evaluated(run, &path, role)?);
        }
    }
    Ok(found.result(run.pack, parts))
}

/// Time-stamp authorities that the reviewer trusts; a file that cannot be read trusts nobody.
fn roots(run: &Run<'_>) -> Roots {
    let mut roots = Roots::default();
    for authority in &run.book.authorities {
        let _ = roots.add(&authority.bytes);
    }
    roots
}

/// A part per checkpoint.
fn checkpoints(run: &mut Run<'_>, anchors: Anchors) -> Result<Vec<Part>, Stopped> {
    let mut parts = Vec::new();
    for anchor in anchors.judged {
        let stamps = anchor.judged.stamps();
        let made = Made {
            format: (
                "keel.checkpoint",
                format!("{} holds chain heads and their hash", anchor.path),
            ),
            subject: anchor.path.clone(),
            population: vec![serde_json::json!({
                "of": "checkpoint",
                "path": anchor.path,
                "checkpointId": anchor.judged.id,
                "computedAt": anchor.judged.computed_at,
                "compositeHash": anchor.judged.composite(),
                "timeStamps": stamps,
            })],
            manifests: anchor.claims(),
            checks: anchor.judged.checks,
            warnings: anchor.judged.warnings,
            keys: anchor.keys,
            ..Made::default()
        };
        parts.push(made.finish(&mut Output::new(run, Inherited::undecided()))?);
    }
    Ok(parts)
}

/// Evidence of a kind that is known by its name only.
fn not_evaluated(run: &mut Run<'_>, path: &str, role: &'static str) -> Result<Part, Stopped> {
    let open = Outcome::Undetermined(ReasonCode::NotEvaluated);
    let made = Made {
        format: (
            role,
            format!("{path} names itself so; this version does not evaluate it"),
        ),
        subject: path.to_owned(),
        checks: vec![
            Check::new(CheckId::ContentHash, path, open),
            Check::new(CheckId::Signature, path, open),
        ],
        ..Made::default()
    };
    made.finish(&mut Output::new(run, Inherited::undecided()))
}

/// What a check covers, where it was read.
const COVERED: [&str; 4] = [
    "keel.payload",
    "keel.checkpoint",
    "keel.workflowEvidence",
    "keel.evidenceBundle",
];

/// What was found in a pack.
struct Found {
    looked: Vec<Looked>,
    pairs: Vec<Pair>,
    findings: Vec<Finding>,
    refusals: Vec<Refusal>,
    /// Artifacts that another format claimed before; a manifest may speak for them all the same.
    foreign: BTreeSet<usize>,
}

impl Found {
    fn of(run: &mut Run<'_>, offered: &[usize]) -> Result<Found, Stopped> {
        let reserved = std::mem::take(&mut run.reserved);
        let pack = run.pack;
        let mut looked = reserved.looked;
        let known: BTreeSet<usize> = looked.iter().map(|looked| looked.index).collect();
        let new = |index: &usize| !known.contains(index) && survey::may_be_keel(pack, *index);
        let new: Vec<usize> = offered.iter().copied().filter(new).collect();
        looked.extend(look(run, &new)?);
        let refused = |index: &usize| !known.contains(index) && is_refused(pack, *index);
        let refused: Vec<usize> = (0..pack.artifacts.len()).filter(refused).collect();
        looked.extend(look(run, &refused)?);
        looked.sort_by_key(|looked| looked.index);
        let pairs = pairing::pair(pack, &looked);
        let offered: BTreeSet<usize> = offered.iter().copied().collect();
        let readable = |index: usize| {
            let artifact = pack.artifacts.get(index);
            artifact.is_some_and(|artifact| artifact.state == ArtifactState::Readable)
        };
        let indices = looked.iter().map(|looked| looked.index);
        let foreign = indices.filter(|index| readable(*index) && !offered.contains(index));
        let mut found = Found {
            foreign: foreign.collect(),
            looked,
            pairs,
            findings: Vec::new(),
            refusals: Vec::new(),
        };
        found.name_unsigned(pack);
        Ok(found)
    }

    /// Compressed content in the form of a payload, of which no manifest speaks.
    fn name_unsigned(&mut self, pack: &Pack) {
        let paired: BTreeSet<usize> = self
            .pairs
            .iter()
            .flat_map(|pair| pair.payload.iter().chain(&pair.copies).copied())
            .collect();
        for (position, looked) in self.looked.iter_mut().enumerate() {
            let text = Text {
                pack,
                index: looked.index,
                path: path_of(pack, looked.index),
            };
            let gzip = pack.artifacts.get(looked.index).is_some_and(|artifact| artifact.gzip);
            if matches!(looked.seen, Seen::Other) && !paired.contains(&position) && gzip && text.begins_as_payload() {
                looked.seen = Seen::Payload;
            }
        }
    }

    fn of_kind(&self, test: impl Fn(&Seen) -> bool) -> impl Iterator<Item = &Looked> {
        self.looked.iter().filter(move |looked| test(&looked.seen))
    }

    fn key_manifests(&mut self, run: &Run<'_>, keys: &mut Keys) {
        let most = usize::try_from(run.pack.within().keys).unwrap_or(usize::MAX);
        let mut findings = Vec::new();
        let mut refusals = Vec::new();
        for looked in self.of_kind(|seen| matches!(seen, Seen::KeyManifest)) {
            let path = path_of(run.pack, looked.index);
            match run.pack.read(looked.index) {
                Ok(content) => findings.extend(keys.add_of_pack(path, &content.bytes).err()),
                Err(refusal) => refusals.push(refusal),
            }
            if keys.count_of_pack() > most {
                refusals.push(Refusal::new(
                    ReasonCode::LimitKeyCount,
                    path,
                    format!("more than {most} public keys in one pack"),
                ));
                break;
            }
        }
        self.findings.extend(findings);
        self.refusals.extend(refusals);
    }

    fn anchors(&mut self, run: &Run<'_>, keys: &Keys, roots: &Roots) -> Anchors {
        let mut anchors = Anchors::new(run.pack.within());
        for looked in &mut self.looked {
            if !matches!(looked.seen, Seen::Checkpoint) {
                continue;
            }
            let path = path_of(run.pack, looked.index);
            match run.pack.read(looked.index) {
                Ok(content) if anchors.add(path, &content.bytes, keys, roots) => {}
                // Only its beginning looked like one.
                Ok(_) => looked.seen = Seen::Other,
                Err(refusal) => anchors.left_out.push(refusal),
            }
        }
        anchors
    }

    /// Files that a manifest may name as its workflow evidence, by base name.
    fn siblings<'p>(&self, run: &Run<'p>) -> workflow::Files<'p> {
        let mut by_name: BTreeMap<String, Vec<workflow::Candidate<'p>>> = BTreeMap::new();
        for looked in self.of_kind(|seen| matches!(seen, Seen::WorkflowEvidence | Seen::Other)) {
            let path = path_of(run.pack, looked.index);
            let base = path.rsplit('/').next().unwrap_or(path);
            by_name.entry(base.to_owned()).or_default().push(workflow::Candidate {
                index: looked.index,
                path,
                digest: looked.shipped.map(|(digest, _)| digest),
            });
        }
        workflow::Files {
            pack: run.pack,
            by_name,
        }
    }

    /// Every pair, then content without a manifest.
    fn exports<'p>(&self, pack: &'p Pack) -> Vec<Export<'p>>
    where
        Self: 'p,
    {
        let place = |position: usize| {
            let looked = self.looked.get(position)?;
            Some(Payload {
                index: looked.index,
                path: path_of(pack, looked.index),
                digest: looked.digest(),
            })
        };
        let mut exports = Vec::new();
        let mut paired = BTreeSet::new();
        for pair in &self.pairs {
            paired.extend(pair.payload.iter().chain(&pair.copies).copied());
            let Some(looked) = self.looked.get(pair.manifest) else {
                continue;
            };
            let Some(manifest) = looked.seen.manifest() else {
                continue;
            };
            exports.push(Export {
                manifest: Some((path_of(pack, looked.index), manifest)),
                payload: pair.payload.and_then(place),
                copies: pair.copies.iter().filter_map(|copy| Some(place(*copy)?.path)).collect(),
            });
        }
        for (position, looked) in self.looked.iter().enumerate() {
            if matches!(looked.seen, Seen::Payload) && !paired.contains(&position) {
                exports.push(Export {
                    manifest: None,
                    payload: place(position),
                    copies: Vec::new(),
                });
            }
        }
        exports
    }

    fn named(&self, pack: &Pack) -> Vec<(String, &'static str)> {
        let named = self.looked.iter().filter_map(|looked| {
            let Seen::Named(role) = &looked.seen else { return None };
            Some((path_of(pack, looked.index).to_owned(), *role))
        });
        named.collect()
    }

    fn result(self, pack: &Pack, parts: Vec<Part>) -> FormatResult {
        let mut open = BTreeMap::new();
        let payloads: BTreeSet<usize> = self
            .pairs
            .iter()
            .flat_map(|pair| pair.payload.iter().chain(&pair.copies).copied())
            .collect();
        let any = !parts.is_empty();
        let role = |position: usize, seen: &Seen| match seen {
            _ if payloads.contains(&position) => Some("keel.payload"),
            Seen::Manifest(_) | Seen::Broken(..) => Some("keel.manifest"),
            Seen::KeyManifest => Some("keel.keyManifest"),
            Seen::Checkpoint => Some("keel.checkpoint"),
            Seen::WorkflowEvidence => Some("keel.workflowEvidence"),
            Seen::Bundle => Some("keel.evidenceBundle"),
            Seen::Named(role) => Some(*role),
            Seen::Payload => Some("keel.payload"),
            Seen::ReadMe => any.then_some("readMe"),
            Seen::Other => None,
        };
        for part in &parts {
            if part.verdict != Verdict::Verified {
                open.insert(part.subject.clone(), part.verdict);
                let manifests = part.manifests.iter().map(|manifest| manifest.path.clone());
                open.extend(manifests.map(|path| (path, part.verdict)));
            }
        }
        let mut opened = Vec::new();
        let mut refusals = self.refusals;
        let mut findings = self.findings;
        let mut artifacts = Vec::new();
        let unread: BTreeSet<String> = refusals.iter().map(|refusal| refusal.subject.clone()).collect();
        for (position, looked) in self.looked.into_iter().enumerate() {
            let role = role(position, &looked.seen);
            let read = looked.shipped.is_some() && !unread.contains(path_of(pack, looked.index));
            if self.foreign.contains(&looked.index) {
                let path = path_of(pack, looked.index);
                let twice = role.map(|role| Finding::new(ReasonCode::ClaimedTwice, path, role));
                findings.extend(twice);
                continue;
            }
            let nested = pack
                .artifacts
                .get(looked.index)
                .is_some_and(|it| it.state != ArtifactState::Readable);
            // What the container refused it tells itself.
            if (nested && role.is_none()) || is_refused(pack, looked.index) {
                continue;
            }
            if nested {
                opened.push(path_of(pack, looked.index).to_owned());
            }
            if role.is_some() {
                refusals.extend(looked.refusal);
            }
            artifacts.push(ArtifactSeen {
                index: looked.index,
                digest: looked.shipped.map(|(digest, _)| digest),
                size: looked.shipped.map_or(0, |(_, size)| size),
                covered: read && role.is_some_and(|role| COVERED.contains(&role)),
                role,
            });
        }
        FormatResult {
            parts,
            artifacts,
            refusals,
            findings,
            open,
            opened,
        }
    }
}
