//! One run: a pack and trust in, a report out (`design.md` 1 and 2).

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{Check, CheckId, Outcome};
use crate::digest::Digest;
use crate::format::{ADAPTERS, ArtifactSeen, FormatResult, Glanced, Run, keel};
use crate::keybook::KeyBook;
use crate::pack::{Artifact, ArtifactState, Pack, Refusal};
use crate::reason::ReasonCode;
use crate::recorder::Recorder;
use crate::report::{FileRow, Finding, Format, Input, LimitHit, Part, Report};
use crate::run::{Policy, Progress, Stopped};
use crate::tally::RunTally;
use crate::told::Told;
use crate::verdict::{Verdict, roll_up, verdict, worst};

/// Verifies a pack. Records go to `recorder` one by one, in the order of the report.
///
/// # Errors
/// When cancelled, or when the recorder could not keep a record.
pub fn verify(
    pack: &Pack,
    book: &KeyBook,
    policy: &Policy,
    progress: &Progress,
    recorder: &mut dyn Recorder,
) -> Result<Report, Stopped> {
    let mut run = Run {
        pack,
        book,
        policy,
        progress,
        recorder,
        tally: RunTally::default(),
        reserved: keel::Reserved::default(),
    };
    run.reserved = keel::reserve(&run)?;
    let mut seen = Seen::default();
    let all: Vec<usize> = if pack.refused_whole { Vec::new() } else { readable(pack) };
    let glanced = Glanced::of(pack, &all, progress)?;
    let reserved = run.reserved.artifacts.clone();
    let (held, mut offered): (Vec<usize>, Vec<usize>) = all.into_iter().partition(|index| reserved.contains(index));
    let mut parts = Vec::new();
    for (position, adapter) in ADAPTERS.iter().enumerate() {
        // What a Keel manifest speaks for is not offered to the format before.
        if position == 1 {
            offered.extend(&held);
            offered.sort_unstable();
        }
        let result = (adapter.verify)(&mut run, &glanced.offered_to(position, &offered))?;
        parts.extend(seen.take(pack, result));
        offered.retain(|index| !seen.is_claimed(*index));
    }
    seen.rest(pack, progress)?;
    let changed = pack.changed_while_reading();
    seen.mixed = pack.is_one_file() && changed.is_some();
    seen.refusals.extend(changed);
    let checks = container(pack, &seen);
    for check in &checks {
        run.tally.check(check);
    }
    Ok(report(pack, policy, parts, checks, seen, &run.tally))
}

fn readable(pack: &Pack) -> Vec<usize> {
    let readable = |state| matches!(state, ArtifactState::Readable);
    pack.artifacts
        .iter()
        .enumerate()
        .filter(|(_, artifact)| readable(artifact.state))
        .map(|(index, _)| index)
        .collect()
}

/// What is known of the artifacts while formats look at them.
#[derive(Default)]
struct Seen {
    artifacts: BTreeMap<usize, ArtifactSeen>,
    refusals: Vec<Refusal>,
    findings: Vec<Finding>,
    open: BTreeMap<String, Verdict>,
    /// Archives inside the pack that a format opened on purpose.
    opened: BTreeSet<String>,
    /// The one file of the pack changed meanwhile: what was found is about no state that it ever had.
    mixed: bool,
}

impl Seen {
    /// Keeps what a format saw, and gives its parts. What an earlier format said about an artifact that this one claims is
    /// forgotten: it was read by the wrong rules. About one that nobody claims the first word stands.
    fn take(&mut self, pack: &Pack, result: FormatResult) -> Vec<Part> {
        let mut claimed = BTreeSet::new();
        let mut known = BTreeSet::new();
        for artifact in result.artifacts {
            let path = pack
                .artifacts
                .get(artifact.index)
                .map(|artifact| artifact.path.as_str());
            if artifact.role.is_some() {
                claimed.extend(path);
            } else if self.artifacts.contains_key(&artifact.index) {
                known.extend(path);
                continue;
            }
            self.artifacts.insert(artifact.index, artifact);
        }
        self.refusals
            .retain(|refusal| !claimed.contains(refusal.subject.as_str()));
        self.findings
            .retain(|finding| !claimed.contains(finding.subject.as_str()));
        let new = |subject: &str| !known.contains(subject);
        self.refusals
            .extend(result.refusals.into_iter().filter(|refusal| new(&refusal.subject)));
        self.findings
            .extend(result.findings.into_iter().filter(|finding| new(&finding.subject)));
        self.open.extend(result.open);
        self.opened.extend(result.opened);
        result.parts
    }

