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

/// The report's word for a file that is no archive.
pub(crate) const ALONE: &str = "file";

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
    let mut one = One {
        source,
        origin: Some((path.to_owned(), stamp)),
        kept: Arc::default(),
    };
    let listed = list(&mut one, input, limits, progress);
    // What is refused as a whole is read by nobody else.
    if listed.is_err() && input.sha256.is_none() {
        input.sha256 = Some(digest(&one.source, progress)?);
    }
    Ok((listed?, Store::One(one)))
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
pub(super) fn list(one: &mut One, input: &mut Input, limits: &Limits, progress: &Progress) -> Result<Listed, Halt> {
    let name = input.name.clone();
    let kind = Kind::of(&one.source.bytes_at(0, HEAD)?);
    let word = word(one, kind, &name, limits)?;
    word.clone_into(&mut input.kind);
    // A file that is its own artifact is hashed where it is read: the report has the digest from there.
    if word != ALONE {
        input.sha256 = Some(digest(&one.source, progress)?);
    }
    let mut listed = match word {
        "zip" => zip::list(&one.source, &name, limits, progress).map_err(|halt| neither(halt, &name))?,
        "tar" => tar::list(&one.source, &name, limits, progress)?,
        "tar.gz" => {
            let (listed, kept) = tar::list_gz(&one.source, &name, limits, progress)?;
            one.kept = kept;
            listed
        }
        _ => alone(one, &name, limits)?,
    };
    if let Some(detail) = kind.mismatch(&name) {
        listed.notes.remark(limits, ReasonCode::PackTypeMismatch, &name, detail);
    }
    Ok(listed)
}

/// A file named gz that begins like a zip and is no sound one is neither.
fn neither(halt: Halt, name: &str) -> Halt {
    match halt {
        Halt::Fault(fault) if name.to_ascii_lowercase().ends_with(".gz") => {
            let zip = format!("{}: {}", fault.code, fault.detail);
            let detail = format!("the name says gz, and the bytes begin like a zip that is not sound ({zip})");
            Fault::new(ReasonCode::GzHeaderInvalid, detail).into()
        }
        Halt::Fault(_) | Halt::Cancelled => halt,
    }
}

/// The report's word for what was dropped.
fn word(one: &One, kind: Kind, name: &str, limits: &Limits) -> Result<&'static str, Fault> {
    Ok(match kind {
        Kind::Zip => "zip",
        Kind::Tar => "tar",
        Kind::Gzip if is_tar_inside(&one.source, limits) => "tar.gz",
        Kind::Gzip => "gz",
        // A zip with something before it: the examination says what.
        Kind::Json | Kind::Markup | Kind::Foreign(_) | Kind::Unknown if ends_as_zip(one, name)? => "zip",
        Kind::Json | Kind::Markup | Kind::Foreign(_) | Kind::Unknown => ALONE,
    })
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use crate::digest::Digest;
    use crate::pack::Pack;
    use crate::reason::ReasonCode;
    use crate::run::{Progress, Stopped};

    fn open(name: &str, bytes: &[u8]) -> Pack {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        Pack::open(&[path], &Progress::default()).unwrap()
    }

    fn refused(pack: &Pack) -> Option<ReasonCode> {
        pack.refused_whole.then(|| pack.refusals[0].code)
    }

    #[test]
    fn a_file_is_its_own_only_artifact() {
        let pack = open("what: ever?.json", b"{}");
        assert_eq!((pack.input.kind.as_str(), pack.artifacts.len()), ("file", 1));
        // Hashed where it is read.
        assert_eq!(pack.input.sha256, None);
        let content = pack.read(0).unwrap();
        assert_eq!((content.bytes, content.digest), (b"{}".to_vec(), Digest::of(b"{}")));
    }

    #[test]
    fn nothing_at_all_is_empty_but_for_lines() {
        assert_eq!(refused(&open("a.json", b"")), Some(ReasonCode::PackEmpty));
        assert_eq!(open("a.ndjson", b"").read(0).unwrap().bytes, b"");
    }

    #[test]
    fn a_picture_named_zip_is_told() {
        let pack = open("pack.zip", b"\x89PNG\r\n\x1a\n and so on");
        assert_eq!(refused(&pack), Some(ReasonCode::PackTypeMismatch));
        assert_eq!(
            pack.refusals[0].detail,
            "the name says a zip archive, the bytes are a PNG picture"
        );
    }

    #[test]
    fn half_a_zip_named_gz_is_neither() {
        let pack = open("pack.gz", b"PK\x03\x04 and nothing more");
        assert_eq!(refused(&pack), Some(ReasonCode::GzHeaderInvalid));
        assert!(
            pack.refusals[0].detail.contains("ZIP_EOCD_INVALID"),
            "{:?}",
            pack.refusals
        );
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        let pack = Pack::open(&[PathBuf::from("/nowhere/pack.zip")], &Progress::default()).unwrap();
        assert_eq!(
            (refused(&pack), pack.input.name.as_str()),
            (Some(ReasonCode::IoNotFound), "pack.zip")
        );
    }

    #[test]
    fn a_pack_over_the_limit_is_not_read() {
        let limits = crate::container::Limits {
            pack_size: 1,
            ..Default::default()
        };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        fs::write(&path, "{}").unwrap();
        let pack = Pack::open_within(&[path], &limits, &Progress::default()).unwrap();
        assert_eq!(
            (refused(&pack), pack.limits[0].value),
            (Some(ReasonCode::LimitPackSize), 1)
        );
    }

    #[test]
    fn cancel_stops_the_opening() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        fs::write(&path, "{}").unwrap();
        let progress = Progress::default();
        progress.cancel();
        assert!(matches!(Pack::open(&[path], &progress), Err(Stopped::Cancelled)));
    }

    #[test]
    fn a_file_replaced_under_its_name_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        fs::write(&path, "{}").unwrap();
        let pack = Pack::open(std::slice::from_ref(&path), &Progress::default()).unwrap();
        fs::remove_file(&path).unwrap();
        assert_eq!(pack.changed_while_reading(), None);
        fs::write(&path, "[]").unwrap();
        assert_eq!(
            pack.changed_while_reading().unwrap().code,
            ReasonCode::IoChangedWhileReading
        );
    }
}
