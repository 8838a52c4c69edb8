//! A row or a proof taken apart: what its signature covers, and the exact bytes that are signed.

mod cover;
mod time;

use std::io::Read;

use super::event;
use super::event::canonical::SCHEMA;
use super::proofs::{self, Proof};
use crate::check::CheckId;
use crate::exhibit::{Cover, Exhibit, ExhibitField, RecordPlace, Seal};
use crate::json::{self, Bounds, Node, Value};
use crate::pack::{Pack, Refusal};
use crate::reason::ReasonCode;
use crate::report::Source;
use cover::Covers;

/// Fields shown at most; a row of more is cut, and the raw text shows the rest.
const FIELDS: usize = 2_000;

/// Takes a row or a proof apart.
///
/// # Errors
/// When the artifact can no longer be read.
pub(crate) fn exhibit(pack: &Pack, place: &RecordPlace) -> Result<Exhibit, Refusal> {
    let text = read(pack, &place.source)?;
    Ok(of_text(text, &place.source.pointer, &pack.within().json()))
}

/// Takes the record at a pointer inside a text apart; what is no JSON is shown as it is.
fn of_text(text: Vec<u8>, pointer: &str, bounds: &Bounds) -> Exhibit {
    let parsed = json::parse(&text, bounds).ok();
    let record = parsed.as_ref().and_then(|parsed| parsed.root.pointer(pointer));
    let Some(record) = record else {
        return Exhibit {
            record: 0..text.len(),
            text,
            ..Exhibit::default()
        };
    };
    let (covers, seals) = match proofs::recognise(record) {
        Some(proof) => of_proof(proof, record),
        None => of_row(record),
    };
    let mut fields = Vec::new();
    collect(record, "", &covers, None, &mut fields);
    let record = record.span.range();
    drop(parsed);
    Exhibit {
        record,
        fields,
        seals,
        text,
    }
}

fn of_row<'n>(row: &'n Node<'n>) -> (Covers<'n>, Vec<Seal>) {
    let bytes = event::canonical_bytes(row).unwrap_or_default();
    let seal = |check, form: &str| Seal {
        check,
        form: format!("{form} {SCHEMA}"),
        bytes: bytes.clone(),
    };
    let seals = vec![
        seal(CheckId::PayloadHash, "hashed content of"),
        seal(CheckId::Signature, "signed content of"),
    ];
    let seals = if bytes.is_empty() { Vec::new() } else { seals };
    (Covers::Row(row), seals)
}

fn of_proof<'n>(proof: Proof, record: &'n Node<'n>) -> (Covers<'n>, Vec<Seal>) {
    let signed = proofs::signed_bytes(proof, record);
    let form = match proof {
        Proof::Attestation => "signed statement",
        Proof::Anchor | Proof::Ledger | Proof::Trace => "signed content, as documented",
    };
    let seal = |bytes: &Vec<u8>| Seal {
        check: CheckId::Signature,
        form: form.to_owned(),
        bytes: bytes.clone(),
    };
    let seals = signed.iter().map(seal).collect();
    (Covers::Proof(proof, proofs::shown_as_signed(proof, record)), seals)
}

/// The document, line or element that holds a record.
fn read(pack: &Pack, source: &Source) -> Result<Vec<u8>, Refusal> {
    let gone = || Refusal::new(ReasonCode::IoNotFound, source.path.clone(), "");
    let named = pack.artifacts.iter().position(|artifact| artifact.path == source.path);
    let index = named.ok_or_else(gone)?;
    let Some((offset, length)) = source.span.filter(|(_, length)| *length > 0) else {
        return Ok(json::without_bom(&pack.read(index)?.bytes).to_vec());
    };
    let mut reader = pack.reader(index)?;
    let mut text = Vec::new();
    let passed = std::io::copy(&mut Read::take(&mut reader, offset), &mut std::io::sink());
    passed.map_err(|_| gone())?;
    reader.take(length).read_to_end(&mut text).map_err(|_| gone())?;
    Ok(text)
}

