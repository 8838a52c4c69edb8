//! What is to be said of one sequence: facts first, and what cannot be known last.

use evidence::{ReasonCode, Report};

use crate::sequence::{Listed, State};
use crate::view::FactView;
use crate::words::reason;
use crate::words::sentence::count;

use super::numbers::{signed, stretches};
use super::starts_late;

/// Stretches that a sentence names; more are counted.
const NAMED: usize = 12;

fn fact(lead: &str, text: String) -> FactView {
    FactView {
        lead: lead.to_owned(),
        text,
    }
}

/// The first words of a sequence's result, for lists.
pub(super) fn lead(report: &Report, listed: &Listed) -> String {
    let code = code(report, listed);
    let words = code.map(reason);
    words
        .and_then(|words| words.lead)
        .map_or_else(|| facts(report, listed).swap_remove(0).lead, str::to_owned)
}

/// The result of the check of completeness: the engine's word, passed or not.
pub(super) fn code(report: &Report, listed: &Listed) -> Option<ReasonCode> {
    listed
        .population(report)
        .and_then(|population| population.result())
        .or(listed.outcome.reason())
}

/// The facts, the gravest first; the last says what cannot be known of the end.
pub(super) fn facts(report: &Report, listed: &Listed) -> Vec<FactView> {
    let mut facts: Vec<FactView> = [
        conflicts(listed),
        id_conflicts(report, listed),
        missing(report, listed),
        unverified(listed),
        no_gap(listed),
        twice(listed),
        spoilt(listed),
        late_start(listed),
        statement_goes_on(report, listed),
    ]
    .into_iter()
    .flatten()
    .collect();
    facts.push(tail(listed));
    facts
}

fn total(listed: &Listed, state: State) -> u64 {
    listed.sequence.totals().of(state)
}

fn named(listed: &Listed, state: State) -> String {
    let runs = listed.sequence.runs().iter().filter(|run| run.state == state);
    let numbers = if total(listed, state) == 1 { "Number" } else { "Numbers" };
    format!("{numbers} {}", stretches(runs.map(|run| (run.first, run.last)), NAMED))
}

fn conflicts(listed: &Listed) -> Option<FactView> {
    let have = match total(listed, State::Conflict) {
        0 => return None,
        1 => "has",
        _ => "each have",
    };
    let text = format!(
        "{} {have} two different records that both verify.",
        named(listed, State::Conflict)
    );
    Some(fact("Two histories.", text))
}

fn id_conflicts(report: &Report, listed: &Listed) -> Option<FactView> {
    let text = match listed.population(report)?.id_conflicts() {
        0 => return None,
        1 => "One id stands under two numbers, and both records verify.".to_owned(),
        many => format!(
            "{} stand under two numbers each, and all these records verify.",
            count(many, "id", "ids")
        ),
    };
    Some(fact("Ids used twice.", text))
}

fn missing(report: &Report, listed: &Listed) -> Option<FactView> {
    let many = total(listed, State::Missing);
    if many == 0 {
        return None;
    }
    let whole = listed.sequence.whole();
    let filtered = listed
        .population(report)
        .is_some_and(|population| population.scope() == "filtered");
    let text = format!(
        "{} {} absent between {} and {} ({}).",
        named(listed, State::Missing),
        if many == 1 { "is" } else { "are" },
        signed(whole.first),
        signed(whole.last),
        count(many, "record", "records"),
    );
    Some(fact(
        if filtered {
            "Numbers absent."
        } else {
            "Records missing."
        },
        text,
    ))
}

fn unverified(listed: &Listed) -> Option<FactView> {
    let text = match total(listed, State::Unverified) {
        0 => return None,
        1 => format!(
            "{} is present, but does not verify. It does not fill its place.",
            named(listed, State::Unverified)
        ),
        many => format!(
            "{} are present, but do not verify ({}). They do not fill their places.",
            named(listed, State::Unverified),
            count(many, "number", "numbers")
        ),
    };
    Some(fact("Not filled.", text))
}

fn no_gap(listed: &Listed) -> Option<FactView> {
    if total(listed, State::Missing) > 0 || total(listed, State::Unverified) > 0 {
        return None;
    }
    let once = total(listed, State::Present) == listed.sequence.totals().all();
    let whole = listed.sequence.whole();
    let once = if once { ", once each" } else { "" };
    let text = if whole.first == whole.last {
        format!(
            "Number {} is the only one, and present{}.",
            signed(whole.first),
            once.replace(" each", "")
        )
    } else {
        format!(
            "Numbers {} to {} are all present{once}.",
            signed(whole.first),
            signed(whole.last)
        )
    };
    Some(fact("No gap seen.", text))
}

fn twice(listed: &Listed) -> Option<FactView> {
    let text = match total(listed, State::Twice) {
        0 => return None,
        1 => format!(
            "{} has identical copies, which are counted once.",
            named(listed, State::Twice)
        ),
        _ => format!(
            "{} have identical copies, which are counted once.",
            named(listed, State::Twice)
        ),
    };
    Some(fact("Present more than once.", text))
}

fn spoilt(listed: &Listed) -> Option<FactView> {
    let verb = match total(listed, State::SpoiltCopy) {
        0 => return None,
        1 => "has",
        _ => "have",
    };
    let text = format!(
        "{} {verb} a further record that does not verify, beside one that does.",
        named(listed, State::SpoiltCopy)
    );
    Some(fact("Copies that do not verify.", text))
}

fn late_start(listed: &Listed) -> Option<FactView> {
    starts_late(&listed.sequence).then(|| {
        let first = signed(listed.sequence.whole().first);
        let text = format!(
            "Numbers below {first} are not here. The evidence cannot say whether they expired or were left out."
        );
        fact("The start cannot be confirmed.", text)
    })
}

fn statement_goes_on(report: &Report, listed: &Listed) -> Option<FactView> {
    let population = listed.population(report)?;
    let theirs = population
        .get("statement")
        .get("integrity")?
        .get("last_seq")?
        .as_i64()?;
    let ours = listed.sequence.whole().last;
    if theirs <= ours {
        return None;
    }
    let text = format!(
        "It names {} as the last number; here {} is ({}).",
        signed(theirs),
        signed(ours),
        count(theirs.abs_diff(ours), "record more", "records more")
    );
    Some(fact("The sender's statement goes further.", text))
}

fn tail(listed: &Listed) -> FactView {
    let last = signed(listed.sequence.whole().last);
    let text = format!("Records removed after number {last} would leave no gap. A signed checkpoint would settle it.");
    fact("The end cannot be confirmed.", text)
}
