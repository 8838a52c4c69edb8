//! The reviewer's half: case file, words, views and reports.

pub mod acts;
pub mod case_file;
pub mod document;
pub mod events;
pub mod export;
#[cfg(test)]
mod fixture;
pub mod keybook_file;
pub mod note;
pub mod pack;
pub mod places;
pub mod present;
pub mod recents;
pub mod report_json;
pub mod samples;
pub mod save;
pub mod sequence;
pub mod settings;
pub mod summary_page;
pub mod text;
pub mod view;
pub mod words;
