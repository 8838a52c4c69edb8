//! What a reviewer hands over: the single-record audit report, the project summary and the full report.
//!
//! Values come from what the engine read out of the records ([`Record::fields`](evidence::Record)) and from its
//! results; nothing here decides anything about evidence.

mod about;
mod audit;
mod full;
mod note;
mod project_csv;
mod selection;

pub use about::{TableOf, about_path, save_about};
pub use audit::{Occasion, audit_file_name, audit_report, save_audit_report};
pub use full::save_report;
pub use note::save_note;
pub use project_csv::{COLUMNS, CsvWriter, Guard, Profile, csv_file_name, guarded, save_project_csv};
pub use selection::Selection;
