//! Key documents among the rows of a large log, where the first pass did not look.
//!
//! Only keys can contradict a row, so a log is read once more for them where the pack lists keys elsewhere. Where it lists
//! none, each row is held against its own key, and those among the rows are told and not used.

use super::gathered::{Gathered, Log};
use super::kind::{Kind, recognise};
use super::survey;
use super::surveyed::{Form, Surveyed};
use super::watched::Watched;
use crate::container::is_unread;
use crate::format::Run;
use crate::json;
use crate::reason::ReasonCode;

/// Takes the key documents among the rows of large logs to the others; the reason if some may have been left out.
pub(super) fn take(run: &Run<'_>, gathered: &mut Gathered) -> Option<ReasonCode> {
    if gathered.documents.is_empty() {
        return None;
    }
    let mut left_out = None;
    // One row or proof has nothing among its rows.
    let has_several = |log: &&mut Log| log.large && log.form != Form::Whole;
    for log in gathered.logs.iter_mut().filter(has_several) {
        let Ok(reader) = run.pack.reader(log.index) else {
            // It answers for itself in the second pass.
            continue;
        };
        run.progress.at(&log.path);
        run.progress
            .expect_bytes(run.pack.artifacts.get(log.index).map_or(0, |artifact| artifact.size));
        let within = run.pack.within();
        let mut beside = Surveyed {
            within: within.clone(),
            ..Surveyed::default()
        };
        for value in survey::values(log.form, Watched::new(reader, run.progress), within) {
            let unread = match value {
                Ok(text) => key_document(&mut beside, &log.path, &text),
                Err((code, _)) => Some(code),
            };
            left_out = left_out.or(unread.filter(|code| is_unread(*code)));
        }
        left_out = left_out.or(beside.refusals.first().map(|refusal| refusal.code));
        let documents = beside.documents.into_iter();
        gathered
            .documents
            .extend(documents.map(|text| (log.path.clone(), text)));
        log.keys_taken = true;
    }
    left_out
}

/// Takes a value if it lists keys; why it could not be read.
fn key_document(beside: &mut Surveyed, path: &str, text: &[u8]) -> Option<ReasonCode> {
    match json::parse(text.trim_ascii(), &super::bounds(&beside.within)) {
        Ok(parsed) => {
            if recognise(&parsed.root) == Kind::KeyDocument {
                beside.companion(path, Kind::KeyDocument, &parsed.root, text);
            }
            None
        }
        Err(fault) => Some(fault.code),
    }
}
