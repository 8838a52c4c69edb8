//! `sealcheck verify`.

use std::io::Write;

use evidence::{KeyBook, Pack, Policy, Progress, Recorder, Report, Verdict};
use review::export::{CsvWriter, Guard, Profile};
use review::report_json::{Session, Spool};
use review::text::Gathered;
use review::words::sentence::{count, length};

use crate::args::{Color, Format, VerifyArgs};
use crate::end::{End, Failure};
use crate::input::Packs;
use crate::output::Output;
use crate::trust::Trust;
use crate::{clock, document, progress};

pub(crate) fn run(arguments: &VerifyArgs, progress: &Progress) -> Result<End, Failure> {
    let trust = Trust::of(&arguments.trust)?;
    let packs = Packs::of(&arguments.packs, progress)?;
    let mut output = Output::open(&arguments.output, &packs.paths())?;
    let format = if arguments.json { Format::Json } else { arguments.format };
    let color = arguments.color;
    let end = progress::shown(progress, arguments.quiet, || match format {
        Format::Text => as_text(&packs, &trust, progress, &mut output, color),
        Format::Json => as_json(&packs, &trust, progress, &mut output),
        Format::Ndjson => as_lines(&packs, &trust, progress, &mut output),
        Format::Csv => as_csv(&packs, &trust, progress, &mut output),
        Format::Html => document::to_read(&packs, &trust, progress, &mut output),
    })?;
    output.finish(progress)?;
    Ok(end)
}

fn as_text(
    packs: &Packs,
    trust: &Trust,
    progress: &Progress,
    output: &mut Output,
    color: Color,
) -> Result<End, Failure> {
    output.for_people();
    let color = output.color(color);
    let mut ends = Vec::new();
    for pack in packs.open(progress) {
        let pack = pack?;
        let book = trust.book(&pack)?;
        let mut gathered = Gathered::default();
        let report = check(&pack, &book, &trust.policy, progress, &mut gathered)?;
        if !ends.is_empty() {
            output.write_all(b"\n")?;
        }
        output.write_all(gathered.render(&report, &key_book_line(&book), color).as_bytes())?;
        ends.push(report.verdict.into());
    }
    Ok(End::of(ends))
}

/// "Audit desk (14 keys)", and what was given for this run only.
fn key_book_line(book: &KeyBook) -> String {
    let mut line = format!("{} ({})", book.name, count(length(book.entries.len()), "key", "keys"));
    for keys in &book.supplied {
        line.push_str(&format!(" and {}", keys.name));
    }
    if !book.bare.is_empty() {
        line.push_str(&format!(" and {} given", count(length(book.bare.len()), "key", "keys")));
    }
    line
}

/// One report, or an array of reports when several packs were named.
pub(crate) fn as_json(packs: &Packs, trust: &Trust, progress: &Progress, output: &mut Output) -> Result<End, Failure> {
    let mut ends = Vec::new();
    if packs.several() {
        output.write_all(b"[")?;
    }
    for pack in packs.open(progress) {
        if !ends.is_empty() {
            output.write_all(b",\n")?;
        }
        ends.push(report_to(output, &pack?, trust, progress)?.into());
    }
    output.write_all(if packs.several() { b"]\n" } else { b"\n" })?;
    Ok(End::of(ends))
}

fn as_lines(packs: &Packs, trust: &Trust, progress: &Progress, output: &mut Output) -> Result<End, Failure> {
    let mut ends = Vec::new();
    for pack in packs.open(progress) {
        ends.push(report_to(output, &pack?, trust, progress)?.into());
        output.write_all(b"\n")?;
        output.flush()?;
    }
    Ok(End::of(ends))
}

fn as_csv(packs: &Packs, trust: &Trust, progress: &Progress, output: &mut Output) -> Result<End, Failure> {
    let mut ends = Vec::new();
    let mut rows = CsvWriter::new(output, Profile::Standard, Guard::On, None)?;
    for pack in packs.open(progress) {
        let pack = pack?;
        let report = check(&pack, &trust.book(&pack)?, &trust.policy, progress, &mut rows)?;
        ends.push(report.verdict.into());
    }
    rows.finish()?;
    Ok(End::of(ends))
}

fn report_to(output: &mut Output, pack: &Pack, trust: &Trust, progress: &Progress) -> Result<Verdict, Failure> {
    let started = clock::text(clock::now());
    let mut spool = Spool::new()?;
    let report = check(pack, &trust.book(pack)?, &trust.policy, progress, &mut spool)?;
    let finished = clock::text(clock::now());
    let mut session = Session::of_process(&started, &finished);
    session.remarks = spool.clock_remarks(&finished);
    spool.write(&report, &session, output)?;
    Ok(report.verdict)
}

/// Asks the engine.
pub(crate) fn check(
    pack: &Pack,
    book: &KeyBook,
    policy: &Policy,
    progress: &Progress,
    recorder: &mut dyn Recorder,
) -> Result<Report, Failure> {
    Ok(evidence::verify(pack, book, policy, progress, recorder)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use evidence::{Ecosystem, SuppliedKeys};

    #[test]
    fn keys_given_for_the_run_are_named_beside_the_key_book() {
        let book = KeyBook {
            name: "Audit desk".to_owned(),
            supplied: vec![SuppliedKeys {
                name: "node.json".to_owned(),
                ecosystem: Ecosystem::NexArt,
                bytes: Vec::new(),
            }],
            ..KeyBook::default()
        };
        assert_eq!(key_book_line(&book), "Audit desk (0 keys) and node.json");
    }
}
