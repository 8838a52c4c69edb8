//! The key sets that came: laid out so that every record finds the one that it found in its own pack
//! (`specs/nexart.md` 9.3, rule 4).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use evidence::Digest;

use super::super::cutter::Cutter;
use super::super::error::PackError;
use super::super::write::{Building, Origin};

/// The key sets of all packs.
#[derive(Debug, Default)]
pub(super) struct Keys {
    of: Vec<InPack>,
    /// The bytes of each, in the order of the packs.
    sets: Vec<Vec<u8>>,
}

/// The key sets of one pack.
#[derive(Debug, Default)]
struct InPack {
    /// By folder, each by its place among the sets.
    by_folder: BTreeMap<String, Vec<usize>>,
    different: BTreeSet<usize>,
    paths: BTreeSet<String>,
}

/// The file name of a key set (`specs/nexart.md` 9.2).
const NAME: &str = "node-metadata";

impl Keys {
    /// Reads them.
    pub(super) fn of(origins: &[Origin<'_>]) -> Result<Keys, PackError> {
        let mut keys = Keys::default();
        let mut known: HashMap<Digest, usize> = HashMap::new();
        for origin in origins {
            let mut pack = InPack::default();
            let mut cutter = Cutter::of(origin.pack);
            for source in origin.report.parts.iter().flat_map(|part| &part.key_sets) {
                let bytes = cutter.piece(source, &source.pointer)?;
                let next = keys.sets.len();
                let place = *known.entry(Digest::of(&bytes)).or_insert(next);
                if place == next {
                    keys.sets.push(bytes);
                }
                let folder = folder_of(&source.path).to_owned();
                pack.by_folder.entry(folder).or_default().push(place);
                pack.different.insert(place);
                pack.paths.insert(source.path.clone());
            }
            keys.of.push(pack);
        }
        Ok(keys)
    }

    /// Whether one set is all there is, in every pack: then it lies above all records.
    fn is_shared(&self) -> bool {
        self.sets.len() == 1 && self.of.iter().all(|pack| !pack.different.is_empty())
    }

    /// Notes the files that they lie in.
    pub(super) fn take(&self, building: &mut Building<'_>) {
        for (position, pack) in self.of.iter().enumerate() {
            for path in &pack.paths {
                building.take(position, path);
            }
        }
    }

    /// Writes them beside the records; several lie in a folder of their own, where they stand above no record.
    pub(super) fn write(&self, building: &mut Building<'_>) -> Result<(), PackError> {
        let shared = self.is_shared();
        for (position, set) in self.sets.iter().enumerate() {
            let name = if shared {
                format!("{NAME}.json")
            } else {
                numbered(&format!("{NAME}/"), position)
            };
            let name = building.contents.free("", &name, "");
            building.contents.add(name, set)?;
        }
        Ok(())
    }

    /// Writes the sets that lay nearest to a record beside it.
    pub(super) fn beside(
        &self,
        pack: usize,
        path: &str,
        folder: &str,
        building: &mut Building<'_>,
    ) -> Result<(), PackError> {
        if self.is_shared() {
            return Ok(());
        }
        let nearest = self.of.get(pack).and_then(|pack| pack.nearest(path));
        for (position, place) in nearest.into_iter().flatten().enumerate() {
            if let Some(set) = self.sets.get(place) {
                let name = building.contents.free("", &numbered(folder, position), "");
                building.contents.add(name, set)?;
            }
        }
        Ok(())
    }
}

impl InPack {
    /// The sets of the record's folder, or of the nearest one above it that has any; else the only one.
    fn nearest(&self, path: &str) -> Option<Vec<usize>> {
        let mut folder = folder_of(path);
        loop {
            if let Some(sets) = self.by_folder.get(folder) {
                return Some(sets.clone());
            }
            if folder.is_empty() {
                break;
            }
            folder = folder_of(folder);
        }
        (self.different.len() == 1).then(|| self.different.iter().copied().collect())
    }
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Names in their order: where several lie in one folder, the first counts.
fn numbered(folder: &str, position: usize) -> String {
    format!("{folder}{NAME}-{:06}.json", position + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_folder_decides_and_the_only_set_is_found_from_everywhere() {
        let mut pack = InPack::default();
        pack.by_folder.insert("a".to_owned(), vec![0]);
        pack.by_folder.insert("a/b".to_owned(), vec![1]);
        pack.different.extend([0, 1]);
        assert_eq!(pack.nearest("a/b/c/cer.json"), Some(vec![1]));
        assert_eq!(pack.nearest("a/cer.json"), Some(vec![0]));
        assert_eq!(pack.nearest("b/cer.json"), None);
        pack.different.remove(&1);
        assert_eq!(pack.nearest("b/cer.json"), Some(vec![0]));
    }
}
