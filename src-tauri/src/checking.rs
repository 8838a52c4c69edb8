//! One run of the engine on a pack, and what is kept of it for the page.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use evidence::{KeyBook, Limits, Pack, Policy, Progress, Record, Recorder, Report, Verdict};
use review::acts::Case;
use review::case_file::{self, CaseFile, Marks};
use review::note::{Note, NoteError, is_open_elsewhere};
use review::present::{self, CheckGroup, Context, NoteCount, SoFar};
use review::report_json::{Session, Spool};
use review::sequence::{Sequences, Thread};
use review::view::CommandError;

use crate::clock;
use crate::fault::IntoFault as _;
use crate::noted::{Kept, Noted, passing_case};

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
    /// How much of the pack is taken.
    pub(crate) limits: Limits,
    /// Where the index of the result goes.
    pub(crate) index: Index,
    /// Who checks, as far as it is known: another window is told.
    pub(crate) name: String,
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
    noted: Mutex<Noted>,
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

    /// What the words of the page about the note are looked up in.
    pub(crate) fn case(&self) -> Case<'_> {
        Case {
            pack: &self.pack,
            report: &self.report,
            case_file: &self.case_file,
            groups: &self.groups,
        }
    }

    /// The note that belongs to it.
    pub(crate) fn noted(&self) -> MutexGuard<'_, Noted> {
        // A note whose holder panicked is whole: what it shows is what its history comes to.
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the note; the filters of the table go by what then stands there.
    ///
    /// # Errors
    /// When there is no note, or the change is refused or could not be kept.
    pub(crate) fn change_note(
        &self,
        change: impl FnOnce(&mut Note) -> Result<(), NoteError>,
    ) -> Result<(), CommandError> {
        let mut noted = self.noted();
        let changed = noted.change(change);
        self.mark(&noted);
        changed
    }

    fn mark(&self, noted: &Noted) {
        let marks = noted.note().map(|note| Marks::of(note.review()));
        self.case_file.mark(marks.unwrap_or_default());
    }

    /// The numbers of the records by organisation or chain, made when they are first asked for.
    pub(crate) fn sequences(&self) -> &Sequences {
        self.sequences.get_or_init(|| {
            // Where the file cannot be read, the graver answer holds.
            let differing = |thread: Thread<'_>, number| self.case_file.differing(thread, number).unwrap_or(true);
            Sequences::of(&self.report, &self.case_file.claims(), differing)
        })
    }

    /// The records once more, as whole reports and finished notes need them.
    ///
    /// # Errors
    /// When the case file cannot be read, or there is no room.
    pub(crate) fn spool(&self) -> std::io::Result<Spool> {
        let mut spool = Spool::new()?;
        self.case_file.each_record(|_, record| spool.record(record))?;
        Ok(spool)
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
    let pack = Pack::open_within(&order.paths, &order.limits, progress).or_fault()?;
    let Indexed {
        mut case_file,
        case_line,
        kept,
        other,
    } = index(&order, &pack, progress)?;
    let mut writer = case_file.writer().or_fault()?;
    let mut recorder = Counting {
        kept: &mut writer,
        so_far,
    };
    let report = evidence::verify(&pack, &order.book, &order.policy, progress, &mut recorder).or_fault()?;
    writer.finish(&report).or_fault()?;
    let who = holder(&order.name, &started);
    let review = Review {
        noted: Mutex::new(Noted::open(kept, &report.input, who, other)),
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
    };
    review.mark(&review.noted());
    Ok(review)
}

/// The index of a run, and where the note of its result is kept.
struct Indexed {
    case_file: CaseFile,
    /// In one line: where it is, or why it is not kept.
    case_line: String,
    kept: Kept,
    other: Option<String>,
}

/// What another window is told about who has the note open.
fn holder(name: &str, since: &str) -> String {
    let since = present::time_to_the_second(since);
    if name.is_empty() {
        format!("since {since}")
    } else {
        format!("{name}, since {since}")
    }
}

/// Makes the index, and says where it is or why it is not kept.
fn index(order: &Order, pack: &Pack, progress: &Progress) -> Result<Indexed, CommandError> {
    let (Index::CaseFile(cases), Some(first)) = (&order.index, order.paths.first()) else {
        return sample(pack);
    };
    if pack.refused_whole {
        let why = "The pack could not be read, so there is nothing to write a note about.";
        return temporary(pack, "No case file: the pack could not be read", why.to_owned());
    }
    // A folder's digest is known once it was read; its note is found by it.
    let input = case_file::input_of(pack, progress).or_fault()?;
    let path = case_file::place(first, &input, cases);
    let other = case_file::differing(first, &input).map(|other| format!("{other}. It was left as it is."));
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if is_open_elsewhere(&path) {
        // Its index stays theirs; ours is made apart, and the note can be read.
        return Ok(Indexed {
            case_file: CaseFile::temporary(&pack.input).or_fault()?,
            case_line: format!("Case file open in another window: {name}"),
            kept: Kept::In(path),
            other,
        });
    }
    if let Some(folder) = path.parent() {
        // Where this fails, making the file does too, and says why.
        let _ = std::fs::create_dir_all(folder);
    }
    match CaseFile::create(&path, &input) {
        Ok(case_file) => Ok(Indexed {
            case_file,
            case_line: format!("Case file saved: {name}"),
            kept: Kept::In(path),
            other,
        }),
        Err(error) => {
            let why = format!("No note can be kept: {error}.");
            temporary(pack, &format!("No case file: {error}"), why)
        }
    }
}

/// A sample's index and note go with it.
fn sample(pack: &Pack) -> Result<Indexed, CommandError> {
    let line = "A sample keeps no case file";
    let Ok(folder) = tempfile::tempdir() else {
        return temporary(pack, line, "No note can be kept: there is no room for it.".to_owned());
    };
    Ok(Indexed {
        case_file: CaseFile::create(&passing_case(folder.path()), &pack.input).or_fault()?,
        case_line: line.to_owned(),
        kept: Kept::WhileOpen(folder),
        other: None,
    })
}

fn temporary(pack: &Pack, line: &str, why: String) -> Result<Indexed, CommandError> {
    Ok(Indexed {
        case_file: CaseFile::temporary(&pack.input).or_fault()?,
        case_line: line.to_owned(),
        kept: Kept::Nowhere(why),
        other: None,
    })
}
