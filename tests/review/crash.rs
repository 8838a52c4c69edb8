//! The process is killed at any moment, as by a power cut to it alone: what was confirmed is there.

use std::path::Path;
use std::sync::mpsc::channel;
use std::time::Duration;

use evidence::Digest;
use review::note::{Draft, verify_chain};

use crate::bench::{STAMP, all_words, case, child, each_told, input, is_child, make_case, open, tell, words};

/// How often.
const KILLS: u64 = 200;

/// Types and saves notes until it is killed; its parent reads what was confirmed.
fn types_until_killed(folder: &Path) {
    // As opening the pack again does: the index is made anew around the note.
    make_case(folder);
    let mut note = open(folder).unwrap();
    assert_eq!(note.read_only(), None);
    let round = std::process::id();
    for number in 0_u64.. {
        let text = format!("{round}-{number} All eleven records were looked at.");
        for length in [8, 20, text.len()] {
            let typed = text.get(..length).unwrap_or(&text);
            let draft = Draft {
                place: "note".to_owned(),
                text: typed.to_owned(),
                at: STAMP.at.to_owned(),
            };
            note.keep_draft(&draft).unwrap();
            tell(&format!("draft {typed}"));
        }
        note.act(STAMP, words(&text), Some("note")).unwrap();
        tell(&format!("note {text}"));
    }
}

#[test]
fn no_confirmed_word_is_lost_in_two_hundred_kills() {
    if is_child(types_until_killed) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    make_case(folder.path());
    let mut confirmed: Vec<String> = Vec::new();
    let (mut drafts, mut rounds_with_words) = (0_u32, 0_u32);
    for kill in 0..KILLS {
        let lines = killed_after(folder.path(), kill);
        let fresh: Vec<String> = lines
            .iter()
            .filter_map(|line| Some(line.strip_prefix("note ")?.to_owned()))
            .collect();
        rounds_with_words += u32::from(!fresh.is_empty());
        confirmed.extend(fresh);
        let note = open(folder.path()).unwrap_or_else(|error| panic!("kill {kill}: {error}"));
        assert_eq!(note.read_only(), None, "kill {kill}");
        verify_chain(note.ledger().entries()).unwrap();
        let there = all_words(&note);
        // Words may be there that nobody was told of: the kill came between.
        let missing: Vec<&String> = confirmed.iter().filter(|text| !there.contains(text)).collect();
        assert!(missing.is_empty(), "kill {kill}: {missing:?}");
        if let Some(typed) = lines.last().and_then(|line| line.strip_prefix("draft ")) {
            drafts += 1;
            let kept = note.drafts().unwrap().pop().map(|draft| draft.text).unwrap_or_default();
            let went_on = kept.starts_with(typed) || there.iter().any(|text| text.starts_with(typed));
            assert!(went_on, "kill {kill}: {typed:?} was typed, {kept:?} is kept");
        }
    }
    eprintln!(
        "{KILLS} kills, {} notes confirmed in {rounds_with_words} rounds, {drafts} kills while typing",
        confirmed.len()
    );
    assert!(rounds_with_words >= 100 && drafts > 20, "{rounds_with_words} {drafts}");
    assert!(case(folder.path()).exists());
    assert_eq!(input().sha256, Some(Digest::of(b"pack")));
}

/// Up to a tenth of a second, another time each time and the same in each run.
fn moment(kill: u64) -> Duration {
    let digest = Digest::of(&kill.to_be_bytes());
    let head = digest.as_bytes().first_chunk::<4>().copied().unwrap_or_default();
    Duration::from_micros(u64::from(u32::from_be_bytes(head)) % 100_000)
}

/// Every second time the moment counts from the start, so that opening is met; else from the first saved note.
fn killed_after(folder: &Path, kill: u64) -> Vec<String> {
    let mut running = child("crash::no_confirmed_word_is_lost_in_two_hundred_kills", folder)
        .spawn()
        .unwrap();
    let out = running.stdout.take().unwrap();
    let (sender, lines) = channel();
    let reader = std::thread::spawn(move || each_told(out, |line| sender.send(line).unwrap()));
    let mut told = Vec::new();
    if kill.is_multiple_of(2) {
        let saved = |line: &String| line.starts_with("note ");
        while !told.last().is_some_and(saved) {
            told.push(lines.recv().unwrap());
        }
    }
    std::thread::sleep(moment(kill));
    // SIGKILL.
    running.kill().unwrap();
    running.wait().unwrap();
    told.extend(lines.iter());
    reader.join().unwrap();
    told
}
