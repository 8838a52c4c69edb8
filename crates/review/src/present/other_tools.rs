//! "Another tool says that this row was changed": what the issuer's own tools compute for a row whose text they write
//! differently, beside what was computed here (`specs/invoance.md` 11).

use evidence::canonical::write_string;
use evidence::json::{self, Bounds, DEPTH_CEILING, Node};
use evidence::{CheckId, Digest, Ecosystem, Exhibit, ReasonCode, Record, canonical};

use crate::view::{OtherTool, OtherToolsView};

/// Whole numbers up to here are exact in tools that keep numbers as doubles.
const EXACT: u64 = 1 << 53;

/// Bounds of the signed bytes, which the engine wrote itself.
const BOUNDS: Bounds = Bounds {
    depth: DEPTH_CEILING,
    nodes: usize::MAX,
    string: usize::MAX,
    memory: usize::MAX,
};

/// What other tools make of a row; none where they agree with this program.
pub(super) fn other_tools(record: &Record, exhibit: &Exhibit) -> Option<OtherToolsView> {
    if record.ecosystem != Ecosystem::Invoance {
        return None;
    }
    if record.reason_codes.contains(&ReasonCode::DuplicateKey) {
        return Some(laxer());
    }
    let seal = exhibit.seals.iter().find(|seal| seal.check == CheckId::PayloadHash)?;
    let parsed = json::parse(&seal.bytes, &BOUNDS).ok()?;
    let spelling = Spelling::of(&parsed.root);
    let ours = Digest::of(&seal.bytes);
    let tools = [
        ("Go SDK 0.2.0", spelling.for_go(), go(&parsed.root)),
        ("Audit viewer 0.1.2", spelling.for_viewer(), viewer(&parsed.root)),
    ];
    let tools: Vec<OtherTool> = tools
        .into_iter()
        .filter_map(|(tool, because, bytes)| {
            let hash = Digest::of(&bytes?);
            (hash != ours).then(|| OtherTool {
                tool: tool.to_owned(),
                because,
                sha256: hash.to_hex(),
            })
        })
        .collect();
    (!tools.is_empty()).then(|| OtherToolsView {
        title: TITLE.to_owned(),
        text: "Some of the issuer's own tools write this row in another way before they compute its fingerprint. \
               They then report a mismatch, although the row is as it was signed. Neither tool was run here: \
               their fingerprints were computed by the rules they follow."
            .to_owned(),
        ours: ours.to_hex(),
        tools,
    })
}

const TITLE: &str = "Another tool gives another answer?";

/// Tools that read a doubled name take its last value without a word.
fn laxer() -> OtherToolsView {
    OtherToolsView {
        title: TITLE.to_owned(),
        text: "The issuer's tools take the last of two values with one name, and may accept this row. \
               Another program could show the first. So this program does not use it."
            .to_owned(),
        ours: String::new(),
        tools: Vec::new(),
    }
}

/// What in a row is written differently elsewhere.
#[derive(Debug, Clone, Copy, Default)]
struct Spelling {
    /// `&`, `<`, `>` or one of the two line separators.
    marks: bool,
    /// A whole number that a double does not hold.
    large: bool,
    /// A name beyond the basic plane, which sorts elsewhere by UTF-16 units.
    beyond: bool,
}

impl Spelling {
    fn of(node: &Node<'_>) -> Spelling {
        let mut found = Spelling::default();
        found.look(node);
        found
    }

    fn look(&mut self, node: &Node<'_>) {
        if let Some(text) = node.as_str() {
            self.marks |= text.contains(escaped_by_go);
        } else if let Some(number) = node.as_number() {
            let digits = number.strip_prefix('-').unwrap_or(number);
            self.large |= digits.parse::<u64>().is_ok_and(|whole| whole > EXACT);
        }
        for member in node.members() {
            let name = member.name.lossy();
            self.marks |= name.contains(escaped_by_go);
            self.beyond |= name.chars().any(|c| u32::from(c) > 0xFFFF);
            self.look(&member.value);
        }
        for item in node.items() {
            self.look(item);
        }
    }

    fn for_go(self) -> String {
        reasons(&[
            (self.marks, "it writes &, <, > and line separators as escapes"),
            (self.large, LARGE),
        ])
    }

    fn for_viewer(self) -> String {
        reasons(&[(self.large, LARGE), (self.beyond, "it sorts names in another order")])
    }
}

