//! Text of a pack as a person may see it: what cannot be seen must not change what is read.

use std::fmt::Write;

/// The text with control, direction and zero-width characters as `⟨U+202E⟩`; line ends and tabs stay.
#[must_use]
pub fn visible(text: &str) -> String {
    show(text, |character| !matches!(character, '\n' | '\r' | '\t'))
}

/// The same for one line of a terminal or table: line ends and tabs are shown too.
#[must_use]
pub fn visible_line(text: &str) -> String {
    show(text, |_| true)
}

fn show(text: &str, concerns: impl Fn(char) -> bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if hidden(character) && concerns(character) {
            // Writing into a string cannot fail.
            let _ = write!(shown, "⟨U+{:04X}⟩", u32::from(character));
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Whether a character takes no room or turns the direction of what follows.
fn hidden(character: char) -> bool {
    match character {
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => true,
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => true,
        other => other.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_and_escapes_are_shown() {
        assert_eq!(visible("a\u{202e}b\u{1b}[31m"), "a⟨U+202E⟩b⟨U+001B⟩[31m");
    }

    #[test]
    fn a_line_stays_one_line() {
        assert_eq!(visible("a\nb"), "a\nb");
        assert_eq!(visible_line("a\nb"), "a⟨U+000A⟩b");
    }

    #[test]
    fn other_scripts_stay_as_they_are() {
        assert_eq!(visible_line("Prüfung 審査 مراجعة"), "Prüfung 審査 مراجعة");
    }
}
