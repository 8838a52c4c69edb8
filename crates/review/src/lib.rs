//! The reviewer's half: case file, words, views and reports.

pub mod case_file;
pub mod export;
#[cfg(test)]
mod fixture;
pub mod report_json;
pub mod save;
pub mod view;
