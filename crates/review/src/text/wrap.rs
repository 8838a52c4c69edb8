//! Lines of at most 80 columns, with colour where the terminal has it.

use evidence::Verdict;

use crate::view::OutcomeView;

/// What every terminal has.
const WIDTH: usize = 80;

/// A page of text being written.
pub(super) struct Page {
    text: String,
    color: bool,
}

impl Page {
    pub(super) fn new(color: bool) -> Page {
        Page {
            text: String::new(),
            color,
        }
    }

    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    pub(super) fn heading(&mut self, title: &str) {
        self.blank();
        let title = self.styled("1", title);
        self.line(&title);
    }

    /// A text in lines of at most [`WIDTH`] columns, each indented.
    pub(super) fn text(&mut self, indent: usize, text: &str) {
        self.hanging(&" ".repeat(indent), indent, text);
    }

    /// An item of a list.
    pub(super) fn item(&mut self, text: &str) {
        self.hanging("  - ", 4, text);
    }

    fn hanging(&mut self, lead: &str, indent: usize, text: &str) {
        let mut line = lead.to_owned();
        let mut columns = indent;
        let mut empty = true;
        for word in text.split_whitespace() {
            let width = word.chars().count();
            if !empty && columns + 1 + width > WIDTH {
                self.line(&line);
                line = " ".repeat(indent);
                columns = indent;
                empty = true;
            }
            if !empty {
                line.push(' ');
                columns += 1;
            }
            line.push_str(word);
            columns += width;
            empty = false;
        }
        self.line(&line);
    }

    /// The verdict's word: a sign, a word and a colour, so that each of them alone tells it.
    pub(super) fn verdict(&mut self, verdict: Verdict, word: &str) {
        let (sign, color) = match verdict {
            Verdict::Verified => ("[+]", "1;32"),
            Verdict::Failed => ("[x]", "1;31"),
            Verdict::Indeterminate => ("[?]", "1;33"),
            Verdict::NotEvidence | Verdict::Error => ("[!]", "1"),
        };
        let line = self.styled(color, &format!("{sign} {word}"));
        self.line(&line);
    }

    /// A line that begins with an outcome's sign.
    pub(super) fn outcome(&mut self, outcome: OutcomeView, text: &str) {
        let (sign, color) = match outcome {
            OutcomeView::Pass => ("+", "32"),
            OutcomeView::Fail => ("x", "1;31"),
            OutcomeView::Undetermined => ("?", "33"),
            OutcomeView::Skipped => ("-", "2"),
        };
        let sign = self.styled(color, sign);
        self.hanging(&format!("{sign} "), 2, text);
    }

    fn styled(&self, code: &str, text: &str) -> String {
        if self.color {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_the_page() {
        let mut page = Page::new(false);
        page.text(4, &"word ".repeat(60));
        assert!(page.finish().lines().all(|line| line.chars().count() <= WIDTH));
    }

    #[test]
    fn a_word_wider_than_the_page_stays_whole() {
        let mut page = Page::new(false);
        page.text(2, &format!("a {} b", "x".repeat(120)));
        assert_eq!(page.finish().lines().count(), 3);
    }

    #[test]
    fn without_colour_there_is_no_escape() {
        let mut page = Page::new(false);
        page.verdict(Verdict::Failed, "Problem found.");
        page.outcome(OutcomeView::Fail, "x");
        assert!(!page.finish().contains('\x1b'));
    }
}
