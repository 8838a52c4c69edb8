//! What lies beside a table: which evidence it is of, and how to repeat it. Lines above a CSV's header would break filters.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use evidence::{Digest, RULES, Report, Verdict};

use super::project_csv::Guard;
use crate::present::{TOOL, visible};
use crate::save::{Existing, SaveError, Saved, save};
use crate::words::sentence::{count, number};
use crate::words::verdict;

/// A pack that rows were taken from.
#[derive(Debug)]
pub struct TableOf {
    name: String,
    sha256: Option<Digest>,
    verdict: Verdict,
    records: u64,
    body_sha256: Digest,
    rows: u64,
}

impl TableOf {
    /// The pack of a report whose body has this SHA-256, and how many rows of the table are its records.
    #[must_use]
    pub fn of(report: &Report, body_sha256: Digest, rows: u64) -> TableOf {
        TableOf {
            name: report.input.name.clone(),
            sha256: report.input.sha256,
            verdict: report.verdict,
            records: report.counts.records,
            body_sha256,
            rows,
        }
    }
}

/// Where the file about a table lies: `records.csv.about.txt` beside `records.csv`.
#[must_use]
pub fn about_path(table: &Path) -> PathBuf {
    let mut name = OsString::from(table.file_name().unwrap_or_default());
    name.push(".about.txt");
    table.with_file_name(name)
}

/// Writes the file about a table beside it.
///
/// # Errors
/// When it cannot be written, or lies there already and is to be kept.
pub fn save_about(table: &Saved, guard: Guard, packs: &[TableOf], existing: Existing) -> Result<Saved, SaveError> {
    save(
        &about_path(&table.path),
        existing,
        about(table, guard, packs).as_bytes(),
    )
}

fn about(table: &Saved, guard: Guard, packs: &[TableOf]) -> String {
    let name = table.path.file_name().unwrap_or_default().to_string_lossy();
    let rows = packs.iter().map(|pack| pack.rows).sum();
    let mut text = format!("About {}\n\n", visible(&name));
    // Writing into a text cannot fail.
    let _ = writeln!(text, "SHA-256 of that file: {}", table.sha256);
    let _ = writeln!(text, "{}, one for each record.", count(rows, "row", "rows"));
    let _ = writeln!(text, "Written by {TOOL}, rules {RULES}.");
    if guard == Guard::On {
        text.push_str(
            "\nAn apostrophe in front of a value keeps spreadsheets from running it. It is no part of the evidence.\n",
        );
    }
    for pack in packs {
        let sha256 = pack
            .sha256
            .map_or_else(|| "not known".to_owned(), |digest| digest.to_hex());
        let _ = writeln!(text, "\n{}", visible(&pack.name));
        let _ = writeln!(text, "  SHA-256: {sha256}");
        let _ = writeln!(text, "  Result: {}", verdict(pack.verdict));
        let all = count(pack.records, "record", "records");
        let _ = writeln!(text, "  Rows written: {} of {all}", number(pack.rows));
        let _ = writeln!(text, "  bodySha256 of the full report: {}", pack.body_sha256);
    }
    text.push_str("\nTo repeat it, check the same bytes by the same rules, and compare bodySha256.\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn it_names_the_pack_its_report_and_the_rows_of_those_there_are() {
        let folder = tempfile::tempdir().unwrap();
        let table = save(&folder.path().join("a.csv"), Existing::Keep, b"x\n").unwrap();
        let pack = TableOf::of(&fixture::report(), Digest::of(b"body"), 1);
        let beside = save_about(&table, Guard::On, &[pack], Existing::Keep).unwrap();
        assert_eq!(beside.path, folder.path().join("a.csv.about.txt"));
        insta::assert_snapshot!(std::fs::read_to_string(beside.path).unwrap());
    }
}
