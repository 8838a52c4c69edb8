//! Title block and conclusion.

use strum::IntoEnumIterator as _;

use super::{fact, facts, in_own_words, not_written};
use crate::document::block::{Block, Value, Words};
use crate::document::gathered::Gathered;
use crate::note::{Engagement, Review, Role};
use crate::present::{TOOL, about, banner, time, time_to_the_second};
use crate::words::note::{role, status};
use crate::words::reliance;
use crate::words::sentence::first_upper;

/// Who it was done for, the verdict, and who stands behind it.
pub(super) fn title(gathered: &Gathered<'_>) -> Vec<Block> {
    let report = gathered.report;
    let words = banner(report, &gathered.groups);
    let mut known = engagement(gathered.review());
    known.extend([
        ("Evidence".into(), Value::code(&report.input.name)),
        ("Kind".into(), Value::words(about(report))),
    ]);
    known.extend(fact("SHA-256 of the evidence", Value::digest(report.input.sha256)));
    known.extend([
        (
            "SHA-256 of the result (body)".into(),
            Value::Hash(gathered.body_sha256.to_hex()),
        ),
        (
            "Checked with".into(),
            Value::words(format!("{TOOL}, rules {}", evidence::RULES)),
        ),
    ]);
    let at = report.policy.reference_time.as_deref();
    known.extend(at.and_then(|at| fact("Reference time", Value::words(time(at)))));
    known.extend(gathered.review().map(people).unwrap_or_default());
    vec![
        Block::Banner {
            verdict: report.verdict,
            word: words.word.into(),
            sentence: words.sentence.into(),
        },
        Block::Facts(known),
    ]
}

fn engagement(review: Option<&Review>) -> Vec<(Words, Value)> {
    let Some(Engagement {
        client,
        engagement_ref,
        control_refs,
        period_from,
        period_to,
        workpaper_ref,
    }) = review.map(|review| &review.engagement)
    else {
        return Vec::new();
    };
    facts(&[
        ("Client", client),
        ("Engagement", engagement_ref),
        ("Workpaper", workpaper_ref),
        ("Period", &period(period_from, period_to)),
        ("Controls", &control_refs.join(", ")),
    ])
}

fn period(from: &str, to: &str) -> String {
    match (from, to) {
        ("", "") => String::new(),
        (from, "") => format!("from {from}"),
        ("", to) => format!("to {to}"),
        (from, to) => format!("{from} to {to}"),
    }
}

/// Who signed off in each role, and how far the note is.
fn people(review: &Review) -> Vec<(Words, Value)> {
    let mut known: Vec<(Words, Value)> = Role::iter()
        .map(|one| {
            let signed = review.signoffs.iter().find(|signoff| signoff.role == one);
            let who = signed.map_or_else(
                || "not signed off".to_owned(),
                |signed| format!("{}, {}", signed.name, time_to_the_second(&signed.at)),
            );
            (first_upper(role(one)).into(), Value::words(who))
        })
        .collect();
    known.push((
        "Review note".into(),
        Value::words(format!("{}, version {}", status(review.status).word, review.version)),
    ));
    known
}

/// What the reviewer concludes.
pub(super) fn conclusion(gathered: &Gathered<'_>) -> Vec<Block> {
    let review = gathered.review();
    let mut blocks = Vec::new();
    match review.and_then(|review| review.conclusion.as_ref()) {
        None => blocks.push(not_written(gathered, "conclusion")),
        Some(conclusion) => {
            blocks.push(Block::Facts(vec![(
                "May the evidence be relied on?".into(),
                Value::words(reliance(conclusion.reliance)),
            )]));
            blocks.extend(in_own_words(&conclusion.text));
            if !conclusion.limits.is_empty() {
                blocks.push(Block::heading("Limits"));
                blocks.push(Block::List(conclusion.limits.iter().map(Words::from).collect()));
            }
        }
    }
    let contradicting = review.map_or(&[][..], |review| &review.contradicting);
    if !contradicting.is_empty() {
        blocks.push(Block::heading("What speaks against the conclusion"));
        let one = |item: &crate::note::Contradicting| match item.refs.as_slice() {
            [] => Words::of(&item.text),
            refs => Words::of(format!("{} ({})", item.text, refs.join(", "))),
        };
        blocks.push(Block::List(contradicting.iter().map(one).collect()));
    }
    blocks
}
