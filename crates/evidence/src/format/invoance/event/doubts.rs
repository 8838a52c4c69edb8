//! What makes a row mean different things to different readers (`specs/invoance.md` 3.1, 4).

use crate::json::{Node, Parsed, Value};

/// What makes a row mean different things to different readers, wherever in it that stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in super::super) struct Doubts {
    /// An object has two members of one name.
    pub(in super::super) doubled: bool,
    /// A string holds half of a surrogate pair.
    pub(super) lone_surrogate: bool,
}

impl Doubts {
    /// The same about a document: most have no flaw, and then there is nothing to look for.
    pub(in super::super) fn of(parsed: &Parsed<'_>) -> Doubts {
        if parsed.flaws.is_empty() {
            Doubts::default()
        } else {
            Doubts::about(&parsed.root)
        }
    }

    /// The doubts about a value and all that is in it. The reader has seen to its depth.
    pub(in super::super) fn about(node: &Node<'_>) -> Doubts {
        let mut doubts = Doubts::default();
        doubts.look_at(node);
        doubts
    }

    fn look_at(&mut self, node: &Node<'_>) {
        match &node.value {
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
            Value::String(text) => self.lone_surrogate |= text.lone_units().is_some(),
            Value::Array(items) => items.iter().for_each(|item| self.look_at(item)),
            Value::Object(members) => {
                self.doubled |= has_doubled_name(node);
                for member in members {
                    self.lone_surrogate |= member.name.lone_units().is_some();
                    self.look_at(&member.value);
                }
            }
        }
    }
}

/// Up to this many members each name is compared with each.
const FEW: usize = 24;

fn has_doubled_name(object: &Node<'_>) -> bool {
    let members = object.members();
    if members.len() <= FEW {
        let mut rest = members;
        while let Some((first, others)) = rest.split_first() {
            if others.iter().any(|other| other.name == first.name) {
                return true;
            }
            rest = others;
        }
        return false;
    }
    let mut names: Vec<_> = members
        .iter()
        .map(|member| (member.name.as_str(), member.name.lone_units()))
        .collect();
    names.sort_unstable();
    names.windows(2).any(|pair| pair.first() == pair.last())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Bounds, parse};

    #[track_caller]
    fn doubts(text: &str) -> (bool, bool) {
        let parsed = parse(text.as_bytes(), &Bounds::default()).expect("JSON");
        let doubts = Doubts::about(&parsed.root);
        (doubts.doubled, doubts.lone_surrogate)
    }

    #[test]
    fn a_doubled_name_is_seen_at_any_depth_and_through_escapes() {
        assert_eq!(doubts(r#"{"a":[{"b":{"c":1,"\u0063":2}}]}"#), (true, false));
        assert_eq!(doubts(r#"{"a":{"c":1},"b":{"c":2}}"#), (false, false));
        assert_eq!(doubts(r#"{"\ud800":1,"\uD800":2}"#), (true, true));
    }

    #[test]
    fn a_doubled_name_is_seen_among_many() {
        let members: Vec<String> = (0..100).map(|number| format!("\"m{number}\":0")).collect();
        let members = members.join(",");
        assert_eq!(doubts(&format!("{{{members}}}")), (false, false));
        assert_eq!(doubts(&format!("{{{members},\"m0\":0}}")), (true, false));
    }

    #[test]
    fn a_lone_surrogate_is_seen_in_a_value() {
        assert_eq!(doubts(r#"{"a":["\ud83d"]}"#), (false, true));
        assert_eq!(doubts(r#"{"a":["\ud83d\ude00"]}"#), (false, false));
    }
}
