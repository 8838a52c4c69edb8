//! One sequence opened.

use evidence::{Report, Scope};
use serde::Deserialize as _;
use strum::IntoEnumIterator as _;

use crate::sequence::{Kind, Listed, Population, Sequences, State};
use crate::view::{SequenceView, StatementView, SumView};
use crate::words::sentence::{length, number};
use crate::words::{outcome as outcome_word, reason, scope as scope_words, scope_of, state as words};

use super::anchors;
use super::facts::{code, facts, lead};
use super::{starts_late, state_outcome, state_view};
use crate::present::population::Organisation;
use crate::present::text::visible;
use crate::present::{outcome_view, statements};

/// One sequence; nothing where there is no such. Its sentence to copy lacks the input, the tool and the time.
#[must_use]
pub fn sequence(report: &Report, sequences: &Sequences, place: u32) -> Option<SequenceView> {
    let listed = sequences.get(place)?;
    let population = listed.population(report)?;
    let code = code(report, listed);
    let words = code.map(reason);
    let facts = facts(report, listed);
    let chain = population.of == Kind::Chain;
    let scope = if chain {
        COVERS_CHAIN.to_owned()
    } else {
        scope(&population)
    };
    let name = super::name(report, listed);
    let label = if chain { "Chain" } else { "Organisation" };
    let said: Vec<String> = facts
        .iter()
        .map(|fact| format!("{} {}", fact.lead, fact.text))
        .collect();
    let code = code.map_or_else(String::new, |code| code.as_str().to_owned());
    Some(SequenceView {
        sequence: place,
        label: label.to_owned(),
        outcome: outcome_view(listed.outcome),
        outcome_word: outcome_word(listed.outcome).to_owned(),
        lead: lead(report, listed),
        means: words.map_or_else(String::new, |words| words.means.to_owned()),
        next: words.map_or_else(String::new, |words| words.next.to_owned()),
        copy_sentence: format!(
            "{label} {name}: {} {scope}{}",
            said.join(" "),
            if code.is_empty() {
                String::new()
            } else {
                format!(" Result: {code}.")
            }
        ),
        facts,
        code,
        scope,
        sums: sums(listed, &population),
        runs: length(listed.sequence.runs().len()) + 1 + u64::from(starts_late(&listed.sequence)),
        troubled: listed.sequence.troubled(),
        no_statement: if chain { NO_CHECKPOINT } else { NO_STATEMENT }.to_owned(),
        anchors: anchors::anchors(report, listed),
        path: population.thread().path.map(visible).unwrap_or_default(),
        statement: statement(&population),
        name,
    })
}

/// What is said where the sender's service said nothing.
const NO_STATEMENT: &str = "No statement of the sender's service about these numbers came with the evidence. It would say how far the log goes.";

/// What a chain covers.
const COVERS_CHAIN: &str = "It covers the entries from the first to the last that this file shows. Entries before and \
    after them leave no trace in it.";

/// What is said where no checkpoint came with a chain.
const NO_CHECKPOINT: &str = "No checkpoint came with this chain. One made before its first entry and one made after its last would show that \
     nothing was left out at either end.";

fn statement(population: &Population) -> Option<StatementView> {
    let log = Organisation::deserialize(population.entry()).ok()?;
    Some(statements::view(&log, log.statement.as_ref()?))
}

/// What the export covers, and who says so: one sentence.
fn scope(population: &Population) -> String {
    let known = scope_of(population.scope()).filter(|scope| *scope != Scope::Unknown);
    match (
        known.map(|scope| scope_words(scope).clause),
        population.scope_stated_by(),
    ) {
        (Some(clause), "auditor") => format!("It covers {clause}, as the reviewer stated."),
        (Some(clause), "exportJob") => {
            format!("It covers {clause}, as the export job beside it says. Nobody signed that.")
        }
        (Some(clause), _) => format!("It covers {clause}."),
        (None, "auditor") => "What it covers is not known, as the reviewer stated.".to_owned(),
        (None, _) => "What it covers is not stated.".to_owned(),
    }
}

/// Sums that add up to the numbers from the first to the last. What is rarely there is left out where it is not.
fn sums(listed: &Listed, population: &Population) -> Vec<SumView> {
    let totals = listed.sequence.totals();
    let rare = |state: State| {
        matches!(
            state,
            State::Twice | State::SpoiltCopy | State::Unlinked | State::Conflict
        )
    };
    State::iter()
        .filter(|state| totals.of(*state) > 0 || !rare(*state))
        .map(|state| {
            let count = totals.of(state);
            SumView {
                state: state_view(state),
                outcome: state_outcome(state, listed, population.scope()),
                label: words(state).word.to_owned(),
                count: number(count),
                none: count == 0,
            }
        })
        .collect()
}
