//! One run of the engine on a pack, and what is kept of it for the page.

use std::path::PathBuf;

use evidence::{KeyBook, Pack, Policy, Progress, Report};
use review::case_file::{self, CaseFile};
use review::present::{CheckGroup, Context, NoteCount};
use review::report_json::Session;
use review::view::CommandError;

use crate::clock;
use crate::fault::IntoFault as _;

/// What a run is asked.
pub(crate) struct Order {
    /// The pack's handle.
    pub(crate) token: u32,
    /// What was dropped in one gesture.
    pub(crate) paths: Vec<PathBuf>,
    /// The keys that count.
    pub(crate) book: KeyBook,
    /// Where the index of the result goes.
    pub(crate) index: Index,
}

/// Where the index of a result goes.
pub(crate) enum Index {
    /// Beside the pack, or in this folder where that cannot be written.
    CaseFile(PathBuf),
    /// Nowhere for longer than it is shown: a built-in sample is no case.
    Sample,
}

/// The result of a run, with the pack kept open to show what is in it.
pub(crate) struct Review {
    /// The pack.
    pub(crate) pack: Pack,
    /// What was found, without records.
    pub(crate) report: Report,
    /// The records.
    pub(crate) case_file: CaseFile,
    /// The checks by kind and outcome.
    pub(crate) groups: Vec<CheckGroup>,
    /// When and by whom.
    pub(crate) session: Session,
    token: u32,
    notes: Vec<NoteCount>,
    book_name: String,
    book_keys: u64,
    case_line: String,
    sample: bool,
}

impl Review {
    /// What the views need beside the report.
    pub(crate) fn context(&self) -> Context<'_> {
        Context {
            token: self.token,
            key_book: &self.book_name,
            key_book_keys: self.book_keys,
            case_file: &self.case_line,
            sample: self.sample,
            notes: &self.notes,
        }
    }
}

/// Opens a pack, checks it and keeps the result.
///
/// # Errors
/// When cancelled, or when the result could not be kept. Whatever is wrong with the pack is a result.
pub(crate) fn run(order: Order, progress: &Progress) -> Result<Review, CommandError> {
    let started = clock::now();
    let pack = Pack::open(&order.paths, progress).or_fault()?;
    let (mut case_file, case_line) = index(&order, &pack)?;
    let mut writer = case_file.writer().or_fault()?;
    let report = evidence::verify(&pack, &order.book, &Policy::default(), progress, &mut writer).or_fault()?;
    writer.finish(&report).or_fault()?;
    Ok(Review {
        session: Session::of_process(&started, &clock::now()),
        token: order.token,
        book_keys: u64::try_from(order.book.entries.len()).unwrap_or(u64::MAX),
        book_name: order.book.name,
        sample: matches!(order.index, Index::Sample),
        groups: case_file.check_groups().or_fault()?,
        notes: case_file.notes().or_fault()?,
        pack,
        report,
        case_file,
        case_line,
    })
}

/// Makes the index, and says in one line where it is or why it is not kept.
fn index(order: &Order, pack: &Pack) -> Result<(CaseFile, String), CommandError> {
    let (Index::CaseFile(cases), Some(first)) = (&order.index, order.paths.first()) else {
        return temporary(pack, "A sample keeps no case file".to_owned());
    };
    if pack.refused_whole {
        return temporary(pack, "No case file: the pack could not be read".to_owned());
    }
    let path = case_file::place(first, &pack.input, cases);
    if let Some(folder) = path.parent() {
        // Where this fails, making the file does too, and says why.
        let _ = std::fs::create_dir_all(folder);
    }
    match CaseFile::create(&path, &pack.input) {
        Ok(case_file) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            Ok((case_file, format!("Case file saved: {name}")))
        }
        Err(error) => temporary(pack, format!("No case file: {error}")),
    }
}

fn temporary(pack: &Pack, line: String) -> Result<(CaseFile, String), CommandError> {
    Ok((CaseFile::temporary(&pack.input).or_fault()?, line))
}
