//! An export: hashed, inflated, and every row of its chain hashed again.

use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::Path;
use std::time::Instant;

use flate2::bufread::MultiGzDecoder;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::process::{cpu_seconds, peak_memory};
use crate::task::{Differences, Run, Task};

/// The engine beside hashing and inflating the same file, which is measured before and after.
pub(crate) fn measure(task: &Task, truth: &Value) -> Value {
    let payload = payload(&task.pack);
    let before = Floor::measure(&payload);
    let run = task.run(None);
    let memory = peak_memory();
    let after = Floor::measure(&payload);
    json!({
        "records": run.records,
        "seconds": run.wall,
        "cpuSeconds": run.cpu,
        "floorSeconds": before.wall.midpoint(after.wall),
        "floorCpuSeconds": before.cpu.midpoint(after.cpu),
        "peakMemory": memory,
        "firstProgress": run.first_progress,
        "differences": differences(&run, truth),
    })
}

/// The file that the manifest is about.
fn payload(pack: &Path) -> std::path::PathBuf {
    let files = fs::read_dir(pack).unwrap().map(|entry| entry.unwrap().path());
    let mut payloads = files.filter(|path| !path.ends_with("manifest.json"));
    payloads.next().unwrap()
}

/// Reading a file, hashing it as it is and inflating it: less cannot be done to check it.
struct Floor {
    wall: f64,
    cpu: f64,
}

impl Floor {
    fn measure(file: &Path) -> Floor {
        let (start, cpu) = (Instant::now(), cpu_seconds());
        let mut hasher = Sha256::new();
        let mut shipped = File::open(file).unwrap();
        each_part(&mut shipped, |part| hasher.update(part));
        let mut inflated = 0;
        if file.extension().is_some_and(|extension| extension == "gz") {
            let reader = BufReader::with_capacity(1 << 18, File::open(file).unwrap());
            each_part(&mut MultiGzDecoder::new(reader), |part| inflated += part.len());
        }
        std::hint::black_box((hasher.finalize(), inflated));
        Floor {
            wall: start.elapsed().as_secs_f64(),
            cpu: cpu_seconds() - cpu,
        }
    }
}

fn each_part(reader: &mut impl Read, mut take: impl FnMut(&[u8])) {
    let mut buffer = vec![0; 1 << 18];
    loop {
        match reader.read(&mut buffer).unwrap() {
            0 => return,
            length => take(&buffer[..length]),
        }
    }
}

/// Where a result is not as the truth file says.
fn differences(run: &Run, truth: &Value) -> Vec<String> {
    let mut differences = Differences::default();
    differences.whole(run, truth);
    if truth["closures"].is_null() {
        differences.compare("rows that fail", &truth["failures"], run.failures());
    } else {
        let failures = truth["failures"].as_array().unwrap().len();
        let found = run.failures();
        differences.compare(
            "closures that fail",
            &json!(failures),
            json!(found.as_array().unwrap().len()),
        );
    }
    differences.0
}
