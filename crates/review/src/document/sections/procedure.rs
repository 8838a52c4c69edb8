//! What was done: by the reviewer, by the program, with which keys, on which sample.

use super::says::facts;
use super::{in_own_words, not_written};
use crate::document::block::{Block, Value, Words};
use crate::document::gathered::Gathered;
use crate::document::table::{Row, Table};
use crate::note::sample::Sample;
use crate::present::{Context, TOOL, keys, raised_limits, time};
use crate::view::KeyView;
use crate::words::{method, scope};

/// Procedure, tool, keys, sample.
pub(super) fn procedure(gathered: &Gathered<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let stated = gathered.review().map(|review| &review.procedure);
    let told = stated.map(|stated| {
        [
            ("Objective", &stated.objective),
            ("What was done", &stated.description),
            ("Deviations", &stated.deviations),
        ]
    });
    for (title, text) in told.into_iter().flatten() {
        if let Some(words) = in_own_words(text) {
            blocks.extend([Block::heading(title), words]);
        }
    }
    if blocks.is_empty() {
        blocks.push(not_written(gathered, "description of the procedure"));
    }
    blocks.extend([
        Block::heading("Tool and parameters"),
        Block::Facts(parameters(gathered)),
    ]);
    blocks.push(Block::heading("Keys"));
    blocks.extend(used(gathered));
    blocks.push(Block::heading("Sample"));
    match gathered.review().and_then(|review| review.sample.as_ref()) {
        Some(sample) => blocks.extend(drawn(sample)),
        None => blocks.push(Block::paragraph(
            "The program checked every record. No sample was drawn for further work.",
        )),
    }
    blocks
}

fn parameters(gathered: &Gathered<'_>) -> Vec<(Words, Value)> {
    let policy = &gathered.report.policy;
    let require: Vec<&str> = policy.require.iter().map(|layer| (*layer).into()).collect();
    let or_none = |text: String, none: &str| Value::words(if text.is_empty() { none.to_owned() } else { text });
    vec![
        ("Tool".into(), Value::words(TOOL)),
        ("Rules".into(), Value::words(evidence::RULES)),
        ("Format".into(), Value::code(&gathered.report.format.id)),
        ("Recognised by".into(), Value::words(&gathered.report.format.because)),
        (
            "Reference time".into(),
            or_none(
                policy.reference_time.as_deref().map(time).unwrap_or_default(),
                "none was stated",
            ),
        ),
        (
            "Layers required".into(),
            or_none(require.join(", "), "those of the format"),
        ),
        (
            "Limits raised for this pack".into(),
            or_none(raised_limits(gathered.report), "none"),
        ),
        (
            "Scope stated by the reviewer".into(),
            or_none(
                policy
                    .scope
                    .map(|stated| scope(stated).clause.to_owned())
                    .unwrap_or_default(),
                "none",
            ),
        ),
    ]
}

/// The keys, which are told without the name of the key book: another person's may bear another.
fn used(gathered: &Gathered<'_>) -> Vec<Block> {
    let view = keys(gathered.report, &Context::default());
    if view.keys.is_empty() {
        return vec![Block::paragraph(view.empty)];
    }
    let columns = [
        ("Key", 24),
        ("State and confirmation", 50),
        ("Used for", 16),
        ("Fingerprint (SHA-256)", 36),
    ];
    let rows = view.keys.iter().map(key).collect();
    vec![
        Block::paragraph(view.sentence),
        Block::Table(Table::all("Keys", ["key", "keys"], &columns, rows)),
    ]
}

fn key(key: &KeyView) -> Row {
    let told = facts(&key.facts);
    let confirmed: Vec<String> = told
        .iter()
        .map(|(label, value)| format!("{label}: {}", value.text()))
        .collect();
    vec![
        Value::words(format!("{} ({})", key.name, key.origin_label)),
        Value::words(format!("{}\n{}", key.sentence, confirmed.join("\n"))),
        Value::words(&key.used_for),
        key.fingerprint.as_deref().map_or(Value::None, Value::code),
    ]
}

fn drawn(sample: &Sample) -> Vec<Block> {
    let (way, means) = method(sample.method);
    let known = vec![
        ("Method".into(), Value::words(format!("{way}. {means}"))),
        ("Seed".into(), Value::code(&sample.seed)),
        ("Items asked for".into(), Value::Number(sample.asked)),
        ("Items drawn".into(), Value::Number(sample.size)),
        ("Population".into(), Value::Number(sample.population_count)),
        (
            "SHA-256 of the population".into(),
            Value::Hash(sample.population_sha256.to_hex()),
        ),
    ];
    let rows = sample.selected.iter().zip(&sample.selected_ids);
    let rows = rows
        .map(|(number, id)| vec![Value::Number(number), Value::code(id)])
        .collect();
    let columns = [("Record", 10), ("Id", 70)];
    vec![
        Block::Facts(known),
        Block::Table(Table::all("Sample", ["item", "items"], &columns, rows)),
    ]
}
