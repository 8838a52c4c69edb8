//! What is cut out of a pack: as little as carries a record with everything that speaks for it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use evidence::Source;
use evidence::json::{self, Bounds};

use super::super::choice::Item;
use super::super::cutter::Cutter;
use super::super::error::PackError;
use super::super::write::Origin;

/// The units of one pack, in the order of its report.
#[derive(Debug, Default)]
pub(super) struct Plan<'o> {
    pub(super) units: Vec<Unit<'o>>,
    /// Chosen entries of a list whose record is not there.
    pub(super) missing: Vec<&'o Item>,
}

/// A document by its file and its offset and length there; a file by itself.
type Place<'o> = (&'o str, Option<(u64, u64)>);

/// Bytes that go along as they are, with the records in them.
#[derive(Debug)]
pub(super) struct Unit<'o> {
    pub(super) source: &'o Source,
    pub(super) cut: Cut,
    pub(super) items: Vec<&'o Item>,
}

/// What is cut out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cut {
    /// The record, or the wrapper around it that carries its receipt and envelope, at a JSON pointer of its document.
    Record(String),
    /// A step of a node's listing, which is recognised in a listing only: the step as it is, in a listing of one.
    Step(String),
    /// The whole document, line or element: nothing can be cut out of it without making a doubt about it disappear.
    Document,
    /// The whole file, for the same reason.
    File,
}

impl<'o> Plan<'o> {
    /// Plans what is cut out for the chosen records. Records that share a document which has to stay whole go along.
    pub(super) fn of(origin: &Origin<'o>) -> Result<Plan<'o>, PackError> {
        let items = || {
            let items = origin.choice.items.iter();
            items.filter_map(|item| Some((item, item.cer()?)))
        };
        let mut whole = Whole::default();
        let mut cutter = Cutter::of(origin.pack);
        for (item, cer) in items() {
            if item.chosen && cer.may_be_broken() && !cer.is_missing() {
                whole.look(item, &mut cutter)?;
            }
        }
        let mut plan = Plan::default();
        let mut known: HashMap<Place<'_>, usize> = HashMap::new();
        for (item, cer) in items() {
            if cer.is_missing() {
                plan.missing.extend(item.chosen.then_some(item));
                continue;
            }
            let source = &item.source;
            let Some(cut) = whole.cut(source).or_else(|| item.chosen.then(|| Cut::of(source))) else {
                continue;
            };
            let place = match cut {
                Cut::Record(_) | Cut::Step(_) => None,
                Cut::Document => Some((source.path.as_str(), source.span)),
                Cut::File => Some((source.path.as_str(), None)),
            };
            let there = place.and_then(|place| known.get(&place).copied());
            if let Some(unit) = there.and_then(|position| plan.units.get_mut(position)) {
                unit.items.push(item);
                continue;
            }
            if let Some(place) = place {
                known.insert(place, plan.units.len());
            }
            plan.units.push(Unit {
                source,
                cut,
                items: vec![item],
            });
        }
        Ok(plan)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.units.is_empty() && self.missing.is_empty()
    }
}

impl Unit<'_> {
    /// Whether both are pieces of one document, so that it is read once for them.
    pub(super) fn is_cut_beside(&self, other: &Unit<'_>) -> bool {
        let is_piece = |unit: &Unit<'_>| matches!(unit.cut, Cut::Record(_) | Cut::Step(_));
        let same = self.source.path == other.source.path && self.source.span == other.source.span;
        same && is_piece(self) && is_piece(other)
    }
}

/// Documents and files that stay whole.
#[derive(Default)]
struct Whole<'o> {
    documents: BTreeMap<&'o str, BTreeSet<(u64, u64)>>,
    files: BTreeSet<&'o str>,
}

impl<'o> Whole<'o> {
    /// Notes where a record's document must stay whole.
    fn look(&mut self, item: &'o Item, cutter: &mut Cutter<'_>) -> Result<(), PackError> {
        let source = &item.source;
        let Some(span) = source.span.filter(|(_, length)| *length > 0) else {
            // It breaks off: where the record would end, nothing tells.
            self.files.insert(&source.path);
            return Ok(());
        };
        let text = cutter.document(source)?;
        let parsed = json::parse(&text, &Bounds::default()).ok();
        let found = parsed.as_ref().and_then(|parsed| parsed.root.pointer(&source.pointer));
        // A doubt outside every step touches them all.
        let is_step = matches!(Cut::of(source), Cut::Step(_));
        if found.is_none() || is_step {
            self.documents.entry(&source.path).or_default().insert(span);
        }
        Ok(())
    }

    fn cut(&self, source: &Source) -> Option<Cut> {
        if self.files.contains(source.path.as_str()) {
            return Some(Cut::File);
        }
        let spans = self.documents.get(source.path.as_str())?;
        spans.contains(&source.span?).then_some(Cut::Document)
    }
}

impl Cut {
    /// By the record's own pointer (`specs/nexart.md` 1.2, 1.3).
    fn of(source: &Source) -> Cut {
        let pointer = source.pointer.as_str();
        if let Some(step) = pointer.strip_suffix("/proof/proofJson") {
            return Cut::Step(step.to_owned());
        }
        let wrapper = ["/cer", "/bundle"]
            .into_iter()
            .find_map(|member| pointer.strip_suffix(member));
        Cut::Record(wrapper.unwrap_or(pointer).to_owned())
    }

    /// Where it lies in its document.
    pub(super) fn pointer(&self) -> &str {
        match self {
            Cut::Record(pointer) | Cut::Step(pointer) => pointer,
            Cut::Document | Cut::File => "",
        }
    }

    /// The piece as it stands in a file of its own.
    pub(super) fn wrap(&self, piece: Vec<u8>) -> Vec<u8> {
        match self {
            Cut::Step(_) => [b"{\"steps\":[".as_slice(), &piece, b"]}"].concat(),
            Cut::Record(_) | Cut::Document | Cut::File => piece,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(pointer: &str) -> Cut {
        Cut::of(&Source {
            pointer: pointer.to_owned(),
            ..Source::default()
        })
    }

    #[test]
    fn a_record_is_cut_out_with_the_wrapper_that_speaks_for_it() {
        assert_eq!(cut(""), Cut::Record(String::new()));
        assert_eq!(cut("/cer"), Cut::Record(String::new()));
        assert_eq!(cut("/3/bundle"), Cut::Record("/3".to_owned()));
        assert_eq!(cut("/steps/2/proof/proofJson"), Cut::Step("/steps/2".to_owned()));
    }

    #[test]
    fn a_step_stands_in_a_listing_of_its_own() {
        let step = cut("/steps/2/proof/proofJson");
        assert_eq!(step.wrap(b"{}".to_vec()), br#"{"steps":[{}]}"#);
    }
}
