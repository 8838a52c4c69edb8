//! The three answers, the counts, and what it all shows and does not show.

use evidence::Question;
use strum::IntoEnumIterator as _;

use crate::document::block::{Answer, Block, Value, Words};
use crate::document::gathered::Gathered;
use crate::document::table::Table;
use crate::present::{counts, does_not_show, records_line, shows as shown, tally, tile};
use crate::words::record_verdict;

/// The three answers and the counts.
pub(super) fn glance(gathered: &Gathered<'_>) -> Vec<Block> {
    vec![
        Block::Answers(Question::iter().map(|question| answer(gathered, question)).collect()),
        Block::paragraph(format!("{}.", records_line(&gathered.report.counts))),
        Block::Table(records(gathered)),
        Block::Table(checks(gathered)),
    ]
}

fn answer(gathered: &Gathered<'_>, question: Question) -> Answer {
    let tile = tile(gathered.report, &gathered.groups, question);
    Answer {
        question: tile.question.into(),
        outcome: tile.outcome,
        lead: tile.lead.into(),
        text: tile.text.into(),
        counted: format!("{}{}", tile.link, tile.rest).into(),
    }
}

fn records(gathered: &Gathered<'_>) -> Table {
    let counts = &gathered.report.counts;
    let row = |verdict, count| vec![Value::words(record_verdict(verdict)), Value::Number(count)];
    let rows = vec![
        row(evidence::Verdict::Verified, counts.verified),
        row(evidence::Verdict::Failed, counts.failed),
        row(evidence::Verdict::Indeterminate, counts.indeterminate),
        row(evidence::Verdict::NotEvidence, counts.not_evidence),
        vec![Value::words("All records"), Value::Number(counts.records)],
    ];
    Table::all(
        "Records by result",
        ["line", "lines"],
        &[("Records by result", 60), ("Records", 20)],
        rows,
    )
    .tally()
}

fn checks(gathered: &Gathered<'_>) -> Table {
    let counts = counts(&tally(&gathered.groups));
    let outcomes = counts.outcomes.iter();
    let mut rows: Vec<_> = outcomes
        .map(|one| {
            let word = one.text.split_once(' ').map_or("", |(_, words)| words);
            vec![
                Value::Mark(one.outcome, crate::words::sentence::first_upper(word).into()),
                Value::Number(one.count),
            ]
        })
        .collect();
    let all = tally(&gathered.groups).total();
    rows.push(vec![Value::words("All checks"), Value::Number(all)]);
    Table::all(
        "Checks by result",
        ["line", "lines"],
        &[("Checks by result", 60), ("Checks", 20)],
        rows,
    )
    .tally()
}

/// What is established, and what is not.
pub(super) fn shows(gathered: &Gathered<'_>) -> Vec<Block> {
    let list = |sentences: Vec<String>| {
        if sentences.is_empty() {
            Block::paragraph("Nothing.")
        } else {
            Block::List(sentences.into_iter().map(Words::from).collect())
        }
    };
    vec![
        Block::heading("This shows"),
        list(shown(gathered.report)),
        Block::heading("This does not show"),
        list(does_not_show(gathered.report)),
    ]
}
