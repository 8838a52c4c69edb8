//! What a reviewer hands over, written where a native dialog says.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use evidence::Record;
use review::case_file::CaseError;
use review::document::{Form, Material, Profile as ReportProfile, save_document};
use review::export::{self, Guard, Occasion, Profile, TableOf};
use review::save::{Existing, SaveError, Saved};
use review::view::{CommandError, ExportItem, ExportView, ExportedView};
use review::words::sentence::{count, number};
use review::{present, save};
use tauri::State;
use tauri::async_runtime::spawn_blocking;

use crate::checking::Review;
use crate::commands::packs::file_name;
use crate::desk::{Desk, Held};
use crate::fault::{IntoFault as _, fault, not_there};
use crate::station::Station;
use crate::{clock, dialogs};

/// What can be exported.
#[tauri::command(async)]
pub(crate) fn exports(desk: State<'_, Desk>, token: u32, record: Option<u64>) -> Result<ExportView, CommandError> {
    Ok(present::exports(&desk.review(token)?.report, record))
}

/// Writes one export; nothing when the dialog is cancelled.
#[tauri::command]
pub(crate) async fn export(
    desk: State<'_, Desk>,
    station: State<'_, Station>,
    token: u32,
    id: String,
    record: Option<u64>,
    profile: String,
) -> Result<Option<ExportedView>, CommandError> {
    let (held, review) = (desk.held(token)?, desk.review(token)?);
    let item = item(&review, &id, record)?;
    let profile = profile.parse().map_err(|_| not_there("kind of report"))?;
    let Some(job) = Job::asked(&review, &item, (record, profile), &station.last_folder()).await else {
        return Ok(None);
    };
    let written = spawn_blocking(move || job.write(&held, &review)).await;
    written
        .map_err(|_| fault("INTERNAL", "The export ended by a fault of this program."))?
        .map(Some)
}

fn item(review: &Review, id: &str, record: Option<u64>) -> Result<ExportItem, CommandError> {
    let mut items = present::exports(&review.report, record).items.into_iter();
    let item = items.find(|item| item.id == id).ok_or_else(|| not_there("export"))?;
    if item.unavailable.is_empty() {
        Ok(item)
    } else {
        Err(fault("EXPORT_UNAVAILABLE", item.unavailable))
    }
}

/// One export and where it goes.
enum Job {
    /// The audit report of one record.
    OneAuditReport(PathBuf, u64),
    /// An audit report for each record, in a new folder.
    AuditReports(PathBuf),
    /// The project summary.
    Summary(PathBuf, Profile),
    /// The full report.
    Report(PathBuf),
    /// The report that is filed.
    Document(PathBuf, Form, ReportProfile),
}

impl Job {
    /// Asks where the export goes.
    async fn asked(
        review: &Review,
        item: &ExportItem,
        (record, profile): (Option<u64>, ReportProfile),
        start: &Path,
    ) -> Option<Job> {
        let only = (review.report.counts.records == 1).then_some(1);
        let save = |title| dialogs::save(title, start, &item.file_name);
        match (item.id.as_str(), record.or(only)) {
            ("html", _) => Some(Job::Document(save("Save report to read").await?, Form::Html, profile)),
            ("pdf", _) => Some(Job::Document(save("Save report to file").await?, Form::Pdf, profile)),
            ("xlsx", _) => Some(Job::Document(save("Save workbook").await?, Form::Xlsx, profile)),
            ("auditReport", Some(number)) => Some(Job::OneAuditReport(save("Save audit report").await?, number)),
            ("auditReport", None) => {
                let folder = dialogs::save_folder("Save audit reports in a folder", start).await?;
                Some(Job::AuditReports(folder.join(&item.file_name)))
            }
            ("projectCsv", _) => Some(Job::Summary(save("Save project summary").await?, Profile::Standard)),
            ("projectCsvExcel", _) => Some(Job::Summary(
                save("Save project summary for Excel").await?,
                Profile::Excel,
            )),
            _ => Some(Job::Report(save("Save full report").await?)),
        }
    }

    fn write(self, held: &Arc<Held>, review: &Arc<Review>) -> Result<ExportedView, CommandError> {
        match self {
            Job::OneAuditReport(path, number) => {
                held.keep_out(&path)?;
                one_audit_report(review, &path, number)
            }
            Job::AuditReports(folder) => {
                held.keep_out(&folder)?;
                audit_reports(review, &folder)
            }
            Job::Summary(path, profile) => {
                held.keep_out(&path)?;
                held.keep_out(&export::about_path(&path))?;
                summary(review, &path, profile)
            }
            Job::Report(path) => {
                held.keep_out(&path)?;
                full_report(review, &path)
            }
            Job::Document(path, form, profile) => {
                held.keep_out(&path)?;
                document(review, &path, form, profile)
            }
        }
    }
}

fn one_audit_report(review: &Review, path: &Path, number: u64) -> Result<ExportedView, CommandError> {
    let record = review
        .case_file
        .record(number)
        .or_fault()?
        .ok_or_else(|| not_there("record"))?;
    let now = clock::now();
    let saved =
        export::save_audit_report(path, Existing::Replace, &review.report, &record, occasion(&now)).or_fault()?;
    Ok(written(
        &saved,
        1,
        format!("1 record written, {} in the pack.", records(review)),
    ))
}

