//! A Keel export: one signature covers it as a whole (`specs/keel.md`), so it goes along whole or not at all.

use super::choice::Of;
use super::cutter::Cutter;
use super::error::PackError;
use super::left_out;
use super::write::{Building, Origin};

/// Copies the Keel files of the packs whose Keel records were all chosen.
pub(super) fn write(origins: &[Origin<'_>], building: &mut Building<'_>) -> Result<(), PackError> {
    for (position, origin) in origins.iter().enumerate() {
        if wanted(origin)? {
            copy(origin, (position, origins.len() == 1), building)?;
        }
    }
    Ok(())
}

/// Whether the Keel part of a pack goes along: all of its records were chosen, or where it has none, everything was.
fn wanted(origin: &Origin<'_>) -> Result<bool, PackError> {
    let items = || origin.choice.items.iter().filter(|item| matches!(item.of, Of::Keel));
    let chosen = items().filter(|item| item.chosen).count();
    if chosen == 0 {
        return Ok(false);
    }
    if chosen < items().count() {
        return Err(PackError::KeelInPart {
            chosen: crate::words::sentence::length(chosen),
        });
    }
    Ok(true)
}

fn is_keel(role: &str) -> bool {
    role.starts_with("keel.")
}

/// Whether every record of a pack is Keel's: then all of its files are copied, under their own names.
fn is_alone(origin: &Origin<'_>) -> bool {
    origin.choice.items.iter().all(|item| matches!(item.of, Of::Keel))
}

fn copy(origin: &Origin<'_>, (position, only): (usize, bool), building: &mut Building<'_>) -> Result<(), PackError> {
    let alone = is_alone(origin);
    let folder = if alone && only { "" } else { "keel/" };
    let cutter = Cutter::of(origin.pack);
    let files = origin.report.files.iter();
    for file in files.filter(|file| alone || is_keel(&file.role)) {
        if file.role == "refused" {
            return Err(PackError::KeelNotWhole(file.path.clone()));
        }
        let name = building.contents.free(folder, &file.path, "");
        building.contents.add_from(name, cutter.shipped(&file.path)?)?;
        building.take(position, &file.path);
    }
    let rows = origin.choice.items.iter().filter(|item| matches!(item.of, Of::Keel));
    for row in rows {
        let place = format!("{folder}{}", row.source.path);
        building.expected.add(&place, None, row.verdict);
        building.records += 1;
    }
    Ok(())
}

/// Where Keel exports were all that was taken, what was left out of their packs stands in a text of its own: no other
/// list is there to name it.
pub(super) fn left_out(origins: &[Origin<'_>], building: &mut Building<'_>) -> Result<(), PackError> {
    let others = |origin: &Origin<'_>| {
        let mut items = origin.choice.items.iter();
        items.any(|item| item.chosen && !matches!(item.of, Of::Keel))
    };
    if origins.iter().any(others) || origins.iter().all(is_alone) {
        return Ok(());
    }
    let mut text = "Files that were left out of this pack, with their SHA-256:\n".to_owned();
    for file in left_out::files(origins, &building.used) {
        text.push_str(&file.line());
    }
    let name = building.contents.free("", "left-out", ".txt");
    Ok(building.contents.add(name, text.as_bytes())?)
}
