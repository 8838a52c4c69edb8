//! One run of the engine: what it is asked, how far it is, and how it is stopped.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// What the person who runs the check states or asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// Reference time (RFC 3339) for questions about "now"; absent for most runs.
    pub reference_time: Option<String>,
    /// Layers that must be there: an absent one is then undetermined instead of skipped.
    pub require: Vec<Layer>,
    /// The reviewer's own statement of what an export covers.
    pub scope: Option<Scope>,
}

/// A layer that can be asked for (`--require`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Layer {
    /// The hash chain.
    Chain,
    /// Closures.
    Closures,
}

/// What an export covers, by the reviewer's own statement (`--scope`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Scope {
    /// The whole log.
    Full,
    /// A range of time.
    TimeRange,
    /// A range of numbers.
    SeqRange,
    /// A filtered selection.
    Filtered,
    /// Not known.
    Unknown,
}

/// How far a run is; shared with whoever shows it, who reads it as often as it likes.
#[derive(Debug, Default)]
pub struct Progress {
    cancelled: AtomicBool,
    bytes_done: AtomicU64,
    bytes_total: AtomicU64,
    records_done: AtomicU64,
    records_total: AtomicU64,
    item: Mutex<String>,
}

/// A look at [`Progress`]. A total of 0 is not known yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProgressNow {
    /// Bytes read.
    pub bytes_done: u64,
    /// Bytes to read.
    pub bytes_total: u64,
    /// Records judged.
    pub records_done: u64,
    /// Records to judge.
    pub records_total: u64,
    /// The item at hand: a path inside the pack.
    pub item: String,
}

impl Progress {
    /// Asks the run to stop; it does so within 200 ms.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// How far it is.
    #[must_use]
    pub fn now(&self) -> ProgressNow {
        ProgressNow {
            bytes_done: self.bytes_done.load(Ordering::Relaxed),
            bytes_total: self.bytes_total.load(Ordering::Relaxed),
            records_done: self.records_done.load(Ordering::Relaxed),
            records_total: self.records_total.load(Ordering::Relaxed),
            item: self.item.lock().map(|item| item.clone()).unwrap_or_default(),
        }
    }

    /// More bytes to read.
    pub fn expect_bytes(&self, bytes: u64) {
        self.bytes_total.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Bytes read.
    pub fn add_bytes(&self, bytes: u64) {
        self.bytes_done.fetch_add(bytes, Ordering::Relaxed);
    }

    /// More records to judge.
    pub fn expect_records(&self, records: u64) {
        self.records_total.fetch_add(records, Ordering::Relaxed);
    }

    /// Records judged.
    pub fn add_records(&self, records: u64) {
        self.records_done.fetch_add(records, Ordering::Relaxed);
    }

    /// The item at hand.
    pub fn at(&self, item: &str) {
        if let Ok(mut current) = self.item.lock() {
            current.clear();
            current.push_str(item);
        }
    }
}

/// A run that did not come to a report.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// The person cancelled it.
    #[error("cancelled")]
    Cancelled,
    /// The recorder could not keep a record.
    #[error("the result could not be kept: {0}")]
    Recorder(#[from] std::io::Error),
}
