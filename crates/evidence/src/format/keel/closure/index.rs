//! The closures of a bundle joined with its events and permits, through an index by permit id (`specs/keel.md` 6.4).

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::super::chain::{HashText, Seat};
use super::digests::{self, Agreement};
use super::read::{Carried, Closure, Event, What, digest};
use super::result::{self, ClosureFailure, ClosuresResult};
use crate::json::Node;
use crate::reason::ReasonCode;
use crate::report::Finding;

/// A permit id, by its number in the index: ids are kept once.
type Id = u32;

/// The closures of a bundle, joined with its events and permits.
#[derive(Debug, Default)]
pub(in super::super) struct Closures {
    ids: HashMap<Arc<str>, Id>,
    names: Vec<Arc<str>>,
    /// The permits of records, by the record's number.
    permits: BTreeMap<u32, Permit>,
    events: Vec<(Named, Event)>,
    closures: Vec<(Named, Seat, Closure)>,
    authority_ended: u64,
}

/// The permit of a record.
#[derive(Debug)]
struct Permit {
    id: Option<Id>,
    hash: Option<HashText>,
    allows: bool,
}

/// Which permit an entry is about.
#[derive(Debug, Clone, Copy)]
struct Named {
    /// The record it stands in; 0 for none.
    record: u32,
    payload: Option<Id>,
    entry: Option<Id>,
}

/// The events of a permit.
#[derive(Default)]
struct Events {
    provider: Vec<Option<HashText>>,
    client: Vec<Option<HashText>>,
}

impl Closures {
    /// The `permit` object of a record (`record` from 1, as [`Seat::array`]); before or after its entries.
    pub(in super::super) fn permit(&mut self, record: u32, permit: &Node<'_>) {
        let id = permit.get("id").and_then(Node::as_str).filter(|id| !id.is_empty());
        let permit = Permit {
            id: id.map(|id| self.id(id)),
            hash: digest(permit, "binding_request_hash"),
            allows: permit.get("decision").and_then(Node::as_str) == Some("allow"),
        };
        self.permits.insert(record, permit);
    }

    /// What an entry carries, in file order.
    pub(in super::super) fn add(&mut self, seat: Seat, carried: Carried) {
        let named = Named {
            record: seat.array,
            payload: carried.payload_permit.map(|id| self.id(&id)),
            entry: carried.entry_permit.map(|id| self.id(&id)),
        };
        match carried.what {
            What::Event(event) => self.events.push((named, event)),
            What::Closure(closure) => self.closures.push((named, seat, *closure)),
            What::AuthorityEnded => self.authority_ended = self.authority_ended.saturating_add(1),
        }
    }

    fn id(&mut self, id: &str) -> Id {
        if let Some(known) = self.ids.get(id) {
            return *known;
        }
        let next = Id::try_from(self.names.len()).unwrap_or(Id::MAX);
        let name: Arc<str> = id.into();
        self.names.push(Arc::clone(&name));
        self.ids.insert(name, next);
        next
    }

    /// What they came to. `required`: closures were asked for.
    pub(in super::super) fn finish(mut self, subject: &str, required: bool) -> ClosuresResult {
        let events = self.events();
        let by_id = self.hashes();
        let in_file: HashSet<Id> = self.permits.values().filter_map(|permit| permit.id).collect();
        let mut found = result::Gathered::default();
        for (named, seat, closure) in std::mem::take(&mut self.closures) {
            let joined = Joined {
                permit: named.payload.map(|id| self.name(id)).unwrap_or_default(),
                dispatch: self.dispatch(named, &by_id),
                events: named.payload.and_then(|id| events.get(&id)),
                orphan: self.is_orphan(named, &in_file),
            };
            judge(&mut found, seat, &closure, joined);
            found.closed.extend(named.payload);
        }
        self.remarks(&mut found, subject);
        found.finish(subject, required)
    }

    /// The events by permit: by the id in their payload, else by the one of the record (or of the entry itself).
    fn events(&mut self) -> HashMap<Id, Events> {
        let mut events: HashMap<Id, Events> = HashMap::new();
        for (named, event) in std::mem::take(&mut self.events) {
            if let Some(id) = named.payload.or_else(|| self.enclosing(named)) {
                let of_permit = events.entry(id).or_default();
                of_permit.provider.extend(event.provider);
                of_permit.client.extend(event.client);
            }
        }
        events
    }

