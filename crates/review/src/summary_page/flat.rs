//! Makes a page shallow before an HTML parser sees it.
//!
//! A parser that follows the HTML rules takes time that grows with the square of the nesting, and a page of twenty
//! megabytes can nest millions deep. This reads the page once, keeps bare tags of a short list, closes what it opened,
//! and never opens more than [`DEPTH`] at a time. It need not read a page as a browser would: every tag it writes is one
//! of its own, everything else is text, and `ammonia` still decides what of it stays.

/// How many elements may be open at a time; tags beyond it are left out, their text stays.
const DEPTH: usize = 48;

/// Room that a table leaves for its own section, row, cell and caption.
const TABLE: usize = 4;

/// What is skipped up to its end tag as raw text.
const RAW: [&str; 12] = [
    "script", "style", "title", "textarea", "iframe", "noscript", "noembed", "noframes", "xmp", "template", "object",
    "applet",
];

/// What is skipped with the elements of the same name inside it.
const SKIPPED: [&str; 9] = [
    "svg", "math", "select", "button", "dialog", "audio", "video", "canvas", "datalist",
];

/// The page with bare, shallow, properly nested tags out of `tags`.
pub(super) fn flat(page: &str, tags: &[&'static str]) -> String {
    let mut flat = Flat {
        out: String::with_capacity(page.len() / 2),
        open: Vec::new(),
        tags,
    };
    let mut rest = Rest {
        text: page,
        no_quote: [false; 2],
    };
    while !rest.text.is_empty() {
        let text = rest.until("<");
        flat.text(text);
        flat.take(&mut rest);
    }
    flat.close_to(0);
    flat.out
}

/// What is still to be read. Each part of it is looked at once.
struct Rest<'p> {
    text: &'p str,
    /// No further `"` or `'`: looked for once, not once per tag.
    no_quote: [bool; 2],
}

impl<'p> Rest<'p> {
    /// What stands before `mark`, which stays; everything when there is none.
    fn until(&mut self, mark: &str) -> &'p str {
        let at = self.text.find(mark).unwrap_or(self.text.len());
        self.advance(at)
    }

    fn advance(&mut self, bytes: usize) -> &'p str {
        let (before, after) = self.text.split_at_checked(bytes).unwrap_or((self.text, ""));
        self.text = after;
        before
    }

    fn skip_past(&mut self, mark: &str) {
        self.until(mark);
        self.advance(mark.len().min(self.text.len()));
    }

    /// Skips the rest of a tag, with `>` inside quotes. Says whether it closes itself.
    fn skip_attributes(&mut self) -> bool {
        loop {
            let part = self.until_any();
            match self.text.chars().next() {
                Some(quote @ ('"' | '\'')) => self.skip_quoted(quote),
                Some(_) => {
                    self.advance(1);
                    return part.ends_with('/');
                }
                None => return false,
            }
        }
    }

    fn until_any(&mut self) -> &'p str {
        let at = self.text.find(['>', '"', '\'']).unwrap_or(self.text.len());
        self.advance(at)
    }

    /// Past the closing quote; where there is none, the quote is a character like any other.
    fn skip_quoted(&mut self, quote: char) {
        self.advance(1);
        let [no_double, no_single] = &mut self.no_quote;
        let none = if quote == '"' { no_double } else { no_single };
        if *none {
            return;
        }
        match self.text.find(quote) {
            Some(at) => {
                self.advance(at + 1);
            }
            None => *none = true,
        }
    }

    /// The name after `<` or `</`, in lower case; empty when no letter follows.
    fn name(&mut self) -> String {
        let letters = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let end = self.text.find(|c| !letters(c)).unwrap_or(self.text.len());
        self.advance(end).to_ascii_lowercase()
    }

    fn skip_raw(&mut self, name: &str) {
        loop {
            self.until("</");
            if self.text.is_empty() {
                return;
            }
            self.advance(2);
            if self.name() == name {
                self.skip_past(">");
                return;
            }
        }
    }

    fn skip_element(&mut self, name: &str) {
        let mut depth = 1_u64;
        while depth > 0 && !self.text.is_empty() {
            self.until("<");
            self.advance(1);
            let ends = self.text.starts_with('/');
            if ends {
                self.advance(1);
            }
            if self.name() == name {
                let closed = self.skip_attributes();
                if ends {
                    depth -= 1;
                } else if !closed {
                    depth += 1;
                }
            }
        }
    }
}

struct Flat<'t> {
    out: String,
    open: Vec<&'static str>,
    tags: &'t [&'static str],
}

