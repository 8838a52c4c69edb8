//! The heads of a checkpoint, and the hash over them (`specs/keel.md` 7, step 1).

use super::super::chain::Sequence;
use crate::digest::Digest;
use crate::json::{Node, Value};

/// The head of one chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Head {
    /// The scope.
    pub(in super::super) scope: String,
    /// The number.
    pub(in super::super) sequence: Sequence,
    /// The record hash of that entry, as text.
    pub(in super::super) hash: String,
}

/// Reads `chain_heads`; an absent or null one has no heads.
///
/// # Errors
/// What is wrong with the first head that cannot be read.
pub(super) fn read(heads: Option<&Node<'_>>) -> Result<Vec<Head>, String> {
    let Some(heads) = heads.filter(|heads| !heads.is_null()) else {
        return Ok(Vec::new());
    };
    if !heads.is_object() {
        return Err("chain_heads is no object".to_owned());
    }
    let mut read = Vec::new();
    for member in heads.members() {
        let scope = member.name.as_str().ok_or("a scope name is no Unicode text")?;
        let sequence = match member.value.get("sequence_number").map(|number| &number.value) {
            Some(Value::Number(literal)) => Sequence::parse(literal),
            _ => None,
        };
        let hash = member.value.get("last_record_hash").and_then(Node::as_str);
        read.push(Head {
            scope: scope.to_owned(),
            sequence: sequence.ok_or_else(|| format!("the sequence_number of {scope} is no integer"))?,
            hash: hash
                .ok_or_else(|| format!("the last_record_hash of {scope} is no text"))?
                .to_owned(),
        });
    }
    // The bytes of UTF-8 order as code points do.
    read.sort_by(|one, other| one.scope.cmp(&other.scope));
    Ok(read)
}

/// The hash over the heads, sorted by scope.
pub(super) fn composite(heads: &[Head]) -> Digest {
    let lines = heads
        .iter()
        .map(|head| format!("{}:{}:{}", head.scope, head.sequence, head.hash));
    Digest::of(lines.collect::<Vec<_>>().join("\n").as_bytes())
}

/// The first scope whose name could be read as several lines.
pub(super) fn ambiguous(heads: &[Head]) -> Option<&str> {
    let scopes = heads.iter().map(|head| head.scope.as_str());
    let mut broken = scopes.filter(|scope| scope.contains(['\n', '\r']));
    broken.next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Bounds, parse};

    fn heads(text: &str) -> Result<Vec<Head>, String> {
        read(Some(&parse(text.as_bytes(), &Bounds::default()).expect("JSON").root))
    }

    #[test]
    fn the_composite_hash_is_over_sorted_lines() {
        let read = heads(
            r#"{"b:1":{"sequence_number":9007199254740993,"last_record_hash":"h"},
                "a":{"sequence_number":-0,"last_record_hash":""}}"#,
        );
        let expected = Digest::of(b"a:0:\nb:1:9007199254740993:h");
        assert_eq!(composite(&read.expect("heads")), expected);
    }

    #[test]
    fn no_heads_hash_to_nothing() {
        assert_eq!(composite(&read(None).expect("heads")), Digest::of(b""));
    }

    #[test]
    fn a_head_needs_an_integer_and_a_text() {
        for head in [
            r#"{"sequence_number":true,"last_record_hash":"h"}"#,
            r#"{"sequence_number":1.0,"last_record_hash":"h"}"#,
            r#"{"sequence_number":"1","last_record_hash":"h"}"#,
            r#"{"sequence_number":1}"#,
            "1",
        ] {
            assert!(heads(&format!("{{\"a\":{head}}}")).is_err(), "{head}");
        }
        assert!(heads("[]").is_err());
    }
}