    fn is_claimed(&self, index: usize) -> bool {
        self.artifacts.get(&index).is_some_and(|seen| seen.role.is_some())
    }

    /// What the container refused, but for archives that a format opened on purpose.
    fn refused<'p>(&self, pack: &'p Pack) -> impl Iterator<Item = &'p Refusal> + use<'p, '_> {
        pack.refusals
            .iter()
            .filter(|refusal| refusal.code != ReasonCode::LimitNesting || !self.opened.contains(&refusal.subject))
    }

    /// Artifacts that nobody claimed are named, never dropped in silence.
    fn rest(&mut self, pack: &Pack, progress: &Progress) -> Result<(), Stopped> {
        let mut unrecognised = Vec::new();
        for (index, artifact) in self.used(pack) {
            if progress.is_cancelled() {
                return Err(Stopped::Cancelled);
            }
            if !self.is_claimed(index) {
                unrecognised.push(Finding::new(ReasonCode::UnrecognisedFile, &artifact.path, ""));
            }
        }
        self.findings.extend(unrecognised);
        Ok(())
    }

    /// The artifacts of which nothing was refused.
    fn used<'p>(&self, pack: &'p Pack) -> impl Iterator<Item = (usize, &'p Artifact)> + use<'p, '_> {
        let refused: BTreeSet<&str> = self.refusals.iter().map(|refusal| refusal.subject.as_str()).collect();
        pack.artifacts.iter().enumerate().filter(move |(_, artifact)| {
            artifact.state == ArtifactState::Readable && !refused.contains(&*artifact.path)
        })
    }
}

/// The container's own checks: one that passes, or one per reason why something was not used.
fn container(pack: &Pack, seen: &Seen) -> Vec<Check> {
    let mut by_code: BTreeMap<ReasonCode, Vec<&Refusal>> = BTreeMap::new();
    for refusal in seen.refused(pack).chain(&seen.refusals) {
        by_code.entry(refusal.code).or_default().push(refusal);
    }
    if by_code.is_empty() {
        return vec![Check::new(CheckId::Container, &pack.input.name, Outcome::Pass)];
    }
    by_code
        .into_iter()
        .map(|(code, refusals)| {
            let first = refusals.first();
            let subject = first.map(|refusal| refusal.subject.as_str()).unwrap_or_default();
            let outcome = if is_mismatch(code) {
                Outcome::Fail(code)
            } else {
                Outcome::Undetermined(code)
            };
            let mut check = Check::new(CheckId::Container, subject, outcome);
            for refusal in refusals.iter().take(20) {
                check = check.detail("item", format!("{} {}", refusal.subject, refusal.detail).trim_end());
            }
            check.detail("items", refusals.len().to_string())
        })
        .collect()
}

/// A checksum of the container that does not fit its bytes is a proven mismatch; all else was only not used.
fn is_mismatch(code: ReasonCode) -> bool {
    matches!(code, ReasonCode::ZipCrcMismatch | ReasonCode::GzCrcMismatch)
}

fn report(pack: &Pack, policy: &Policy, parts: Vec<Part>, checks: Vec<Check>, seen: Seen, tally: &RunTally) -> Report {
    let files = files(pack, &seen);
    Report {
        input: input(pack, &files),
        policy: policy.clone(),
        raised: pack.within().raised(),
        format: format(&parts, &seen.artifacts, pack),
        verdict: pack_verdict(pack, &parts, &checks, &seen),
        findings: findings(pack, &seen),
        limits: limits(pack, &seen),
        reason_codes: reason_codes(tally, &seen),
        questions: tally.questions(),
        counts: tally.counts.clone(),
        checks,
        parts,
        files,
    }
}

/// The codes of all checks; what stopped the run leads.
fn reason_codes(tally: &RunTally, seen: &Seen) -> Vec<ReasonCode> {
    let mut codes = tally.all().reasons;
    if seen.mixed {
        codes.retain(|code| *code != ReasonCode::IoChangedWhileReading);
        codes.insert(0, ReasonCode::IoChangedWhileReading);
    }
    codes
}

/// From the parts and the container. Where nothing was recognised: what could not be used decides (undecided, or an error
/// when that is all there is), else it is no evidence.
fn pack_verdict(pack: &Pack, parts: &[Part], checks: &[Check], seen: &Seen) -> Verdict {
    if pack.refused_whole || seen.mixed {
        return Verdict::Error;
    }
    let own = roll_up(checks);
    let own = (own.outcome != Outcome::Pass).then(|| verdict(&own));
    if !parts.is_empty() {
        return worst(parts.iter().map(|part| part.verdict).chain(own)).unwrap_or(Verdict::Indeterminate);
    }
    match own {
        Some(Verdict::Failed) => Verdict::Failed,
        Some(own) if seen.used(pack).next().is_some() => own,
        Some(_) => Verdict::Error,
        None => Verdict::NotEvidence,
    }
}

