//! `sealcheck export`: checks, then writes what a reviewer hands over. The exit code is the verdict's, as for `verify`.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use evidence::{Progress, Record, Recorder, Report};
use review::case_file::CaseFile;
use review::document::Form;
use review::export::{
    CsvWriter, Guard, Occasion, Profile, Selection, TableOf, about_path, audit_file_name, audit_report, save_about,
    save_audit_report, save_project_csv,
};
use review::present::visible;
use review::report_json::Spool;
use review::save::{Existing, SaveError};

use crate::args::{AuditArgs, ChosenArgs, CsvArgs, CsvProfile, ExportArgs, ExportKind, ReportArgs};
use crate::end::{End, Failure};
use crate::input::Packs;
use crate::output::{Output, allow};
use crate::trust::Trust;
use crate::verify::{as_json, check};
use crate::{clock, document, progress, raw};

pub(crate) fn run(arguments: &ExportArgs, progress: &Progress) -> Result<End, Failure> {
    progress::shown(progress, false, || match &arguments.kind {
        Some(ExportKind::AuditReport(arguments)) => audit(arguments, progress),
        Some(ExportKind::ProjectCsv(arguments)) => project_csv(arguments, progress),
        Some(ExportKind::Report(arguments)) => report(arguments, progress),
        Some(ExportKind::Html(arguments)) => document::run(arguments, Form::Html, progress),
        Some(ExportKind::Pdf(arguments)) => document::run(arguments, Form::Pdf, progress),
        Some(ExportKind::Xlsx(arguments)) => document::run(arguments, Form::Xlsx, progress),
        None => raw::run(&arguments.of, progress),
    })
}

fn report(arguments: &ReportArgs, progress: &Progress) -> Result<End, Failure> {
    let trust = Trust::of(&arguments.trust)?;
    let packs = Packs::of(&arguments.packs, progress)?;
    let mut output = Output::open(&arguments.output, &packs.paths())?;
    let end = as_json(&packs, &trust, progress, &mut output)?;
    output.finish(progress)?;
    Ok(end)
}

/// Hands on the records that were chosen.
pub(crate) struct Chosen<'r, R: Recorder> {
    pub(crate) selection: Selection,
    pub(crate) count: u64,
    pub(crate) recorder: &'r mut R,
}

impl<R: Recorder> Recorder for Chosen<'_, R> {
    fn record(&mut self, record: Record) -> std::io::Result<()> {
        if !self.selection.holds(&record) {
            return Ok(());
        }
        self.count += 1;
        self.recorder.record(record)
    }
}

fn project_csv(arguments: &CsvArgs, progress: &Progress) -> Result<End, Failure> {
    let trust = Trust::of(&arguments.trust)?;
    let packs = Packs::of(&arguments.packs, progress)?;
    let form = (
        match arguments.profile {
            CsvProfile::Standard => Profile::Standard,
            CsvProfile::Excel => Profile::Excel,
        },
        if arguments.no_guard { Guard::Off } else { Guard::On },
    );
    let label = arguments.scope.project_label.as_deref();
    let mut result = Ok(End::NotEvidence);
    match &arguments.output.output {
        None => {
            let out = std::io::BufWriter::new(std::io::stdout().lock());
            let mut rows = CsvWriter::new(out, form.0, form.1, label)?;
            result = all_rows(&packs, &trust, &arguments.scope.chosen, progress, &mut rows, None);
            rows.finish()?;
        }
        Some(path) => {
            let existing = allow(path, arguments.output.force, &packs.paths())?;
            allow(&about_path(path), arguments.output.force, &packs.paths())?;
            let mut tables = Vec::new();
            let saved = save_project_csv(path, existing, form, label, |rows| {
                let chosen = &arguments.scope.chosen;
                result = all_rows(&packs, &trust, chosen, progress, rows, Some(&mut tables));
                // The draft is dropped; the reason is in `result`.
                result
                    .as_ref()
                    .map(|_| ())
                    .map_err(|_| std::io::ErrorKind::Interrupted.into())
            });
            if result.is_ok() {
                let (saved, rows) = saved?;
                save_about(&saved, form.1, &tables, existing)?;
                eprintln!(
                    "sealcheck: {} written, {rows} rows, SHA-256 {}",
                    visible(&saved.path.display().to_string()),
                    saved.sha256
                );
            }
        }
    }
    result
}

/// Writes the rows that were chosen; where the table gets a file about it, all records go into the report as well.
struct Rows<'r, W: Write> {
    chosen: Selection,
    table: &'r mut CsvWriter<W>,
    written: u64,
    spool: Option<Spool>,
}

impl<W: Write> Recorder for Rows<'_, W> {
    fn record(&mut self, record: Record) -> std::io::Result<()> {
        if self.chosen.holds(&record) {
            self.written += 1;
            self.table.row(&record)?;
        }
        self.spool.as_mut().map_or(Ok(()), |spool| spool.record(record))
    }
}

fn all_rows<W: Write>(
    packs: &Packs,
    trust: &Trust,
    chosen_by: &ChosenArgs,
    progress: &Progress,
    rows: &mut CsvWriter<W>,
    mut tables: Option<&mut Vec<TableOf>>,
) -> Result<End, Failure> {
    let mut ends = Vec::new();
    let mut count = 0;
    for pack in packs.open(progress) {
        let pack = pack?;
        let mut chosen = Rows {
            chosen: selection(chosen_by),
            table: &mut *rows,
            written: 0,
            spool: tables.is_some().then(Spool::new).transpose()?,
        };
        let report = check(&pack, &trust.book(&pack)?, &trust.policy, progress, &mut chosen)?;
        ends.push(end_of(&report, chosen.written));
        count += chosen.written;
        if let (Some(tables), Some(spool)) = (&mut tables, chosen.spool) {
            tables.push(TableOf::of(&report, spool.body_sha256(&report)?, chosen.written));
        }
    }
    if progress.is_cancelled() {
        return Err(Failure::Interrupted);
    }
    if count == 0 {
        eprintln!("sealcheck: no record fits, the table is empty");
    }
    Ok(End::of(ends))
}

