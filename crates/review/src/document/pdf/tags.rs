//! The tree of tags: what a screen reader follows, built while the pages fill.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

/// What a part of the document is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Section,
    Heading(u16, String),
    Paragraph,
    Quote,
    List(bool),
    Item,
    ItemLabel,
    ItemBody,
    Table,
    Caption,
    Head,
    Body,
    Row,
    ColumnHead,
    RowHead,
    Cell,
}

impl Part {
    fn tag(&self) -> TagKind {
        match self {
            Part::Section => Tag::Section.into(),
            Part::Heading(level, title) => {
                Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(title.clone())).into()
            }
            Part::Paragraph => Tag::P.into(),
            Part::Quote => Tag::BlockQuote.into(),
            Part::List(true) => Tag::L(ListNumbering::Decimal).into(),
            Part::List(false) => Tag::L(ListNumbering::Disc).into(),
            Part::Item => Tag::LI.into(),
            Part::ItemLabel => Tag::Lbl.into(),
            Part::ItemBody => Tag::LBody.into(),
            Part::Table => Tag::Table.into(),
            Part::Caption => Tag::Caption.into(),
            Part::Head => Tag::THead.into(),
            Part::Body => Tag::TBody.into(),
            Part::Row => Tag::TR.into(),
            Part::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
            Part::RowHead => Tag::TH(TableHeaderScope::Row).into(),
            Part::Cell => Tag::TD.into(),
        }
    }
}

/// A text on a page, by the order in which it was placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Leaf(usize);

enum Child {
    Part(usize),
    Leaf(Leaf),
}

/// A part of the tree, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place(usize);

/// The tree.
pub(super) struct Tags {
    parts: Vec<(Option<Part>, Vec<Child>)>,
    leaves: usize,
}

impl Tags {
    pub(super) fn new() -> Tags {
        Tags {
            parts: vec![(None, Vec::new())],
            leaves: 0,
        }
    }

    pub(super) fn root() -> Place {
        Place(0)
    }

    /// Adds a part under another.
    pub(super) fn part(&mut self, under: Place, part: Part) -> Place {
        let place = self.parts.len();
        self.parts.push((Some(part), Vec::new()));
        if let Some((_, children)) = self.parts.get_mut(under.0) {
            children.push(Child::Part(place));
        }
        Place(place)
    }

    /// Adds a text under a part.
    pub(super) fn leaf(&mut self, under: Place) -> Leaf {
        let leaf = Leaf(self.leaves);
        self.leaves += 1;
        if let Some((_, children)) = self.parts.get_mut(under.0) {
            children.push(Child::Leaf(leaf));
        }
        leaf
    }

    /// The tree for the file; `drawn` holds what each leaf became.
    pub(super) fn tree(&self, drawn: &mut Drawn) -> TagTree {
        let mut tree = TagTree::new();
        for node in self.children(0, drawn) {
            tree.push(node);
        }
        tree
    }

    /// The tree is as deep as a table in a section, whatever the pack holds.
    fn children(&self, place: usize, drawn: &mut Drawn) -> Vec<Node> {
        let Some((_, children)) = self.parts.get(place) else {
            return Vec::new();
        };
        let mut nodes = Vec::new();
        for child in children {
            match child {
                Child::Leaf(leaf) => nodes.extend(drawn.take(*leaf).map(Node::from)),
                Child::Part(part) => {
                    let Some((Some(kind), _)) = self.parts.get(*part) else {
                        continue;
                    };
                    let inner = self.children(*part, drawn);
                    if !inner.is_empty() || matches!(kind, Part::Cell | Part::ColumnHead | Part::RowHead) {
                        nodes.push(TagGroup::with_children(kind.tag(), inner).into());
                    }
                }
            }
        }
        nodes
    }
}

/// What each leaf became in the file.
#[derive(Default)]
pub(super) struct Drawn(Vec<Option<Identifier>>);

impl Drawn {
    pub(super) fn put(&mut self, leaf: Leaf, identifier: Identifier) {
        if self.0.len() <= leaf.0 {
            self.0.resize_with(leaf.0 + 1, || None);
        }
        if let Some(slot) = self.0.get_mut(leaf.0) {
            *slot = Some(identifier);
        }
    }

    fn take(&mut self, leaf: Leaf) -> Option<Identifier> {
        self.0.get_mut(leaf.0)?.take()
    }
}