fn format(parts: &[Part], seen: &BTreeMap<usize, ArtifactSeen>, pack: &Pack) -> Format {
    match parts {
        [only] => only.format.clone(),
        [] => {
            let known = seen
                .values()
                .find_map(|artifact| Some((artifact.role?, pack.artifacts.get(artifact.index)?)));
            Format {
                id: "unknown".to_owned(),
                because: known.map_or_else(
                    || "nothing in it is a kind of evidence this version knows".to_owned(),
                    |(role, artifact)| format!("{} is {role}, and no record came with it", artifact.path),
                ),
            }
        }
        several => Format {
            id: "several".to_owned(),
            because: several
                .iter()
                .map(|part| part.format.id.as_str())
                .collect::<Vec<_>>()
                .join(", "),
        },
    }
}

fn files(pack: &Pack, seen: &Seen) -> Vec<FileRow> {
    let in_part: BTreeSet<&str> = seen.refusals.iter().map(|refusal| refusal.subject.as_str()).collect();
    // A file of which a piece was not used is not verified, whatever its other pieces came to.
    let otherwise = |path: &str| {
        if in_part.contains(path) {
            Verdict::Indeterminate
        } else {
            Verdict::Verified
        }
    };
    let row = |(index, artifact): (usize, &crate::pack::Artifact)| {
        let known = seen.artifacts.get(&index);
        let refused = known.is_some_and(|known| known.digest.is_none());
        let role = match artifact.state {
            ArtifactState::Ignored => "ignored",
            ArtifactState::Refused(_) if !seen.opened.contains(&artifact.path) => "refused",
            ArtifactState::Refused(_) => known.and_then(|known| known.role).unwrap_or("refused"),
            ArtifactState::Readable if refused => "refused",
            ArtifactState::Readable => known.and_then(|known| known.role).unwrap_or("notRecognised"),
        };
        FileRow {
            path: artifact.path.clone(),
            size: known.map_or(artifact.size, |known| {
                if known.digest.is_some() {
                    known.size
                } else {
                    artifact.size
                }
            }),
            sha256: known.and_then(|known| known.digest),
            role: role.to_owned(),
            covered: known.is_some_and(|known| known.covered),
            verdict: known.filter(|known| known.covered).map(|_| {
                let open = seen.open.get(&artifact.path).copied();
                worst(open.into_iter().chain([otherwise(&artifact.path)])).unwrap_or(Verdict::Indeterminate)
            }),
        }
    };
    pack.artifacts.iter().enumerate().map(row).collect()
}

/// The digest of a folder, and of a file that is no archive, comes from reading the artifacts.
fn input(pack: &Pack, files: &[FileRow]) -> Input {
    let mut input = pack.input.clone();
    if input.sha256.is_none() && !pack.refused_whole {
        let digests: Vec<(&str, Digest)> = files
            .iter()
            .filter_map(|file| Some((file.path.as_str(), file.sha256?)))
            .collect();
        input.sha256 = pack.digest_by_artifacts(&digests).or_else(|| of_one_file(pack));
    }
    input
}

/// The digest of the only file, where no format read it to its end.
fn of_one_file(pack: &Pack) -> Option<Digest> {
    let mut reader = pack.is_one_file().then(|| pack.raw_reader(0).ok()).flatten()?;
    std::io::copy(&mut reader, &mut std::io::sink()).ok()?;
    reader.finish().ok().map(|end| end.digest)
}

/// What was refused, item by item, and what was remarked; of each code the first ones in full, then their number.
fn findings(pack: &Pack, seen: &Seen) -> Vec<Finding> {
    let refused = seen.refused(pack).chain(&seen.refusals);
    let refused = refused.map(|refusal| Finding::new(refusal.code, &refusal.subject, &refusal.detail));
    let remarked = pack.findings.iter().chain(&seen.findings).cloned();
    let most = pack.within().findings;
    let mut told = Told::default();
    let all = refused.chain(duplicate_entries(pack)).chain(remarked);
    let mut kept: Vec<Finding> = all.filter(|finding| told.keeps(finding.code, most)).collect();
    kept.extend(told.truncated(most, &pack.input.name));
    kept
}

