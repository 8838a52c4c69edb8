//! Whether a large file is surely an audit log, by its beginning alone.

use super::survey::EVENTS;
use crate::container::Limits;
use crate::format::signs::is_audit_row;
use crate::json::stream::{Nested, Piece};
use crate::json::{self, Bounds};

/// Whether the first value of a text is a row beyond doubt: as a line, or as an element of an array or of a page.
pub(crate) fn glance(head: &[u8]) -> bool {
    let limits = Limits::default();
    let bounds = super::bounds(&limits);
    first_row(head, &bounds, limits.line_length).is_some_and(|text| {
        let parsed = json::parse(&text, &bounds);
        parsed.is_ok_and(|parsed| is_audit_row(&parsed.root))
    })
}

fn first_row(head: &[u8], bounds: &Bounds, longest: u64) -> Option<Vec<u8>> {
    let text = json::without_bom(head).trim_ascii_start();
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if json::parse(line, bounds).is_ok_and(|parsed| is_audit_row(&parsed.root)) {
        return Some(line.to_vec());
    }
    Nested::new(text, EVENTS, longest).find_map(|piece| match piece {
        Ok(Piece::Element(chunk)) => Some(chunk.text),
        Ok(Piece::Member(..) | Piece::TooLong { .. }) | Err(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str =
        r#"{"org_id":"o","seq":1,"action":"a","actor":{},"occurred_at":"","ingested_at":"","signature":""}"#;

    #[test]
    fn a_log_is_known_in_each_of_its_forms() {
        assert!(glance(format!("{ROW}\n{{\"cut").as_bytes()));
        assert!(glance(format!("\u{feff} [\n{ROW},").as_bytes()));
        assert!(glance(format!("{{\"next_cursor\":null,\"events\":[{ROW}").as_bytes()));
    }

    #[test]
    fn what_another_format_might_claim_is_not_known_at_a_glance() {
        for text in ["", "{", "[", r#"{"action":"a","actor":{}}"#, "{\"a\":1}\n"] {
            assert!(!glance(text.as_bytes()), "{text}");
        }
    }
}
