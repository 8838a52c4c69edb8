//! What the fuzz targets share.

use std::io::Write as _;

use evidence::{ArtifactState, Digest, KeyBook, Pack, Policy, Progress, Record, Report, Verdict};
use review::export::{CsvWriter, Guard, Profile};
use review::report_json::{Session, Spool};
use review::text::Gathered;

/// A line that begins the next file of a folder: this, its name, LF. `cargo xtask fuzz` writes the seeds alike.
const NEXT_FILE: &[u8] = b"%%% ";

/// The files of a folder, cut out of one input.
pub fn folder(input: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for line in input.split_inclusive(|byte| *byte == b'\n') {
        match (line.strip_prefix(NEXT_FILE), files.last_mut()) {
            (Some(name), _) => files.push((String::from_utf8_lossy(name.trim_ascii_end()).into_owned(), Vec::new())),
            (None, Some((_, bytes))) => bytes.extend_from_slice(line),
            (None, None) => files.push(("first.json".to_owned(), line.to_vec())),
        }
    }
    // The line end before the next file is the separator's.
    let last = files.len().saturating_sub(1);
    for (_, bytes) in files.iter_mut().take(last) {
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
    }
    files
}

/// Reads every artifact to its end.
pub fn read_all(pack: &Pack) {
    for (index, artifact) in pack.artifacts.iter().enumerate() {
        let read = pack.read(index);
        if artifact.state != ArtifactState::Readable {
            assert!(read.is_err(), "a refused artifact was read");
        }
    }
}

/// Checks a pack without any confirmed key and writes what people get of it. Nothing can be verified then, the records
/// add up, and no control character reaches a terminal.
pub fn check_without_keys(pack: &Pack) {
    let (report, records) = checked(pack, &KeyBook::default());
    assert_ne!(report.verdict, Verdict::Verified, "verified without a confirmed key");
    assert!(records.iter().all(|record| record.verdict != Verdict::Verified));
    write(&report, &records);
}

/// The report and records of a pack.
pub fn checked(pack: &Pack, book: &KeyBook) -> (Report, Vec<Record>) {
    let mut records: Vec<Record> = Vec::new();
    let report = evidence::verify(pack, book, &Policy::default(), &Progress::default(), &mut records)
        .expect("nobody cancels and a vector keeps what it is given");
    let counts = &report.counts;
    let judged = counts.verified + counts.failed + counts.indeterminate + counts.not_evidence;
    assert_eq!(counts.records, u64::try_from(records.len()).unwrap_or(u64::MAX));
    assert_eq!(judged, counts.records, "the records do not add up");
    (report, records)
}

fn write(report: &Report, records: &[Record]) {
    let mut text = Gathered::default();
    let mut rows = CsvWriter::new(Vec::new(), Profile::Standard, Guard::On, None).expect("memory");
    for record in records {
        text.add(record);
        rows.row(record).expect("memory");
    }
    let text = text.render(report, "none", false);
    let control = |sign: char| sign.is_control() && sign != '\n';
    assert!(
        !text.contains(control),
        "a control character reaches the terminal: {text:?}"
    );
    drop(rows.finish().expect("memory"));
}

/// Writes the report as JSON; its body must be JSON again.
pub fn write_json(report: &Report, records: &[Record]) {
    use evidence::Recorder as _;
    let mut spool = Spool::new().expect("a temporary file");
    for record in records {
        spool.record(record.clone()).expect("a temporary file");
    }
    let session = Session::of_process("2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z");
    let mut out = Vec::new();
    spool.write(report, &session, &mut out).expect("memory");
    out.flush().expect("memory");
    serde_json::from_slice::<serde_json::Value>(&out).expect("a report is JSON");
}

/// A digest's text, for manifests that are signed anew.
pub fn digest(bytes: &[u8]) -> String {
    Digest::of(bytes).to_hex()
}
