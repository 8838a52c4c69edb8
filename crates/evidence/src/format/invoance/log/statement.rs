//! What the service says about a log, unsigned: integrity responses, verify responses, export jobs
//! (`specs/invoance.md` 7.1 and 8). Claims to compare with, never evidence.

use serde_json::Value;

use crate::json::Node;

/// Bytes of a statement up to which it is shown as it stands.
const SHOWN: usize = 256 << 10;

/// What the service says about the sequence of one organisation.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    /// Path of its file.
    pub(super) path: String,
    /// The organisation, where it is a text.
    pub(super) org: Option<String>,
    /// Whether it is about the whole log: only then it takes part in the verdict.
    pub(super) whole_log: bool,
    pub(super) last_seq: Option<i64>,
    pub(super) count: Option<i64>,
    pub(super) expected: Option<i64>,
    pub(super) contiguous: Option<bool>,
    /// The whole of it, as it stands.
    pub(super) shown: Value,
}

impl Statement {
    /// Reads one; `text` is its exact text.
    pub(super) fn read(path: &str, node: &Node<'_>, text: &[u8]) -> Statement {
        let absent = |name: &str| node.get(name).is_none_or(Node::is_null);
        Statement {
            path: path.to_owned(),
            org: node.get("org_id").and_then(Node::as_str).map(str::to_owned),
            whole_log: absent("from") && absent("to"),
            last_seq: integer(node, "last_seq"),
            count: integer(node, "count"),
            expected: integer(node, "expected"),
            contiguous: node.get("contiguous").and_then(Node::as_bool),
            shown: as_it_stands(text),
        }
    }

    /// Whether it says that the log is without gap up to its head, and its own numbers say so, too.
    pub(super) fn is_consistent(&self) -> bool {
        self.count == self.last_seq && self.contiguous == Some(true)
    }
}

fn integer(node: &Node<'_>, name: &str) -> Option<i64> {
    node.get(name)?.as_number()?.parse().ok()
}

fn as_it_stands(text: &[u8]) -> Value {
    if text.len() > SHOWN {
        return Value::Null;
    }
    serde_json::from_slice(text).unwrap_or(Value::Null)
}

/// What a verify response says about one row: its id, and whether the service called it valid.
pub(super) fn verify_response(node: &Node<'_>) -> Option<(String, bool)> {
    let id = node.get("id")?.as_str()?.to_owned();
    Some((id, node.get("valid")?.as_bool()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Bounds, parse};

    fn statement(text: &str) -> Statement {
        let parsed = parse(text.as_bytes(), &Bounds::default()).unwrap();
        Statement::read("integrity.json", &parsed.root, text.as_bytes())
    }

    #[test]
    fn a_statement_with_a_range_is_not_about_the_whole_log() {
        assert!(statement(r#"{"last_seq":5,"contiguous":true}"#).whole_log);
        assert!(statement(r#"{"last_seq":5,"contiguous":true,"from":null,"to":null}"#).whole_log);
        assert!(!statement(r#"{"last_seq":5,"contiguous":true,"from":1,"to":null}"#).whole_log);
    }

    #[test]
    fn a_number_that_is_no_integer_is_no_number() {
        let statement = statement(r#"{"last_seq":5.0,"count":"5","contiguous":"yes"}"#);
        assert_eq!(
            (statement.last_seq, statement.count, statement.contiguous),
            (None, None, None)
        );
    }
}
