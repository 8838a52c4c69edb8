//! `sealcheck export --raw`: the exact bytes of records, nothing added and nothing around them.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use evidence::{Pack, Progress, Record};
use review::case_file::CaseFile;
use review::pack::{Exact, ExactBytes, PackError, exact_file_name};
use review::save::{Existing, SaveError, save};

use crate::args::RawArgs;
use crate::end::{End, Failure};
use crate::export::{Chosen, allow_inside, end_of, selection};
use crate::input::Packs;
use crate::output::Output;
use crate::trust::Trust;
use crate::verify::check;

pub(crate) fn run(arguments: &RawArgs, progress: &Progress) -> Result<End, Failure> {
    let trust = Trust::of(&arguments.trust)?;
    let packs = Packs::of(&arguments.packs, progress)?;
    if packs.several() {
        return Err(Failure::Usage(
            "exact bytes are taken out of one pack; --together makes one of several files".to_owned(),
        ));
    }
    let Some(pack) = packs.open(progress).next().transpose()? else {
        return Ok(End::NotEvidence);
    };
    let mut case = CaseFile::temporary(&pack.input)?;
    let mut writer = case.writer()?;
    let mut chosen = Chosen {
        selection: selection(&arguments.chosen),
        count: 0,
        recorder: &mut writer,
    };
    let report = check(&pack, &trust.book(&pack)?, &trust.policy, progress, &mut chosen)?;
    writer.finish(&report)?;
    let records = Records {
        pack: &pack,
        case: &case,
        progress,
    };
    let count = records.write(arguments, &packs)?;
    Ok(end_of(&report, count))
}

/// The chosen records of a pack.
struct Records<'a> {
    pack: &'a Pack,
    case: &'a CaseFile,
    progress: &'a Progress,
}

impl Records<'_> {
    /// Writes them and says how many.
    fn write(&self, arguments: &RawArgs, packs: &Packs) -> Result<u64, Failure> {
        let (mut count, mut lines) = (0_u64, true);
        self.each(|_, exact| {
            count += 1;
            lines &= exact.is_line();
            Ok(())
        })?;
        let folder = arguments.output.output.as_deref().filter(|path| path.is_dir());
        match (count, folder) {
            (0, _) => eprintln!("sealcheck: no record fits, nothing was written"),
            (_, Some(folder)) => self.to_folder(arguments, folder, packs)?,
            (1, None) => self.to_output(arguments, packs, b"")?,
            (_, None) if lines => self.to_output(arguments, packs, b"\n")?,
            (count, None) => {
                return Err(Failure::Usage(format!(
                    "{count} records fit and not each of them is one line: choose one by --record or --hash, or name \
                     an existing folder as --output"
                )));
            }
        }
        Ok(count)
    }

    /// One after the other; a line break of ours only between records that share a file.
    fn to_output(&self, arguments: &RawArgs, packs: &Packs, end: &[u8]) -> Result<(), Failure> {
        let mut output = Output::open(&arguments.output, &packs.paths())?;
        self.each(|_, exact| {
            output.write_all(&exact.bytes)?;
            Ok(output.write_all(end)?)
        })?;
        output.finish(self.progress)
    }

    fn to_folder(&self, arguments: &RawArgs, folder: &Path, packs: &Packs) -> Result<(), Failure> {
        let existing = allow_inside(folder, arguments.output.force, &packs.paths())?;
        let mut names = BTreeSet::new();
        self.each(|record, _| {
            let path = folder.join(free_name(&exact_file_name(record), &mut names));
            match existing {
                // Before the first is written: all or none.
                Existing::Keep if path.exists() => Err(SaveError::Exists(path).into()),
                Existing::Keep | Existing::Replace => Ok(()),
            }
        })?;
        let mut names = BTreeSet::new();
        self.each(|record, exact| {
            let path = folder.join(free_name(&exact_file_name(record), &mut names));
            let saved = save(&path, existing, &exact.bytes)?;
            eprintln!("sealcheck: {} written, SHA-256 {}", saved.path.display(), saved.sha256);
            Ok(())
        })
    }

    /// Visits every record that is there.
    fn each(&self, mut visit: impl FnMut(&Record, &Exact) -> Result<(), Failure>) -> Result<(), Failure> {
        let mut bytes = ExactBytes::of(self.pack);
        self.case.each_record(|_, record| {
            if self.progress.is_cancelled() {
                return Err(Failure::Interrupted);
            }
            match bytes.cut(&record) {
                Ok(exact) => visit(&record, &exact),
                // The verdict says it.
                Err(PackError::NotThere(_)) => Ok(()),
                Err(error) => Err(error.into()),
            }
        })
    }
}

/// The name, or the name with `-2`, `-3` before its ending when it was used before; case does not tell names apart.
fn free_name(name: &str, used: &mut BTreeSet<String>) -> String {
    let stem = name.strip_suffix(".json").unwrap_or(name);
    let mut free = name.to_owned();
    let mut number = 2_u64;
    while !used.insert(free.to_lowercase()) {
        free = format!("{stem}-{number}.json");
        number += 1;
    }
    free
}