impl Flat<'_> {
    /// Takes what begins with `<`.
    fn take(&mut self, rest: &mut Rest<'_>) {
        if rest.advance(1).is_empty() {
            return;
        }
        if rest.text.starts_with("!--") {
            rest.skip_past("-->");
            return;
        }
        match rest.text.chars().next() {
            Some('!' | '?') => rest.skip_past(">"),
            Some('/') => {
                rest.advance(1);
                let name = rest.name();
                rest.skip_past(">");
                self.end(&name);
            }
            Some(letter) if letter.is_ascii_alphabetic() => self.element(rest),
            _ => self.text("<"),
        }
    }

    fn element(&mut self, rest: &mut Rest<'_>) {
        let name = rest.name();
        let closed = rest.skip_attributes();
        if RAW.contains(&name.as_str()) {
            rest.skip_raw(&name);
        } else if SKIPPED.contains(&name.as_str()) {
            if !closed {
                rest.skip_element(&name);
            }
        } else if let Some(tag) = self.tags.iter().find(|tag| **tag == name).copied() {
            self.start(tag);
        }
    }

    fn start(&mut self, tag: &'static str) {
        let (closes, within) = implied(tag);
        let inner = self.after_last(within);
        let closed = self.open.iter().skip(inner).position(|open| closes.contains(open));
        if let Some(at) = closed {
            self.close_to(inner + at);
        }
        if !self.make_room(tag) {
            return;
        }
        self.out.push('<');
        self.out.push_str(tag);
        self.out.push('>');
        if !matches!(tag, "br" | "hr") {
            self.open.push(tag);
        }
    }

    /// Whether the tag may stand here. A table holds rows and a row cells: a parser moves whatever else stands there to
    /// the front of the table, each time past all that it moved before, so a cell is made for it.
    fn make_room(&mut self, tag: &str) -> bool {
        let in_table = self.in_table();
        match tag {
            "tr" => in_table && !self.innermost("tr"),
            "caption" | "thead" | "tbody" | "tfoot" => in_table && self.innermost("table"),
            "td" | "th" => {
                if in_table && !self.innermost("tr") {
                    self.start("tr");
                }
                in_table
            }
            _ => {
                if in_table {
                    self.start("td");
                }
                let room = if tag == "table" { DEPTH - TABLE } else { DEPTH };
                self.open.len() < room
            }
        }
    }

    /// Whether this is the inside of a table and not of one of its cells.
    fn in_table(&self) -> bool {
        let last = self
            .open
            .iter()
            .rev()
            .find(|open| matches!(**open, "table" | "td" | "th" | "caption"));
        last == Some(&"table")
    }

    fn innermost(&self, name: &str) -> bool {
        self.open.last() == Some(&name)
    }

    fn end(&mut self, name: &str) {
        let inner = match name {
            "table" | "thead" | "tbody" | "tfoot" | "tr" => self.after_last(&["table"]).saturating_sub(1),
            "td" | "th" | "caption" => self.after_last(&["table"]),
            _ => self.after_last(&["td", "th", "caption"]),
        };
        if let Some(at) = self.open.iter().skip(inner).rposition(|open| *open == name) {
            self.close_to(inner + at);
        }
    }

    fn after_last(&self, names: &[&str]) -> usize {
        self.open
            .iter()
            .rposition(|open| names.contains(open))
            .map_or(0, |at| at + 1)
    }

    fn close_to(&mut self, length: usize) {
        while self.open.len() > length {
            let Some(tag) = self.open.pop() else { return };
            self.out.push_str("</");
            self.out.push_str(tag);
            self.out.push('>');
        }
    }

    /// References like `&amp;` stay as they are: the parser after this one reads them.
    fn text(&mut self, text: &str) {
        if self.in_table() && !text.trim_ascii().is_empty() {
            self.start("td");
        }
        for character in text.chars() {
            match character {
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                other => self.out.push(other),
            }
        }
    }
}

/// What a start tag closes although nobody wrote the end tag, and the elements beyond which it closes nothing.
fn implied(tag: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match tag {
        "li" => (&["li"], &["ul", "ol", "table"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl", "table"]),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "tr" => (&["tr", "caption"], &["table"]),
        "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot", "caption"], &["table"]),
        "b" | "i" | "em" | "strong" | "code" | "span" | "br" | "caption" => (&[], &[]),
        _ => (
            &["p"],
            &["td", "th", "caption", "table", "li", "dd", "div", "blockquote"],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAGS: [&str; 10] = ["p", "div", "ul", "li", "table", "tr", "td", "b", "br", "h1"];

    fn check(page: &str, expected: &str) {
        assert_eq!(flat(page, &TAGS), expected, "{page}");
    }

    #[test]
    fn tags_lose_their_attributes_whatever_these_hold() {
        check("<P CLASS='a>b' title=\"<b>\">x</P >", "<p>x</p>");
        check("<p title=\">x", "<p>x</p>");
    }

    #[test]
    fn what_nobody_closed_is_closed() {
        check("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>");
        check(
            "<table><tr><td>a<td>b<tr><td>c</table>",
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
        );
        check("<p>a<p>b<h1>c", "<p>a</p><p>b</p><h1>c</h1>");
    }

    #[test]
    fn what_stands_between_rows_and_cells_gets_a_cell() {
        check(
            "<table>a<tr><div>b</div></table>",
            "<table><tr><td>a</td></tr><tr><td><div>b</div></td></tr></table>",
        );
        check("<table><td>a</table>", "<table><tr><td>a</td></tr></table>");
        check(
            "<div><table><tr><td></div>a</table>b",
            "<div><table><tr><td>a</td></tr></table>b</div>",
        );
    }

    #[test]
    fn rows_and_cells_outside_a_table_are_text() {
        check("<tr><td>a</td>b", "ab");
    }

    #[test]
    fn an_end_without_a_start_is_left_out() {
        check("a</b></div>b<b></p>c", "ab<b>c</b>");
    }

    #[test]
    fn raw_text_comments_and_pictures_are_skipped() {
        check("a<script>if (1 < 2) '</p>'</SCRIPT >b", "ab");
        check("a<!-- <p> -->b<!doctype html><?xml x?>c", "abc");
        check("a<svg><svg/><svg><p></svg></svg>b<svg/>c", "abc");
        check("a<script>b", "a");
    }

    #[test]
    fn a_lone_angle_bracket_is_text() {
        check("1 < 2 > 0 <", "1 &lt; 2 &gt; 0 &lt;");
    }

    #[test]
    fn nesting_has_an_end_and_its_text_stays() {
        let text = flat(&"<div>x".repeat(1000), &TAGS);
        assert_eq!(text.matches("<div>").count(), DEPTH);
        assert_eq!(text.matches("</div>").count(), DEPTH);
        assert_eq!(text.matches('x').count(), 1000);
    }
}
