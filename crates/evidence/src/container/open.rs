//! Opening what was dropped in one gesture.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::fault::Fault;
use super::file::Source;
use super::folder;
use super::limits::Limits;
use super::listing::Listed;
use super::number::wide;
use super::reader::Nested;
use super::single;
use super::store::{One, Store};
use super::zip;
use crate::reason::ReasonCode;
use crate::report::Input;
use crate::run::{Progress, Stopped};

/// What opening came to.
#[derive(Debug)]
pub(crate) struct Opened {
    /// What was opened.
    pub(crate) input: Input,
    /// What it holds; a fault when nothing of it is used.
    pub(crate) listed: Result<Listed, Fault>,
    /// Where the bytes are.
    pub(crate) store: Store,
    /// What is done with archives in it.
    pub(crate) nested: Nested,
}

/// Why opening stopped: a fault is a result, a cancel is not.
#[derive(Debug)]
pub(crate) enum Halt {
    /// It is refused whole.
    Fault(Fault),
    /// The person cancelled.
    Cancelled,
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Halt {
        Halt::Fault(fault)
    }
}

impl From<io::Error> for Halt {
    fn from(error: io::Error) -> Halt {
        Halt::Fault(Fault::of(&error))
    }
}

/// Stops when the person asked to.
pub(crate) fn unless_cancelled(progress: &Progress) -> Result<(), Halt> {
    if progress.is_cancelled() {
        return Err(Halt::Cancelled);
    }
    Ok(())
}

/// Opens what was dropped in one gesture.
pub(crate) fn open(paths: &[PathBuf], limits: &Limits, progress: &Progress) -> Result<Opened, Stopped> {
    let mut input = first_sight(paths);
    progress.at(&input.name);
    let opened = match paths {
        [] => Err(Fault::new(ReasonCode::IoNotFound, "nothing was given").into()),
        [path] => open_one(path, &mut input, limits, progress),
        paths => folder::open_files(paths, &mut input, limits, progress),
    };
    let (listed, store) = match opened {
        Ok((listed, store)) => (Ok(listed), store),
        Err(Halt::Fault(fault)) => (Err(fault), Store::Nothing),
        Err(Halt::Cancelled) => return Err(Stopped::Cancelled),
    };
    let nested = match store {
        Store::Disk { .. } => Nested::Bytes,
        Store::Nothing | Store::One(_) => Nested::Refused,
    };
    Ok(Opened {
        input,
        listed,
        store,
        nested,
    })
}

fn open_one(path: &Path, input: &mut Input, limits: &Limits, progress: &Progress) -> Result<(Listed, Store), Halt> {
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        return folder::open(path, input, limits, progress);
    }
    if !metadata.is_file() {
        let detail = "neither a file nor a folder".to_owned();
        return Err(Fault::new(ReasonCode::FsSpecialFile, detail).into());
    }
    single::open(path, input, limits, progress)
}

/// Opens a zip that an evidence format ships as one of its artifacts (a payload that is a zip).
pub(crate) fn inside(name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Opened, Stopped> {
    let input = Input {
        name: name.to_owned(),
        kind: "zip".to_owned(),
        size: wide(bytes.len()),
        sha256: Some(crate::digest::Digest::of(&bytes)),
    };
    let source = Source::Memory(Arc::new(bytes));
    let (listed, store) = match zip::list(&source, name, limits, &Progress::default()) {
        Ok(listed) => (Ok(listed), Store::One(One::in_memory(source))),
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

impl One {
    /// Bytes that have no place on disk.
    pub(super) fn in_memory(source: Source) -> One {
        One {
            source,
            origin: None,
            kept: Arc::default(),
        }
    }
}

/// What is known before anything was read.
fn first_sight(paths: &[PathBuf]) -> Input {
    let (name, kind) = match paths {
        [path] => (display_name(path), "file"),
        paths => (format!("{} files", paths.len()), "files"),
    };
    Input {
        name,
        kind: kind.to_owned(),
        size: 0,
        sha256: None,
    }
}

/// The last part of a path, also of one like `..`.
pub(crate) fn display_name(path: &Path) -> String {
    let named = path.file_name().map(ToOwned::to_owned);
    let name = named.or_else(|| Some(path.canonicalize().ok()?.file_name()?.to_owned()));
    name.unwrap_or_else(|| path.as_os_str().to_owned())
        .to_string_lossy()
        .into_owned()
}
