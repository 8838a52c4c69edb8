//! How fast the engine is, beside what bounds it, in one run. `cargo xtask bench` starts it and prints the table.
//!
//! Arguments: `invoance` or `keel`, a pack, the key file that belongs to it, and the truth about it; or `zip` and an archive.
//! Prints one JSON object.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a measurement stops where something is not as it says"
)]

use std::fs;
use std::path::Path;

use evidence::Ecosystem;
use serde_json::Value;

mod invoance;
mod keel;
mod process;
mod task;
mod zip;

use task::Task;

/// See `Cargo.toml` for why it is not the C library's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if let [ecosystem, pack] = words.as_slice()
        && ecosystem == "zip"
    {
        println!("{}", zip::measure(Path::new(pack)));
        return;
    }
    let [ecosystem, pack, keys, truth] = words.as_slice() else {
        eprintln!("usage: engine invoance|keel PACK KEYS TRUTH | engine zip PACK");
        return;
    };
    let (pack, keys) = (Path::new(pack), Path::new(keys));
    let truth: Value = serde_json::from_slice(&fs::read(truth).unwrap()).unwrap();
    let answer = match ecosystem.as_str() {
        "keel" => keel::measure(&Task::new(pack, Ecosystem::Keel, keys), &truth),
        _ => invoance::measure(&Task::new(pack, Ecosystem::Invoance, keys), &truth),
    };
    println!("{answer}");
}
