//! What is to be said of one sequence: facts first, and what cannot be known last.

use evidence::{ReasonCode, Report};

use crate::sequence::{Kind, Listed, Population, State};
use crate::view::FactView;
use crate::words::reason;
use crate::words::sentence::{count, number};

use super::anchors;
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
    if let Some(population) = chain(report, listed) {
        return of_chain(report, listed, &population);
    }
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

/// What the report says of a chain; none for anything else.
fn chain<'r>(report: &'r Report, listed: &Listed) -> Option<Population<'r>> {
    listed
        .population(report)
        .filter(|population| population.of == Kind::Chain)
}

/// Links first: a number that is missing between two that hold together was never given out.
fn of_chain(report: &Report, listed: &Listed, population: &Population<'_>) -> Vec<FactView> {
    let mut facts: Vec<FactView> = [
        Some(links(listed, population)),
        repeats(population),
        gaps(listed, population),
        unverified(listed),
        twice(listed),
        Some(start(listed, population)),
    ]
    .into_iter()
    .flatten()
    .collect();
    facts.push(end(report, listed));
    facts
}

fn links(listed: &Listed, population: &Population<'_>) -> FactView {
    let (links, breaks) = (population.count("links"), population.count("breaks"));
    let places = || match total(listed, State::Unlinked) {
        // In a file whose order is not that of the numbers, no record shows the break by itself.
        0 => String::new(),
        _ => format!(" {}.", at(listed)),
    };
    match (links, breaks) {
        (0, _) => fact("One entry.", "A chain of one entry has no link to compare.".to_owned()),
        (links, 0) if population.get("order") == "notSorted" => fact(
            "Links not all compared.",
            format!("{} could be compared, and hold.", count(links, "link", "links")),
        ),
        (1, 0) => fact("No link broken.", "The one link holds.".to_owned()),
        (links, 0) => fact(
            "No link broken.",
            format!("All {} hold.", count(links, "link", "links")),
        ),
        (links, breaks) => fact(
            "Chain broken.",
            format!(
                "{} of {} do not hold.{}",
                number(breaks),
                count(links, "link", "links"),
                places()
            ),
        ),
    }
}

/// "Number 7 does not continue the entry before it".
fn at(listed: &Listed) -> String {
    let verb = match total(listed, State::Unlinked) {
        1 => "does not continue the entry before it",
        _ => "do not continue the entries before them",
    };
    format!("{} {verb}", named(listed, State::Unlinked))
}

fn repeats(population: &Population<'_>) -> Option<FactView> {
    let text = match population.count("repeats") {
        0 => return None,
        1 => "One number is used again. Even an identical copy breaks the order.".to_owned(),
        many => format!(
            "{} are used again. Even identical copies break the order.",
            count(many, "number", "numbers")
        ),
    };
    Some(fact("Numbers used again.", text))
}

fn gaps(listed: &Listed, population: &Population<'_>) -> Option<FactView> {
    let many = total(listed, State::Missing);
    if many == 0 {
        return None;
    }
    let whole = listed.sequence.whole();
    let hold = match population.count("breaks") {
        0 => " Every link around them holds, so the chain itself skips them.",
        _ => "",
    };
    let text = format!(
        "{} {} absent between {} and {} ({}).{hold}",
        named(listed, State::Missing),
        if many == 1 { "is" } else { "are" },
        signed(whole.first),
        signed(whole.last),
        count(many, "number", "numbers"),
    );
    Some(fact("Numbers absent.", text))
}

fn start(listed: &Listed, population: &Population<'_>) -> FactView {
    let first = signed(listed.sequence.whole().first);
    match population.get("genesis").as_str() {
        Some("unknown") => fact(
            "Beginning not recognised.",
            format!("Number {first} states a value before it that is none of the known beginnings."),
        ),
        Some(_) => fact(
            "The beginning is here.",
            format!("Number {first} states a known beginning of a chain."),
        ),
        None => fact(
            "The start is a cut.",
            format!("Entries before number {first} are not here. Only a checkpoint before it can show what they were."),
        ),
    }
}

/// What can be known of the end: only where a checkpoint names the last entry as its head.
fn end(report: &Report, listed: &Listed) -> FactView {
    let last = signed(listed.sequence.whole().last);
    if anchors::end_is_head(report, listed) {
        return fact(
            "The end is a checkpoint's head.",
            format!("When the checkpoint was made, number {last} was the last. What came later is not here."),
        );
    }
    tail(listed)
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
