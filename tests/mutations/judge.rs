//! Whether a changed pack may be what the check says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use evidence::json::{Bounds, parse};
use evidence::{CheckId, Cover, Exhibit, ExhibitField, ReasonCode, Seal, Verdict, canonical};

use crate::base::{Base, Checked};
use crate::change::Change;

/// What a change came to.
pub(crate) enum Answer {
    /// There was nothing to change in that way.
    Nothing,
    /// It is not verified.
    NotVerified,
    /// It is verified, and rightly, for this reason.
    Outside(&'static str),
    /// It is verified and must not be.
    Wrong(String),
}

impl Answer {
    /// The name of [`Answer::NotVerified`].
    pub(crate) const NOT_VERIFIED: &str = "not verified";

    /// Its line in the sums.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Answer::Nothing => "nothing to change",
            Answer::NotVerified => Answer::NOT_VERIFIED,
            Answer::Outside(reason) => reason,
            Answer::Wrong(_) => "WRONG",
        }
    }
}

/// Checks the changed pack and judges the answer.
pub(crate) fn answer(base: &Base, change: &Change, number: u64) -> Answer {
    let folder = tempfile::tempdir().unwrap();
    for (index, (name, bytes)) in base.files.iter().enumerate() {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, if index == change.file { &change.bytes } else { bytes }).unwrap();
    }
    let now = base.check(&folder.path().join(&base.pack));
    if now.report.verdict != Verdict::Verified {
        return Answer::NotVerified;
    }
    let told = |what: String| Answer::Wrong(format!("{} #{number}: {}: {what}", base.name, change.told));
    match verified(base, &now, change) {
        Ok(reason) => Answer::Outside(reason),
        Err(what) => told(what),
    }
}

/// Why a changed pack may still be verified.
fn verified(base: &Base, now: &Checked, change: &Change) -> Result<&'static str, String> {
    let good = &base.good;
    nothing_new_is_sealed(good, now)?;
    let codes = codes(good) != codes(now);
    if now.records.len() != good.records.len() {
        return if codes {
            Ok("records more or fewer, and the report says why")
        } else {
            Err(format!("{} records of {}", now.records.len(), good.records.len()))
        };
    }
    if all(good, Cover::Unsealed) != all(now, Cover::Unsealed) {
        return Ok("a field shown as not sealed");
    }
    if all(good, Cover::Seal) != all(now, Cover::Seal) {
        return if spelled_alike(good, now) {
            Ok("the same seal, spelled otherwise")
        } else if codes || notes(now).any(|note| note == ReasonCode::EmbeddedKeyDiffers) {
            Ok("a further copy of a seal, and the report says it differs")
        } else if is_less(good, now) {
            Ok("a part of a seal left out that is not needed, what was signed being whole")
        } else {
            Err("another seal, and nothing is said".to_owned())
        };
    }
    if codes {
        return Ok("outside any record, and the report says so");
    }
    if all(good, Cover::Sealed) != all(now, Cover::Sealed) {
        return Ok("a second copy of a signed field left out, what was signed being whole");
    }
    if results(good) != results(now) {
        return Ok("a claim of the pack beside its records, shown as such");
    }
    if says_the_same(&base.files[change.file].1, &change.bytes) {
        return Ok("bytes that say nothing (blanks, escapes, dates of an archive)");
    }
    if is_uncovered(good, base, change) {
        return Ok("a file or part of one that the report lists as not covered");
    }
    if records(good) != records(now) {
        return Err("changed inside a record, and no field shows it".to_owned());
    }
    Ok("a member of a file beside the records that no result and no shown field rests on")
}

