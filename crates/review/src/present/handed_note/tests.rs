use super::*;
use crate::note::verify::{NoteTrust, examine};
use crate::view::VerdictView;

/// A finished note about the report made by hand, as `pack` finds it.
fn examined(alter: impl FnOnce(String) -> String) -> Examined {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("it's a note.json");
    std::fs::write(&path, alter(crate::note::finished_note())).unwrap();
    examine(&path, None, &NoteTrust::default()).unwrap()
}

#[test]
fn the_page_says_what_the_command_line_says() {
    let examined = examined(|text| text);
    let view = handed_note(3, &examined, AtHand::Nothing);
    let line = text::render(&examined.report);
    assert_eq!(view.verdict, VerdictView::Undecided);
    for question in &view.questions {
        assert!(line.contains(&question.answer), "{}", question.answer);
    }
    for check in &view.checks {
        assert!(line.contains(&check.title), "{}", check.title);
    }
    assert!(line.to_lowercase().contains(&view.sentence.to_lowercase()));
}

#[test]
fn an_altered_note_fails_with_the_entry_named() {
    let examined = examined(|text| text.replacen("Asked the sender.", "Asked nobody....", 1));
    let view = handed_note(3, &examined, AtHand::Nothing);
    assert_eq!(view.verdict, VerdictView::Failed);
    let failed: Vec<&str> = view
        .checks
        .iter()
        .filter(|check| check.outcome == OutcomeView::Fail)
        .map(|check| check.code.as_str())
        .collect();
    assert!(!failed.is_empty(), "{:?}", view.checks);
    assert!(failed.iter().all(|code| code.starts_with("NOTE_")));
}

#[test]
fn the_pack_at_hand_is_linked_only_when_it_is_the_same() {
    let examined = examined(|text| text);
    let pack = |at_hand| handed_note(3, &examined, at_hand).pack.unwrap();
    assert_eq!(pack(AtHand::Same(7)).open, Some(7));
    assert_eq!(pack(AtHand::Other).open, None);
    assert!(pack(AtHand::Nothing).sentence.starts_with("The pack is not at hand."));
}

#[test]
fn the_history_stands_newest_first_with_its_digests() {
    let examined = examined(|text| text);
    let view = handed_note(3, &examined, AtHand::Nothing);
    assert_eq!(view.history.entries.len(), examined.entries.len());
    assert!(view.history.whole);
    let first = view.history.entries.last().unwrap();
    assert_eq!((first.seq, first.what.as_str()), (1, "Review begun"));
}

#[test]
fn the_command_to_repeat_it_is_one_word_per_name() {
    let examined = examined(|text| text);
    let view = handed_note(3, &examined, AtHand::Nothing);
    assert!(
        view.repeat
            .starts_with(r"sealcheck note verify 'it'\''s a note.json' --pack "),
        "{}",
        view.repeat
    );
}
