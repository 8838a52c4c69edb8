//! Rows of Invoance logs, byte for byte, as lines of a log, with the key documents that came; and what stayed behind.
//!
//! A selection of rows proves nothing about the rows between them, so the new pack says of itself that it was filtered,
//! in the form of an export job (`specs/invoance.md` 7.1). Statements about the whole log stay behind: they no longer fit.

mod omitted;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};

use evidence::{Source, json};

use super::choice::Item;
use super::contents::Contents;
use super::cutter::{Cutter, gone};
use super::error::PackError;
use super::names::safe;
use super::write::{Building, Origin};

/// Writes the chosen rows and proofs.
pub(super) fn write(origins: &[Origin<'_>], building: &mut Building<'_>) -> Result<(), PackError> {
    let logs: Vec<Log<'_>> = origins.iter().map(Log::of).collect();
    for (position, (origin, log)) in origins.iter().zip(&logs).enumerate() {
        if !log.taken.is_empty() {
            log.write(position, origin, building)?;
        }
    }
    let any = logs.iter().any(|log| !log.taken.is_empty());
    building.filtered = any && !logs.iter().all(Log::is_whole);
    Ok(())
}

/// Says what of the logs was left out.
pub(super) fn left_out(origins: &[Origin<'_>], building: &mut Building<'_>) -> Result<(), PackError> {
    if building.filtered {
        omitted::write(origins, building)?;
    }
    Ok(())
}

/// What is taken of one pack's Invoance records.
struct Log<'o> {
    taken: Vec<&'o Item>,
    /// How many there are.
    rows: usize,
    /// Files that break off where a chosen row begins: nothing can be cut out of them.
    whole: BTreeSet<&'o str>,
}

impl<'o> Log<'o> {
    fn of(origin: &Origin<'o>) -> Log<'o> {
        let items = || origin.choice.items.iter().filter(|item| item.row().is_some());
        let whole: BTreeSet<&str> = items()
            .filter(|item| item.chosen && item.source.span.is_none_or(|(_, length)| length == 0))
            .map(|item| item.source.path.as_str())
            .collect();
        Log {
            taken: items()
                .filter(|item| item.chosen || whole.contains(item.source.path.as_str()))
                .collect(),
            rows: items().count(),
            whole,
        }
    }

    fn is_whole(&self) -> bool {
        self.taken.len() == self.rows
    }

    fn write(&self, position: usize, origin: &Origin<'o>, building: &mut Building<'_>) -> Result<(), PackError> {
        for item in &self.taken {
            building.records += 1;
            building.rows += 1;
            building.along += u64::from(!item.chosen);
            building.take(position, &item.source.path);
        }
        let mut folders = Folders::default();
        self.write_rows(origin, &mut folders, building)?;
        self.write_whole(origin, building)?;
        self.write_companions(position, origin, &folders, building)
    }

    /// Rows of one line each as a log; what takes several lines, and what is no row, as files of their own.
    fn write_rows(
        &self,
        origin: &Origin<'o>,
        folders: &mut Folders,
        building: &mut Building<'_>,
    ) -> Result<(), PackError> {
        let mut lines = Lines::new(building.contents.free("", "events", ".ndjson"))?;
        let mut cutter = Cutter::of(origin.pack);
        let cut: Vec<&Item> = self
            .taken
            .iter()
            .copied()
            .filter(|item| !self.whole.contains(item.source.path.as_str()))
            .collect();
        for document in cut.chunk_by(|one, other| same_document(&one.source, &other.source)) {
            let Some(first) = document.first() else { continue };
            let pointers: Vec<&str> = document.iter().map(|item| item.source.pointer.as_str()).collect();
            let pieces = cutter.pieces(&first.source, &pointers)?;
            for (item, piece) in document.iter().zip(pieces) {
                let bytes = piece.ok_or_else(|| gone(&item.source.path))?;
                let proofs = item.row().filter(|row| row.is_proof);
                if proofs.is_some() || !is_line(&bytes) {
                    let folder = match proofs {
                        Some(_) => folders.of(&item.source.path, &mut building.contents),
                        None => "events/".to_owned(),
                    };
                    let name = building.contents.free(&folder, &safe(&item.id), ".json");
                    building.expected.add(&name, None, item.verdict);
                    building.contents.add(name, &bytes)?;
                } else {
                    lines.add(&bytes)?;
                    building.expected.add(&lines.name, Some(lines.count), item.verdict);
                }
            }
        }
        lines.finish(building)
    }

    fn write_whole(&self, origin: &Origin<'o>, building: &mut Building<'_>) -> Result<(), PackError> {
        let cutter = Cutter::of(origin.pack);
        for path in &self.whole {
            let name = building.contents.free("logs/", path, "");
            for item in self.taken.iter().filter(|item| item.source.path == **path) {
                building.expected.add(&name, None, item.verdict);
            }
            building.contents.add_from(name, cutter.shipped(path)?)?;
        }
        Ok(())
    }

    /// Key documents always; originals beside proofs; statements of the service only with the whole log.
    fn write_companions(
        &self,
        position: usize,
        origin: &Origin<'o>,
        folders: &Folders,
        building: &mut Building<'_>,
    ) -> Result<(), PackError> {
        let cutter = Cutter::of(origin.pack);
        for file in &origin.report.files {
            let folder = match file.role.as_str() {
                "invoance.keys" => Some("keys/"),
                // A file that is not what a proof says of it is nobody's, and speaks for the proof all the same.
                "invoance.original" | "notRecognised" => folders.known(&file.path),
                "invoance.exportJob" | "invoance.integrityResponse" | "invoance.verifyResponse" => {
                    self.is_whole().then_some("statements/")
                }
                _ => None,
            };
            let Some(folder) = folder else { continue };
            if !building.take(position, &file.path) {
                continue;
            }
            let (stem, ending) = name_of(&file.path);
            let name = building.contents.free(folder, &safe(stem), ending);
            building.contents.add_from(name, cutter.shipped(&file.path)?)?;
        }
        Ok(())
    }
}

/// Whether a row can stand among others: it takes one line, and no byte-order mark is before it.
fn is_line(bytes: &[u8]) -> bool {
    !bytes.contains(&b'\n') && json::without_bom(bytes).len() == bytes.len()
}

/// Folders of proofs: what lies beside a proof in its pack lies beside it here, and nothing else does
/// (`specs/invoance.md` 10).
#[derive(Debug, Default)]
struct Folders(BTreeMap<String, String>);

impl Folders {
    /// The new folder of a proof.
    fn of(&mut self, path: &str, contents: &mut Contents) -> String {
        let folder = folder_of(path);
        let name = folder.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("1");
        let new = || contents.free("proofs/", &safe(name), "/");
        self.0.entry(folder.to_owned()).or_insert_with(new).clone()
    }

    /// The new folder of a file that lies beside proofs.
    fn known(&self, path: &str) -> Option<&str> {
        self.0.get(folder_of(path)).map(String::as_str)
    }
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The name of a file, and its ending with the point where that is a plain one.
fn name_of(path: &str) -> (&str, &str) {
    let name = path.rsplit('/').next().unwrap_or(path);
    let cut = name.rfind('.').filter(|at| *at > 0).unwrap_or(name.len());
    let (stem, ending) = name.split_at(cut);
    let plain = ending.chars().skip(1).all(|letter| letter.is_ascii_alphanumeric());
    if plain { (stem, ending) } else { (name, "") }
}

fn same_document(one: &Source, other: &Source) -> bool {
    one.path == other.path && one.span == other.span
}

/// The lines of a log, gathered beside the files that are written meanwhile.
struct Lines {
    name: String,
    count: u64,
    spool: BufWriter<File>,
}

impl Lines {
    fn new(name: String) -> std::io::Result<Lines> {
        Ok(Lines {
            name,
            count: 0,
            spool: BufWriter::with_capacity(1 << 16, tempfile::tempfile()?),
        })
    }

    fn add(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.spool.write_all(bytes)?;
        self.spool.write_all(b"\n")?;
        self.count += 1;
        Ok(())
    }

    fn finish(self, building: &mut Building<'_>) -> Result<(), PackError> {
        if self.count == 0 {
            return Ok(());
        }
        let mut file = self.spool.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        Ok(building.contents.add_from(self.name, file)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_a_plain_ending_only() {
        assert_eq!(name_of("a/keys.json"), ("keys", ".json"));
        assert_eq!(name_of("keys"), ("keys", ""));
        assert_eq!(name_of(".keys"), (".keys", ""));
        assert_eq!(name_of("keys.js on"), ("keys.js on", ""));
    }
}