const LARGE: &str = "it rounds whole numbers above 9,007,199,254,740,992";

/// "It rounds …, and it sorts …"
fn reasons(all: &[(bool, &str)]) -> String {
    let said: Vec<&str> = all.iter().filter(|(is, _)| *is).map(|(_, text)| *text).collect();
    crate::words::sentence::first_upper(&said.join(", and ")) + "."
}

fn escaped_by_go(character: char) -> bool {
    matches!(character, '&' | '<' | '>' | '\u{2028}' | '\u{2029}')
}

/// The viewer's form: doubles, and names sorted by UTF-16 units.
fn viewer(node: &Node<'_>) -> Option<Vec<u8>> {
    canonical::bytes(node).ok()
}

/// The Go SDK's form: doubles, names in the order of their characters, and five characters written as escapes.
fn go(node: &Node<'_>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    write_go(node, &mut out)?;
    Some(out)
}

fn write_go(node: &Node<'_>, out: &mut Vec<u8>) -> Option<()> {
    if let Some(text) = node.as_str() {
        write_escaped(text, out);
    } else if node.is_object() {
        // The signed bytes have their names in this order already.
        out.push(b'{');
        for (place, member) in node.members().iter().enumerate() {
            comma(place, out);
            write_escaped(&member.name.lossy(), out);
            out.push(b':');
            write_go(&member.value, out)?;
        }
        out.push(b'}');
    } else if node.is_array() {
        out.push(b'[');
        for (place, item) in node.items().iter().enumerate() {
            comma(place, out);
            write_go(item, out)?;
        }
        out.push(b']');
    } else {
        canonical::write(node, out).ok()?;
    }
    Some(())
}

fn comma(place: usize, out: &mut Vec<u8>) {
    if place > 0 {
        out.push(b',');
    }
}

fn write_escaped(text: &str, out: &mut Vec<u8>) {
    let mut plain = Vec::with_capacity(text.len() + 2);
    write_string(text, &mut plain);
    for character in String::from_utf8_lossy(&plain).chars() {
        if escaped_by_go(character) {
            out.extend_from_slice(format!("\\u{:04x}", u32::from(character)).as_bytes());
        } else {
            out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use evidence::Seal;

    use super::*;
    use crate::present::fixtures;

    fn told(signed: &str) -> Option<OtherToolsView> {
        let mut record = fixtures::record(1, fixtures::GOOD);
        record.ecosystem = Ecosystem::Invoance;
        let exhibit = Exhibit {
            seals: vec![Seal {
                check: CheckId::PayloadHash,
                form: String::new(),
                bytes: signed.as_bytes().to_vec(),
            }],
            ..Exhibit::default()
        };
        other_tools(&record, &exhibit)
    }

    fn hashes(signed: &str) -> Vec<(String, String)> {
        let tools = told(signed).map(|view| view.tools).unwrap_or_default();
        tools.into_iter().map(|tool| (tool.tool, tool.sha256)).collect()
    }

    fn hash(text: &str) -> String {
        Digest::of(text.as_bytes()).to_hex()
    }

    #[test]
    fn a_plain_row_needs_no_explanation() {
        assert_eq!(told(r#"{"action":"a.b","seq":7}"#), None);
    }

    #[test]
    fn marks_of_markup_are_escapes_in_one_tool() {
        let expected = hash("{\"name\":\"R\\u0026D \\u003c\\u2028\\u003e\"}");
        assert_eq!(
            hashes("{\"name\":\"R&D <\u{2028}>\"}"),
            [("Go SDK 0.2.0".to_owned(), expected)]
        );
    }

    #[test]
    fn a_large_whole_number_is_rounded_by_two_tools() {
        let expected = hash(r#"{"seats":9007199254740992}"#);
        let seen = hashes(r#"{"seats":9007199254740993}"#);
        assert_eq!(seen.len(), 2);
        assert!(seen.iter().all(|(_, hash)| *hash == expected));
    }

    #[test]
    fn names_beyond_the_basic_plane_sort_elsewhere_in_one_tool() {
        let expected = hash("{\"\u{1F600}\":1,\"\u{FB33}\":2}");
        assert_eq!(
            hashes("{\"\u{FB33}\":2,\"\u{1F600}\":1}"),
            [("Audit viewer 0.1.2".to_owned(), expected)]
        );
    }
}
