//! The Sealcheck window.

fn main() {}
