//! How fast the engine is, beside what bounds it, in one run. `cargo xtask bench` starts it and prints the table.
//!
//! Arguments: a pack, the key file that belongs to it, and the truth about it. Prints one JSON object.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a measurement stops where something is not as it says"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use ed25519_dalek::{Signer, SigningKey};
use evidence::{Ecosystem, KeyBook, Pack, Policy, Progress, PublicKey, Record, Recorder, Scope, SuppliedKeys, Verdict};
use rayon::prelude::*;
use serde_json::{Value, json};

/// How long verifying alone is measured, each time.
const ROUND: Duration = Duration::from_millis(1_500);
/// About as long as the signed text of an event of a kilobyte.
const MESSAGE: usize = 850;

/// See `Cargo.toml` for why it is not the C library's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let [pack, keys, truth] = words.as_slice() else {
        eprintln!("usage: engine PACK KEYS TRUTH");
        return;
    };
    let task = Task::new(pack.into(), Path::new(keys));
    let truth: Value = serde_json::from_slice(&fs::read(truth).unwrap()).unwrap();
    let bound = Bound::new();
    let before = bound.measure();
    let run = task.run(None);
    let memory = peak_memory();
    let after = bound.measure();
    let cancelled = task.run(Some(Duration::from_millis(400)));
    let records = f64::from(u32::try_from(run.records).unwrap());
    let answer = json!({
        "records": run.records,
        "verifyPerSecond": before.rate.midpoint(after.rate),
        "verifyPerCpuSecond": before.per_cpu.midpoint(after.per_cpu),
        "recordsPerSecond": records / run.wall,
        "recordsPerCpuSecond": records / run.cpu,
        "seconds": run.wall,
        "peakMemory": memory,
        "firstProgress": run.first_progress,
        "cancel": cancelled.after_cancel,
        "differences": differences(&run, &truth),
    });
    println!("{answer}");
}

/// Verifying signatures by one key and nothing else, on all cores.
struct Bound {
    key: PublicKey,
    signed: Vec<([u8; MESSAGE], [u8; 64])>,
}

struct Speed {
    rate: f64,
    per_cpu: f64,
}

impl Bound {
    fn new() -> Bound {
        let secret = SigningKey::from_bytes(&[7; 32]);
        let signed = (0..=255_u8)
            .map(|number| {
                let message = [number; MESSAGE];
                (message, secret.sign(&message).to_bytes())
            })
            .collect();
        let key = PublicKey::from_bytes(secret.verifying_key().as_bytes()).unwrap();
        Bound { key, signed }
    }

    fn measure(&self) -> Speed {
        let (start, cpu) = (Instant::now(), cpu_seconds());
        let mut verified = 0_u32;
        while start.elapsed() < ROUND {
            self.signed.par_iter().for_each(|(message, signature)| {
                self.key.verify(message, signature).unwrap();
            });
            verified += u32::try_from(self.signed.len()).unwrap();
        }
        Speed {
            rate: f64::from(verified) / start.elapsed().as_secs_f64(),
            per_cpu: f64::from(verified) / (cpu_seconds() - cpu),
        }
    }
}

/// What is checked, and with what.
struct Task {
    pack: PathBuf,
    book: KeyBook,
    policy: Policy,
}

/// How a run went.
struct Run {
    records: u64,
    wall: f64,
    cpu: f64,
    /// Seconds from the start until the first record was judged.
    first_progress: Option<f64>,
    /// Seconds from the cancel to the end.
    after_cancel: Option<f64>,
    verdict: Option<Verdict>,
    failures: Failures,
    population: Vec<Value>,
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
    fn new(pack: PathBuf, keys: &Path) -> Task {
        let book = KeyBook {
            supplied: vec![SuppliedKeys {
                name: "keys.json".to_owned(),
                ecosystem: Ecosystem::Invoance,
                bytes: fs::read(keys).unwrap(),
            }],
            ..KeyBook::default()
        };
        let policy = Policy {
            scope: Some(Scope::Full),
            ..Policy::default()
        };
        Task { pack, book, policy }
    }

    /// Checks it all, or until it is cancelled.
    fn run(&self, cancel: Option<Duration>) -> Run {
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

/// Where a result is not as the truth file says.
fn differences(run: &Run, truth: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut compare = |what: String, expected: &Value, is: Value| {
        if *expected != is {
            found.push(format!("{what}: expected {expected}, found {is}"));
        }
    };
    compare("records".to_owned(), &truth["records"], json!(run.records));
    compare("verdict".to_owned(), &truth["verdict"], json!(run.verdict));
    let failures: Vec<Value> = run
        .failures
        .0
        .iter()
        .map(|(line, codes)| json!({"line": line, "reasonCodes": codes}))
        .collect();
    compare("rows that fail".to_owned(), &truth["problems"], json!(failures));
    for expected in truth["organisations"].as_array().unwrap() {
        let id = &expected["org_id"];
        let Some(is) = run.population.iter().find(|entry| entry["org_id"] == *id) else {
            compare(format!("organisation {id}"), &json!("there"), json!("not there"));
            continue;
        };
        for (name, wanted) in expected.as_object().unwrap() {
            compare(format!("{name} of {id}"), wanted, figure(is, name));
        }
    }
    found
}

/// One figure of an organisation, ranges as pairs.
fn figure(organisation: &Value, name: &str) -> Value {
    let pairs = |ranges: &Value| -> Value {
        let ranges = ranges.as_array().into_iter().flatten();
        ranges.map(|range| json!([range["from"], range["to"]])).collect()
    };
    match name {
        "gaps" => pairs(&organisation["integrity"]["gaps"]),
        "unverified_seq" => pairs(&organisation["unverified_seq"]),
        "last_seq" | "count" | "expected" | "contiguous" => organisation["integrity"][name].clone(),
        _ => organisation[name].clone(),
    }
}

/// Seconds of processor time that this process has had.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let (_, behind_the_name) = stat.rsplit_once(')').unwrap();
    let ticks: u32 = behind_the_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(|ticks| ticks.parse::<u32>().unwrap())
        .sum();
    // A hundred ticks a second, on every Linux.
    f64::from(ticks) / 100.0
}

/// The most memory that this process has had, in bytes.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1_024
}
