//! One dropped file: an archive, or an artifact by itself. Its leading bytes decide which.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use super::fault::Fault;
use super::file::{Slice, Source, Stamp};
use super::gz::Gunzip;
use super::kind::{HEAD, Kind};
use super::limits::Limits;
use super::listing::{Listed, Listing};
use super::number::wide;
use super::open::{Halt, unless_cancelled};
use super::store::{One, Place, Store};
use super::{tar, zip};
use crate::digest::{Digest, Hasher};
use crate::reason::ReasonCode;
use crate::report::Input;
use crate::run::Progress;

/// Bytes hashed between two looks at the cancel flag.
const STEP: usize = 1024 * 1024;

/// Opens one file.
pub(crate) fn open(
    path: &Path,
    input: &mut Input,
    limits: &Limits,
    progress: &Progress,
) -> Result<(Listed, Store), Halt> {
    let file = File::open(path)?;
    let stamp = Stamp::of(&file.metadata()?);
    input.size = stamp.size;
    if stamp.size > limits.pack_size {
        let detail = format!("{} bytes, the limit is {}", stamp.size, limits.pack_size);
        return Err(Fault::new(ReasonCode::LimitPackSize, detail).into());
    }
    let source = Source::File(Arc::new(file), stamp.size);
    input.sha256 = Some(digest(&source, progress)?);
    let mut one = One {
        source,
        origin: Some((path.to_owned(), stamp)),
        kept: Arc::default(),
    };
    let listed = list(&mut one, input, limits, progress)?;
    Ok((listed, Store::One(one)))
}

/// The digest of the whole file.
fn digest(source: &Source, progress: &Progress) -> Result<Digest, Halt> {
    progress.expect_bytes(source.size());
    let mut bytes = Slice::new(source.clone(), 0, source.size());
    let mut buffer = vec![0; STEP];
    let mut hasher = Hasher::new();
    loop {
        unless_cancelled(progress)?;
        let read = bytes.read(&mut buffer)?;
        if read == 0 {
            return Ok(hasher.finish());
        }
        hasher.update(buffer.get(..read).unwrap_or_default());
        progress.add_bytes(wide(read));
    }
}

/// What the file holds.
fn list(one: &mut One, input: &mut Input, limits: &Limits, progress: &Progress) -> Result<Listed, Halt> {
    let name = input.name.clone();
    let kind = Kind::of(&one.source.bytes_at(0, HEAD)?);
    let (word, mut listed) = match kind {
        Kind::Zip => ("zip", zip::list(&one.source, &name, limits, progress)?),
        Kind::Tar => ("tar", tar::list(&one.source, &name, limits, progress)?),
        Kind::Gzip if is_tar_inside(&one.source, limits) => {
            let (listed, kept) = tar::list_gz(&one.source, &name, limits, progress)?;
            one.kept = kept;
            ("tar.gz", listed)
        }
        Kind::Gzip => ("gz", alone(one, &name, limits)?),
        Kind::Json | Kind::Markup | Kind::Foreign(_) | Kind::Unknown if !ends_as_zip(one, &name)? => {
            ("file", alone(one, &name, limits)?)
        }
        // A zip with something before it: the examination says what.
        Kind::Json | Kind::Markup | Kind::Foreign(_) | Kind::Unknown => {
            ("zip", zip::list(&one.source, &name, limits, progress)?)
        }
    };
    word.clone_into(&mut input.kind);
    if let Some(detail) = kind.mismatch(&name) {
        listed.notes.remark(limits, ReasonCode::PackTypeMismatch, &name, detail);
    }
    Ok(listed)
}

/// Whether a file that does not begin like a zip is one nevertheless: by its name and by its end.
///
/// A file named `.zip` without either is refused, since what the person expects in it cannot be looked at.
fn ends_as_zip(one: &One, name: &str) -> Result<bool, Fault> {
    let named = name
        .rsplit_once('.')
        .is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("zip"));
    if !named || one.source.size() == 0 {
        return Ok(false);
    }
    if zip::has_end(&one.source)? {
        return Ok(true);
    }
    let head = one.source.bytes_at(0, HEAD)?;
    let detail = Kind::of(&head).mismatch(name).unwrap_or_default();
    Err(Fault::new(ReasonCode::PackTypeMismatch, detail))
}

/// The file as the only artifact.
fn alone(one: &One, name: &str, limits: &Limits) -> Result<Listed, Fault> {
    let size = one.source.size();
    let lines = [".ndjson", ".jsonl"]
        .iter()
        .any(|end| name.to_ascii_lowercase().ends_with(end));
    if size == 0 && !lines {
        return Err(Fault::new(ReasonCode::PackEmpty, "the file has no bytes"));
    }
    let mut listing = Listing::new(limits, name, ReasonCode::PathCollision);
    listing.dropped_file(name, size, Place::Slice { at: 0, size });
    listing.finish()
}

/// Whether a gz stream begins with a tar header. A stream that cannot be decoded is an artifact that says so when read.
fn is_tar_inside(source: &Source, limits: &Limits) -> bool {
    let bytes = BufReader::new(Slice::new(source.clone(), 0, source.size()));
    let mut head = Vec::with_capacity(HEAD);
    let read = Gunzip::new(bytes, limits).take(wide(HEAD)).read_to_end(&mut head);
    read.is_ok() && Kind::of(&head) == Kind::Tar
}
