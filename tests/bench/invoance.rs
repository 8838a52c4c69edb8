//! A log of signed events: every signature is verified, which is what bounds it.

use std::time::{Duration, Instant};

use ed25519_dalek::{Signer, SigningKey};
use evidence::PublicKey;
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::process::{cpu_seconds, peak_memory};
use crate::task::{Differences, Run, Task};

/// How long verifying alone is measured, each time.
const ROUND: Duration = Duration::from_millis(1_500);
/// About as long as the signed text of an event of a kilobyte.
const MESSAGE: usize = 850;

/// The engine beside its bound, which is measured before and after.
pub(crate) fn measure(task: &Task, truth: &Value) -> Value {
    let bound = Bound::new();
    let before = bound.measure();
    let run = task.run(None);
    let memory = peak_memory();
    let after = bound.measure();
    let cancelled = task.run(Some(Duration::from_millis(400)));
    let records = f64::from(u32::try_from(run.records).unwrap());
    json!({
        "records": run.records,
        "verifyPerSecond": before.rate.midpoint(after.rate),
        "verifyPerCpuSecond": before.per_cpu.midpoint(after.per_cpu),
        "recordsPerSecond": records / run.wall,
        "recordsPerCpuSecond": records / run.cpu,
        "seconds": run.wall,
        "peakMemory": memory,
        "firstProgress": run.first_progress,
        "cancel": cancelled.after_cancel,
        "differences": differences(&run, truth),
    })
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

/// Where a result is not as the truth file says.
fn differences(run: &Run, truth: &Value) -> Vec<String> {
    let mut differences = Differences::default();
    differences.whole(run, truth);
    differences.compare("rows that fail", &truth["problems"], run.failures());
    for expected in truth["organisations"].as_array().unwrap() {
        let id = &expected["org_id"];
        let Some(is) = run.population.iter().find(|entry| entry["org_id"] == *id) else {
            differences.compare(&format!("organisation {id}"), &json!("there"), json!("not there"));
            continue;
        };
        for (name, wanted) in expected.as_object().unwrap() {
            differences.compare(&format!("{name} of {id}"), wanted, figure(is, name));
        }
    }
    differences.0
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
