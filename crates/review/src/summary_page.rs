//! The sender's summary page, reduced to static text before it is shown (`notes/hostile-input.md`, Output).
//!
//! What is left is headings, paragraphs, lists and tables: no link, picture, style, attribute, form or script. The
//! document around it forbids everything once more, and the window shows it in a frame of its own.

mod flat;

use std::collections::{HashMap, HashSet};

use crate::present::visible_source;

/// What may stay, without any attribute.
const TAGS: [&str; 38] = [
    "article",
    "aside",
    "b",
    "blockquote",
    "br",
    "caption",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "span",
    "strong",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// The document that the frame gets.
#[must_use]
pub fn document(page: &[u8]) -> String {
    let text = String::from_utf8_lossy(page);
    let body = visible_source(&reduce(text.trim_start_matches('\u{feff}')));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>Summary page of the sender</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
}

const STYLE: &str = "html{color-scheme:light dark}body{font:.9375rem/1.5 serif;margin:1rem;max-width:46rem;overflow-wrap:anywhere}\
h1,h2,h3,h4,h5,h6{font-size:1.0625rem;line-height:1.35;margin:1.25em 0 .25em}h1{font-size:1.25rem;margin-top:0}p,ul,ol,table{margin:.5em 0}\
table{border-collapse:collapse;display:block;overflow-x:auto}\
th,td{border:1px solid;padding:.25rem .5rem;text-align:start;vertical-align:top;overflow-wrap:normal}pre{white-space:pre-wrap}";

fn reduce(page: &str) -> String {
    ammonia::Builder::empty()
        .tags(HashSet::from(TAGS))
        .tag_attributes(HashMap::new())
        .generic_attributes(HashSet::new())
        .strip_comments(true)
        .clean(&flat::flat(page, &TAGS))
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    /// The body of the document, without what we put around it.
    fn body(page: &str) -> String {
        let document = document(page.as_bytes());
        let (_, rest) = document.split_once("<body>\n").unwrap();
        rest.split_once("\n</body>").unwrap().0.to_owned()
    }

    /// Every tag of a text, with whatever stands inside its angle brackets.
    fn tags(text: &str) -> Vec<&str> {
        text.split('<')
            .skip(1)
            .map(|rest| rest.split_once('>').expect("escaped text has no open bracket").0)
            .collect()
    }

    #[test]
    fn headings_lists_and_tables_stay() {
        let page = "<h1>Summary</h1><ul><li>one</li></ul><table><tbody><tr><td>x</td></tr></tbody></table>";
        assert_eq!(body(page), page);
    }

    #[test]
    fn attributes_links_and_pictures_go_and_their_text_stays() {
        assert_eq!(
            body("<p style=x onclick=y class=z>a <a href=https://x>b</a><img src=x></p>"),
            "<p>a b</p>"
        );
    }

    #[test]
    fn nothing_of_a_script_or_style_is_shown() {
        assert_eq!(
            body("a<script>b</script><style>c</style><svg><text>d</text></svg>e"),
            "ae"
        );
    }

    #[test]
    fn directions_are_made_visible() {
        assert_eq!(
            body("<p>\u{202e}DEIFIREV\u{202c}</p>"),
            "<p>[U+202E]DEIFIREV[U+202C]</p>"
        );
    }

    #[test]
    fn the_document_forbids_everything_once_more() {
        let document = document(b"x");
        assert!(document.contains("default-src 'none'; style-src 'unsafe-inline'"));
    }

    #[test]
    fn a_large_hostile_page_takes_time_like_a_large_honest_one() {
        let largest = usize::try_from(evidence::Limits::CEILING.summary_size).unwrap();
        let size = if cfg!(debug_assertions) { largest / 250 } else { largest };
        for piece in [
            "<div>",
            "<b>",
            "<p a='",
            "<table><div></table>",
            "<p \"",
            "<i a=1 b=2 c=3",
            "</",
            "<svg>",
            "x &amp; <br>",
        ] {
            let page = piece.repeat(size / piece.len());
            let started = std::time::Instant::now();
            let document = document(page.as_bytes());
            assert!(document.ends_with("</html>\n"));
            eprintln!("{piece:?}: {} bytes in {:?}", page.len(), started.elapsed());
        }
    }

    #[test]
    fn the_shared_payloads_leave_only_bare_allowed_tags() {
        let Some(text) = fixture::vector("common/html/payloads.json") else {
            return;
        };
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        for payload in document["payloads"].as_array().unwrap() {
            let page = payload["html"].as_str().unwrap();
            for tag in tags(&body(page)) {
                let name = tag.strip_prefix('/').unwrap_or(tag);
                assert!(TAGS.contains(&name), "{page:?} left <{tag}>");
            }
        }
    }
}
