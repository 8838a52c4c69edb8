//! One piece of a log, by itself and on any core: a row, a page of rows, another proof, or none of these.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::kind::{Kind, recognise};
use super::path_of;
use crate::format::invoance::event::{self, Judged};
use crate::format::invoance::keys::Keys;
use crate::format::invoance::proofs::{self, Beside, JudgedProof};
use crate::json::{self, Node};
use crate::pack::Pack;
use crate::reason::ReasonCode;
use crate::report::Source;
use crate::run::Progress;

/// A piece that was cut out.
#[derive(Debug)]
pub(super) struct Item {
    /// Its exact text; for a line without its CR.
    pub(super) text: Vec<u8>,
    pub(super) source: Source,
    /// Which of the logs it is from.
    pub(super) log: usize,
    /// It stands in a page, where only rows do.
    pub(super) in_page: bool,
    /// Why it could not be cut out whole, and where.
    pub(super) fault: Option<(ReasonCode, String)>,
    /// The file ends in it, without a line end.
    pub(super) unterminated: bool,
}

/// What a piece came to.
#[derive(Debug)]
pub(super) struct Looked {
    pub(super) what: What,
    pub(super) log: usize,
    /// Where the file breaks off, if it does so in this piece.
    pub(super) cut: Option<Source>,
}

#[derive(Debug)]
pub(super) enum What {
    Row(Box<Judged>),
    Page(PageSeen, Source, Vec<Judged>),
    /// A proof, and the artifacts beside it that took part.
    Proof(Box<JudgedProof>, Vec<usize>),
    /// Something that travels beside rows, and its text.
    Companion(Kind, Vec<u8>),
}

/// The wrapper of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct PageSeen {
    /// It names a next page.
    pub(super) more: bool,
    /// A member stands in it twice.
    pub(super) doubled: bool,
}

/// What looking needs, shared by all cores.
pub(super) struct Looking<'l> {
    pub(super) pack: &'l Pack,
    pub(super) keys: &'l Keys,
    pub(super) progress: &'l Progress,
    /// Artifacts that may belong to the proof in a log.
    pub(super) beside: &'l (dyn Fn(usize) -> &'l [usize] + Sync),
}

impl Looking<'_> {
    /// Looks at one piece.
    pub(super) fn look(&self, item: Item) -> Looked {
        let Item {
            text,
            source,
            log,
            in_page,
            fault,
            unterminated,
        } = item;
        let mut cut = None;
        let what = match fault {
            Some((code, detail)) => {
                cut = unterminated.then(|| source.clone());
                What::Row(Box::new(event::unreadable(source, code, detail)))
            }
            None => match json::parse(&text, &super::bounds()) {
                Ok(parsed) if in_page => self.row(&parsed.root, source),
                Ok(parsed) => self.value(&parsed.root, &text, source, log),
                Err(fault) => {
                    cut = (unterminated && !is_limit(fault.code)).then(|| source.clone());
                    let detail = format!("column {}", fault.column);
                    What::Row(Box::new(event::unreadable(source, fault.code, detail)))
                }
            },
        };
        Looked { what, log, cut }
    }

    fn value(&self, node: &Node<'_>, text: &[u8], source: Source, log: usize) -> What {
        match recognise(node) {
            Kind::Event | Kind::Unknown | Kind::PerhapsKeys => self.row(node, source),
            Kind::Page => self.page(node, source),
            Kind::Proof(proof) => self.proof(proof, node, source, log),
            Kind::Integrity | Kind::VerifyResponse | Kind::KeyDocument | Kind::Job => {
                What::Companion(recognise(node), text.to_vec())
            }
        }
    }

    fn row(&self, node: &Node<'_>, source: Source) -> What {
        What::Row(Box::new(event::judge_node(node, source, self.keys)))
    }

    /// A page that is one line, or an element: its rows are judged side by side.
    fn page(&self, node: &Node<'_>, source: Source) -> What {
        let lists = node
            .members()
            .iter()
            .filter(|member| member.name.as_str() == Some("events"));
        let rows: Vec<(usize, &Node<'_>)> = lists.flat_map(|list| list.value.items()).enumerate().collect();
        let judge = |(position, row): &(usize, &Node<'_>)| {
            if self.progress.is_cancelled() {
                return None;
            }
            let source = Source {
                pointer: format!("/events/{position}"),
                ..source.clone()
            };
            Some(event::judge_node(row, source, self.keys))
        };
        let judged: Vec<Option<Judged>> = rows.par_iter().map(judge).collect();
        What::Page(PageSeen::of(node), source, judged.into_iter().flatten().collect())
    }

    fn proof(&self, proof: proofs::Proof, node: &Node<'_>, source: Source, log: usize) -> What {
        let indices = (self.beside)(log);
        let read = |index: &usize| Some((*index, self.pack.read(*index).ok()?.bytes));
        let files: Vec<(usize, Vec<u8>)> = indices.iter().filter_map(read).collect();
        let beside: Vec<Beside<'_>> = files
            .iter()
            .map(|(index, bytes)| Beside {
                path: path_of(self.pack, *index),
                bytes,
            })
            .collect();
        let judged = proofs::judge(proof, node, source, self.keys, &beside);
        let used = judged.used.iter().filter_map(|position| files.get(*position));
        let used = used.map(|(index, _)| *index).collect();
        What::Proof(Box::new(judged), used)
    }
}

impl PageSeen {
    fn of(node: &Node<'_>) -> PageSeen {
        let mut names = BTreeSet::new();
        let mut seen = PageSeen::default();
        for member in node.members() {
            let name = member.name.lossy();
            seen.more |= name == "next_cursor" && !member.value.is_null();
            seen.doubled |= !names.insert(name);
        }
        seen
    }
}

/// A limit of this program, or a reader that failed: it says nothing about the evidence.
pub(super) fn is_limit(code: ReasonCode) -> bool {
    matches!(
        code,
        ReasonCode::LimitEntrySize
            | ReasonCode::LimitLineLength
            | ReasonCode::LimitLineCount
            | ReasonCode::LimitJsonNodes
            | ReasonCode::LimitJsonDepth
            | ReasonCode::IoReadFailed
    )
}