/// What is shown as sealed was sealed before, and the bytes that were hashed and signed are the same.
fn nothing_new_is_sealed(good: &Checked, now: &Checked) -> Result<(), String> {
    let known: Vec<BTreeSet<(String, String)>> = good
        .exhibits
        .iter()
        .map(|exhibit| fields(exhibit, Cover::Sealed).into_iter().collect())
        .collect();
    let seals = good.exhibits.iter().flat_map(|exhibit| &exhibit.seals);
    let signed: BTreeSet<&[u8]> = seals.map(|seal| seal.bytes.as_slice()).collect();
    // Where a record has two receipts that differ, both signed, the other one may be left.
    let two_receipts = notes(good).any(|note| note == ReasonCode::ReceiptCopiesDiffer);
    let is_known =
        |seal: &Seal| signed.contains(seal.bytes.as_slice()) || (two_receipts && seal.check == CheckId::NodeSignature);
    for exhibit in &now.exhibits {
        let fields = fields(exhibit, Cover::Sealed);
        if !known
            .iter()
            .any(|known| fields.iter().all(|field| known.contains(field)))
        {
            return Err(format!("sealed content that was not there before: {fields:?}"));
        }
        if let Some(other) = exhibit.seals.iter().find(|seal| !is_known(seal)) {
            let other = String::from_utf8_lossy(&other.bytes).into_owned();
            return Err(format!("other bytes are signed: {other}"));
        }
    }
    Ok(())
}

fn notes(checked: &Checked) -> impl Iterator<Item = ReasonCode> {
    checked.records.iter().flat_map(|record| record.notes.clone())
}

/// Whether every part of a seal was there before. A null in its place is no part.
fn is_less(good: &Checked, now: &Checked) -> bool {
    let parts = |checked: &Checked| -> BTreeSet<(String, String)> {
        let seals = all(checked, Cover::Seal).into_iter().flatten();
        seals.filter(|(_, value)| value != "null").collect()
    };
    parts(now).is_subset(&parts(good))
}

/// Everything that is shown as a result, but for where it lies and how many bytes it has.
fn results(checked: &Checked) -> Vec<String> {
    let records = checked.records.iter();
    let records = records.map(|record| {
        format!(
            "{} {:?} {:?} {:?}",
            record.id, record.native, record.fields, record.checks
        )
    });
    let parts = checked.report.parts.iter();
    parts.map(|part| format!("{part:?}")).chain(records).collect()
}

/// The text of each record, in its canonical form.
fn records(checked: &Checked) -> Vec<String> {
    let exhibits = checked.exhibits.iter();
    exhibits
        .map(|exhibit| normal(&exhibit.text[exhibit.record.clone()]))
        .collect()
}

/// Pointer and value of the fields under one cover.
type Fields = Vec<(String, String)>;

fn fields(exhibit: &Exhibit, cover: Cover) -> Fields {
    let covered = exhibit.fields.iter().filter(|field| field.cover == cover);
    let mut fields: Fields = covered
        .map(|field| {
            let written = &exhibit.text[field.span.clone()];
            (field.pointer.clone(), said(field, written))
        })
        .collect();
    fields.sort();
    fields
}

/// A text as it is shown, which of a time is how it was signed; of anything else its canonical form.
fn said(field: &ExhibitField, written: &[u8]) -> String {
    match written.first() {
        None | Some(b'"') => format!("{:?}", field.value),
        Some(_) => normal(written),
    }
}

/// Those of all records.
fn all(checked: &Checked, cover: Cover) -> Vec<Fields> {
    let mut all: Vec<Fields> = checked.exhibits.iter().map(|exhibit| fields(exhibit, cover)).collect();
    all.sort();
    all
}

/// The value's canonical form: another spelling is no other value.
fn normal(text: &[u8]) -> String {
    let parsed = parse(text, &Bounds::default()).ok();
    let written = parsed.and_then(|parsed| canonical::bytes(&parsed.root).ok());
    String::from_utf8_lossy(&written.unwrap_or_else(|| text.to_vec())).into_owned()
}

