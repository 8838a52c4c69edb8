//! `sealcheck export html|pdf|xlsx`: the report that a reviewer files.

use std::path::Path;

use evidence::{Pack, Progress, Report};
use review::case_file::CaseFile;
use review::document::{Document, Form, Material, Profile, save_document, write_html};
use review::note::Ledger;
use review::note::verify::ledger_of;
use review::words::sentence::{count, number};

use crate::args::{DocumentArgs, DocumentProfile};
use crate::end::{End, Failure};
use crate::input::Packs;
use crate::output::{Output, allow};
use crate::trust::Trust;
use crate::verify::check;

pub(crate) fn run(arguments: &DocumentArgs, form: Form, progress: &Progress) -> Result<End, Failure> {
    let trust = Trust::of(&arguments.trust)?;
    let packs = Packs::of(&arguments.packs, progress)?;
    let note = arguments.note.as_deref().map(read_note).transpose()?;
    let checked = Checked::of(&packs, &trust, progress)?;
    if let Some(note) = &note {
        same_pack(note, &checked.report)?;
    }
    let material = checked.material(note.as_ref());
    let profile = match arguments.profile {
        DocumentProfile::Short => Profile::Short,
        DocumentProfile::Full => Profile::Full,
    };
    let read: Vec<_> = packs.paths().into_iter().chain(arguments.note.clone()).collect();
    match &arguments.output.output {
        Some(path) => {
            let existing = allow(path, arguments.output.force, &read)?;
            let exported = save_document(path, existing, form, profile, material)?;
            say(&exported, &checked.report);
        }
        None if form == Form::Html => {
            let mut output = Output::open(&arguments.output, &read)?;
            write_html(&Document::of(material, profile)?, &mut output)?;
            output.finish(progress)?;
        }
        None => {
            return Err(Failure::Usage(
                "name the file to write with --output; this kind of report is no text".to_owned(),
            ));
        }
    }
    Ok(End::from(checked.report.verdict))
}

/// `verify --format html`.
pub(crate) fn to_read(packs: &Packs, trust: &Trust, progress: &Progress, output: &mut Output) -> Result<End, Failure> {
    let checked = Checked::of(packs, trust, progress)?;
    write_html(&Document::of(checked.material(None), Profile::Full)?, output)?;
    Ok(End::from(checked.report.verdict))
}

/// One pack, checked, with its records at hand.
struct Checked {
    report: Report,
    case_file: CaseFile,
}

impl Checked {
    fn of(packs: &Packs, trust: &Trust, progress: &Progress) -> Result<Checked, Failure> {
        let several = || Failure::Usage("a report is about one pack; --together makes one of several files".to_owned());
        if packs.several() {
            return Err(several());
        }
        let pack: Pack = packs.open(progress).next().ok_or_else(several)??;
        let mut case_file = CaseFile::temporary(&pack.input)?;
        let mut writer = case_file.writer()?;
        let report = check(&pack, &trust.book(&pack)?, &trust.policy, progress, &mut writer)?;
        writer.finish(&report)?;
        if progress.is_cancelled() {
            return Err(Failure::Interrupted);
        }
        Ok(Checked { report, case_file })
    }

    fn material<'a>(&'a self, note: Option<&'a Ledger>) -> Material<'a> {
        Material {
            report: &self.report,
            case_file: &self.case_file,
            note,
        }
    }
}

fn read_note(path: &Path) -> Result<Ledger, Failure> {
    ledger_of(path).map_err(|error| Failure::Usage(format!("--note {}: {error}", path.display())))
}

/// A note about other bytes says nothing about these.
fn same_pack(note: &Ledger, report: &Report) -> Result<(), Failure> {
    let about = note.review().pack.as_ref();
    match about {
        Some(pack) if Some(pack.sha256) != report.input.sha256 => Err(Failure::Usage(format!(
            "--note: the note is about another pack, {} with SHA-256 {}",
            pack.name, pack.sha256
        ))),
        Some(_) | None => Ok(()),
    }
}

fn say(exported: &review::document::Exported, report: &Report) {
    let rows = exported.rows.map_or_else(String::new, |rows| {
        let all = count(report.counts.records, "record", "records");
        format!(", {} of {all}", number(rows))
    });
    eprintln!(
        "sealcheck: {} written{rows}, result SHA-256 {}, SHA-256 {}",
        exported.saved.path.display(),
        exported.body_sha256,
        exported.saved.sha256
    );
}
