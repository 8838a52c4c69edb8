//! Packs whose files are bytes in memory: the fuzz targets have no disk between them and the readers.

use std::sync::Arc;

use super::file::Source;
use super::limits::Limits;
use super::listing::{Listed, Listing};
use super::number::wide;
use super::open::{Halt, Opened};
use super::reader::Nested;
use super::single;
use super::store::{One, Place, Store};
use crate::digest::Digest;
use crate::reason::ReasonCode;
use crate::report::Input;
use crate::run::{Progress, Stopped};

/// One file, as if it had been dropped.
pub(crate) fn in_memory(name: &str, bytes: Vec<u8>, limits: &Limits, progress: &Progress) -> Result<Opened, Stopped> {
    let mut input = input(name, "file", &bytes);
    let mut one = One::in_memory(Source::Memory(Arc::new(bytes)));
    let (listed, store) = match single::list(&mut one, &mut input, limits, progress) {
        Ok(listed) => (Ok(listed), Store::One(one)),
        Err(Halt::Fault(fault)) => (Err(fault), Store::Nothing),
        Err(Halt::Cancelled) => return Err(Stopped::Cancelled),
    };
    Ok(Opened {
        input,
        listed,
        store,
        nested: Nested::Refused,
    })
}

/// Several files, as if their folder had been dropped.
pub(crate) fn folder_in_memory(files: &[(String, Vec<u8>)], limits: &Limits) -> Opened {
    let mut bytes = Vec::new();
    let mut listing = Listing::new(limits, "folder", ReasonCode::PathCollision);
    for (name, content) in files {
        let (at, size) = (wide(bytes.len()), wide(content.len()));
        listing.file(name, size, Place::Slice { at, size }, None);
        bytes.extend_from_slice(content);
    }
    let listed: Result<Listed, _> = listing.finish();
    Opened {
        input: input("folder", "folder", &bytes),
        listed,
        store: Store::One(One::in_memory(Source::Memory(Arc::new(bytes)))),
        nested: Nested::Bytes,
    }
}

fn input(name: &str, kind: &str, bytes: &[u8]) -> Input {
    Input {
        name: name.to_owned(),
        kind: kind.to_owned(),
        size: wide(bytes.len()),
        sha256: Some(Digest::of(bytes)),
    }
}
