//! One run of the engine on a pack, and what is kept of it for the page.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use evidence::{KeyBook, Pack, Policy, Progress, Record, Recorder, Report, Verdict};
use review::case_file::{self, CaseFile};
use review::present::{self, CheckGroup, Context, NoteCount, SoFar};
use review::report_json::Session;
use review::sequence::{Sequences, Thread};
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
    /// What the reviewer states.
    pub(crate) policy: Policy,
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
    /// The keys that the run went by.
    pub(crate) book: KeyBook,
    case_line: String,
    sample: bool,
    sequences: OnceLock<Sequences>,
}

impl Review {
    /// What the views need beside the report.
    pub(crate) fn context(&self) -> Context<'_> {
        Context {
            token: self.token,
            key_book: &self.book.name,
            key_book_keys: u64::try_from(self.book.entries.len()).unwrap_or(u64::MAX),
            case_file: &self.case_line,
            sample: self.sample,
            notes: &self.notes,
        }
    }

    /// The numbers of the records by organisation or chain, made when they are first asked for.
    pub(crate) fn sequences(&self) -> &Sequences {
        self.sequences.get_or_init(|| {
            // Where the file cannot be read, the graver answer holds.
            let differing = |thread: Thread<'_>, number| self.case_file.differing(thread, number).unwrap_or(true);
            Sequences::of(&self.report, &self.case_file.claims(), differing)
        })
    }

    /// A sentence as it stands in a workpaper: with the input, the tool, the rules and the time of this run.
    pub(crate) fn workpaper(&self, sentence: &str) -> String {
        present::workpaper(sentence, &self.report, &self.session.started_at)
    }
}

/// Records by result while a run goes on; shared with whoever shows it.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    verified: AtomicU64,
    failed: AtomicU64,
    undecided: AtomicU64,
}

impl Tally {
    /// How many of each so far.
    pub(crate) fn now(&self) -> SoFar {
        SoFar {
            verified: self.verified.load(Ordering::Relaxed),
            failed: self.failed.load(Ordering::Relaxed),
            undecided: self.undecided.load(Ordering::Relaxed),
        }
    }

    fn add(&self, verdict: Verdict) {
        let count = match verdict {
            Verdict::Verified => &self.verified,
            Verdict::Failed => &self.failed,
            Verdict::Indeterminate | Verdict::NotEvidence | Verdict::Error => &self.undecided,
        };
        count.fetch_add(1, Ordering::Relaxed);
    }
}

/// Keeps records and counts them by result.
struct Counting<'a, R> {
    kept: &'a mut R,
    so_far: &'a Tally,
}

impl<R: Recorder> Recorder for Counting<'_, R> {
    fn record(&mut self, record: Record) -> std::io::Result<()> {
        self.so_far.add(record.verdict);
        self.kept.record(record)
    }
}

/// Opens a pack, checks it and keeps the result.
///
/// # Errors
/// When cancelled, or when the result could not be kept. Whatever is wrong with the pack is a result.
pub(crate) fn run(order: Order, progress: &Progress, so_far: &Tally) -> Result<Review, CommandError> {
    let started = clock::now();
    let pack = Pack::open(&order.paths, progress).or_fault()?;
    let (mut case_file, case_line) = index(&order, &pack, progress)?;
    let mut writer = case_file.writer().or_fault()?;
    let mut recorder = Counting {
        kept: &mut writer,
        so_far,
    };
    let report = evidence::verify(&pack, &order.book, &order.policy, progress, &mut recorder).or_fault()?;
    writer.finish(&report).or_fault()?;
    Ok(Review {
        session: Session::of_process(&started, &clock::now()),
        token: order.token,
        book: order.book,
        sample: matches!(order.index, Index::Sample),
        groups: case_file.check_groups().or_fault()?,
        notes: case_file.notes().or_fault()?,
        pack,
        report,
        case_file,
        case_line,
        sequences: OnceLock::new(),
    })
}

/// Makes the index, and says in one line where it is or why it is not kept.
fn index(order: &Order, pack: &Pack, progress: &Progress) -> Result<(CaseFile, String), CommandError> {
    let (Index::CaseFile(cases), Some(first)) = (&order.index, order.paths.first()) else {
        return temporary(pack, "A sample keeps no case file".to_owned());
    };
    if pack.refused_whole {
        return temporary(pack, "No case file: the pack could not be read".to_owned());
    }
    // A folder's digest is known once it was read; its note is found by it.
    let input = case_file::input_of(pack, progress).or_fault()?;
    let path = case_file::place(first, &input, cases);
    if let Some(folder) = path.parent() {
        // Where this fails, making the file does too, and says why.
        let _ = std::fs::create_dir_all(folder);
    }
    match CaseFile::create(&path, &input) {
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
