//! A folder, or several files dropped together: walked without following links and without leaving it.

use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::fault::Fault;
use super::file::{Stamp, device};
use super::limits::Limits;
use super::listing::{Listed, Listing};
use super::open::{Halt, display_name, unless_cancelled};
use super::store::{Place, Store};
use crate::reason::ReasonCode;
use crate::report::Input;
use crate::run::Progress;

/// Opens a folder. Its digest is over the listing of all artifacts and is known once they were read.
pub(crate) fn open(
    path: &Path,
    input: &mut Input,
    limits: &Limits,
    progress: &Progress,
) -> Result<(Listed, Store), Halt> {
    "folder".clone_into(&mut input.kind);
    let name = input.name.clone();
    let mut walk = Walk::new(limits, &name, progress);
    walk.folder(path, "", 0)?;
    let bases = vec![path.to_owned()];
    Ok((walk.finish(input)?, Store::Disk { bases }))
}

/// Opens several files (or folders) dropped in one gesture as one pack.
pub(crate) fn open_files(
    paths: &[PathBuf],
    input: &mut Input,
    limits: &Limits,
    progress: &Progress,
) -> Result<(Listed, Store), Halt> {
    let name = input.name.clone();
    let mut walk = Walk::new(limits, &name, progress);
    let mut bases = Vec::with_capacity(paths.len());
    for (base, path) in (0_u32..).zip(paths) {
        // What was dropped is followed when it is a link: the person chose it. Nothing below it is.
        let target = fs::canonicalize(path).map_err(|error| about(path, &error))?;
        let name = display_name(&target);
        let metadata = fs::metadata(&target)?;
        if metadata.is_dir() {
            walk.folder(&target, &format!("{name}/"), base)?;
        } else {
            walk.item(&target, &name, &metadata, base);
        }
        bases.push(target.parent().map(Path::to_owned).unwrap_or_default());
    }
    Ok((walk.finish(input)?, Store::Disk { bases }))
}

/// An error about one of several files, with its name.
fn about(path: &Path, error: &io::Error) -> Fault {
    Fault::new(Fault::of(error).code, format!("{}: {error}", display_name(path)))
}

struct Walk<'a> {
    limits: &'a Limits,
    progress: &'a Progress,
    listing: Listing<'a>,
    entries: u64,
    size: u64,
}

