//! The pieces of a log, on any core: a row, a page of rows, another proof, or none of these.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::gathered::Near;
use super::kind::{Kind, recognise};
use super::path_of;
use crate::container::is_unread;
use crate::format::invoance::event::doubts::Doubts;
use crate::format::invoance::event::{self, Judged, Opened};
use crate::format::invoance::keys::Keys;
use crate::format::invoance::proofs::{self, Around, Beside, JudgedProof};
use crate::json::{self, Fault, Node, Parsed};
use crate::pack::Pack;
use crate::reason::ReasonCode;
use crate::report::Source;
use crate::run::Progress;
use crate::signature::{self, Claim};

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
    pub(super) beside: &'l (dyn Fn(usize) -> Option<&'l Near> + Sync),
}

/// A piece before its signature is looked at.
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every piece is a row, so a box would only cost"
)]
enum Seen<'n, 'a> {
    Row(Opened<'n, 'a>),
    Other(Kind, &'n Node<'a>),
    Unreadable(&'n Fault),
    /// It could not be cut out; the item says why.
    Nothing,
}

impl Seen<'_, '_> {
    fn claim(&self) -> Option<Claim<'_>> {
        match self {
            Seen::Row(row) => row.claim(),
            Seen::Other(..) | Seen::Unreadable(_) | Seen::Nothing => None,
        }
    }
}

impl Looking<'_> {
    /// Looks at some pieces: the signatures of their rows are verified side by side.
    pub(super) fn look(&self, mut items: Vec<Item>) -> Vec<Looked> {
        let texts: Vec<Vec<u8>> = items.iter_mut().map(|item| std::mem::take(&mut item.text)).collect();
        let bounds = super::bounds(self.pack.within());
        // What could not be cut out has no text, and its fault counts.
        let parsed: Vec<_> = texts.iter().map(|text| json::parse(text, &bounds)).collect();
        let seen = items
            .iter()
            .zip(&parsed)
            .map(|(item, parsed)| self.open(item, parsed.as_ref()));
        let seen: Vec<Seen<'_, '_>> = seen.collect();
        let claims: Vec<Option<Claim<'_>>> = seen.iter().map(Seen::claim).collect();
        let accepted = signature::accepted(&claims);
        let pieces = items.into_iter().zip(seen).zip(accepted).zip(&texts);
        pieces
            .map(|(((item, seen), fits), text)| self.finish(item, seen, fits, text))
            .collect()
    }

    fn open<'n, 'a>(&self, item: &Item, parsed: Result<&'n Parsed<'a>, &'n Fault>) -> Seen<'n, 'a> {
        let parsed = match parsed {
            _ if item.fault.is_some() => return Seen::Nothing,
            Ok(parsed) => parsed,
            Err(fault) => return Seen::Unreadable(fault),
        };
        let kind = if item.in_page {
            Kind::Event
        } else {
            recognise(&parsed.root)
        };
        match kind {
            Kind::Event | Kind::Unknown | Kind::PerhapsKeys => {
                Seen::Row(Opened::of(&parsed.root, Doubts::of(parsed), self.keys))
            }
            Kind::Page | Kind::Proof(_) | Kind::Integrity | Kind::VerifyResponse | Kind::KeyDocument | Kind::Job => {
                Seen::Other(kind, &parsed.root)
            }
        }
    }

    fn finish(&self, item: Item, seen: Seen<'_, '_>, fits: bool, text: &[u8]) -> Looked {
        let Item { source, log, .. } = item;
        let mut cut = None;
        let what = match (seen, item.fault) {
            (Seen::Row(row), _) => What::Row(Box::new(row.judge(fits, source, self.keys))),
            (Seen::Other(kind, node), _) => self.other(kind, node, text, source, log),
            (Seen::Unreadable(fault), _) => {
                cut = (item.unterminated && !is_unread(fault.code)).then(|| source.clone());
                let detail = format!("column {}", fault.column);
                What::Row(Box::new(event::unreadable(source, fault.code, detail)))
            }
            (Seen::Nothing, fault) => {
                cut = item.unterminated.then(|| source.clone());
                let (code, detail) = fault.unwrap_or((ReasonCode::IoReadFailed, String::new()));
                What::Row(Box::new(event::unreadable(source, code, detail)))
            }
        };
        Looked { what, log, cut }
    }

    fn other(&self, kind: Kind, node: &Node<'_>, text: &[u8], source: Source, log: usize) -> What {
        match kind {
            Kind::Page => self.page(node, source),
            Kind::Proof(proof) => self.proof(proof, node, source, log),
            kind @ (Kind::Event
            | Kind::Integrity
            | Kind::VerifyResponse
            | Kind::KeyDocument
            | Kind::PerhapsKeys
            | Kind::Job
            | Kind::Unknown) => What::Companion(kind, text.to_vec()),
        }
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
        let near = (self.beside)(log);
        let mut left_out = near.and_then(|near| near.left_out);
        let mut files = Vec::new();
        for index in near.into_iter().flat_map(|near| &near.indices) {
            match self.pack.read(*index) {
                Ok(content) => files.push((*index, content)),
                Err(refusal) => {
                    left_out.get_or_insert(refusal.code);
                }
            }
        }
        let beside: Vec<Beside<'_>> = files
            .iter()
            .map(|(index, content)| Beside {
                path: path_of(self.pack, *index),
                bytes: &content.bytes,
                shipped: content.digest,
            })
            .collect();
        let around = Around {
            files: &beside,
            left_out,
        };
        let judged = proofs::judge(proof, node, source, self.keys, around);
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