/// The verdict's end; an export of nothing is never good.
pub(crate) fn end_of(report: &Report, chosen: u64) -> End {
    let end = End::from(report.verdict);
    if chosen == 0 { end.max(End::NotEvidence) } else { end }
}

fn audit(arguments: &AuditArgs, progress: &Progress) -> Result<End, Failure> {
    let trust = Trust::of(&arguments.trust)?;
    let packs = Packs::of(&arguments.packs, progress)?;
    if packs.several() {
        return Err(Failure::Usage(
            "an audit report is about one pack; --together makes one of several files".to_owned(),
        ));
    }
    let Some(pack) = packs.open(progress).next().transpose()? else {
        return Ok(End::NotEvidence);
    };
    let mut case = CaseFile::temporary(&pack.input)?;
    let mut writer = case.writer()?;
    let mut chosen = Chosen {
        selection: selection(&arguments.scope.chosen),
        count: 0,
        recorder: &mut writer,
    };
    let report = check(&pack, &trust.book(&pack)?, &trust.policy, progress, &mut chosen)?;
    let count = chosen.count;
    writer.finish(&report)?;
    write_audits(arguments, &packs, &case, (&report, count), progress)?;
    Ok(end_of(&report, count))
}

fn write_audits(
    arguments: &AuditArgs,
    packs: &Packs,
    case: &CaseFile,
    (report, count): (&Report, u64),
    progress: &Progress,
) -> Result<(), Failure> {
    if progress.is_cancelled() {
        return Err(Failure::Interrupted);
    }
    let exported_at = clock::milliseconds(clock::now());
    let occasion = Occasion {
        exported_at: &exported_at,
        project: arguments.scope.project_label.as_deref(),
    };
    let folder = arguments.output.output.as_deref().filter(|path| path.is_dir());
    match (count, folder) {
        (0, _) => eprintln!("sealcheck: no record fits, nothing was written"),
        (_, Some(folder)) => {
            let existing = allow_inside(folder, arguments.output.force, &packs.paths())?;
            each_path(case, folder, progress, |path, _| match existing {
                // Before the first is written: all or none.
                Existing::Keep if path.exists() => Err(SaveError::Exists(path.to_owned()).into()),
                Existing::Keep | Existing::Replace => Ok(()),
            })?;
            each_path(case, folder, progress, |path, record| {
                let saved = save_audit_report(path, existing, report, record, occasion)?;
                eprintln!("sealcheck: {} written", visible(&saved.path.display().to_string()));
                Ok(())
            })?;
        }
        (1, None) => {
            let mut output = Output::open(&arguments.output, &packs.paths())?;
            case.each_record(|_, record| {
                output.write_all(audit_report(report, &record, occasion).as_bytes())?;
                Ok::<(), Failure>(output.write_all(b"\n")?)
            })?;
            output.finish(progress)?;
        }
        (count, None) => {
            return Err(Failure::Usage(format!(
                "{count} records fit: choose one by --record or --hash, or name an existing folder as --output"
            )));
        }
    }
    Ok(())
}

/// Visits every record with the path of its report in the folder.
fn each_path(
    case: &CaseFile,
    folder: &Path,
    progress: &Progress,
    mut visit: impl FnMut(&Path, &Record) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut names = BTreeSet::new();
    case.each_record(|_, record| {
        if progress.is_cancelled() {
            return Err(Failure::Interrupted);
        }
        visit(&folder.join(free_name(&audit_file_name(&record), &mut names)), &record)
    })
}

/// The folder must not be a pack or lie inside one.
pub(crate) fn allow_inside(folder: &Path, force: bool, packs: &[std::path::PathBuf]) -> Result<Existing, Failure> {
    allow(&folder.join("audit-report.json"), true, packs)?;
    Ok(if force { Existing::Replace } else { Existing::Keep })
}

/// The name, or the name with `-2`, `-3` before its ending when it was used before; case does not tell names apart.
fn free_name(name: &str, used: &mut BTreeSet<String>) -> String {
    let (stem, ending) = name.split_once("-audit-report").unwrap_or((name, ""));
    let mut free = name.to_owned();
    let mut number = 2_u64;
    while !used.insert(free.to_lowercase()) {
        free = format!("{stem}-{number}-audit-report{ending}");
        number += 1;
    }
    free
}

/// The records that were asked for.
pub(crate) fn selection(scope: &ChosenArgs) -> Selection {
    Selection {
        records: scope.record.clone(),
        hashes: scope.hash.clone(),
        project: scope.project.clone(),
        app: scope.app.clone(),
        surface: scope.surface.clone(),
        from: scope.from,
        to: scope.to,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_are_told_apart() {
        let mut used = BTreeSet::new();
        let names = ["a-audit-report.json", "A-audit-report.json", "a-audit-report.json"];
        let free = names.map(|name| free_name(name, &mut used));
        assert_eq!(
            free,
            ["a-audit-report.json", "A-2-audit-report.json", "a-3-audit-report.json"]
        );
    }
}
