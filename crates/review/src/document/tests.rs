//! Facts about the report as a whole, its files read back by software that is not ours.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use evidence::Digest;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::fixtures::{Case, HOSTILE, hostile, large, long, small};
use super::*;
use crate::present::visible_source;

fn html(document: &Document<'_>) -> String {
    let mut text = Vec::new();
    write_html(document, &mut text).unwrap();
    String::from_utf8(text).unwrap()
}

fn xlsx(document: &Document<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_workbook(document, &mut bytes).unwrap();
    bytes
}

fn workbook(document: &Document<'_>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(xlsx(document))).unwrap()
}

/// The rows of a sheet as text.
fn sheet(workbook: &mut Xlsx<Cursor<Vec<u8>>>, name: &str) -> Vec<Vec<Data>> {
    let range = workbook.worksheet_range(name).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

/// Tags and text of an HTML file as a reader sees them.
#[derive(Default)]
struct Seen {
    tags: RefCell<Vec<Tag>>,
    text: RefCell<String>,
}

impl TokenSink for Seen {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => self.tags.borrow_mut().push(tag),
            Token::CharacterTokens(text) => self.text.borrow_mut().push_str(&text),
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::NullCharacterToken
            | Token::EOFToken
            | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

fn seen(html: &str) -> Seen {
    let tokenizer = Tokenizer::new(Seen::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(html));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink
}

#[test]
fn the_full_report_has_fourteen_sections_and_the_short_one_six_of_them() {
    let case = small();
    let numbers = |profile| -> Vec<u8> {
        let document = case.document(profile);
        document.sections.iter().map(|section| section.number).collect()
    };
    assert_eq!(numbers(Profile::Full), (1..=14).collect::<Vec<u8>>());
    assert_eq!(numbers(Profile::Short), [1, 2, 3, 4, 5, 13]);
}

#[test]
fn the_digest_is_that_of_the_full_report() {
    let case = small();
    let mut spool = crate::report_json::Spool::new().unwrap();
    for record in crate::fixture::records() {
        evidence::Recorder::record(&mut spool, record).unwrap();
    }
    let digest = spool.body_sha256(&case.report).unwrap();
    let document = case.document(Profile::Full);
    assert_eq!(document.body_sha256, digest);
    assert!(html(&document).contains(&crate::present::short_hex(&digest.to_hex())));
    let about = sheet(&mut workbook(&document), "About");
    assert!(about.contains(&vec![Data::String("bodySha256".into()), Data::String(digest.to_hex())]));
}

#[test]
fn the_same_result_and_note_give_the_same_bytes() {
    let (one, other) = (small(), small());
    for profile in [Profile::Short, Profile::Full] {
        let (one, other) = (one.document(profile), other.document(profile));
        assert_eq!(html(&one), html(&other));
        assert_eq!(Digest::of(&xlsx(&one)), Digest::of(&xlsx(&other)));
    }
}

#[test]
fn the_reviewers_half_is_in_every_section_that_has_one() {
    let case = small();
    let text = html(&case.document(Profile::Full));
    for words in [
        "Asked the sender.",
        "Accepted: Looked at.",
        "May rely",
        "Preparer",
        "The result of this report",
        "All failures and some others",
    ] {
        assert!(text.contains(words), "{words}");
    }
    assert!(!text.contains("without a review note"));
}

#[test]
fn a_report_without_a_note_says_so_and_leaves_no_section_empty() {
    let mut case = small();
    case.note = None;
    let document = case.document(Profile::Full);
    assert!(document.sections.iter().all(|section| !section.blocks.is_empty()));
    assert!(html(&document).contains("This report was made without a review note, so it has no conclusion."));
}

#[test]
fn html_has_no_script_and_refers_to_nothing_outside_itself() {
    let case = hostile();
    let seen = seen(&html(&case.document(Profile::Full)));
    let tags = seen.tags.borrow();
    let names: BTreeSet<&str> = tags.iter().map(|tag| &*tag.name).collect();
    for name in [
        "script", "link", "img", "iframe", "object", "embed", "base", "form", "a",
    ] {
        assert!(!names.contains(name), "{name}");
    }
    for tag in tags.iter() {
        for attribute in &tag.attrs {
            let (name, value) = (&*attribute.name.local, &*attribute.value);
            assert!(!name.starts_with("on"), "{name}");
            assert!(!matches!(name, "src" | "srcset" | "action" | "data"), "{name}");
            assert!(name != "href" || value.starts_with("#sign-"), "{value}");
            assert!(!value.contains("url("), "{value}");
        }
    }
    let policy = tags
        .iter()
        .flat_map(|tag| &tag.attrs)
        .find(|one| one.value.starts_with("default-src"));
    assert_eq!(
        &*policy.unwrap().value,
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    );
}

#[test]
fn hostile_text_is_told_as_text_in_every_form() {
    let case = hostile();
    let document = case.document(Profile::Full);
    let seen = seen(&html(&document));
    let told = seen.text.borrow();
    let mut workbook = workbook(&document);
    let files = sheet(&mut workbook, "Files");
    for text in HOSTILE {
        let shown = visible_source(text);
        // Line ends are tags of their own.
        for line in shown.split('\n') {
            assert!(told.contains(line), "HTML: {line}");
        }
        if case.report.files.iter().any(|file| file.path == text) {
            assert!(
                files.iter().any(|row| row[0] == Data::String(shown.clone())),
                "XLSX: {shown}"
            );
        }
    }
}

#[test]
fn a_workbook_has_no_formula_and_true_numbers() {
    let case = hostile();
    let mut workbook = workbook(&case.document(Profile::Full));
    assert_eq!(workbook.sheet_names()[0], "About");
    for name in workbook.sheet_names() {
        assert_eq!(
            workbook.worksheet_formula(&name).unwrap().used_cells().count(),
            0,
            "{name}"
        );
    }
    let files = sheet(&mut workbook, "Files");
    assert_eq!(files[1][1], Data::Float(2030.0));
}

#[test]
fn a_workbook_holds_every_record_and_goes_on_in_numbered_sheets() {
    let case = large(12);
    let mut workbook = workbook(&case.document(Profile::Full));
    // In tests a sheet ends after six rows (`xlsx::book`).
    let names = workbook.sheet_names();
    let parts: Vec<&String> = names
        .iter()
        .filter(|name| name.starts_with("Records") && !name.contains("by"))
        .collect();
    assert_eq!(parts, ["Records", "Records part 2", "Records part 3"]);
    let mut numbers = Vec::new();
    for name in parts {
        let rows = sheet(&mut workbook, name);
        assert_eq!(rows[0][0], Data::String("Record".into()));
        numbers.extend(rows[1..].iter().map(|row| row[0].clone()));
    }
    assert_eq!(
        numbers,
        (1..=12)
            .map(|number| Data::Float(f64::from(number)))
            .collect::<Vec<_>>()
    );
    let about = sheet(&mut workbook, "About");
    let line = about
        .iter()
        .find(|row| row[0] == Data::String("Records, Records part 2, Records part 3".into()));
    assert_eq!(
        line.unwrap()[1],
        Data::String("12 of 12 records written, because one sheet cannot hold them".into())
    );
}

#[test]
fn a_text_that_no_cell_can_hold_stands_whole_in_a_sheet_of_its_own() {
    let case = hostile();
    let mut workbook = workbook(&case.document(Profile::Full));
    let rows = sheet(&mut workbook, "Long texts");
    let parts: Vec<String> = rows[1..]
        .iter()
        .filter(|row| row[0] == Data::String("Records".into()))
        .map(|row| row[3].to_string())
        .collect();
    assert_eq!(parts.len(), 2);
    assert_eq!(parts.concat(), long());
    let records = sheet(&mut workbook, "Records");
    assert!(
        records[1]
            .iter()
            .any(|cell| cell.to_string().contains("sheet Long texts, rows 2 to 3"))
    );
}

#[test]
fn a_page_lists_a_thousand_records_mismatches_first_and_says_so() {
    let case = large(1_040);
    let document = case.document(Profile::Full);
    let records = document.tables().find(|table| table.name == "Records").unwrap();
    let first: Vec<String> = records.listed().iter().take(4).map(|row| row[0].text()).collect();
    assert_eq!(first, ["1038", "1039", "1040", "1"]);
    assert_eq!(
        records.line(),
        "1,000 of 1,040 records, mismatches first, then the undecided and those with a note or decision. \
         All are in the workbook (XLSX)."
    );
}

#[test]
fn a_full_report_goes_to_a_file_with_its_rows_counted() {
    let case: Case = small();
    let folder = tempfile::tempdir().unwrap();
    let material = Material {
        report: &case.report,
        case_file: &case.case_file,
        note: case.note.as_ref(),
    };
    for form in <Form as strum::IntoEnumIterator>::iter() {
        let path = folder.path().join(format!("{form:?}"));
        let exported = save_document(&path, crate::save::Existing::Keep, form, Profile::Full, material).unwrap();
        assert_eq!(exported.rows, Some(3), "{form:?}");
        assert_eq!(exported.saved.sha256, Digest::of(&std::fs::read(&path).unwrap()));
    }
}

#[cfg(feature = "pdf")]
mod of_pdf {
    use super::*;

    fn read(bytes: &[u8]) -> (lopdf::Document, String) {
        let file = lopdf::Document::load_mem(bytes).unwrap();
        let pages: Vec<u32> = file.get_pages().into_keys().collect();
        let text = file.extract_text(&pages).unwrap();
        (file, text)
    }

    /// Lines break anywhere: blanks do not count.
    fn dense(text: &str) -> String {
        text.split_whitespace().collect()
    }

    #[test]
    fn the_same_result_and_note_give_the_same_file() {
        let (one, other) = (small(), small());
        let of = |case: &Case| pdf(&case.document(Profile::Full)).unwrap();
        assert_eq!(Digest::of(&of(&one)), Digest::of(&of(&other)));
    }

    #[test]
    fn every_word_can_be_read_back_and_each_page_has_its_number_and_the_digest() {
        let case = small();
        let document = case.document(Profile::Full);
        let (file, text) = read(&pdf(&document).unwrap());
        let text = dense(&text);
        for words in [
            "Evidence check of pack.zip",
            "Asked the sender.",
            "Problem found.",
            "Glossary",
        ] {
            assert!(text.contains(&dense(words)), "{words}");
        }
        assert!(text.contains(&document.body_sha256.to_hex()), "the digest in full");
        let pages = file.get_pages();
        for number in pages.keys() {
            let page = dense(&file.extract_text(&[*number]).unwrap());
            assert!(page.contains(&format!("Page{number}of{}", pages.len())), "{page}");
            assert!(page.contains(&dense(&crate::present::short_hex(&document.body_sha256.to_hex()))));
        }
    }

    #[test]
    fn it_is_tagged_has_a_language_and_carries_its_fonts() {
        let case = small();
        let (file, _) = read(&pdf(&case.document(Profile::Full)).unwrap());
        let catalog = file.catalog().unwrap();
        for name in ["MarkInfo", "StructTreeRoot", "Lang", "Outlines"] {
            assert!(catalog.has(name.as_bytes()), "{name}");
        }
        assert!(!catalog.has(b"OpenAction") && !catalog.has(b"AA") && !catalog.has(b"AcroForm"));
        let fonts = file.objects.values().filter(|object| {
            let named = object.as_dict().and_then(|entries| entries.get_type());
            named.is_ok_and(|name| name == b"FontDescriptor")
        });
        let mut count = 0;
        for font in fonts {
            assert!(font.as_dict().unwrap().has(b"FontFile2"));
            count += 1;
        }
        assert_eq!(count, 3);
    }

    #[test]
    fn hostile_text_is_printed_and_what_no_font_has_by_its_number() {
        let case = hostile();
        let (_, text) = read(&pdf(&case.document(Profile::Full)).unwrap());
        let text = dense(&text);
        assert!(text.contains("[U+202E]") && text.contains("[U+540D]") && text.contains("[U+1F600]"));
        assert!(text.contains("#letx=read(\"/etc/passwd\")"));
        let letters = |text: &str| text.matches('\u{e9}').count();
        assert_eq!(letters(&text), letters(&long()), "nothing of a long value is cut");
    }
}
