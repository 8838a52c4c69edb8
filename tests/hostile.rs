//! What the command line does where the world around it is hostile or odd: text that steers terminals, files that move,
//! folders with things in them that are no files, clocks, languages and homes.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where something is not as it says"
)]

#[path = "hostile/files.rs"]
mod files;
#[path = "hostile/limits.rs"]
mod limits;
#[path = "hostile/station.rs"]
mod station;
#[path = "hostile/text.rs"]
mod text;