/// Two entries of one name: NexArt's word for it stands beside the container's (`specs/nexart.md` 9.3).
fn duplicate_entries(pack: &Pack) -> Vec<Finding> {
    pack.doubled_entries()
        .map(|refusal| Finding::new(ReasonCode::DuplicateEntry, &refusal.subject, &refusal.detail))
        .collect()
}

fn limits(pack: &Pack, seen: &Seen) -> Vec<LimitHit> {
    let mut limits = pack.limits.clone();
    limits.retain(|hit| hit.code != ReasonCode::LimitNesting || !seen.opened.contains(&hit.subject));
    let hit = |refusal: &Refusal| {
        // A file that is not streamed has a limit of its own.
        let whole = (refusal.code == ReasonCode::LimitEntrySize).then_some(pack.within().whole_entry_size);
        let mut hit = pack.within().hit(refusal.code, &refusal.subject, "not used")?;
        hit.value = refusal.limit.or(whole).unwrap_or(hit.value);
        Some(hit)
    };
    limits.extend(seen.refusals.iter().filter_map(hit));
    limits.extend(pages_not_shown(pack));
    limits.truncate(usize::try_from(pack.within().findings).unwrap_or(usize::MAX));
    limits
}

/// The sender's pages that are too large to be shown. No check reads them, and no verdict depends on it.
fn pages_not_shown(pack: &Pack) -> impl Iterator<Item = LimitHit> {
    let within = pack.within();
    let large = |artifact: &&Artifact| {
        artifact.state == ArtifactState::Readable && artifact.is_page() && artifact.size > within.summary_size
    };
    let pages = pack.artifacts.iter().filter(large);
    pages.filter_map(|page| within.hit(ReasonCode::LimitSummarySize, &page.path, "not shown"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::container::Limits;

    /// The report about a folder of these files.
    fn report(files: &[(&str, &str)]) -> Report {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let progress = Progress::default();
        let pack = Pack::open(&[folder.path().to_owned()], &progress).unwrap();
        let (book, policy) = (KeyBook::default(), Policy::default());
        super::verify(&pack, &book, &policy, &progress, &mut Vec::new()).unwrap()
    }

    #[test]
    fn where_nothing_could_be_used_the_check_did_not_finish() {
        for text in ["no JSON", " \n", "{\"a\":", "{\"a\":1,\"a\":2}"] {
            assert_eq!(report(&[("a.json", text)]).verdict, Verdict::Error, "{text}");
        }
    }

    #[test]
    fn where_something_else_was_read_it_is_undecided() {
        let report = report(&[("a.json", "no JSON"), ("b.txt", "hello")]);
        assert_eq!(report.verdict, Verdict::Indeterminate);
    }

    #[test]
    fn everything_read_and_nothing_known_is_no_evidence() {
        assert_eq!(
            report(&[("a.json", "{}"), ("b.txt", "hello")]).verdict,
            Verdict::NotEvidence
        );
    }

    #[test]
    fn every_item_that_was_not_used_is_named_with_its_cause() {
        let report = report(&[("a.json", "no JSON"), ("b.json", "{\"a\":")]);
        let named: Vec<_> = report
            .findings
            .iter()
            .map(|finding| (finding.code, finding.subject.as_str(), finding.detail.as_str()))
            .collect();
        assert_eq!(
            named,
            [
                (ReasonCode::JsonSyntax, "a.json", "line 1, column 2"),
                (ReasonCode::JsonSyntax, "b.json", "line 1, column 6")
            ]
        );
    }

    #[test]
    fn a_file_that_changes_meanwhile_is_accused_of_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        fs::write(
            &path,
            r#"{"bundleType":"cer.ai.execution.v1","certificateHash":"sha256:00"}"#,
        )
        .unwrap();
        let progress = Progress::default();
        let pack = Pack::open(std::slice::from_ref(&path), &progress).unwrap();
        fs::write(
            &path,
            r#"{"bundleType":"cer.ai.execution.v1","certificateHash":"sha256:00"} "#,
        )
        .unwrap();
        let (book, policy) = (KeyBook::default(), Policy::default());
        let mut records = Vec::new();
        let report = super::verify(&pack, &book, &policy, &progress, &mut records).unwrap();
        assert_eq!(records[0].verdict, Verdict::Failed);
        assert_eq!(
            (report.verdict, report.reason_codes[0]),
            (Verdict::Error, ReasonCode::IoChangedWhileReading)
        );
    }

    /// The report about one file within limits.
    fn report_within(name: &str, text: &[u8], limits: &Limits) -> Report {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        let progress = Progress::default();
        let pack = Pack::open_within(&[path], limits, &progress).unwrap();
        let (book, policy) = (KeyBook::default(), Policy::default());
        super::verify(&pack, &book, &policy, &progress, &mut Vec::new()).unwrap()
    }

    #[test]
    fn a_file_that_is_not_streamed_has_a_limit_of_its_own() {
        let limits = Limits {
            whole_entry_size: 1000,
            ..Limits::default()
        };
        let text = format!("{{\"a\":\"{}\"}}", "x".repeat(2000));
        let hit = &report_within("a.json", text.as_bytes(), &limits).limits[0];
        assert_eq!((hit.code, hit.value), (ReasonCode::LimitEntrySize, 1000));
    }

    #[test]
    fn a_page_that_is_too_large_is_told_and_decides_nothing() {
        let limits = Limits {
            summary_size: 4,
            ..Limits::default()
        };
        let told = |name, text: &[u8]| {
            let report = report_within(name, text, &limits);
            let hits = report
                .limits
                .iter()
                .map(|hit| (hit.code, hit.value, hit.effect.clone()));
            (report.verdict, hits.collect::<Vec<_>>())
        };
        let hit = (ReasonCode::LimitSummarySize, 4, "not shown".to_owned());
        let (verdict, none) = told("a.HTM", b"<p>a");
        assert_eq!(none, []);
        assert_eq!(told("a.HTM", b"<p>ab"), (verdict, vec![hit]));
        assert_eq!(told("a.txt", b"hello").1, []);
    }

    #[test]
    fn records_of_a_list_are_counted() {
        let entry = format!(r#"{{"certificateHash":"sha256:{}"}}"#, "0".repeat(64));
        let text = format!(r#"{{"recordCount":2,"records":[{entry},{entry}]}}"#);
        for (records, met) in [(1, true), (2, false)] {
            let limits = Limits {
                records,
                ..Limits::default()
            };
            let report = report_within("manifest.json", text.as_bytes(), &limits);
            assert_eq!(report.files[0].role, "nexart.manifest");
            let hits = report.limits.iter().map(|hit| (hit.code, hit.value));
            let expected: &[_] = if met { &[(ReasonCode::LimitRecordCount, 1)] } else { &[] };
            assert_eq!(hits.collect::<Vec<_>>(), expected);
            assert_ne!(report.verdict, Verdict::Verified);
        }
    }

    #[test]
    fn keys_of_a_pack_are_counted() {
        let key = r#"{"key_id":"k","purpose":"export_signing","public_key":"ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="}"#;
        let text = format!(r#"{{"manifest_version":1,"keys":[{key},{key}]}}"#);
        for (keys, met) in [(1, true), (2, false)] {
            let limits = Limits {
                keys,
                ..Limits::default()
            };
            let report = report_within("key_manifest.json", text.as_bytes(), &limits);
            assert_eq!(report.files[0].role, "keel.keyManifest");
            let hits = report.limits.iter().filter(|hit| hit.code == ReasonCode::LimitKeyCount);
            assert_eq!(hits.count() == 1, met, "{keys}");
        }
    }

    #[test]
    fn what_a_limit_of_json_kept_out_is_read_once_it_is_raised() {
        let row = |more: &str| {
            format!(
                r#"{{"id":"i","org_id":"o","seq":1,"action":"a","actor":{{}},"occurred_at":"","ingested_at":"","signature":"","metadata":{more}}}"#
            )
        };
        let long = row(&format!("\"{}\"", "x".repeat(17 << 20)));
        let deep = row(&format!("{}{}", "[".repeat(100), "]".repeat(100)));
        for (row, code) in [(long, ReasonCode::LimitLineLength), (deep, ReasonCode::LimitJsonDepth)] {
            let text = format!("{row}\n{row}\n");
            let mut limits = Limits::default();
            let met = |report: &Report| report.reason_codes.contains(&code);
            assert!(met(&report_within("log.ndjson", text.as_bytes(), &limits)), "{code}");
            limits.raise_behind(code);
            let report = report_within("log.ndjson", text.as_bytes(), &limits);
            assert!(!met(&report), "{code}");
            assert_eq!(report.raised.len(), 1);
        }
    }

    #[test]
    fn a_limit_is_named_with_its_value() {
        let deep = "[".repeat(200);
        let report = report(&[("a.json", &deep)]);
        assert_eq!(
            (report.limits[0].code, report.limits[0].value),
            (ReasonCode::LimitJsonDepth, 64)
        );
    }
}