/// Whether hex, its prefix, base64 and its alphabet for addresses only change letters that mean the same.
fn spelled_alike(good: &Checked, now: &Checked) -> bool {
    let plain = |checked: &Checked| -> Vec<Fields> {
        let mut all = all(checked, Cover::Seal);
        for (_, value) in all.iter_mut().flatten() {
            let text = value
                .trim_matches(['"', '='])
                .trim_end_matches('=')
                .replace('-', "+")
                .replace('_', "/");
            let lower = text.to_ascii_lowercase();
            let digits = lower.strip_prefix("sha256:").unwrap_or(&lower);
            let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            *value = if hex { lower } else { text };
        }
        all.iter_mut().for_each(|fields| fields.sort());
        all.sort();
        all
    };
    plain(good) == plain(now)
}

/// Every code that the report gives, with its subject, and what each file was recognised as.
fn codes(checked: &Checked) -> BTreeMap<String, usize> {
    let mut codes = BTreeMap::new();
    let report = &checked.report;
    let parts = &report.parts;
    let findings = report
        .findings
        .iter()
        .chain(parts.iter().flat_map(|part| &part.findings));
    let findings = findings.map(|finding| format!("{} {} {}", finding.code, finding.subject, finding.detail));
    let natives = parts
        .iter()
        .flat_map(|part| part.native.reason_codes.iter().map(|code| format!("native {code}")));
    let records = checked.records.iter();
    let notes = records.flat_map(|record| {
        let own = record.native.reason_codes.iter().cloned();
        let codes = record.notes.iter().chain(&record.reason_codes).map(ToString::to_string);
        let checks = record
            .checks
            .iter()
            .map(|check| format!("{:?} {:?}", check.id, check.outcome));
        own.chain(codes).chain(checks).collect::<Vec<_>>()
    });
    let files = report
        .files
        .iter()
        .map(|file| format!("{} {} {}", file.path, file.role, file.covered));
    let checks = parts.iter().flat_map(|part| &part.checks).chain(&report.checks);
    let outcomes = checks.map(|check| format!("{:?} {:?}", check.id, check.outcome));
    for line in findings.chain(natives).chain(notes).chain(files).chain(outcomes) {
        *codes.entry(line).or_default() += 1;
    }
    codes
}

/// Whether two files hold the same: as JSON documents, or as lines of them; or as archives, whose dates nobody states.
fn says_the_same(before: &[u8], after: &[u8]) -> bool {
    let packed = |bytes: &[u8]| bytes.starts_with(b"\x1f\x8b") || bytes.starts_with(b"PK");
    if packed(before) {
        return packed(after) && content(before) == content(after);
    }
    lines(before) == lines(after)
}

fn lines(bytes: &[u8]) -> Vec<String> {
    let bytes = evidence::json::without_bom(bytes);
    if parse(bytes, &Bounds::default()).is_ok() {
        return vec![normal(bytes)];
    }
    let lines = bytes.split(|byte| *byte == b'\n').map(|line| normal(line.trim_ascii()));
    lines.filter(|line| !line.is_empty()).collect()
}

/// What an archive or gz stream holds.
fn content(bytes: &[u8]) -> Option<Vec<(String, Vec<String>)>> {
    use std::io::Read as _;
    let mut decoded = Vec::new();
    if bytes.starts_with(b"\x1f\x8b") {
        flate2::read::MultiGzDecoder::new(bytes)
            .read_to_end(&mut decoded)
            .ok()?;
        return Some(vec![(String::new(), lines(&decoded))]);
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).ok()?;
    (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).ok()?;
            let mut decoded = Vec::new();
            entry.read_to_end(&mut decoded).ok()?;
            Some((entry.name().ok()?.into_owned(), lines(&decoded)))
        })
        .collect()
}

/// Whether the report lists the changed file as one that no check covers.
fn is_uncovered(good: &Checked, base: &Base, change: &Change) -> bool {
    let path = &base.files[change.file].0;
    let below = path.strip_prefix(&base.pack).unwrap_or(path).trim_start_matches('/');
    let files = good.report.files.iter();
    files
        .into_iter()
        .any(|file| !file.covered && (file.path == below || path.ends_with(&file.path)))
}
