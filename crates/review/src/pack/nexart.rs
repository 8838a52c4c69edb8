//! NexArt records as an evidence pack (`specs/nexart.md` 9.2): each in a folder of its own with its receipts, the key
//! sets that came, the result of this run, a list of all of them and a page for people.

mod keys;
mod list;
mod page;
mod plan;
mod result;

use std::collections::HashSet;

use evidence::{Digest, Source};

use super::choice::{Cer, Item};
use super::cutter::{Cutter, gone};
use super::error::PackError;
use super::names::safe;
use super::write::{Building, Origin};
use keys::Keys;
use plan::{Cut, Plan, Unit};

/// Writes the chosen NexArt records.
pub(super) fn write(origins: &[Origin<'_>], building: &mut Building<'_>) -> Result<(), PackError> {
    let plans = origins.iter().map(Plan::of).collect::<Result<Vec<_>, _>>()?;
    if plans.iter().all(Plan::is_empty) {
        return Ok(());
    }
    let keys = Keys::of(origins)?;
    let mut writer = Writer {
        keys: &keys,
        single: origins.len() == 1,
        written: HashSet::new(),
        attached: HashSet::new(),
        doubled: doubled(&plans),
    };
    keys.write(building)?;
    keys.take(building);
    for (position, (origin, plan)) in origins.iter().zip(&plans).enumerate() {
        writer.records(position, origin, plan, building)?;
    }
    for missing in plans.iter().flat_map(|plan| &plan.missing) {
        building.records += 1;
        building.expected.add(list::NAME, None, missing.verdict);
    }
    list::write(origins, &plans, building)?;
    page::write(&plans, building)
}

/// Hashes that several records of the new pack state: a result by hash would be held against each of them.
fn doubled<'p>(plans: &'p [Plan<'_>]) -> HashSet<&'p str> {
    let mut met = HashSet::new();
    let records = plans.iter().flat_map(|plan| &plan.units).flat_map(|unit| &unit.items);
    let ids = records.map(|item| item.id.as_str());
    ids.filter(|id| !met.insert(*id)).collect()
}

/// The records' folders.
struct Writer<'k> {
    keys: &'k Keys,
    single: bool,
    /// What was written already, where several packs hold the same record.
    written: HashSet<Digest>,
    /// Receipts and results that were written, by pack and place: one may belong to several records.
    attached: HashSet<(usize, Source)>,
    doubled: HashSet<&'k str>,
}

impl Writer<'_> {
    fn records(
        &mut self,
        position: usize,
        origin: &Origin<'_>,
        plan: &Plan<'_>,
        building: &mut Building<'_>,
    ) -> Result<(), PackError> {
        let mut cutter = Cutter::of(origin.pack);
        for document in plan.units.chunk_by(Unit::is_cut_beside) {
            for (unit, bytes) in document.iter().zip(cut(&mut cutter, document)?) {
                if !self.single && !self.written.insert(Digest::of(&bytes)) {
                    continue;
                }
                self.record(position, origin, unit, &bytes, building)?;
            }
        }
        Ok(())
    }

    fn record(
        &mut self,
        position: usize,
        origin: &Origin<'_>,
        unit: &Unit<'_>,
        bytes: &[u8],
        building: &mut Building<'_>,
    ) -> Result<(), PackError> {
        let folder = building.contents.free("records/", &folder_name(unit), "") + "/";
        let name = building.contents.free(&folder, "cer", ".json");
        for item in &unit.items {
            building.records += 1;
            building.along += u64::from(!item.chosen);
            building.expected.add(&name, None, item.verdict);
            building.take(position, &item.source.path);
        }
        building.contents.add(name, bytes)?;
        let mut cutter = Cutter::of(origin.pack);
        for item in &unit.items {
            let Some(cer) = item.cer() else { continue };
            self.attached(position, &mut cutter, &folder, cer, building)?;
            self.result(&folder, item, cer, building)?;
        }
        self.keys.beside(position, &unit.source.path, &folder, building)
    }

    /// Receipts from elsewhere in the pack, and what the sender's own results say of the record.
    fn attached(
        &mut self,
        position: usize,
        cutter: &mut Cutter<'_>,
        folder: &str,
        cer: &Cer,
        building: &mut Building<'_>,
    ) -> Result<(), PackError> {
        for attached in &cer.attached {
            if !self.attached.insert((position, attached.source.clone())) {
                continue;
            }
            building.take(position, &attached.source.path);
            let bytes = cutter.piece(&attached.source, &attached.source.pointer)?;
            let stem = if attached.role == "receipt" {
                "receipt"
            } else {
                "verification-report-sent"
            };
            let name = building.contents.free(folder, stem, ".json");
            building.contents.add(name, &bytes)?;
        }
        Ok(())
    }

    fn result(&self, folder: &str, item: &Item, cer: &Cer, building: &mut Building<'_>) -> Result<(), PackError> {
        if self.doubled.contains(item.id.as_str()) {
            return Ok(());
        }
        if let Some(text) = result::of(item, cer, building.order.exported_at) {
            let name = building.contents.free(folder, "verification-report", ".json");
            building.contents.add(name, text.as_bytes())?;
        }
        Ok(())
    }
}

/// The bytes of units that lie in one document.
fn cut(cutter: &mut Cutter<'_>, units: &[Unit<'_>]) -> Result<Vec<Vec<u8>>, PackError> {
    let Some(first) = units.first() else {
        return Ok(Vec::new());
    };
    match &first.cut {
        Cut::File => Ok(vec![cutter.whole(&first.source.path)?]),
        Cut::Document => Ok(vec![cutter.document(first.source)?]),
        Cut::Record(_) | Cut::Step(_) => {
            let pointers: Vec<&str> = units.iter().map(|unit| unit.cut.pointer()).collect();
            let pieces = cutter.pieces(first.source, &pointers)?.into_iter();
            let bytes = pieces.zip(units).map(|(piece, unit)| {
                let piece = piece.ok_or_else(|| gone(&unit.source.path))?;
                Ok(unit.cut.wrap(piece))
            });
            bytes.collect()
        }
    }
}

/// The execution id, or the first digits of the hash.
fn folder_name(unit: &Unit<'_>) -> String {
    let Some(first) = unit.items.first() else {
        return safe("");
    };
    match first.cer().and_then(|cer| cer.execution_id.as_deref()) {
        Some(id) => safe(id),
        None => {
            let hash = first.id.strip_prefix("sha256:").unwrap_or(&first.id);
            safe(&hash.chars().take(16).collect::<String>())
        }
    }
}
