//! Taking back, as everybody knows it: the last act first, and what was taken back can be brought back until something new
//! is done.

use std::collections::BTreeSet;

use super::action::Action;
use super::ledger::Refused;

/// What can be taken back and brought back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Undo {
    /// Acts that can be taken back, the last one on top.
    done: Vec<u64>,
    /// What was taken back: the act, and the entry that did it.
    back: Vec<(u64, u64)>,
    /// Acts that do not count now.
    taken_back: BTreeSet<u64>,
}

impl Undo {
    /// Something was done.
    pub(super) fn did(&mut self, seq: u64, action: &Action) {
        if action.ends_stage() {
            self.done.clear();
            self.back.clear();
        } else if action.is_undoable() {
            self.done.push(seq);
            self.back.clear();
        }
    }

    /// Entry `entry` takes back `seq`: the last act, or the last taking back.
    pub(super) fn take_back(&mut self, seq: u64, entry: u64) -> Result<(), Refused> {
        if self.next() == Some(seq) {
            self.done.pop();
            self.back.push((seq, entry));
            self.taken_back.insert(seq);
            return Ok(());
        }
        match self.back.pop_if(|(_, by)| *by == seq) {
            Some((act, _)) => {
                self.done.push(act);
                self.taken_back.remove(&act);
                Ok(())
            }
            None => Err(Refused::NotUndoable),
        }
    }

    pub(super) fn next(&self) -> Option<u64> {
        self.done.last().copied()
    }

    pub(super) fn next_redo(&self) -> Option<u64> {
        self.back.last().map(|(_, by)| *by)
    }

    pub(super) fn is_taken_back(&self, seq: u64) -> bool {
        self.taken_back.contains(&seq)
    }
}
