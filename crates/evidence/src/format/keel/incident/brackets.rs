//! The checkpoints around the events of an incident bundle (`specs/keel.md` 8).
//!
//! The layout of `bracket_checkpoints.json` is not published: checkpoints are looked for under any name.

use jiff::Timestamp;

use super::super::checkpoint::{self, Claimed, Judged, Side, Signer};
use super::super::moment::moment;
use crate::json::{Node, Value};
use crate::time_stamp::Roots;

/// A checkpoint of the document.
#[derive(Debug)]
pub(in super::super) struct Bracket {
    /// Which side of the events it stands on.
    pub(in super::super) side: Side,
    /// JSON pointer of the checkpoint inside the document.
    pub(in super::super) pointer: String,
    /// The checkpoint by itself.
    pub(in super::super) judged: Judged,
}

/// Finds and judges the checkpoints of `bracket_checkpoints.json`. `subject` is the document's path.
pub(in super::super) fn brackets(
    document: &Node<'_>,
    subject: &str,
    signer: &dyn Fn(&Claimed<'_>) -> Signer,
    roots: &Roots,
) -> Vec<Bracket> {
    let mut found = Vec::new();
    find(document, "", None, &mut found);
    let sides = sides(&found);
    let brackets = found.into_iter().zip(sides).map(|(found, side)| {
        let subject = format!("{subject}#{}", found.pointer);
        Bracket {
            side,
            judged: checkpoint::judge(found.node, &subject, signer, roots),
            pointer: found.pointer,
        }
    });
    brackets.collect()
}

/// A checkpoint that was found, not yet judged.
struct Found<'n, 'a> {
    node: &'n Node<'a>,
    pointer: String,
    /// The side that a name on the way to it tells.
    named: Option<Side>,
}

/// Looks for checkpoints in a value; the reader bounds its depth.
fn find<'n, 'a>(node: &'n Node<'a>, pointer: &str, named: Option<Side>, found: &mut Vec<Found<'n, 'a>>) {
    if checkpoint::is_checkpoint(node) {
        found.push(Found {
            node,
            pointer: pointer.to_owned(),
            named,
        });
        return;
    }
    match &node.value {
        Value::Object(members) => {
            for member in members {
                let name = member.name.lossy();
                let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
                find(&member.value, &pointer, side(&name).or(named), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                find(item, &format!("{pointer}/{index}"), named, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The side that a name tells.
fn side(name: &str) -> Option<Side> {
    let name = name.to_lowercase();
    let words = || name.split(|letter: char| !letter.is_alphabetic());
    let tells = |parts: &[&str], whole: &[&str]| {
        parts.iter().any(|part| name.contains(part)) || words().any(|word| whole.contains(&word))
    };
    if tells(&["before", "opening", "previous"], &["start"]) {
        Some(Side::Before)
    } else if tells(&["after", "closing"], &["next", "end"]) {
        Some(Side::After)
    } else {
        None
    }
}

/// The side of each: by its name, else by its time, the earliest before and the latest after.
fn sides(found: &[Found<'_, '_>]) -> Vec<Side> {
    let time = |found: &Found<'_, '_>| found.node.get("computed_at").and_then(Node::as_str).and_then(moment);
    let times: Vec<Option<Timestamp>> = found.iter().map(time).collect();
    let known = || times.iter().flatten();
    let (earliest, latest) = (known().min(), known().max());
    let by_time = |time: Option<Timestamp>| match time.as_ref() {
        time if time.is_none() || earliest == latest => Side::Any,
        time if time == earliest => Side::Before,
        time if time == latest => Side::After,
        _ => Side::Any,
    };
    found
        .iter()
        .zip(&times)
        .map(|(found, time)| found.named.unwrap_or_else(|| by_time(*time)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Bounds, parse};

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Side)]) {
        let parsed = parse(text.as_bytes(), &Bounds::default()).expect("JSON");
        let signer = |_: &Claimed<'_>| Signer { key: None, doubt: None };
        let found = brackets(&parsed.root, "b.json", &signer, &Roots::default());
        let found: Vec<_> = found
            .iter()
            .map(|bracket| (bracket.pointer.as_str(), bracket.side))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    /// A checkpoint of this time.
    fn checkpoint(time: &str) -> String {
        format!(r#"{{"chain_heads":{{}},"composite_hash":"","computed_at":"{time}"}}"#)
    }

    #[test]
    fn names_tell_the_side() {
        let one = checkpoint("2026-05-07T12:00:00Z");
        check(
            &format!(r#"{{"schema":"x","after":{one},"before":{one}}}"#),
            &[("/after", Side::After), ("/before", Side::Before)],
        );
        check(
            &format!(r#"{{"window_end":{one},"pending":{one},"opening/checkpoint":{{"x":{one}}}}}"#),
            &[
                ("/window_end", Side::After),
                ("/pending", Side::Any),
                ("/opening~1checkpoint/x", Side::Before),
            ],
        );
    }

    #[test]
    fn without_names_the_time_tells_the_side() {
        let times = ["2026-05-07T13:00:00Z", "2026-05-07T12:00:00Z", "2026-05-07T12:30:00Z"].map(checkpoint);
        check(
            &format!("[{}]", times.join(",")),
            &[("/0", Side::After), ("/1", Side::Before), ("/2", Side::Any)],
        );
    }

    #[test]
    fn a_lone_checkpoint_without_a_name_is_on_no_side() {
        check(&checkpoint("2026-05-07T13:00:00Z"), &[("", Side::Any)]);
        check("{}", &[]);
    }
}
