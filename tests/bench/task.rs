//! One run of the engine over a pack, watched.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use evidence::{Ecosystem, KeyBook, Pack, Policy, Progress, Record, Recorder, Scope, SuppliedKeys, Verdict};
use serde_json::{Value, json};

use crate::process::cpu_seconds;

/// What is checked, and with what.
pub(crate) struct Task {
    pub(crate) pack: PathBuf,
    book: KeyBook,
    policy: Policy,
}

/// How a run went.
pub(crate) struct Run {
    pub(crate) records: u64,
    pub(crate) wall: f64,
    pub(crate) cpu: f64,
    /// Seconds from the start until the first record was judged.
    pub(crate) first_progress: Option<f64>,
    /// Seconds from the cancel to the end.
    pub(crate) after_cancel: Option<f64>,
    verdict: Option<Verdict>,
    failures: Failures,
    pub(crate) population: Vec<Value>,
}

/// Keeps only what is not verified.
#[derive(Default)]
struct Failures(Vec<(u64, Vec<String>)>);

impl Recorder for Failures {
    fn record(&mut self, record: Record) -> std::io::Result<()> {
        if record.verdict != Verdict::Verified {
            self.0
                .push((record.source.line.unwrap_or_default(), record.native.reason_codes));
        }
        Ok(())
    }
}

impl Task {
    pub(crate) fn new(pack: &Path, ecosystem: Ecosystem, keys: &Path) -> Task {
        let book = KeyBook {
            supplied: vec![SuppliedKeys {
                name: "keys.json".to_owned(),
                ecosystem,
                bytes: fs::read(keys).unwrap(),
            }],
            ..KeyBook::default()
        };
        let policy = Policy {
            scope: Some(Scope::Full),
            ..Policy::default()
        };
        Task {
            pack: pack.to_owned(),
            book,
            policy,
        }
    }

    /// Checks it all, or until it is cancelled.
    pub(crate) fn run(&self, cancel: Option<Duration>) -> Run {
        let progress = Progress::default();
        let (start, cpu) = (Instant::now(), cpu_seconds());
        let mut failures = Failures::default();
        let (report, ended, (first_progress, cancelled)) = thread::scope(|scope| {
            let watching = scope.spawn(|| watch(&progress, start, cancel));
            // Opening hears a cancel as well.
            let pack = Pack::open(std::slice::from_ref(&self.pack), &progress).ok();
            let report =
                pack.and_then(|pack| evidence::verify(&pack, &self.book, &self.policy, &progress, &mut failures).ok());
            let ended = Instant::now();
            progress.cancel();
            (report, ended, watching.join().unwrap())
        });
        let seconds = |from: Instant, to: Instant| to.duration_since(from).as_secs_f64();
        Run {
            records: report.as_ref().map_or(0, |report| report.counts.records),
            wall: seconds(start, ended),
            cpu: cpu_seconds() - cpu,
            first_progress: first_progress.map(|at| seconds(start, at)),
            after_cancel: cancelled.filter(|at| *at < ended).map(|at| seconds(at, ended)),
            verdict: report.as_ref().map(|report| report.verdict),
            failures,
            population: report
                .iter()
                .flat_map(|report| &report.parts)
                .flat_map(|part| part.population.clone())
                .collect(),
        }
    }
}

/// Watches a run until it is over: when the first record was judged, and when it was cancelled.
fn watch(progress: &Progress, start: Instant, cancel: Option<Duration>) -> (Option<Instant>, Option<Instant>) {
    let mut first = None;
    while !progress.is_cancelled() {
        if first.is_none() && progress.now().records_done > 0 {
            first = Some(Instant::now());
        }
        if cancel.is_some_and(|after| start.elapsed() >= after) {
            let now = Instant::now();
            progress.cancel();
            return (first, Some(now));
        }
        thread::sleep(Duration::from_millis(1));
    }
    (first, None)
}

impl Run {
    /// The rows that are not verified, as a truth file lists them.
    pub(crate) fn failures(&self) -> Value {
        let failures = self.failures.0.iter();
        failures
            .map(|(line, codes)| json!({"line": line, "reasonCodes": codes}))
            .collect()
    }
}

/// Where a result is not as the truth file says.
#[derive(Default)]
pub(crate) struct Differences(pub(crate) Vec<String>);

impl Differences {
    pub(crate) fn compare(&mut self, what: &str, expected: &Value, is: Value) {
        if *expected != is {
            self.0.push(format!("{what}: expected {expected}, found {is}"));
        }
    }

    /// Number of records and verdict.
    pub(crate) fn whole(&mut self, run: &Run, truth: &Value) {
        self.compare("records", &truth["records"], json!(run.records));
        self.compare("verdict", &truth["verdict"], json!(run.verdict));
    }
}