/// The scalars of a record and its empty containers, in the order of the text.
fn collect(node: &Node<'_>, pointer: &str, covers: &Covers<'_>, above: Option<Cover>, fields: &mut Vec<ExhibitField>) {
    for (name, value) in children(node) {
        if fields.len() >= FIELDS {
            return;
        }
        let below = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
        // To a signature a member that is null is absent: anyone could have added or removed it.
        let absent = value.is_null() && node.is_object() && above != Some(Cover::Seal);
        let cover = if absent {
            Some(Cover::Unsealed)
        } else {
            above.or_else(|| covers.of(&below))
        };
        let branches = !value.members().is_empty() || !value.items().is_empty();
        match cover {
            _ if branches => collect(value, &below, covers, cover, fields),
            Some(Cover::Sealed) if covers.is_time(&below) => time::fields(below, value, fields),
            _ => fields.push(ExhibitField {
                pointer: below,
                value: shown(value),
                cover: cover.unwrap_or(Cover::Unsealed),
                span: value.span.range(),
            }),
        }
    }
}

fn children<'n, 'a>(node: &'n Node<'a>) -> Vec<(String, &'n Node<'a>)> {
    let named = node
        .members()
        .iter()
        .map(|member| (member.name.lossy().into_owned(), &member.value));
    let numbered = node
        .items()
        .iter()
        .enumerate()
        .map(|(position, item)| (position.to_string(), item));
    named.chain(numbered).collect()
}

