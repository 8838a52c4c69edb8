//! `cargo xtask`: set-up and everyday jobs.

fn main() {}
