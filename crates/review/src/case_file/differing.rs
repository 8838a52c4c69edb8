//! A case file beside a pack that is about other bytes: what differs, for the reviewer to see.

use std::path::Path;

use evidence::{Digest, Input};
use rusqlite::{Connection, OpenFlags};

use super::place::beside_name;
use crate::note::{OtherPack, PackRef};

/// What the case file with the pack's own name is about, if that is not this pack: the same name, other bytes.
#[must_use]
pub fn differing(pack: &Path, input: &Input) -> Option<OtherPack> {
    let ours = PackRef {
        name: input.name.clone(),
        kind: input.kind.clone(),
        size: input.size,
        sha256: input.sha256?,
    };
    let path = pack.with_file_name(beside_name(pack, input));
    let theirs = pack_of(&path)?;
    (theirs.sha256 != ours.sha256).then_some(OtherPack { path, theirs, ours })
}

fn pack_of(path: &Path) -> Option<PackRef> {
    if !super::is_case_file(path) {
        return None;
    }
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).ok()?;
    let row = connection.query_row("SELECT name, kind, size, sha256 FROM pack", [], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, String>(3)?))
    });
    let (name, kind, size, sha256) = row.ok()?;
    Some(PackRef {
        name,
        kind,
        size,
        sha256: Digest::from_hex(&sha256)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case_file::{CaseFile, place};

    fn input(bytes: &[u8], size: u64) -> Input {
        Input {
            name: "pack.zip".to_owned(),
            kind: "zip".to_owned(),
            size,
            sha256: Some(Digest::of(bytes)),
        }
    }

    #[test]
    fn what_differs_is_known_until_the_pack_is_the_same_again() {
        let folder = tempfile::tempdir().unwrap();
        let pack = folder.path().join("pack.zip");
        assert_eq!(differing(&pack, &input(b"a", 1)), None);
        let first = place(&pack, &input(b"a", 1), folder.path());
        drop(CaseFile::create(&first, &input(b"a", 1)).unwrap());
        assert_eq!(differing(&pack, &input(b"a", 1)), None);
        let other = differing(&pack, &input(b"b", 2)).unwrap();
        assert_eq!((other.theirs.size, other.ours.size), (1, 2));
        let words = other.to_string();
        assert!(words.contains("1 bytes then, 2 bytes now"), "{words}");
    }
}
