//! The reviewer's half: case file, words, views and reports.

pub mod present;
pub mod text;
pub mod view;
pub mod words;
