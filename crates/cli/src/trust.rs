//! The keys and statements of a run: the reviewer's key book, and what was given for this run only.

use std::path::{Path, PathBuf};

use evidence::{KeyBook, Pack, Policy};
use review::keybook_file::{KeyBookFile, Supplied};
use review::places::Places;
use review::samples;

use crate::args::TrustArgs;
use crate::end::Failure;

/// What a run goes by.
#[derive(Debug)]
pub(crate) struct Trust {
    book: KeyBookFile,
    supplied: Supplied,
    /// What the person states or asks for.
    pub(crate) policy: Policy,
}

impl Trust {
    /// Reads everything before the first pack is opened: a key file that cannot be read stops the run.
    pub(crate) fn of(arguments: &TrustArgs) -> Result<Trust, Failure> {
        Ok(Trust {
            book: KeyBookFile::load(&Places::of_user().key_book())?,
            supplied: supplied(&arguments.keys, &arguments.key)?,
            policy: Policy {
                reference_time: arguments.at.clone(),
                require: arguments.require.clone(),
                scope: arguments.scope,
            },
        })
    }

    /// The key book for a pack: a built-in sample, known by its bytes, has one of its own.
    pub(crate) fn book(&self, pack: &Pack) -> Result<KeyBook, Failure> {
        let sample = pack.input.sha256.as_ref().and_then(samples::by_digest);
        Ok(match sample {
            Some(_) => samples::key_book()?.to_book(&self.supplied),
            None => self.book.to_book(&self.supplied),
        })
    }
}

/// What was given for this run alone: files and keys as text.
pub(crate) fn supplied(files: &[PathBuf], keys: &[String]) -> Result<Supplied, Failure> {
    let mut supplied = Supplied::default();
    for file in files {
        add_file(&mut supplied, file)?;
    }
    for text in keys {
        supplied
            .add_key(text)
            .map_err(|error| Failure::Usage(format!("--key: {error} ({})", error.code())))?;
    }
    Ok(supplied)
}

fn add_file(supplied: &mut Supplied, file: &Path) -> Result<(), Failure> {
    let wrong = |why: String| Failure::Usage(format!("--keys {}: {why}", file.display()));
    let bytes = std::fs::read(file).map_err(|error| wrong(error.to_string()))?;
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    supplied
        .add_file(&name, &bytes)
        .map_err(|error| wrong(format!("{error} ({})", error.code())))
}
