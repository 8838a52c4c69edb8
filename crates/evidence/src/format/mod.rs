//! The formats: each claims its own artifacts of a pack and verifies them as if alone (`design.md` 1).

use std::collections::BTreeMap;

use crate::digest::Digest;
use crate::keybook::KeyBook;
use crate::pack::{Pack, Refusal};
use crate::recorder::Recorder;
use crate::report::{Finding, Part};
use crate::run::{Policy, Progress, Stopped};
use crate::tally::RunTally;
use crate::verdict::Verdict;

mod glanced;
pub(crate) mod invoance;
pub(crate) mod keel;
pub(crate) mod nexart;
pub(crate) mod signs;

pub(crate) use glanced::Glanced;

/// What a format gets: the pack, the reviewer's trust, and where records go.
pub(crate) struct Run<'r> {
    /// The opened pack.
    pub(crate) pack: &'r Pack,
    /// The reviewer's keys.
    pub(crate) book: &'r KeyBook,
    /// What the person who runs the check states.
    pub(crate) policy: &'r Policy,
    /// How far the run is, and whether it was cancelled.
    pub(crate) progress: &'r Progress,
    /// Where records go.
    pub(crate) recorder: &'r mut dyn Recorder,
    /// Counts and roll-ups over the whole run.
    pub(crate) tally: RunTally,
    /// Artifacts that a Keel manifest speaks for: offered to Keel alone, so that their hash is compared before anybody
    /// inflates or parses them.
    pub(crate) reserved: keel::Reserved,
}

/// What a format saw of one artifact.
pub(crate) struct ArtifactSeen {
    /// Its index in the pack.
    pub(crate) index: usize,
    /// Digest of its bytes as shipped; none when it could not be read to its end.
    pub(crate) digest: Option<Digest>,
    /// Bytes as shipped.
    pub(crate) size: u64,
    /// What it was recognised as; none when the format does not claim it.
    pub(crate) role: Option<&'static str>,
    /// Whether a check covers its content.
    pub(crate) covered: bool,
}

/// What a format came to.
pub(crate) struct FormatResult {
    /// Its parts of the pack; none when it found nothing to verify.
    pub(crate) parts: Vec<Part>,
    /// The artifacts that were offered to it, as far as it looked at them.
    pub(crate) artifacts: Vec<ArtifactSeen>,
    /// What of them was not used.
    pub(crate) refusals: Vec<Refusal>,
    /// Remarks about them that decide nothing.
    pub(crate) findings: Vec<Finding>,
    /// The worst verdict per artifact, where its records are not verified.
    pub(crate) open: BTreeMap<String, Verdict>,
    /// Archives inside the pack that the format opened on purpose: the container's refusal of them does not count.
    pub(crate) opened: Vec<String>,
}

/// A format: how it verifies the artifacts that it claims among those offered, and how it knows a large one at a glance.
pub(crate) struct Adapter {
    /// Verifies what it claims.
    pub(crate) verify: fn(&mut Run<'_>, &[usize]) -> Result<FormatResult, Stopped>,
    /// Whether an artifact is surely its own, by the beginning alone. It must then claim it.
    pub(crate) glance: fn(&[u8]) -> bool,
}

/// Every format, in the order in which artifacts are offered. A new format is a folder and one entry here.
pub(crate) const ADAPTERS: [Adapter; 3] = [
    Adapter {
        verify: nexart::verify,
        glance: |_| false,
    },
    Adapter {
        verify: keel::verify,
        glance: |_| false,
    },
    Adapter {
        verify: invoance::verify,
        glance: invoance::glance,
    },
];
