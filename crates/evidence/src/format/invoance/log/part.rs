//! What a part says as a whole, after its last row.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::checks::{Organisation, Whole};
use super::completeness::{self, Files};
use super::feed::Found;
use super::gathered::{Gathered, Read, Seen};
use super::hand_over::HandOver;
use super::population::{lower_case, population};
use super::scope;
use super::sequence::{Figures, Sequences};
use super::statement::Statement;
use crate::check::{Check, Outcome};
use crate::format::Run;
use crate::pack::Refusal;
use crate::reason::ReasonCode;
use crate::report::{Ecosystem, Format, KeySeen, KeyState, Native, Part};
use crate::tally::RunTally;
use crate::verdict::{Verdict, roll_up, verdict, worst};

/// Puts the part together, and what is left to say about the artifacts.
pub(super) fn finish(
    run: &mut Run<'_>,
    gathered: &mut Gathered,
    found: Found,
    mut hand_over: HandOver<'_>,
) -> (Part, Seen) {
    let mut left_out = found.left_out;
    left_out.extend(std::mem::take(&mut hand_over.left_out));
    let mut files = Files::default();
    gathered.remarks.extend(found.remarks);
    for (log, page) in found.pages {
        let path = gathered.logs.get(log).map(|log| log.path.clone()).unwrap_or_default();
        hand_over.page((log, 0), &path, page);
    }
    if let Some(log) = hand_over.more_pages().and_then(|log| gathered.logs.get(log)) {
        gathered.remarks.add(&log.path, ReasonCode::MorePagesExist, String::new);
        files.more_pages = true;
    }
    hand_over.late_answers.compare(&mut hand_over.remarks);
    gathered.remarks.extend(std::mem::take(&mut hand_over.remarks));
    gathered.jobs.append(&mut hand_over.jobs);
    gathered.statements.append(&mut hand_over.statements);
    files.cut = gathered.remarks.has(ReasonCode::TruncatedLastLine);
    let subject = match gathered.logs.as_slice() {
        [only] => only.path.clone(),
        _ => String::new(),
    };
    if hand_over.sequences.beyond() > 0 {
        left_out.refuse(too_many_organisations(run, &subject, &hand_over.sequences));
    }
    files.unread = left_out.first.or_else(|| gathered.unread(run));
    let refusals = left_out.refusals.into_iter();
    let mut seen = Seen {
        read: found.read,
        refusals: refusals.chain(hand_over.late_answers.left_out()).collect(),
        findings: found.findings,
        open: std::mem::take(&mut hand_over.open),
    };
    for (index, role) in hand_over.proofs.used.drain(..) {
        seen.read.insert(
            index,
            Read {
                role: Some(role),
                ..Read::default()
            },
        );
    }
    let part = part(run, gathered, hand_over, files, subject);
    (part, seen)
}

fn too_many_organisations(run: &Run<'_>, subject: &str, sequences: &Sequences) -> Refusal {
    let subject = if subject.is_empty() {
        &run.pack.input.name
    } else {
        subject
    };
    let detail = format!(
        "{} rows of further organisations are in no sequence",
        sequences.beyond()
    );
    Refusal {
        limit: u64::try_from(sequences.most()).ok(),
        ..Refusal::new(ReasonCode::LimitRecordCount, subject, detail)
    }
}

fn part(run: &mut Run<'_>, gathered: &mut Gathered, hand_over: HandOver<'_>, files: Files, subject: String) -> Part {
    let HandOver {
        keys,
        keys_seen,
        sequences,
        mut tally,
        shown,
        rows,
        proofs,
        ..
    } = hand_over;
    let level = rows.level(keys);
    let figures = sequences.finish(run.progress);
    remark_on(gathered, &figures);
    let statements = std::mem::take(&mut gathered.statements);
    let organisations = organisations(run, gathered, &statements, figures, files);
    let remarks = std::mem::take(&mut gathered.remarks);
    let whole = Whole {
        subject: &subject,
        rows: &rows,
        proofs: &proofs,
        organisations: &organisations,
        remarks: &remarks,
        files,
        level,
    };
    let checks = whole.checks();
    for check in &checks {
        tally.check(check);
        run.tally.check(check);
    }
    let native = native(&whole);
    let companions = !statements.is_empty() || !gathered.jobs.is_empty() || !gathered.documents.is_empty();
    let (keys_seen, key_findings) = keys_seen.finish(keys);
    let (proves, does_not_prove) = shown.finish(&organisations, confirmed(&keys_seen), companions);
    let population = organisations
        .iter()
        .map(|organisation| population(organisation, level))
        .collect();
    let mut findings = remarks.into_findings();
    findings.extend(key_findings);
    Part {
        format: format(rows.count, proofs.count),
        subject,
        verdict: part_verdict(&tally, &checks),
        native,
        checks,
        questions: tally.questions(),
        reason_codes: tally.all().reasons,
        counts: tally.counts,
        keys: keys_seen,
        manifests: Vec::new(),
        node_metadata: Vec::new(),
        key_sets: Vec::new(),
        snapshot_comparison: Vec::new(),
        population,
        findings,
        proves,
        does_not_prove,
    }
}

