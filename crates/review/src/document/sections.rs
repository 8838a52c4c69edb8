//! The fourteen sections, each a function of what was gathered.

mod appendix;
mod checks;
mod complete;
mod exceptions;
mod head;
mod procedure;
mod received;
mod result;
mod says;
mod signoffs;
mod snapshot;
mod work;

use super::Section;
use super::block::{Block, Value, Words};
use super::gathered::Gathered;

/// Every section, in order.
pub(super) fn all(gathered: &Gathered<'_>) -> Vec<Section> {
    let sections: [(&'static str, Vec<Block>); 14] = [
        ("What was checked", head::title(gathered)),
        ("Conclusion and reliance", head::conclusion(gathered)),
        ("Result at a glance", result::glance(gathered)),
        ("What this shows and does not show", result::shows(gathered)),
        ("Exceptions and follow-up", exceptions::exceptions(gathered)),
        ("What the evidence says", says::says(gathered)),
        ("Evidence received and custody", received::received(gathered)),
        ("Procedure performed", procedure::procedure(gathered)),
        ("Checks", checks::checks(gathered)),
        ("Completeness", complete::complete(gathered)),
        (
            "The sender's saved results beside this check",
            snapshot::snapshot(gathered),
        ),
        ("Notes, decisions and checklist", work::work(gathered)),
        ("Sign-offs and versions", signoffs::signoffs(gathered)),
        ("Appendix", appendix::appendix(gathered)),
    ];
    (1..)
        .zip(sections)
        .map(|(number, (title, blocks))| Section { number, title, blocks })
        .collect()
}

/// What stands where the reviewer wrote nothing, or no note came with the pack.
fn not_written(gathered: &Gathered<'_>, what: &str) -> Block {
    Block::paragraph(match gathered.review() {
        Some(_) => format!("The review note has no {what}."),
        None => format!("This report was made without a review note, so it has no {what}."),
    })
}

/// The reviewer's own words; nothing where there are none.
fn in_own_words(text: &str) -> Option<Block> {
    (!text.trim().is_empty()).then(|| Block::Quote {
        by: "Written by the reviewer".into(),
        text: text.into(),
    })
}

/// A labelled value, unless there is none.
fn fact(label: &str, value: Value) -> Option<(Words, Value)> {
    (value != Value::None).then(|| (label.into(), value))
}

/// Labelled texts, without the empty ones.
fn facts(all: &[(&str, &str)]) -> Vec<(Words, Value)> {
    all.iter()
        .filter_map(|(label, text)| fact(label, Value::words(*text)))
        .collect()
}