/// One file per record in a folder of their own, which is not there yet.
fn audit_reports(review: &Review, folder: &Path) -> Result<ExportedView, CommandError> {
    std::fs::create_dir(folder).map_err(unwritable(folder)).or_fault()?;
    let now = clock::now();
    let (mut files, mut bytes) = (0_u64, 0_u64);
    each_record(review, |number, record| {
        let text = export::audit_report(&review.report, &record, occasion(&now));
        let path = folder.join(export::audit_file_name(&record));
        // Two records may bear the same execution id: the second then carries its number.
        let saved = match save::save(&path, Existing::Keep, text.as_bytes()) {
            Err(SaveError::Exists(_)) => {
                let path = folder.join(format!("record-{number}-{}", export::audit_file_name(&record)));
                save::save(&path, Existing::Keep, text.as_bytes())
            }
            other => other,
        }
        .or_fault()?;
        files = files.saturating_add(1);
        bytes = bytes.saturating_add(saved.bytes);
        Ok(())
    })?;
    Ok(ExportedView {
        file_name: folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        place: place(folder),
        sentence: format!(
            "{} written, {} in the pack.",
            count(files, "file", "files"),
            records(review)
        ),
        rows: files,
        bytes,
        sha256: None,
    })
}

fn summary(review: &Review, path: &Path, profile: Profile) -> Result<ExportedView, CommandError> {
    let form = (profile, Guard::On);
    let (saved, rows) = export::save_project_csv(path, Existing::Replace, form, None, |csv| {
        review.case_file.each_record(|_, record| csv.row(&record))
    })
    .or_fault()?;
    let body = review.spool().and_then(|spool| spool.body_sha256(&review.report));
    let body_sha256 = body.map_err(unwritable(path)).or_fault()?;
    let table = TableOf::of(&review.report, body_sha256, rows);
    let about = export::save_about(&saved, Guard::On, &[table], Existing::Replace).or_fault()?;
    Ok(written(
        &saved,
        rows,
        format!(
            "{} written, {} in the pack. {} says which pack, and how to repeat it.",
            count(rows, "row", "rows"),
            records(review),
            present::visible(&file_name(&about.path))
        ),
    ))
}

fn full_report(review: &Review, path: &Path) -> Result<ExportedView, CommandError> {
    let spool = review.spool().map_err(unwritable(path)).or_fault()?;
    let mut session = review.session.clone();
    session.remarks = spool.clock_remarks(&session.finished_at);
    let saved = export::save_report(path, Existing::Replace, &review.report, spool, &session).or_fault()?;
    Ok(written(
        &saved,
        1,
        format!("1 report written, {} in the pack.", records(review)),
    ))
}

/// The report with the note as it stands now.
fn document(review: &Review, path: &Path, form: Form, profile: ReportProfile) -> Result<ExportedView, CommandError> {
    let note = review.noted().note().map(|note| note.ledger().clone());
    let material = Material {
        report: &review.report,
        case_file: &review.case_file,
        note: note.as_ref().filter(|note| !note.entries().is_empty()),
    };
    let exported = save_document(path, Existing::Replace, form, profile, material).or_fault()?;
    let all = records(review);
    let sentence = match exported.rows {
        Some(rows) => format!("{} of {all} listed.", number(rows)),
        None => format!("{all} checked, none listed in a short report."),
    };
    Ok(written(&exported.saved, exported.rows.unwrap_or_default(), sentence))
}

/// Why an export cannot be written there.
fn unwritable(path: &Path) -> impl Fn(std::io::Error) -> SaveError {
    move |source| SaveError::Io {
        path: path.to_owned(),
        source,
    }
}

/// Hands every record to `each`, in order.
fn each_record(
    review: &Review,
    mut each: impl FnMut(u64, Record) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    /// Either side's error on its way out of the case file.
    enum Ended {
        Case(CaseError),
        Fault(CommandError),
    }
    impl From<CaseError> for Ended {
        fn from(error: CaseError) -> Ended {
            Ended::Case(error)
        }
    }
    let ended = review
        .case_file
        .each_record(|number, record| each(number, record).map_err(Ended::Fault));
    match ended {
        Ok(()) => Ok(()),
        Err(Ended::Case(error)) => Err(error).or_fault(),
        Err(Ended::Fault(fault)) => Err(fault),
    }
}

fn occasion(now: &str) -> Occasion<'_> {
    Occasion {
        exported_at: now,
        project: None,
    }
}

fn records(review: &Review) -> String {
    count(review.report.counts.records, "record", "records")
}

/// The folder that a file or folder lies in, as the page shows it.
pub(crate) fn place(path: &Path) -> String {
    path.parent()
        .map(|folder| present::visible(&folder.to_string_lossy()))
        .unwrap_or_default()
}

/// What the page is told of a file that was written.
pub(crate) fn written(saved: &Saved, rows: u64, sentence: String) -> ExportedView {
    ExportedView {
        file_name: file_name(&saved.path),
        place: place(&saved.path),
        sentence,
        rows,
        bytes: saved.bytes,
        sha256: Some(saved.sha256.to_hex()),
    }
}
