//! Good packs of which one file cannot be read: not verified, and nobody is accused.

use std::fs;
use std::io::Cursor;

use evidence::{Limits, Report, Verdict};
use zip::ZipArchive;

use super::base::Base;
use super::zipped::zipped;

/// Why a file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// It is said to be locked with a password.
    Locked,
    /// Its method of compression is not known.
    Method,
    /// Its check value does not fit: that is a mismatch by itself (`design.md` 2).
    Damaged,
}

/// What is wrong of what a good pack says once something of it cannot be read; none where it is another pack as a zip.
pub(crate) fn wrong(base: &Base) -> Option<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pack.zip");
    let files = base.files.iter();
    let files: Vec<(&str, &[u8])> = files
        .map(|(name, bytes)| (inside(name, &base.pack), &**bytes))
        .collect();
    let check = |bytes: &[u8], limits: &Limits| {
        fs::write(&path, bytes).unwrap();
        base.check_within(&path, limits).report
    };
    let sound = zipped(&files);
    if check(&sound, &Limits::default()).verdict != Verdict::Verified {
        return None;
    }
    let mut wrong = Vec::new();
    let mut note = |what: String, report: &Report| {
        let codes = &report.reason_codes;
        wrong.push(format!("{}: {what}: {:?} {codes:?}", base.name, report.verdict));
    };
    for (index, (name, _)) in files.iter().enumerate() {
        for why in [Why::Locked, Why::Method, Why::Damaged] {
            let report = check(&spoiled(&sound, index, why), &Limits::default());
            let accuses = report.verdict == Verdict::Failed && why != Why::Damaged;
            if accuses || report.verdict == Verdict::Verified {
                note(format!("{name} {why:?}"), &report);
            }
        }
    }
    for (what, limits) in lower(&files) {
        let report = check(&sound, &limits);
        let met = report
            .reason_codes
            .iter()
            .any(|code| code.as_str().starts_with("LIMIT_"));
        if report.verdict == Verdict::Failed || (met && report.verdict == Verdict::Verified) {
            note(what, &report);
        }
    }
    Some(wrong)
}

/// Limits that keep a part of these files out.
fn lower(files: &[(&str, &[u8])]) -> Vec<(String, Limits)> {
    let mut lower = Vec::new();
    let mut add = |name: &str, value: u64, set: &dyn Fn(&mut Limits) -> &mut u64| {
        let mut limits = Limits::default();
        *set(&mut limits) = value;
        lower.push((format!("{name} {value}"), limits));
    };
    for (_, bytes) in files {
        let size = u64::try_from(bytes.len()).unwrap().saturating_sub(1);
        add("whole-entry-size", size, &|limits| &mut limits.whole_entry_size);
        add("entry-size", size, &|limits| &mut limits.entry_size);
        let longest = bytes.split(|byte| *byte == b'\n').map(<[u8]>::len).max().unwrap_or(0);
        let longest = u64::try_from(longest).unwrap().saturating_sub(1);
        add("line-length", longest, &|limits| &mut limits.line_length);
    }
    for depth in 1..6 {
        add("json-depth", depth, &|limits| &mut limits.json_depth);
    }
    for nodes in [3, 10, 20, 30, 50, 100] {
        add("json-nodes", nodes, &|limits| &mut limits.json_nodes);
    }
    for count in [0, 1, 2] {
        add("records", count, &|limits| &mut limits.records);
        add("keys", count, &|limits| &mut limits.keys);
    }
    lower
}

/// The path inside the pack.
fn inside<'n>(name: &'n str, pack: &str) -> &'n str {
    name.strip_prefix(pack)
        .map_or(name, |rest| rest.strip_prefix('/').unwrap_or(name))
}

/// The same zip with one entry that cannot be read, by the same words in both of its headers.
fn spoiled(zip: &[u8], index: usize, why: Why) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(zip)).unwrap();
    let entry = archive.by_index_raw(index).unwrap();
    let at = |offset: u64| usize::try_from(offset).unwrap();
    let (local, central) = (at(entry.header_start()), at(entry.central_header_start()));
    let (flags, method, check_value) = (
        [local + 6, central + 8],
        [local + 8, central + 10],
        [local + 14, central + 16],
    );
    let mut bytes = zip.to_vec();
    for place in match why {
        Why::Locked => flags,
        Why::Method => method,
        Why::Damaged => check_value,
    } {
        bytes[place] ^= 1;
    }
    bytes
}
