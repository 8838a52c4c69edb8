//! The reviewer's half: case file, words, views and reports.

pub mod view;
pub mod words;
