//! The review note as people use it: it survives what happens to computers, and what it says can be checked with the tools
//! of others.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test stops where something is not as it says, and a child tells its parent"
)]

#[path = "review/bench.rs"]
mod bench;
#[path = "review/crash.rs"]
mod crash;
#[path = "review/disk.rs"]
mod disk;
#[path = "review/handed_over.rs"]
mod handed_over;
#[path = "review/keys.rs"]
mod keys;