impl<'a> Walk<'a> {
    fn new(limits: &'a Limits, name: &'a str, progress: &'a Progress) -> Walk<'a> {
        Walk {
            limits,
            progress,
            listing: Listing::new(limits, name, ReasonCode::PathCollision),
            entries: 0,
            size: 0,
        }
    }

    fn finish(self, input: &mut Input) -> Result<Listed, Fault> {
        input.size = self.size;
        if self.size > self.limits.pack_size {
            let detail = format!("{} bytes together, the limit is {}", self.size, self.limits.pack_size);
            return Err(Fault::new(ReasonCode::LimitPackSize, detail));
        }
        self.listing.finish()
    }

    /// Lists everything below `top`, whose paths begin with `prefix`.
    fn folder(&mut self, top: &Path, prefix: &str, base: u32) -> Result<(), Halt> {
        let home = device(&fs::metadata(top)?);
        let mut waiting = vec![(top.to_owned(), prefix.to_owned())];
        while let Some((folder, prefix)) = waiting.pop() {
            self.progress.at(&prefix);
            for (path, name) in self.children(&folder, &prefix)? {
                let inner = format!("{prefix}{name}");
                let Some(metadata) = self.metadata(&path, &inner) else {
                    continue;
                };
                if !metadata.is_dir() {
                    self.item(&path, &inner, &metadata, base);
                } else if let Some(fault) = self.barred(&metadata, &inner, home) {
                    self.listing.refuse(&inner, &fault);
                } else {
                    self.listing.folder(&inner, None);
                    waiting.push((path, format!("{inner}/")));
                }
            }
        }
        Ok(())
    }

    /// The entries of one folder that have a readable name, sorted by its bytes.
    fn children(&mut self, folder: &Path, prefix: &str) -> Result<Vec<(PathBuf, String)>, Halt> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                self.listing.refuse(prefix, &Fault::of(&error));
                return Ok(Vec::new());
            }
        };
        let mut children = Vec::new();
        for entry in entries {
            unless_cancelled(self.progress)?;
            self.count()?;
            match entry {
                Ok(entry) => children.extend(self.child(&entry, prefix)),
                Err(error) => self.listing.refuse(prefix, &Fault::of(&error)),
            }
        }
        children.sort_unstable_by(|left, right| left.1.as_bytes().cmp(right.1.as_bytes()));
        Ok(children)
    }

    fn child(&mut self, entry: &DirEntry, prefix: &str) -> Option<(PathBuf, String)> {
        match entry.file_name().into_string() {
            Ok(name) => Some((entry.path(), name)),
            Err(name) => {
                let shown = format!("{prefix}{}", name.to_string_lossy());
                let fault = Fault::new(ReasonCode::PathNotUtf8, "the name is not UTF-8");
                self.listing.file(&shown, 0, Place::Nowhere, Some(fault));
                None
            }
        }
    }

    fn count(&mut self) -> Result<(), Fault> {
        self.entries = self.entries.saturating_add(1);
        if self.entries > self.limits.entries {
            let detail = format!("more than {} entries", self.limits.entries);
            return Err(Fault::new(ReasonCode::LimitEntryCount, detail));
        }
        Ok(())
    }

    fn metadata(&mut self, path: &Path, inner: &str) -> Option<Metadata> {
        match fs::symlink_metadata(path) {
            Ok(metadata) => Some(metadata),
            Err(error) => {
                self.listing.file(inner, 0, Place::Nowhere, Some(Fault::of(&error)));
                None
            }
        }
    }

    /// Why a folder is not entered, if so.
    fn barred(&self, metadata: &Metadata, inner: &str, home: u64) -> Option<Fault> {
        if device(metadata) != home {
            return Some(Fault::new(ReasonCode::FsSymlink, "another file system is mounted here"));
        }
        let depth = inner.split('/').count();
        (depth >= self.limits.path_depth).then(|| {
            let detail = format!("more than {} levels", self.limits.path_depth);
            Fault::new(ReasonCode::PathTooDeep, detail)
        })
    }

    /// Lists what is no folder.
    fn item(&mut self, path: &Path, inner: &str, metadata: &Metadata, base: u32) {
        let kind = metadata.file_type();
        let fault = if inner.contains('\\') {
            // A character of the name here, a separator elsewhere.
            Some(Fault::new(ReasonCode::PathForbiddenChar, "the name holds a backslash"))
        } else if kind.is_symlink() {
            let target = fs::read_link(path).unwrap_or_default();
            let detail = format!("a link to {}", target.to_string_lossy());
            Some(Fault::new(ReasonCode::FsSymlink, detail))
        } else if !kind.is_file() {
            let detail = "a pipe, socket or device".to_owned();
            Some(Fault::new(ReasonCode::FsSpecialFile, detail))
        } else {
            None
        };
        let size = if kind.is_file() { metadata.len() } else { 0 };
        self.size = self.size.saturating_add(size);
        let stamp = Stamp::of(metadata);
        self.listing.file(inner, size, Place::Disk { base, stamp }, fault);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::digest::Digest;
    use crate::pack::{ArtifactState, Pack};
    use crate::reason::ReasonCode;
    use crate::run::Progress;

    fn open(paths: &[std::path::PathBuf]) -> Pack {
        Pack::open(paths, &Progress::default()).unwrap()
    }

    fn codes(pack: &Pack) -> Vec<ReasonCode> {
        pack.refusals.iter().map(|refusal| refusal.code).collect()
    }

    fn paths(pack: &Pack) -> Vec<&str> {
        pack.artifacts.iter().map(|artifact| artifact.path.as_str()).collect()
    }

    #[test]
    fn every_file_at_any_depth_is_listed() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("a/b")).unwrap();
        fs::write(folder.path().join("a/b/c.json"), "{}").unwrap();
        fs::write(folder.path().join("a.json"), "[]").unwrap();
        let pack = open(&[folder.path().to_owned()]);
        assert_eq!((paths(&pack), codes(&pack)), (vec!["a.json", "a/b/c.json"], vec![]));
        assert_eq!((pack.input.kind.as_str(), pack.input.size), ("folder", 4));
        assert_eq!(pack.read(1).unwrap().digest, Digest::of(b"{}"));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_refused_and_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.json"), "{}").unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join("there")).unwrap();
        fs::write(folder.path().join("a.json"), "{}").unwrap();
        let pack = open(&[folder.path().to_owned()]);
        assert_eq!(
            (paths(&pack), codes(&pack)),
            (vec!["a.json", "there"], vec![ReasonCode::FsSymlink])
        );
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_utf8_are_refused() {
        use std::os::unix::ffi::OsStrExt as _;
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(std::ffi::OsStr::from_bytes(b"\xff.json")), "{}").unwrap();
        let pack = open(&[folder.path().to_owned()]);
        assert_eq!(codes(&pack), [ReasonCode::PathNotUtf8]);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_refused_and_never_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
        assert_eq!(codes(&open(&[folder.path().to_owned()])), [ReasonCode::FsSpecialFile]);
    }

    #[test]
    fn a_file_that_changed_after_it_was_listed_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        fs::write(&path, "{}").unwrap();
        let pack = open(&[folder.path().to_owned()]);
        assert_eq!(pack.changed_while_reading(), None);
        fs::write(&path, "{\"longer\":1}").unwrap();
        assert_eq!(pack.read(0).unwrap_err().code, ReasonCode::IoChangedWhileReading);
        assert_eq!(pack.changed_while_reading().unwrap().subject, "a.json");
    }

    #[test]
    fn files_dropped_together_are_one_pack_and_archives_among_them_are_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let names = ["export.zip", "manifest.json"].map(|name| folder.path().join(name));
        fs::write(&names[0], b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0").unwrap();
        fs::write(&names[1], "{}").unwrap();
        let pack = open(&names);
        assert_eq!(
            (pack.input.kind.as_str(), paths(&pack)),
            ("files", vec!["export.zip", "manifest.json"])
        );
        assert_eq!(
            (codes(&pack), pack.artifacts[0].state),
            (vec![], ArtifactState::Readable)
        );
        assert_eq!(pack.read(0).unwrap().size, 22);
    }

    #[test]
    fn one_missing_file_among_several_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let names = ["a.json", "b.json"].map(|name| folder.path().join(name));
        fs::write(&names[0], "{}").unwrap();
        let pack = open(&names);
        assert_eq!(codes(&pack), [ReasonCode::IoNotFound]);
        assert!(pack.refusals[0].detail.starts_with("b.json: "));
    }

    #[test]
    fn an_empty_folder_is_an_empty_pack() {
        let folder = tempfile::tempdir().unwrap();
        let pack = open(&[folder.path().to_owned()]);
        assert!(pack.refused_whole);
        assert_eq!(codes(&pack), [ReasonCode::PackEmpty]);
    }

    #[test]
    fn the_listing_digest_is_that_of_sha256sum() {
        let digests = [("b", Digest::of(b"2")), ("a", Digest::of(b"1"))];
        let lines = format!("{}  a\n{}  b\n", Digest::of(b"1"), Digest::of(b"2"));
        assert_eq!(Pack::listing_digest(&digests), Digest::of(lines.as_bytes()));
    }
}
