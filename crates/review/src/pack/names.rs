//! Names of files in a new pack: safe on every system, and each once, whatever the case of its letters.

use std::collections::HashSet;

/// Characters of a name that come from the evidence.
const LONGEST: usize = 60;

/// Names that were given.
#[derive(Debug, Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// The name between `before` and `after`, or the same with `-2`, `-3` behind it where that was given before.
    pub(super) fn free(&mut self, before: &str, name: &str, after: &str) -> String {
        let mut free = format!("{before}{name}{after}");
        let mut number = 2_u64;
        while !self.0.insert(free.to_lowercase()) {
            free = format!("{before}{name}-{number}{after}");
            number += 1;
        }
        free
    }
}

/// A text as a file name (`specs/nexart.md` 9.2): what is no letter, digit, point, line or hyphen of ASCII becomes `_`.
pub(super) fn safe(text: &str) -> String {
    let named = text.chars().map(|character| match character {
        'A'..='Z' | 'a'..='z' | '0'..='9' | '.' | '_' | '-' => character,
        _ => '_',
    });
    let name: String = named.take(LONGEST).collect();
    // A point at the beginning hides a file, and some systems drop those at the end.
    let kept = name.trim_matches('.');
    let before = name.len() - name.trim_start_matches('.').len();
    let after = name.len() - before - kept.len();
    let mut name = format!("{}{kept}{}", "_".repeat(before), "_".repeat(after));
    if name.is_empty() || is_device(&name) {
        name.insert(0, '_');
    }
    name
}

/// Names that Windows keeps for devices, whatever the ending, and the one that other archivers use for their own.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_uppercase();
    let numbered = |kind: &str| {
        let number = stem.strip_prefix(kind);
        number.is_some_and(|number| number.len() == 1 && number.chars().all(|digit| digit.is_ascii_digit()))
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "__MACOSX") || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_safe_everywhere() {
        for (text, name) in [
            ("run: 4/5", "run__4_5"),
            ("..", "__"),
            ("._a.", "__a_"),
            ("", "_"),
            ("con", "_con"),
            ("LPT1.x", "_LPT1.x"),
            ("common", "common"),
            ("\u{202e}a", "_a"),
        ] {
            assert_eq!(safe(text), name, "{text}");
        }
        assert_eq!(safe(&"x".repeat(100)).len(), LONGEST);
    }

    #[test]
    fn a_name_is_given_once() {
        let mut names = Names::default();
        let given = ["a", "A", "a"].map(|name| names.free("records/", name, ""));
        assert_eq!(given, ["records/a", "records/A-2", "records/a-3"]);
    }
}
