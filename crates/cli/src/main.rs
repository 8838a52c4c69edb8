//! `sealcheck`: the command line.

fn main() {}
