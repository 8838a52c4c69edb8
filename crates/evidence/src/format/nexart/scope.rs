//! The ways to hash each type of record: which members, in which order they are tried (`specs/nexart.md` 4).

use super::hash::{object_bytes, present};
use super::record_type::RecordType;
use super::subject::Subject;
use crate::canonical;
use crate::json::Node;
use crate::reason::ReasonCode;

/// Members that an AI record's hash covers when present (4.1).
pub(super) const AI: [&str; 7] = [
    "bundleType",
    "version",
    "createdAt",
    "snapshot",
    "context",
    "contextSummary",
    "policyEvaluation",
];
/// Members without which an AI or code record is no record.
pub(super) const CORE: [&str; 4] = ["bundleType", "version", "createdAt", "snapshot"];
/// Members of a governed step (4.2); `protectedSet` is added to them.
pub(super) const STEP: [&str; 6] = ["bundleType", "version", "schema", "bundleId", "threadId", "step"];
/// Members of a whole governed run.
pub(super) const RUN: [&str; 5] = ["bundleType", "createdAt", "version", "profile", "evidence"];
/// Members that the project hash covers when present.
pub(super) const PROJECT: [&str; 14] = [
    "bundleType",
    "version",
    "protocolVersion",
    "projectBundleId",
    "projectTitle",
    "startedAt",
    "completedAt",
    "totalSteps",
    "stepRegistry",
    "projectGoal",
    "projectSummary",
    "appName",
    "frameworkName",
    "tags",
];
/// Members that cannot be inside the project hash.
const NEVER: [&str; 5] = ["integrity", "embeddedBundles", "nodeReceipt", "receipt", "meta"];

/// One way to hash a record: named members and their bytes.
pub(super) struct Scope {
    /// Their names, sorted.
    pub(super) names: Vec<String>,
    /// The canonical object of exactly them.
    pub(super) bytes: Vec<u8>,
    /// What a match by this scope leaves to be said.
    pub(super) note: Option<ReasonCode>,
}

/// The members that a governed record's hash covers.
pub(super) fn governed_names(record_type: RecordType) -> impl Iterator<Item = &'static str> {
    let names: &[&str] = if record_type == RecordType::GovernedRun {
        &RUN
    } else {
        &STEP
    };
    names.iter().copied().chain(["protectedSet"])
}

/// The ways to hash this type of record, in the order in which they are tried.
pub(super) fn scopes(subject: &Subject<'_, '_>, record_type: RecordType) -> Result<Vec<Scope>, ReasonCode> {
    let cer = subject.cer;
    match record_type {
        RecordType::Ai | RecordType::HashOnly => ai_scopes(cer),
        RecordType::Code => {
            let wide: Vec<_> = all_but(cer, &["certificateHash"]);
            Ok(vec![
                scope(&present(cer, &CORE), None)?,
                scope(&wide, Some(ReasonCode::LegacyHashScope))?,
            ])
        }
        RecordType::GovernedStep | RecordType::GovernedRun => {
            let names: Vec<&str> = governed_names(record_type).collect();
            Ok(vec![scope(&present(cer, &names), None)?])
        }
        RecordType::Project => project_scopes(cer),
    }
}

fn ai_scopes(cer: &Node<'_>) -> Result<Vec<Scope>, ReasonCode> {
    let full = present(cer, &AI);
    let mut scopes = vec![scope(&full, None)?];
    let without_context: Vec<_> = full
        .iter()
        .copied()
        .filter(|(name, _)| !matches!(*name, "context" | "contextSummary"))
        .collect();
    if let Some(signals) = reduced_context(cer) {
        scopes.push(Scope {
            names: sorted(full.iter().map(|(name, _)| *name)),
            bytes: with_signals_only(&full, signals)?,
            note: Some(ReasonCode::ContextNotProtected),
        });
    }
    if without_context.len() < full.len() {
        scopes.push(scope(&without_context, Some(ReasonCode::ContextNotProtected))?);
    }
    Ok(scopes)
}

/// The signals of a context that has other members as well.
fn reduced_context<'n, 'a>(cer: &'n Node<'a>) -> Option<&'n Node<'a>> {
    let context = cer.get("context")?;
    let signals = context.get("signals")?;
    context
        .members()
        .iter()
        .any(|member| member.name.as_str() != Some("signals"))
        .then_some(signals)
}

/// The canonical object with `context` reduced to `{signals}`, put together from canonical members.
fn with_signals_only(full: &[(&str, &Node<'_>)], signals: &Node<'_>) -> Result<Vec<u8>, ReasonCode> {
    let mut names: Vec<_> = full.to_vec();
    names.sort_by_key(|(name, _)| *name);
    let mut bytes = vec![b'{'];
    for (position, (name, value)) in names.into_iter().enumerate() {
        if position > 0 {
            bytes.push(b',');
        }
        canonical::write_string(name, &mut bytes);
        bytes.push(b':');
        if name == "context" {
            canonical::write_members([("signals", signals)], &mut bytes)?;
        } else {
            canonical::write(value, &mut bytes)?;
        }
    }
    bytes.push(b'}');
    Ok(bytes)
}

/// The known list; then, for members it does not know, everything but what cannot be inside.
fn project_scopes(cer: &Node<'_>) -> Result<Vec<Scope>, ReasonCode> {
    let without_summary: Vec<&str> = NEVER.iter().copied().chain(["finalOutputSummary"]).collect();
    Ok(vec![
        scope(&present(cer, &PROJECT), None)?,
        scope(&all_but(cer, &without_summary), None)?,
        scope(&all_but(cer, &NEVER), None)?,
    ])
}

/// A scope of exactly these members.
fn scope(members: &[(&str, &Node<'_>)], note: Option<ReasonCode>) -> Result<Scope, ReasonCode> {
    Ok(Scope {
        names: sorted(members.iter().map(|(name, _)| *name)),
        bytes: object_bytes(members).map_err(|_| ReasonCode::BundleCorrupted)?,
        note,
    })
}

/// Every member but these.
fn all_but<'n, 'a>(value: &'n Node<'a>, left_out: &[&str]) -> Vec<(&'n str, &'n Node<'a>)> {
    value
        .members()
        .iter()
        .filter_map(|member| Some((member.name.as_str()?, &member.value)))
        .filter(|(name, _)| !left_out.contains(name))
        .collect()
}

fn sorted<'s>(names: impl Iterator<Item = &'s str>) -> Vec<String> {
    let mut names: Vec<String> = names.map(str::to_owned).collect();
    names.sort();
    names
}
