use std::path::PathBuf;

use evidence::{Policy, Progress};
use tempfile::TempDir;

use super::*;
use crate::keybook_file::Supplied;
use crate::note::{Note, Stamp};
use crate::samples;
use crate::view::RecordQuery;

/// The sample with a mismatch, checked, with its note open.
pub(crate) struct Desk {
    pack: Pack,
    report: Report,
    case_file: CaseFile,
    groups: Vec<CheckGroup>,
    pub(crate) note: Note,
    _folder: TempDir,
}

impl Desk {
    pub(crate) fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let path: PathBuf = samples::by_id("failed").unwrap().write_to(folder.path()).unwrap();
        let progress = Progress::default();
        let pack = Pack::open(&[path], &progress).unwrap();
        let place = folder.path().join("failed.zip.sealnote");
        let mut case_file = CaseFile::create(&place, &pack.input).unwrap();
        let book = samples::key_book().unwrap().to_book(&Supplied::default());
        let mut writer = case_file.writer().unwrap();
        let report = evidence::verify(&pack, &book, &Policy::default(), &progress, &mut writer).unwrap();
        writer.finish(&report).unwrap();
        Desk {
            note: Note::open(&place, &report.input, "Jana").unwrap(),
            groups: case_file.check_groups().unwrap(),
            pack,
            report,
            case_file,
            _folder: folder,
        }
    }

    pub(crate) fn case(&self) -> Case<'_> {
        Case {
            pack: &self.pack,
            report: &self.report,
            case_file: &self.case_file,
            groups: &self.groups,
        }
    }

    pub(crate) fn act(&mut self, act: Act) {
        let action = self.case().action(act, self.note.review()).unwrap();
        self.note.act(stamp(), action, None).unwrap();
    }

    pub(crate) fn write(&mut self, target: NoteTarget, text: &str) {
        self.act(Act::AddNote {
            target,
            text: text.to_owned(),
            tags: vec!["follow up".to_owned()],
        });
    }

    /// The handle of the first group of checks.
    pub(crate) fn key(&self) -> String {
        let group = &self.groups[0];
        group_key(group.id, group.outcome, group.required)
    }
}

pub(crate) fn stamp() -> Stamp<'static> {
    Stamp {
        actor: "J. Lindqvist",
        at: "2026-11-25T09:21:07.123Z",
    }
}

pub(crate) fn query() -> RecordQuery {
    RecordQuery {
        request: 1,
        start: 2,
        count: 1,
        search: String::new(),
        verdict: None,
        filters: Vec::new(),
        sort: String::new(),
        descending: true,
    }
}

pub(crate) const RECORD: NoteTarget = NoteTarget::Record { number: 1 };

#[test]
fn a_record_is_anchored_by_its_exact_bytes_and_a_look_reads_none() {
    let desk = Desk::new();
    let Target::Record { content_sha256, .. } = desk.case().target(&RECORD).unwrap() else {
        panic!("a record");
    };
    let record = desk.case_file.record(1).unwrap().unwrap();
    assert!(content_sha256.is_some());
    assert_eq!(content_sha256, record_sha256(&desk.pack, &record.source).unwrap());
    let named = desk.case().named(&RECORD).unwrap();
    assert!(matches!(
        named,
        Target::Record {
            content_sha256: None,
            ..
        }
    ));
}

#[test]
fn a_field_carries_its_records_digest_and_the_pack_its_own() {
    let desk = Desk::new();
    let field = NoteTarget::Field {
        record: 1,
        pointer: "/snapshot/model".to_owned(),
    };
    let digest = |target: &NoteTarget| match desk.case().target(target).unwrap() {
        Target::Record { content_sha256, .. } | Target::Field { content_sha256, .. } => content_sha256,
        Target::Pack { content_sha256, .. } => Some(content_sha256),
        Target::Records { .. } | Target::Check { .. } => panic!("{target:?}"),
    };
    assert_eq!(digest(&field), digest(&RECORD));
    assert_eq!(digest(&NoteTarget::Pack), desk.report.input.sha256);
}

#[test]
fn a_check_is_named_by_what_it_asks_and_not_by_how_it_ended() {
    let desk = Desk::new();
    let key = desk.key();
    let check = NoteTarget::Check { key, position: 0 };
    let Target::Check {
        reference,
        number,
        content_sha256,
        ..
    } = desk.case().target(&check).unwrap()
    else {
        panic!("a check");
    };
    assert_eq!(reference, desk.groups[0].id.as_str());
    assert_eq!(number, desk.groups[0].first.as_ref().unwrap().record);
    assert!(content_sha256.is_some());
}

#[test]
fn what_is_not_in_the_result_is_refused() {
    let desk = Desk::new();
    let absent = [
        NoteTarget::Record { number: 99 },
        NoteTarget::Check {
            key: desk.key(),
            position: 9_999,
        },
        NoteTarget::Check {
            key: "made up".to_owned(),
            position: 0,
        },
    ];
    for target in absent {
        assert_eq!(
            desk.case().target(&target).unwrap_err().code(),
            "NOT_THERE",
            "{target:?}"
        );
    }
}

#[test]
fn a_bulk_decision_names_every_record_of_the_query_whatever_its_page() {
    let desk = Desk::new();
    let decide = |query| {
        let act = Act::DecideFiltered {
            query,
            value: DecisionView::Rejected,
            reason: "r".to_owned(),
        };
        desk.case().action(act, desk.note.review())
    };
    let Action::Decided { target, value, .. } = decide(query()).unwrap() else {
        panic!("a decision");
    };
    assert_eq!(target.count(), desk.report.counts.records);
    assert_eq!(value, DecisionValue::Rejected);
    let none = RecordQuery {
        search: "nothing has this in it".to_owned(),
        ..query()
    };
    assert_eq!(decide(none).unwrap_err().code(), "NOT_THERE");
}
