//! The reviewer's half: case file, words, views and reports.

pub mod case_file;
#[cfg(test)]
mod fixture;
pub mod view;
