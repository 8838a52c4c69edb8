//! `sealcheck pack`: checks packs and writes chosen records of them as a pack of their own.

use evidence::{KeyBook, Pack, Progress, Report, Verdict};
use review::pack::{Choosing, Form, Order, Origin, PackError, Packed, pack};
use review::save::Existing;
use review::words::sentence::count;

use crate::args::{PackForm, PackOutArgs};
use crate::end::{End, Failure};
use crate::export::selection;
use crate::input::Packs;
use crate::output::allow;
use crate::trust::Trust;
use crate::verify::check;
use crate::{clock, progress};

pub(crate) fn run(arguments: &PackOutArgs, progress: &Progress) -> Result<End, Failure> {
    progress::shown(progress, false, || write(arguments, progress))
}

/// A pack that was checked.
struct Checked {
    pack: Pack,
    report: Report,
    choosing: Choosing,
}

fn write(arguments: &PackOutArgs, progress: &Progress) -> Result<End, Failure> {
    let trust = Trust::of(&arguments.trust)?;
    let packs = Packs::of(&arguments.packs, progress)?;
    let existing = allow(&arguments.output, arguments.force, &packs.paths())?;
    if existing == Existing::Replace && arguments.form == PackForm::Folder && arguments.output.exists() {
        return Err(Failure::Usage(format!(
            "{} exists, and a folder is never replaced",
            arguments.output.display()
        )));
    }
    let (checked, book) = check_all(arguments, &trust, &packs, progress)?;
    let origins: Vec<Origin<'_>> = checked
        .iter()
        .map(|checked| Origin {
            pack: &checked.pack,
            report: &checked.report,
            choice: &checked.choosing.choice,
        })
        .collect();
    let exported_at = clock::milliseconds(clock::now());
    let order = Order {
        target: &arguments.output,
        existing,
        form: match arguments.form {
            PackForm::Zip => Form::Zip,
            PackForm::Folder => Form::Folder,
        },
        exported_at: &exported_at,
        exported_by: &arguments.exported_by,
        selection: &selection(&arguments.chosen).in_words(),
        book: &book,
        policy: &trust.policy,
    };
    match pack(&origins, &order, progress) {
        Ok(packed) => {
            say(&packed);
            Ok(packed.verdict.into())
        }
        Err(error @ PackError::NothingChosen) => {
            eprintln!("sealcheck: {error}");
            Ok(End::of(checked.iter().map(|checked| nothing_of(&checked.report))))
        }
        Err(error) => Err(error.into()),
    }
}

/// What a pack that nothing was taken from ends like: it was read, or it could not be.
fn nothing_of(report: &Report) -> End {
    match report.verdict {
        Verdict::Error => End::Unreadable,
        Verdict::Verified | Verdict::Failed | Verdict::Indeterminate | Verdict::NotEvidence => End::NotEvidence,
    }
}

fn check_all(
    arguments: &PackOutArgs,
    trust: &Trust,
    packs: &Packs,
    progress: &Progress,
) -> Result<(Vec<Checked>, KeyBook), Failure> {
    let mut checked = Vec::new();
    let mut first = None;
    for pack in packs.open(progress) {
        let pack = pack?;
        let book = trust.book(&pack)?;
        let mut choosing = Choosing::by(selection(&arguments.chosen));
        let report = check(&pack, &book, &trust.policy, progress, &mut choosing)?;
        checked.push(Checked { pack, report, choosing });
        first.get_or_insert(book);
    }
    Ok((checked, first.unwrap_or_default()))
}

fn say(packed: &Packed) {
    let along = match packed.along {
        0 => String::new(),
        along => format!(" ({} not chosen, in the same document as one that was)", along),
    };
    eprintln!(
        "sealcheck: {} written, {} of {}{along}, {} bytes, SHA-256 {}",
        packed.path.display(),
        packed.records,
        count(packed.of, "record", "records"),
        packed.bytes,
        packed.sha256
    );
}
