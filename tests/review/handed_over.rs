//! A whole piece of work: written, decided, sampled, concluded, signed, closed, opened again, exported, and checked by
//! somebody else with our command line and with OpenSSL.

use std::path::{Path, PathBuf};

use data_encoding::BASE64;
use evidence::{Ecosystem, KeyBook, Pack, Policy, Progress, Record, Recorder, Report};
use review::case_file::{CaseFile, Writer, input_of, place};
use review::note::key::{ReviewerKey, public_pem};
use review::note::{
    Action, AnswerValue, Conclusion, DecisionValue, Note, Numbers, Population, Role, SignOffForm, Stamp, Status,
    checklist, document, dsse, prefill, record_target, records_target, sample,
};
use review::report_json::{Session, Spool};
use review::samples;
use serde_json::Value;

use crate::bench::STAMP;
use crate::keys::{has, in_folder};

/// A reviewer's table: a pack, its report and its case file.
struct Desk {
    folder: tempfile::TempDir,
    pack: Pack,
    report: Report,
    case: CaseFile,
}

/// Keeps records in both places.
struct Both<'a, 'c>(&'a mut Writer<'c>, &'a mut Spool);

impl Recorder for Both<'_, '_> {
    fn record(&mut self, record: Record) -> std::io::Result<()> {
        self.1.record(record.clone())?;
        self.0.record(record)
    }
}

impl Desk {
    /// With the built-in sample that failed.
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("failed.zip");
        std::fs::write(&path, samples::by_id("failed").unwrap().bytes).unwrap();
        let progress = Progress::default();
        let pack = Pack::open(std::slice::from_ref(&path), &progress).unwrap();
        let input = input_of(&pack, &progress).unwrap();
        let place = place(&path, &input, &folder.path().join("cases"));
        let mut case = CaseFile::create(&place, &input).unwrap();
        let mut writer = case.writer().unwrap();
        let mut spool = Spool::new().unwrap();
        let book = KeyBook::default();
        let both = &mut Both(&mut writer, &mut spool);
        let report = evidence::verify(&pack, &book, &Policy::default(), &progress, both).unwrap();
        writer.finish(&report).unwrap();
        Desk {
            folder,
            pack,
            report,
            case,
        }
    }

    fn note(&self) -> Note {
        Note::open(self.case.path().unwrap(), &self.report.input, "Anna").unwrap()
    }

    /// The records again, as every export needs them.
    fn spool(&self) -> Spool {
        let mut spool = Spool::new().unwrap();
        self.case.each_record(|_, record| spool.record(record)).unwrap();
        spool
    }

    fn export(&self, note: &Note) -> PathBuf {
        let mut text = Vec::new();
        let session = Session::of_process(STAMP.at, STAMP.at);
        let written = document::write(self.spool(), &self.report, &session, note.ledger(), &mut text).unwrap();
        assert_eq!(written.stale, [""; 0]);
        let path = self.path("failed.zip.review.json");
        std::fs::write(&path, text).unwrap();
        path
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

fn form(role: Role, name: &str) -> SignOffForm {
    SignOffForm {
        role,
        name: name.to_owned(),
        title: "Manager".to_owned(),
        statement: "I have done this work and stand by it.".to_owned(),
    }
}

/// Everything a preparer does.
fn prepared(desk: &Desk) -> Note {
    let mut note = desk.note();
    let mut act = |action| {
        note.act(STAMP, action, None).unwrap();
    };
    let record = desk.case.record(1).unwrap().unwrap();
    act(Action::NoteAdded {
        target: record_target(&desk.pack, 1, &record).unwrap(),
        text: "Asked the sender for the original.".to_owned(),
        tags: vec!["open".to_owned()],
    });
    let all: Numbers = (1..=desk.report.counts.records).collect();
    act(Action::Decided {
        target: records_target(&desk.case, &all).unwrap(),
        value: DecisionValue::MoreEvidence,
        reason: "Waiting for the originals.".to_owned(),
    });
    let template = checklist::built_in(Ecosystem::NexArt).unwrap();
    let item = template.items[0].item.clone();
    act(Action::ChecklistChosen { template });
    act(Action::ChecklistAnswered {
        item,
        value: Some(AnswerValue::Yes),
        remark: "By courier.".to_owned(),
        evidence_refs: Vec::new(),
    });
    let population = Population::of_case(&desk.case).unwrap();
    let id_of = |number| Ok(desk.case.record(number)?.map(|record| record.id));
    let drawn = sample::draw::<Box<dyn std::error::Error>>(sample::Method::Random, "2026-Q3", 2, &population, id_of);
    act(Action::SampleDrawn { sample: drawn.unwrap() });
    act(Action::ExceptionsAdded {
        exceptions: prefill::exceptions(&desk.case.check_groups().unwrap()),
    });
    act(Action::Concluded {
        conclusion: Conclusion {
            text: "One record is not what was sealed.".to_owned(),
            ..prefill::conclusion(&desk.report)
        },
    });
    note
}

fn sealcheck(home: &Path, arguments: &[&str]) -> (i32, String) {
    let output = assert_cmd::cargo::cargo_bin_cmd!("sealcheck")
        .env_clear()
        .env("HOME", home)
        .current_dir(home)
        .args(arguments)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    (output.status.code().unwrap(), text)
}

/// What a note comes to with these arguments: exit code, and the reason of each question.
fn checked(desk: &Desk, note: &Path, arguments: &[&str]) -> (i32, Value) {
    let note = note.display().to_string();
    let all = [&["note", "verify", "--format", "json", note.as_str()], arguments].concat();
    let (code, text) = sealcheck(desk.folder.path(), &all);
    (code, serde_json::from_str(&text).unwrap())
}

#[test]
fn a_note_is_written_signed_closed_opened_exported_and_checked_by_somebody_else() {
    let desk = Desk::new();
    let mut note = prepared(&desk);
    let body = desk.spool().body_sha256(&desk.report).unwrap();
    let mut publics = Vec::new();
    let signers = [
        (Role::Preparer, "Anna Berg"),
        (Role::Reviewer, "Ben Carl"),
        (Role::Approver, "Cleo Dahl"),
    ];
    for (role, name) in signers {
        let (key, file) = ReviewerKey::create("correct horse battery").unwrap();
        publics.push(public_pem(&key.public().unwrap()));
        // As in life: the key is read again from its file, once.
        let key = ReviewerKey::read(file.as_bytes(), Some("correct horse battery")).unwrap();
        let stamp = Stamp { actor: name, ..STAMP };
        note.sign_off(stamp, form(role, name), body, Some(key)).unwrap();
        drop(note);
        note = desk.note();
    }
    assert_eq!(note.review().status, Status::Released);
    let exported = desk.export(&note);

    let (code, report) = checked(&desk, &exported, &[]);
    assert_eq!(
        (code, report["questions"]["fromWhom"].as_str()),
        (3, Some("UNDETERMINED"))
    );
    let files: Vec<String> = (0..3)
        .map(|index| desk.path(&format!("{index}.pub")).display().to_string())
        .collect();
    let mut with_keys = Vec::new();
    for (file, public) in files.iter().zip(&publics) {
        std::fs::write(file, public).unwrap();
        with_keys.extend(["--keys", file.as_str()]);
    }
    let (code, report) = checked(&desk, &exported, &with_keys);
    assert_eq!(code, 0, "{report:#}");
    // On a copy of the pack, wherever it lies and whatever it is called.
    let copy = desk.path("renamed.zip");
    std::fs::copy(desk.path("failed.zip"), &copy).unwrap();
    let copy = copy.display().to_string();
    assert_eq!(
        checked(&desk, &exported, &[&with_keys, ["--pack", &copy].as_slice()].concat()).0,
        0
    );
    let mut bytes = std::fs::read(&copy).unwrap();
    bytes.push(0);
    std::fs::write(&copy, bytes).unwrap();
    assert_eq!(
        checked(&desk, &exported, &[&with_keys, ["--pack", &copy].as_slice()].concat()).0,
        1
    );
    // The case file itself.
    let case = desk.case.path().unwrap().to_owned();
    assert_eq!(checked(&desk, &case, &with_keys).0, 0);
}

#[test]
fn the_exported_note_satisfies_the_published_schema() {
    let desk = Desk::new();
    let mut note = prepared(&desk);
    let body = desk.spool().body_sha256(&desk.report).unwrap();
    let (key, _) = ReviewerKey::create("correct horse battery").unwrap();
    note.sign_off(STAMP, form(Role::Preparer, "Anna Berg"), body, Some(key))
        .unwrap();
    let exported: Value = serde_json::from_slice(&std::fs::read(desk.export(&note)).unwrap()).unwrap();
    let (_, schema) = sealcheck(desk.folder.path(), &["schema", "review"]);
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(&exported)
        .map(|fault| fault.to_string())
        .collect();
    assert_eq!(faults, [""; 0]);
}

#[test]
fn openssl_verifies_the_signature_over_the_documented_bytes() {
    if !has("openssl", "version") {
        return;
    }
    let desk = Desk::new();
    let mut note = prepared(&desk);
    let body = desk.spool().body_sha256(&desk.report).unwrap();
    let (key, _) = ReviewerKey::create("correct horse battery").unwrap();
    std::fs::write(desk.path("key.pub"), public_pem(&key.public().unwrap())).unwrap();
    note.sign_off(STAMP, form(Role::Preparer, "Anna Berg"), body, Some(key))
        .unwrap();
    let document: Value = serde_json::from_slice(&std::fs::read(desk.export(&note)).unwrap()).unwrap();
    let envelope = &document["review"]["signoffs"][0]["signature"]["envelope"];
    let decoded = |value: &Value| BASE64.decode(value.as_str().unwrap().as_bytes()).unwrap();
    let payload = decoded(&envelope["payload"]);
    let signature = decoded(&envelope["signatures"][0]["sig"]);
    // DSSE's encoding, written out here from its specification.
    let mut signed = format!("DSSEv1 28 application/vnd.in-toto+json {} ", payload.len()).into_bytes();
    signed.extend_from_slice(&payload);
    assert_eq!(signed, dsse::pre_authentication(dsse::PAYLOAD_TYPE, &payload));
    std::fs::write(desk.path("signed.bin"), &signed).unwrap();
    std::fs::write(desk.path("signature.bin"), signature).unwrap();
    let arguments = [
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        "key.pub",
        "-rawin",
        "-in",
        "signed.bin",
        "-sigfile",
        "signature.bin",
    ];
    let output = in_folder(desk.folder.path(), "openssl", &arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let statement: Value = serde_json::from_slice(&payload).unwrap();
    assert_eq!(statement["_type"], "https://in-toto.io/Statement/v1");
    assert_eq!(
        statement["subject"][0]["digest"]["sha256"],
        desk.report.input.sha256.unwrap().to_hex()
    );
    signed[40] ^= 1;
    std::fs::write(desk.path("signed.bin"), &signed).unwrap();
    assert!(!in_folder(desk.folder.path(), "openssl", &arguments).status.success());
}

#[test]
fn what_is_no_note_or_cannot_be_read_has_the_documented_exit_code() {
    let desk = Desk::new();
    let run = |name: &str, text: &str| {
        std::fs::write(desk.path(name), text).unwrap();
        sealcheck(desk.folder.path(), &["note", "verify", name]).0
    };
    assert_eq!(run("other.json", "{}"), 4);
    assert_eq!(run("other.txt", "hello"), 4);
    let mut note = prepared(&desk);
    note.undo(STAMP).unwrap();
    let text = std::fs::read_to_string(desk.export(&note)).unwrap();
    assert_eq!(run("draft.json", &text), 3);
    assert_eq!(run("cut.json", &text[..text.len() / 2]), 5);
    assert_eq!(
        run("newer.json", &text.replace("sealcheck.review/1", "sealcheck.review/9")),
        3
    );
    assert_eq!(run("changed.json", &text.replace("Waiting for", "Without")), 1);
    let (code, _) = sealcheck(desk.folder.path(), &["note", "verify", "absent.json"]);
    assert_eq!(code, 5);
    let (code, _) = sealcheck(
        desk.folder.path(),
        &["note", "verify", "--keys", "absent.pub", "draft.json"],
    );
    assert_eq!(code, 2);
}

#[test]
fn the_text_for_people_names_the_three_questions() {
    let desk = Desk::new();
    let note = prepared(&desk);
    let exported = desk.export(&note).display().to_string();
    let (code, text) = sealcheck(desk.folder.path(), &["note", "verify", &exported]);
    assert_eq!(code, 3);
    for line in [
        "Unchanged?   PASS",
        "From whom?   UNDETERMINED",
        "Complete?    UNDETERMINED",
        "draft",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

/// The steps of `docs/review-note.md`, as they stand there.
const BY_HAND: &str = r#"
set -e
jq -cS .body note.json | tr -d '\n' | sha256sum
jq -r .bodySha256 note.json
jq -cS '.review.history[4] | del(.sha256)' note.json | tr -d '\n' | sha256sum
jq -r '.review.history[4].sha256' note.json
body=$(jq -r '.review.signoffs[0].bodySha256' note.json)
history=$(jq -r '.review.signoffs[0].historySha256' note.json)
pack=$(jq -r '.review.pack.sha256' note.json)
printf '{"bodySha256":"%s","historySha256":"%s","packSha256":"%s"}' "$body" "$history" "$pack" | sha256sum
jq -r '.review.signoffs[0].coversSha256' note.json
jq -r '.body.records | to_entries[] | "\(.key + 1) \(.value.id | tojson)"' note.json | sha256sum
jq -r '.review.sample.populationSha256' note.json
N=$(jq -r '.review.sample.populationCount' note.json); n=2; seed=2026-Q3
for k in $(seq "$N"); do
  printf '%s %s\n' "$(printf '%s\n%s' "$seed" "$k" | sha256sum | cut -c1-64)" "$k"
done | sort | head -n "$n" | cut -d' ' -f2 | sort -n | tr '\n' ' '; echo
jq -r '.review.sample.selectedIds as $ids | .body.records | to_entries | map(select(.value.id as $id | $ids | index($id)) | .key + 1) | map(tostring) | join(" ") + " "' note.json
"#;

#[test]
fn the_documented_steps_by_hand_give_what_the_note_states() {
    if !has("jq", "--version") || !has("sha256sum", "--version") {
        return;
    }
    let desk = Desk::new();
    let mut note = prepared(&desk);
    let body = desk.spool().body_sha256(&desk.report).unwrap();
    note.sign_off(STAMP, form(Role::Preparer, "Anna Berg"), body, None)
        .unwrap();
    std::fs::rename(desk.export(&note), desk.path("note.json")).unwrap();
    let output = in_folder(desk.folder.path(), "sh", &["-c", BY_HAND]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = text
        .lines()
        .map(|line| line.trim_end_matches(" -").trim_end())
        .collect();
    assert_eq!(lines.len(), 10, "{text}");
    for pair in lines.chunks(2) {
        assert_eq!(pair[0], pair[1], "{text}");
    }
}
