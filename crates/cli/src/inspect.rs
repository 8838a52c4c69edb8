//! `sealcheck inspect`: what a pack holds, without a judgement.

use std::io::Write;

use evidence::{ArtifactState, Input, Pack, Progress};
use review::case_file::input_of;
use review::present::visible;
use serde_json::json;

use crate::args::{InspectArgs, ListFormat};
use crate::end::{End, Failure};
use crate::input::Packs;

pub(crate) fn run(arguments: &InspectArgs, progress: &Progress) -> Result<End, Failure> {
    let packs = Packs::of(&arguments.packs, progress)?;
    let mut out = std::io::stdout().lock();
    let mut ends = Vec::new();
    let mut documents = Vec::new();
    for pack in packs.open(progress) {
        let pack = pack?;
        let input = input_of(&pack, progress)?;
        match arguments.format {
            ListFormat::Text => out.write_all(as_text(&pack, &input).as_bytes())?,
            ListFormat::Json => documents.push(as_json(&pack, &input)),
        }
        ends.push(if pack.refused_whole { End::Unreadable } else { End::Good });
    }
    if arguments.format == ListFormat::Json {
        let document = match documents.as_slice() {
            [only] => only.clone(),
            _ => documents.into(),
        };
        writeln!(out, "{document:#}")?;
    }
    out.flush()?;
    Ok(End::of(ends))
}

fn as_text(pack: &Pack, input: &Input) -> String {
    let mut lines = vec![
        format!("{} ({}, {} bytes)", visible(&input.name), input.kind, input.size),
        match input.sha256 {
            Some(digest) => format!("SHA-256 {digest}"),
            None => "SHA-256 not known: it could not be read".to_owned(),
        },
    ];
    for artifact in &pack.artifacts {
        let path = visible(&artifact.path);
        lines.push(format!("{:>12}  {:<10}  {path}", artifact.size, state(artifact.state)));
    }
    for refusal in &pack.refusals {
        let detail = visible(&refusal.detail);
        lines.push(format!(
            "refused: {} {} {detail}",
            refusal.code,
            visible(&refusal.subject)
        ));
    }
    for finding in &pack.findings {
        let detail = visible(&finding.detail);
        lines.push(format!(
            "remark: {} {} {detail}",
            finding.code,
            visible(&finding.subject)
        ));
    }
    lines.into_iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn as_json(pack: &Pack, input: &Input) -> serde_json::Value {
    let artifacts: Vec<_> = pack
        .artifacts
        .iter()
        .map(|artifact| json!({"path": artifact.path, "size": artifact.size, "gzip": artifact.gzip, "state": state(artifact.state)}))
        .collect();
    let refusals: Vec<_> = pack
        .refusals
        .iter()
        .map(|refusal| json!({"code": refusal.code, "subject": refusal.subject, "detail": refusal.detail}))
        .collect();
    json!({
        "input": input,
        "artifacts": artifacts,
        "refusals": refusals,
        "findings": pack.findings,
        "limits": pack.limits,
    })
}

fn state(state: ArtifactState) -> &'static str {
    match state {
        ArtifactState::Readable => "readable",
        ArtifactState::Ignored => "ignored",
        ArtifactState::Refused(_) => "refused",
    }
}