/// A string's content, or the JSON text of anything else.
fn shown(value: &Node<'_>) -> String {
    match &value.value {
        Value::String(text) => text.lossy().into_owned(),
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(literal) => (*literal).to_owned(),
        Value::Array(_) => "[]".to_owned(),
        Value::Object(_) => "{}".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Ecosystem;
    use crate::run::Progress;

    const ROW: &str = r#"{"id":"e","event_id":"x","org_id":"o","seq":1,"occurred_at":"2026-01-01T00:00:01.5009Z","ingested_at":"2026-01-01T02:00:00+02:00","action":"a","actor":{"type":"user","id":"u","name":null},"targets":[],"metadata":{"a/b":1},"payload_hash":"00","signature":"11","signing_public_key":"22","schema":"invoance.audit/1","version":1,"severity":{"x":"low"}}"#;

    fn fields(text: &str) -> Vec<(String, String, Cover, String)> {
        let exhibit = of_text(text.as_bytes().to_vec(), "", &Bounds::default());
        let cut = |field: &ExhibitField| text[field.span.clone()].to_owned();
        let fields = exhibit.fields.iter();
        fields
            .map(|field| (field.pointer.clone(), field.value.clone(), field.cover, cut(field)))
            .collect()
    }

    #[track_caller]
    fn check(text: &str, pointer: &str, value: &str, cover: Cover) -> String {
        let fields = fields(text);
        let field = fields.iter().find(|(name, ..)| name == pointer);
        let (_, found, covered, cut) = field.unwrap_or_else(|| panic!("{pointer} is not among {fields:?}"));
        assert_eq!((found.as_str(), *covered), (value, cover), "{pointer}");
        cut.clone()
    }

    #[test]
    fn what_is_signed_is_told_from_what_is_not() {
        for (pointer, value) in [
            ("/id", "e"),
            ("/seq", "1"),
            ("/actor/id", "u"),
            ("/targets", "[]"),
            ("/metadata/a~1b", "1"),
        ] {
            check(ROW, pointer, value, Cover::Sealed);
        }
        for (pointer, value) in [
            ("/payload_hash", "00"),
            ("/signature", "11"),
            ("/signing_public_key", "22"),
        ] {
            check(ROW, pointer, value, Cover::Seal);
        }
        for (pointer, value) in [
            ("/event_id", "x"),
            ("/schema", "invoance.audit/1"),
            ("/version", "1"),
            ("/severity/x", "low"),
            ("/actor/name", "null"),
        ] {
            check(ROW, pointer, value, Cover::Unsealed);
        }
    }

    #[test]
    fn without_an_id_the_event_id_is_signed() {
        check(
            &ROW.replace(r#""id":"e","#, r#""id":null,"#),
            "/event_id",
            "x",
            Cover::Sealed,
        );
    }

    #[test]
    fn unsigned_digits_of_a_time_are_never_shown_as_signed() {
        let signed = check(ROW, "/occurred_at", "2026-01-01T00:00:01.500Z", Cover::Sealed);
        assert_eq!(signed, "\"2026-01-01T00:00:01.500");
        let written = check(
            ROW,
            "/occurred_at (as written)",
            "2026-01-01T00:00:01.5009Z",
            Cover::Unsealed,
        );
        assert_eq!(written, "9Z\"");
        let signed = check(ROW, "/ingested_at", "2026-01-01T00:00:00.000Z", Cover::Sealed);
        assert_eq!(signed, "");
        check(
            ROW,
            "/ingested_at (as written)",
            "2026-01-01T02:00:00+02:00",
            Cover::Unsealed,
        );
    }

    #[test]
    fn a_time_in_the_signed_form_is_one_field() {
        let row = ROW.replace("01.5009Z", "01.500Z");
        let cut = check(&row, "/occurred_at", "2026-01-01T00:00:01.500Z", Cover::Sealed);
        assert_eq!(cut, "\"2026-01-01T00:00:01.500Z\"");
        assert!(
            fields(&row)
                .iter()
                .all(|(name, ..)| name != "/occurred_at (as written)")
        );
    }

    #[test]
    fn the_signed_bytes_are_exact_and_there_are_none_without_a_canonical_form() {
        let exhibit = of_text(ROW.as_bytes().to_vec(), "", &Bounds::default());
        let seal = exhibit
            .seals
            .iter()
            .find(|seal| seal.check == CheckId::Signature)
            .expect("a seal");
        assert_eq!(
            String::from_utf8_lossy(&seal.bytes),
            r#"{"action":"a","actor":{"id":"u","type":"user"},"event_id":"e","ingested_at":"2026-01-01T00:00:00.000Z","metadata":{"a/b":1},"occurred_at":"2026-01-01T00:00:01.500Z","org_id":"o","schema_id":"invoance.audit/1","seq":1,"targets":[]}"#
        );
        assert!(
            of_text(
                ROW.replace(r#""seq":1"#, r#""seq":1.0"#).into_bytes(),
                "",
                &Bounds::default()
            )
            .seals
            .is_empty()
        );
    }

    #[test]
    fn a_row_inside_a_page_is_found_by_its_pointer() {
        let text = format!(r#"{{"events":[{{}},{ROW}]}}"#);
        let exhibit = of_text(text.clone().into_bytes(), "/events/1", &Bounds::default());
        assert_eq!(&text[exhibit.record.clone()], ROW);
        assert_eq!(exhibit.seals.len(), 2);
    }

    #[test]
    fn a_line_of_a_pack_is_read_by_its_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("log.ndjson");
        let page = format!(r#"{{"events":[{ROW}]}}"#);
        std::fs::write(&path, format!("\u{feff}{{}}\n{page}\n{ROW}")).expect("a file");
        let pack = Pack::open(&[path], &Progress::default()).expect("a pack");
        let place = |offset: usize, length: usize, pointer: &str| RecordPlace {
            ecosystem: Ecosystem::Invoance,
            source: Source {
                path: pack.artifacts[0].path.clone(),
                pointer: pointer.to_owned(),
                span: Some((u64::try_from(offset).unwrap(), u64::try_from(length).unwrap())),
                ..Source::default()
            },
            attached: Vec::new(),
            keys: Vec::new(),
        };
        let in_page = exhibit(&pack, &place(6, page.len(), "/events/0")).expect("readable");
        assert_eq!(in_page.text.get(in_page.record.clone()), Some(ROW.as_bytes()));
        let alone = exhibit(&pack, &place(7 + page.len(), ROW.len(), "")).expect("readable");
        assert_eq!(alone.text, ROW.as_bytes());
        assert_eq!(alone.seals, in_page.seals);
        let gone = RecordPlace {
            source: Source::default(),
            ..place(0, 0, "")
        };
        assert_eq!(
            exhibit(&pack, &gone).map_err(|refusal| refusal.code),
            Err(ReasonCode::IoNotFound)
        );
    }

    #[test]
    fn what_is_no_json_is_shown_as_it_is() {
        let exhibit = of_text(b"{\"cut".to_vec(), "", &Bounds::default());
        assert_eq!(exhibit.record, 0..5);
        assert!(exhibit.fields.is_empty());
    }

    #[test]
    fn an_attestation_shows_what_its_statement_signs() {
        let statement = r#"{"v":1,"model_name":"gpt","output_hash":"h"}"#;
        let hex = data_encoding::HEXLOWER.encode(statement.as_bytes());
        let text = format!(
            r#"{{"attestation_id":"a","model_name":"gpt","output_hash":"other","signed_payload":"{hex}","signature":"11","public_key":"22"}}"#
        );
        check(&text, "/model_name", "gpt", Cover::Sealed);
        check(&text, "/output_hash", "other", Cover::Unsealed);
        check(&text, "/attestation_id", "a", Cover::Unsealed);
        check(&text, "/signed_payload", &hex, Cover::Seal);
        let exhibit = of_text(text.into_bytes(), "", &Bounds::default());
        assert_eq!(exhibit.seals[0].bytes, statement.as_bytes());
    }
}