    fn enclosing(&self, named: Named) -> Option<Id> {
        match named.record {
            0 => named.entry,
            record => self.permits.get(&record)?.id,
        }
    }

    /// The request hashes by permit id; of several permits with one id the last one's.
    fn hashes(&self) -> HashMap<Id, HashText> {
        let hashes = self
            .permits
            .values()
            .filter_map(|permit| Some((permit.id?, permit.hash?)));
        hashes.collect()
    }

    /// The request hash that a closure's dispatch must have.
    fn dispatch(&self, named: Named, by_id: &HashMap<Id, HashText>) -> Option<HashText> {
        match named.record {
            0 => by_id.get(&named.entry?).copied(),
            record => self.permits.get(&record)?.hash,
        }
    }

    /// Whether a closure names another permit than the record it stands in, or one that is not in the file.
    fn is_orphan(&self, named: Named, in_file: &HashSet<Id>) -> bool {
        match named.record {
            0 => named.payload.is_none_or(|id| !in_file.contains(&id)),
            record => self.permits.get(&record).and_then(|permit| permit.id) != named.payload,
        }
    }

    fn name(&self, id: Id) -> &str {
        let index = usize::try_from(id).unwrap_or(usize::MAX);
        self.names.get(index).map(|name| &**name).unwrap_or_default()
    }

    /// What is to be said of the permits.
    fn remarks(&self, found: &mut result::Gathered, subject: &str) {
        let mut seen: HashMap<Id, u32> = HashMap::new();
        for permit in self.permits.values() {
            let Some(id) = permit.id else { continue };
            let copies = seen.entry(id).or_default();
            *copies = copies.saturating_add(1);
            if *copies == 2 {
                found.warnings.push(Finding::new(
                    ReasonCode::DuplicateEntry,
                    self.name(id),
                    "two records of one permit",
                ));
            }
            if permit.allows && *copies == 1 && !found.closed.contains(&id) {
                found.without_closure(self.name(id));
            }
        }
        if self.authority_ended > 0 {
            let detail = format!("{} entries say that an authority ended", self.authority_ended);
            found
                .warnings
                .push(Finding::new(ReasonCode::NotEvaluated, subject, detail));
        }
    }
}

/// What a closure is compared with.
struct Joined<'e> {
    permit: &'e str,
    dispatch: Option<HashText>,
    events: Option<&'e Events>,
    orphan: bool,
}

fn judge(found: &mut result::Gathered, seat: Seat, closure: &Closure, joined: Joined<'_>) {
    found.signature(seat, closure, joined.permit);
    for (code, detail) in &closure.notes {
        found.warn(*code, joined.permit, detail);
    }
    let Some(version) = closure.version else {
        return;
    };
    if joined.orphan {
        found.warn(
            ReasonCode::ClosureOrphan,
            joined.permit,
            "it names another permit than the record it stands in",
        );
    }
    let mut agreements = Vec::new();
    if let Some(field) = closure.digests.label {
        let detail = format!("{field} is another label than the known one");
        agreements.push(Agreement::Fault(ReasonCode::WalkClosureDigestMismatch, detail));
    }
    if !closure.digests.is_missing_closure() {
        let none = Events::default();
        let events = joined.events.unwrap_or(&none);
        let digests = &closure.digests;
        if version.has_dispatch() {
            agreements.push(digests::dispatch(digests, joined.dispatch));
        }
        agreements.push(digests::response(
            digests,
            "provider",
            digests.provider,
            &events.provider,
        ));
        agreements.push(digests::response(digests, "client", digests.client, &events.client));
    }
    for agreement in agreements {
        match agreement {
            Agreement::Agrees => found.compared = found.compared.saturating_add(1),
            Agreement::Nothing => {}
            Agreement::Remark(code) => found.warn(code, joined.permit, ""),
            Agreement::Fault(code, detail) => found.fail(ClosureFailure {
                code,
                seat,
                permit_id: joined.permit.to_owned(),
                detail,
            }),
        }
    }
}