/// Findings that only the whole sequence shows.
fn remark_on(gathered: &mut Gathered, figures: &[(Arc<str>, Figures)]) {
    for (org, figures) in figures {
        if figures.keys.len() > 1 {
            let detail = || format!("{} keys", figures.keys.len());
            gathered.remarks.add(org, ReasonCode::MixedKeys, detail);
        }
        if figures.backwards > 0 {
            let detail = || format!("{} times", figures.backwards);
            gathered.remarks.add(org, ReasonCode::IngestedAtRunsBackwards, detail);
        }
    }
    let known: BTreeSet<&str> = figures.iter().map(|(org, _)| &**org).collect();
    for statement in &gathered.statements {
        let org = statement.org.as_deref();
        if !org.is_some_and(|org| known.contains(org)) {
            let detail = || org.unwrap_or_default().to_owned();
            gathered
                .remarks
                .add(&statement.path, ReasonCode::StatementForAbsentOrg, detail);
        }
    }
}

fn organisations<'s>(
    run: &Run<'_>,
    gathered: &Gathered,
    statements: &'s [Statement],
    figures: Vec<(Arc<str>, Figures)>,
    files: Files,
) -> Vec<Organisation<'s>> {
    let organisation = |(id, figures): (Arc<str>, Figures)| {
        let stated = scope::stated(run.policy.scope, &gathered.jobs, &id);
        let mine = || {
            statements
                .iter()
                .filter(|statement| statement.org.as_deref() == Some(&*id))
        };
        // Of several, the one that claims the highest head.
        let whole = mine()
            .filter(|statement| statement.whole_log)
            .max_by_key(|statement| statement.last_seq);
        Organisation {
            completeness: completeness::judge(&figures, files, stated, whole),
            statement: whole.or_else(|| mine().next()),
            id,
            figures,
            stated,
        }
    };
    figures.into_iter().map(organisation).collect()
}

fn native(whole: &Whole<'_>) -> Native {
    // Remarks of ours are no findings of the spec.
    let of_the_spec = |code: &ReasonCode| {
        !matches!(
            code,
            ReasonCode::ExportCapReached | ReasonCode::IngestedAtRunsBackwards | ReasonCode::OccurredAfterIngested
        )
    };
    let findings = whole.remarks.codes().into_iter().filter(of_the_spec).map(lower_case);
    let limits: BTreeSet<ReasonCode> = whole
        .organisations
        .iter()
        .filter_map(|organisation| organisation.completeness.limit)
        .collect();
    Native {
        ecosystem: Some(Ecosystem::Invoance),
        status: whole.overall().as_str().into(),
        grade: None,
        checks: whole.native_checks(),
        reason_codes: findings.chain(whole.proofs.codes.iter().cloned()).collect(),
        notes: limits.into_iter().map(lower_case).collect(),
        coverage: Vec::new(),
    }
}

/// What the reviewer calls the one confirmed key.
fn confirmed(keys: &[KeySeen]) -> Option<&str> {
    let mut confirmed = keys
        .iter()
        .filter(|key| key.state == KeyState::Confirmed && key.signatures > 0);
    let only = confirmed.next().filter(|_| confirmed.next().is_none())?;
    only.key_id.as_deref().or(only.signs_for.as_deref())
}

fn format(rows: u64, proofs: u64) -> Format {
    let (id, because) = match (rows, proofs) {
        (0, 0) => (
            "invoance.audit-log",
            "files of an Invoance log, without a row that can be read".to_owned(),
        ),
        (0, 1) => ("invoance.proof", "1 Invoance proof other than an audit log".to_owned()),
        (0, count) => (
            "invoance.proof",
            format!("{count} Invoance proofs other than an audit log"),
        ),
        (1, _) => ("invoance.audit-log", "1 row with action, seq or actor".to_owned()),
        (count, _) => ("invoance.audit-log", format!("{count} rows with action, seq or actor")),
    };
    Format {
        id: id.to_owned(),
        because,
    }
}

/// From the records' verdicts and the part's own checks; a check that could not be asked weighs nothing.
fn part_verdict(tally: &RunTally, checks: &[Check]) -> Verdict {
    let asked = checks
        .iter()
        .filter(|check| matches!(check.outcome, Outcome::Fail(_) | Outcome::Undetermined(_)));
    let own = asked.map(|check| verdict(&roll_up([check])));
    worst(tally.worst_record().into_iter().chain(own)).unwrap_or(Verdict::Indeterminate)
}
