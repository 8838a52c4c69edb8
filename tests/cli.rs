//! The contract of the command line: exit codes, streams, and what is written where.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where something is not as it says"
)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use assert_cmd::Command;
use serde_json::Value;

/// A command with places of its own, so that no reviewer's key book and no variable of the machine matters.
struct Station {
    home: tempfile::TempDir,
}

impl Station {
    fn new() -> Station {
        Station {
            home: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn command(&self) -> Command {
        let mut command = assert_cmd::cargo::cargo_bin_cmd!("sealcheck");
        command
            .env_clear()
            .env("HOME", self.home.path())
            .env("SOURCE_DATE_EPOCH", "1795597200")
            .current_dir(self.home.path());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command().args(arguments).output().unwrap()
    }

    /// Runs and gives standard output, after the exit code was as expected.
    fn expect(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// With the samples written.
    fn with_samples() -> Station {
        let station = Station::new();
        station.expect(0, &["sample", "s"]);
        station
    }
}

fn fixture(name: &str) -> String {
    format!("{}/../../tests/fixtures/nexart/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|fault| panic!("{fault}: {text}"))
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

mod usage {
    use super::*;

    #[test]
    fn wrong_usage_is_two_and_says_so_on_the_error_stream() {
        let station = Station::new();
        for arguments in [
            &[][..],
            &["verify"],
            &["verify", "--format", "xml", "x"],
            &["verify", "--at", "yesterday", "x"],
            &["verify", "--require", "trust", "x"],
            &["verify", "--scope", "some", "x"],
            &["verify", "--keys", "missing.json", "x"],
            &["verify", "--key", "no key", "x"],
            &["verify", "--force", "x"],
            &["export", "audit-report", "--from", "soon", "x"],
            &["keys", "show", "1"],
            &["nonsense"],
        ] {
            let output = station.run(arguments);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            assert_eq!(output.stdout, b"", "{arguments:?}");
            assert_ne!(output.stderr, b"", "{arguments:?}");
        }
    }

    #[test]
    fn the_long_help_lists_the_exit_codes() {
        let help = Station::new().expect(0, &["verify", "--help"]);
        for code in ["0  ", "1  ", "2  ", "3  ", "4  ", "5  ", "70 ", "130"] {
            assert!(help.contains(&format!("\n  {code}")), "{code}: {help}");
        }
    }

    #[test]
    fn the_schema_is_a_schema() {
        let schema = json(&Station::new().expect(0, &["schema"]));
        jsonschema::validator_for(&schema).unwrap();
        assert_eq!(schema["title"], "sealcheck.report/1");
        let review = json(&Station::new().expect(0, &["schema", "review"]));
        jsonschema::validator_for(&review).unwrap();
        assert_eq!(review["title"], "sealcheck.review/1");
    }

    #[test]
    fn completions_and_manual_come_from_the_same_definition() {
        let station = Station::new();
        assert!(station.expect(0, &["completions", "bash"]).contains("sealcheck"));
        assert!(station.expect(0, &["man"]).starts_with(".ie"));
        station.expect(0, &["man", "--output", "man"]);
        assert!(names(&station.path("man")).contains(&"sealcheck-verify.1".to_owned()));
    }
}

mod keys {
    use super::*;

    const KEY: &str = "3eb5ecb44c6f9fae50f453f912305dede71380154f9c21c4233ba3a876b1d0a8";

    fn add(last: &str) -> Vec<&str> {
        let arguments =
            "keys add --key KEY --issuer Operator --key-id f1 --signs-for fixture-node-1 --confirmed-by A --how phone";
        let mut arguments: Vec<&str> = arguments
            .split(' ')
            .map(|word| if word == "KEY" { KEY } else { word })
            .collect();
        arguments.extend(["--last-characters", last]);
        arguments
    }

    fn last() -> String {
        let fingerprint = evidence::Digest::of(&data(KEY)).to_hex();
        fingerprint[56..].to_owned()
    }

    fn data(hex: &str) -> Vec<u8> {
        (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
            .collect()
    }

    #[test]
    fn a_key_is_added_listed_shown_and_removed() {
        let station = Station::new();
        station.expect(0, &add(&last()));
        let book = station.path(".local/share/sealcheck/keybook.json");
        let digest = evidence::Digest::of(&std::fs::read(&book).unwrap()).to_hex();
        let list = station.expect(0, &["keys", "list"]);
        assert!(list.contains(&digest) && list.contains("Operator"), "{list}");
        assert_eq!(json(&station.expect(0, &["keys", "show", "1"]))["publicKey"], KEY);
        station.expect(0, &["keys", "remove", "1"]);
        assert!(!station.expect(0, &["keys", "list"]).contains("Operator"));
    }

    #[test]
    fn a_key_is_not_added_with_the_wrong_end_or_without_one() {
        let station = Station::new();
        station.expect(2, &add("00000000"));
        let mut without = add("");
        without.truncate(without.len() - 2);
        station.expect(2, &without);
        assert_eq!(names(station.home.path()), [""; 0]);
    }

    #[test]
    fn a_key_book_travels_with_its_digest() {
        let sender = Station::new();
        sender.expect(0, &add(&last()));
        let file = sender.path("handed-over.json").display().to_string();
        sender.expect(0, &["keys", "export", "--output", &file]);
        let digest = evidence::Digest::of(&std::fs::read(&file).unwrap()).to_hex();
        let receiver = Station::new();
        receiver.expect(2, &["keys", "import", &file, "--sha256", &"0".repeat(64)]);
        receiver.expect(0, &["keys", "import", &file, "--sha256", &digest]);
        let list = json(&receiver.expect(0, &["keys", "list", "--format", "json"]));
        assert_eq!(list["sha256"], digest);
        assert_eq!(list["entries"][0]["confirmedBy"], "A");
    }

    #[test]
    fn a_reviewers_key_stands_apart_from_those_of_issuers() {
        let station = Station::new();
        let ssh = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAID617LRMb5+uUPRT+RIwXe3nE4AVT5whxCM7o6h2sdCo";
        let (last, add) = (last(), ["keys", "add", "--reviewer", "Anna Berg", "--key", ssh]);
        let mut add = add.to_vec();
        add.extend(["--confirmed-by", "A", "--how", "phone", "--last-characters", &last]);
        station.expect(0, &add);
        let list = json(&station.expect(0, &["keys", "list", "--format", "json"]));
        assert_eq!(list["entries"], json("[]"));
        assert_eq!(list["reviewers"][0]["publicKey"], KEY);
        assert!(station.expect(0, &["keys", "list"]).contains("Anna Berg"));
        station.expect(2, &["keys", "remove", "1"]);
        station.expect(0, &["keys", "remove", "--reviewer", "1"]);
    }

    #[test]
    fn the_root_of_a_time_stamp_authority_is_confirmed_by_its_end_and_counts_from_then_on() {
        let station = Station::new();
        let keel = |name: &str| fixture(&format!("../keel/{name}"));
        let (pack, root, keys) = (
            keel("checkpoint_stamped/pack"),
            keel("keys/tsa.pem"),
            keel("keys/root.json"),
        );
        let status = || {
            let report = json(&station.expect(0, &["verify", "--json", "--keys", &keys, &pack]));
            report["body"]["native"]["status"].clone()
        };
        let add: Vec<&str> = "keys add --issuer TSA --confirmed-by A --how published --certificate"
            .split(' ')
            .chain([root.as_str(), "--last-characters"])
            .collect();
        station.expect(2, &[&add[..], &["00000000"]].concat());
        assert_eq!(status(), "verified_with_warnings");
        station.expect(0, &[&add[..], &["C3D45F9F"]].concat());
        assert_eq!(status(), "verified");
        let list = json(&station.expect(0, &["keys", "list", "--format", "json"]));
        assert_eq!(list["authorities"][0]["subject"], "CN=Sealcheck test root");
        assert!(
            station
                .expect(0, &["keys", "list"])
                .contains("TSA, CN=Sealcheck test root")
        );
        station.expect(0, &["keys", "remove", "--authority", "1"]);
        assert!(!station.expect(0, &["keys", "list"]).contains("TSA"));
    }

    #[test]
    fn a_published_key_is_only_a_suggestion() {
        let station = Station::new();
        let suggestions = station.expect(0, &["keys", "list", "--suggestions"]);
        assert!(suggestions.contains("nexart-node-prod-1"), "{suggestions}");
        assert!(station.expect(0, &["keys", "list"]).contains("no key is confirmed"));
    }
}

mod verify {
    use super::*;

    #[test]
    fn each_sample_ends_as_it_teaches() {
        let station = Station::with_samples();
        for (sample, code, word) in [
            ("s/verified.zip", 0, "VERIFIED"),
            ("s/failed.zip", 1, "FAILED"),
            ("s/undecided.zip", 3, "INDETERMINATE"),
            ("s/log.zip", 3, "INDETERMINATE"),
        ] {
            station.expect(code, &["verify", sample]);
            let report = json(&station.expect(code, &["verify", "--json", sample]));
            assert_eq!(report["body"]["verdict"], word);
        }
    }

    #[test]
    fn the_sample_log_ends_as_the_auditor_says_what_it_covers() {
        let station = Station::with_samples();
        station.expect(3, &["verify", "s/log.zip"]);
        station.expect(1, &["verify", "--scope", "full", "s/log.zip"]);
        station.expect(0, &["verify", "--scope", "filtered", "s/log.zip"]);
    }

    #[test]
    fn what_cannot_be_read_is_five_and_what_is_no_evidence_four() {
        let station = Station::new();
        station.expect(5, &["verify", "missing.zip"]);
        std::fs::write(station.path("empty.zip"), "").unwrap();
        station.expect(5, &["verify", "empty.zip"]);
        std::fs::write(station.path("letter.json"), r#"{"dear":"reader"}"#).unwrap();
        station.expect(4, &["verify", "letter.json"]);
    }

    #[test]
    fn several_packs_end_like_the_worst_and_stand_in_the_order_of_the_arguments() {
        let station = Station::with_samples();
        std::fs::write(station.path("letter.json"), r#"{"dear":"reader"}"#).unwrap();
        let (good, undecided, failed) = ("s/verified.zip", "s/undecided.zip", "s/failed.zip");
        station.expect(1, &["verify", "missing.zip", failed, undecided, good]);
        station.expect(5, &["verify", undecided, "missing.zip", "letter.json"]);
        station.expect(3, &["verify", good, "letter.json", undecided]);
        station.expect(4, &["verify", "letter.json", good]);
        let reports = json(&station.expect(3, &["verify", "--json", undecided, good]));
        let verdicts: Vec<_> = reports
            .as_array()
            .unwrap()
            .iter()
            .map(|report| &report["body"]["verdict"])
            .collect();
        assert_eq!(verdicts, ["INDETERMINATE", "VERIFIED"]);
    }

    #[test]
    fn keys_given_for_the_run_confirm_for_the_run_alone() {
        let station = Station::new();
        let pack = fixture("pack-of-two-zip/pack.zip");
        station.expect(3, &["verify", &pack]);
        station.expect(0, &["verify", "--keys", &fixture("keys/node.json"), &pack]);
        station.expect(0, &["verify", "--keys", &fixture("keys/book.json"), &pack]);
        station.expect(3, &["verify", &pack]);
    }

    #[test]
    fn the_report_fits_the_published_schema() {
        let station = Station::with_samples();
        let schema = json(&station.expect(0, &["schema"]));
        let validator = jsonschema::validator_for(&schema).unwrap();
        for (sample, code) in [
            ("s/verified.zip", 0),
            ("s/failed.zip", 1),
            ("s/undecided.zip", 3),
            ("gone.zip", 5),
        ] {
            let report = json(&station.expect(code, &["verify", "--json", sample]));
            let faults: Vec<String> = validator
                .iter_errors(&report)
                .map(|fault| format!("{sample} {}: {fault}", fault.instance_path()))
                .collect();
            assert_eq!(faults, [""; 0]);
        }
    }

    #[test]
    fn two_stations_write_the_same_body() {
        let pack = fixture("pack-of-two-zip/pack.zip");
        let body = || {
            let text = Station::new().expect(3, &["verify", "--json", &pack]);
            let (body, _) = text.split_once(",\"bodySha256\":").unwrap();
            let body = body.strip_prefix("{\"body\":").unwrap().to_owned();
            (
                evidence::Digest::of(body.as_bytes()).to_hex(),
                json(&text)["bodySha256"].clone(),
            )
        };
        let (digest, stated) = body();
        assert_eq!(stated, digest);
        assert_eq!(body().0, digest);
    }

    #[test]
    fn lines_and_rows_have_one_entry_each() {
        let station = Station::with_samples();
        let lines = station.expect(1, &["verify", "--format", "ndjson", "s/verified.zip", "s/failed.zip"]);
        assert_eq!(lines.lines().map(json).count(), 2);
        let records: u64 = lines
            .lines()
            .map(|line| json(line)["body"]["counts"]["records"].as_u64().unwrap())
            .sum();
        let rows = station.expect(1, &["verify", "--format", "csv", "s/verified.zip", "s/failed.zip"]);
        assert_eq!(u64::try_from(rows.lines().count()).unwrap(), records + 1);
    }

    #[test]
    fn standard_input_is_one_document() {
        let station = Station::with_samples();
        let pack = std::fs::read(station.path("s/failed.zip")).unwrap();
        let output = station
            .command()
            .args(["verify", "--json", "-"])
            .write_stdin(pack)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        let report = json(&String::from_utf8(output.stdout).unwrap());
        assert_eq!(report["body"]["input"]["name"], "stdin");
        station.expect(2, &["verify", "-", "-"]);
    }

    #[test]
    fn a_file_is_written_whole_and_never_over_another() {
        let station = Station::with_samples();
        let arguments = ["verify", "--json", "--output", "report.json", "s/failed.zip"];
        assert_eq!(station.expect(1, &arguments), "");
        let first = std::fs::read(station.path("report.json")).unwrap();
        station.expect(2, &arguments);
        let forced = [
            "verify",
            "--json",
            "--output",
            "report.json",
            "--force",
            "s/verified.zip",
        ];
        station.expect(0, &forced);
        assert_ne!(std::fs::read(station.path("report.json")).unwrap(), first);
        assert_eq!(names(station.home.path()), ["report.json", "s"]);
    }

    #[test]
    fn nothing_is_written_into_a_pack_or_over_it() {
        let station = Station::with_samples();
        let before = std::fs::read(station.path("s/failed.zip")).unwrap();
        station.expect(2, &["verify", "--output", "s/failed.zip", "--force", "s/failed.zip"]);
        station.expect(2, &["verify", "--output", "s/report.txt", "s"]);
        assert_eq!(std::fs::read(station.path("s/failed.zip")).unwrap(), before);
        assert!(!station.path("s/report.txt").exists());
    }

    #[test]
    fn colour_is_asked_for_or_absent() {
        let station = Station::with_samples();
        assert!(!station.expect(1, &["verify", "s/failed.zip"]).contains('\u{1b}'));
        assert!(
            station
                .expect(1, &["verify", "--color", "always", "s/failed.zip"])
                .contains('\u{1b}')
        );
    }

    #[test]
    fn the_text_does_not_depend_on_where_it_goes() {
        let station = Station::with_samples();
        let shown = station.expect(1, &["verify", "s/failed.zip"]);
        station.expect(1, &["verify", "--output", "report.txt", "s/failed.zip"]);
        assert_eq!(std::fs::read_to_string(station.path("report.txt")).unwrap(), shown);
        assert!(shown.ends_with('\n'));
    }
}

mod inspect {
    use super::*;

    #[test]
    fn a_pack_is_listed_without_a_verdict() {
        let station = Station::with_samples();
        let list = json(&station.expect(0, &["inspect", "--format", "json", "s/failed.zip"]));
        assert_eq!(list["input"]["kind"], "zip");
        assert!(!list["artifacts"].as_array().unwrap().is_empty());
        assert!(list.get("verdict").is_none());
        station.expect(5, &["inspect", "missing.zip"]);
    }
}

mod export {
    use super::*;

    #[test]
    fn an_audit_report_of_one_record_is_the_seeds() {
        let station = Station::new();
        let pack = fixture("pack-of-two-zip/pack.zip");
        let keys = fixture("keys/node.json");
        let arguments = [
            "export",
            "audit-report",
            "--keys",
            &keys,
            "--record",
            "exec-invoice-0007",
            &pack,
        ];
        let text = station.expect(0, &arguments);
        insta::assert_snapshot!(text.replace(env!("CARGO_PKG_VERSION"), "[version]"));
    }

    #[test]
    fn several_records_go_into_a_folder() {
        let station = Station::new();
        let pack = fixture("pack-of-two-zip/pack.zip");
        let keys = fixture("keys/node.json");
        station.expect(2, &["export", "audit-report", "--keys", &keys, &pack]);
        std::fs::create_dir(station.path("out")).unwrap();
        station.expect(
            0,
            &["export", "audit-report", "--keys", &keys, "--output", "out", &pack],
        );
        assert_eq!(
            names(&station.path("out")),
            [
                "exec-invoice-0007-audit-report.json",
                "exec-invoice-0008-audit-report.json"
            ]
        );
        // All or none: where the second may not be replaced, the first is not written either.
        std::fs::remove_file(station.path("out/exec-invoice-0007-audit-report.json")).unwrap();
        station.expect(
            2,
            &["export", "audit-report", "--keys", &keys, "--output", "out", &pack],
        );
        assert_eq!(names(&station.path("out")), ["exec-invoice-0008-audit-report.json"]);
    }

    #[test]
    fn a_project_summary_is_the_same_on_the_stream_and_in_a_file() {
        let station = Station::new();
        let pack = fixture("pack-of-two-zip/pack.zip");
        let keys = fixture("keys/node.json");
        let shown = station.expect(0, &["export", "project-csv", "--keys", &keys, &pack]);
        station.expect(
            0,
            &["export", "project-csv", "--keys", &keys, "--output", "s.csv", &pack],
        );
        assert_eq!(std::fs::read_to_string(station.path("s.csv")).unwrap(), shown);
        insta::assert_snapshot!(shown);

        // Beside it stands of which pack it is, by the digest that the full report has.
        let about = std::fs::read_to_string(station.path("s.csv.about.txt")).unwrap();
        let full = json(&station.expect(0, &["verify", "--json", "--keys", &keys, &pack]));
        let body = full["bodySha256"].as_str().unwrap();
        assert!(
            about.contains(&format!("bodySha256 of the full report: {body}")),
            "{about}"
        );
        assert!(about.contains("Rows written: 2 of 2 records"), "{about}");
    }

    /// Writes a report at a station with a clock of its own, and gives its bytes.
    fn report(station: &Station, clock: &str, arguments: &[&str]) -> Vec<u8> {
        let mut command = station.command();
        command.env("SOURCE_DATE_EPOCH", clock).args(["export"]).args(arguments);
        let output = command.args(["--output", "report"]).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {errors}");
        assert!(errors.contains("result SHA-256"), "{errors}");
        std::fs::read(station.path("report")).unwrap()
    }

    #[test]
    fn a_report_is_the_same_on_two_stations_whatever_their_clocks() {
        for kind in ["html", "pdf", "xlsx"] {
            for profile in ["short", "full"] {
                let keys = "s/samples-keybook.json";
                let arguments = [kind, "--profile", profile, "--keys", keys, "s/failed.zip"];
                let one = report(&Station::with_samples(), "1", &arguments);
                let other = report(&Station::with_samples(), "1795597200", &arguments);
                assert!(one == other, "{kind}, {profile}");
            }
        }
    }

    #[test]
    fn a_report_to_read_goes_to_the_stream_and_the_others_need_a_file() {
        let station = Station::with_samples();
        let keys = "s/samples-keybook.json";
        let exported = station.expect(1, &["export", "html", "--keys", keys, "s/failed.zip"]);
        let verified = station.expect(1, &["verify", "--format", "html", "--keys", keys, "s/failed.zip"]);
        assert_eq!(exported, verified);
        assert!(exported.starts_with("<!DOCTYPE html>") && exported.ends_with("</html>\n"));
        for kind in ["pdf", "xlsx"] {
            assert_eq!(station.expect(2, &["export", kind, "--keys", keys, "s/failed.zip"]), "");
        }
        station.expect(2, &["export", "html", "s/failed.zip", "s/verified.zip"]);
        station.expect(2, &["verify", "--format", "html", "s/failed.zip", "s/verified.zip"]);
    }

    /// A case file beside a pack, with one note about the pack in it.
    fn noted(station: &Station, pack: &str) -> String {
        use review::case_file::{CaseFile, input_of};
        use review::note::{Action, Note, Stamp, Target};

        let progress = evidence::Progress::default();
        let opened = evidence::Pack::open(&[station.path(pack)], &progress).unwrap();
        let input = input_of(&opened, &progress).unwrap();
        let file = format!("{pack}.sealnote");
        drop(CaseFile::create(&station.path(&file), &input).unwrap());
        let mut note = Note::open(&station.path(&file), &input, "test").unwrap();
        let action = Action::NoteAdded {
            target: Target::Pack {
                reference: input.name.clone(),
                content_sha256: input.sha256.unwrap(),
            },
            text: "Asked the sender.".to_owned(),
            tags: Vec::new(),
        };
        let stamp = Stamp {
            actor: "A. Auditor",
            at: "2026-11-25T09:00:00Z",
        };
        note.act(stamp, action, None).unwrap();
        file
    }

    #[test]
    fn a_note_stands_in_the_report_of_its_own_pack_and_of_no_other() {
        let station = Station::with_samples();
        let note = noted(&station, "s/failed.zip");
        let keys = "s/samples-keybook.json";
        let arguments = ["export", "html", "--keys", keys, "--note", &note];
        let text = station.expect(1, &[&arguments[..], &["s/failed.zip"]].concat());
        assert!(text.contains("Asked the sender."));
        station.expect(2, &[&arguments[..], &["s/verified.zip"]].concat());
        let no_note = ["export", "html", "--note", "s/verified.zip", "s/verified.zip"];
        station.expect(2, &no_note);
    }

    #[test]
    fn an_export_of_nothing_is_not_good() {
        let station = Station::new();
        let pack = fixture("pack-of-two-zip/pack.zip");
        let keys = fixture("keys/node.json");
        for kind in ["audit-report", "project-csv"] {
            station.expect(4, &["export", kind, "--keys", &keys, "--record", "nobody", &pack]);
        }
    }
}

mod pack {
    use super::*;

    const RECORD: &str = "exec-invoice-0007";

    #[test]
    fn chosen_records_become_a_pack_that_comes_to_the_same() {
        let station = Station::new();
        let (source, keys) = (fixture("pack-of-two-zip/pack.zip"), fixture("keys/node.json"));
        let arguments = [
            "pack", "--keys", &keys, "--record", RECORD, "--output", "one.zip", &source,
        ];
        let output = station.run(&arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{said}");
        let digest = || evidence::Digest::of(&std::fs::read(station.path("one.zip")).unwrap()).to_hex();
        let first = digest();
        assert!(said.contains("1 of 2 records") && said.contains(&first), "{said}");
        let report = json(&station.expect(0, &["verify", "--json", "--keys", &keys, "one.zip"]));
        assert_eq!(report["body"]["counts"]["records"], 1);
        assert_eq!(report["body"]["records"][0]["fields"]["executionId"], RECORD);
        station.expect(2, &arguments);
        station.expect(0, &[&arguments[..], &["--force"]].concat());
        assert_eq!(digest(), first);
    }

    #[test]
    fn the_exit_code_is_what_the_new_pack_comes_to() {
        let station = Station::with_samples();
        station.expect(1, &["pack", "--output", "failed.zip", "s/failed.zip"]);
        station.expect(3, &["pack", "--output", "log.zip", "s/log.zip"]);
        station.expect(4, &["pack", "--record", "nobody", "--output", "a.zip", "s/failed.zip"]);
        station.expect(5, &["pack", "--output", "a.zip", "missing.zip"]);
        station.expect(2, &["pack", "--output", "s/verified.zip", "--force", "s/verified.zip"]);
        station.expect(2, &["pack", "s/verified.zip"]);
        assert!(!station.path("a.zip").exists());
    }

    #[test]
    fn loose_files_are_built_into_a_folder() {
        let station = Station::new();
        let loose = |name: &str| fixture(&format!("pack-of-two/pack/records/{RECORD}/{name}"));
        let (cer, receipt, keys) = (loose("cer.json"), loose("receipt.json"), fixture("keys/node.json"));
        let arguments = [
            "pack",
            "--keys",
            &keys,
            "--together",
            "--form",
            "folder",
            "--output",
            "out",
            &cer,
            &receipt,
        ];
        station.expect(0, &arguments);
        assert_eq!(
            names(&station.path("out")),
            ["evidence-summary.html", "manifest.json", "records"]
        );
        station.expect(2, &[&arguments[..], &["--force"]].concat());
        station.expect(0, &["verify", "--keys", &keys, "out"]);
    }

    #[test]
    fn a_keel_export_is_not_cut() {
        let station = Station::new();
        let source = format!("{}/../../tests/fixtures/keel/closure/pack", env!("CARGO_MANIFEST_DIR"));
        station.expect(3, &["pack", "--output", "whole.zip", &source]);
        let report = json(&station.expect(3, &["verify", "--json", "whole.zip"]));
        let id = report["body"]["records"][0]["id"].as_str().unwrap();
        let output = station.run(&["pack", "--record", id, "--output", "b.zip", &source]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(
            said.contains("whole or not at all") && said.contains("KEEL_IN_PART"),
            "{said}"
        );
    }

    #[test]
    fn raw_bytes_are_those_of_the_record() {
        let station = Station::new();
        let (source, keys) = (fixture("pack-of-two-zip/pack.zip"), fixture("keys/node.json"));
        let shipped = fixture(&format!("pack-of-two/pack/records/{RECORD}/cer.json"));
        let bytes = std::fs::read_to_string(shipped).unwrap();
        let raw = |more: &[&str], code| {
            let arguments = [&["export", "--raw", "--keys", &keys, &source], more].concat();
            station.expect(code, &arguments)
        };
        assert_eq!(raw(&["--record", RECORD], 0), bytes);
        raw(&[], 2);
        std::fs::create_dir(station.path("out")).unwrap();
        raw(&["--output", "out"], 0);
        assert_eq!(
            names(&station.path("out")),
            ["exec-invoice-0007.json", "exec-invoice-0008.json"]
        );
        let written = std::fs::read_to_string(station.path("out/exec-invoice-0007.json")).unwrap();
        assert_eq!(written, bytes);
        raw(&["--output", "out"], 2);
        raw(&["--record", "nobody"], 4);
        station.expect(2, &["export"]);
    }

    #[test]
    fn raw_rows_of_a_log_are_its_lines() {
        let station = Station::new();
        let log = format!(
            "{}/../../tests/fixtures/invoance/lines_newest_first/events.ndjson",
            env!("CARGO_MANIFEST_DIR")
        );
        let lines = station.expect(3, &["export", "--raw", &log]);
        assert_eq!(lines, std::fs::read_to_string(&log).unwrap());
    }
}

#[cfg(unix)]
mod interrupted {
    use super::*;

    #[test]
    fn ctrl_c_ends_with_130_and_leaves_no_half_file() {
        let station = Station::new();
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("sealcheck"))
            .env("HOME", station.home.path())
            // What came from standard input so far must not stay behind either.
            .env("TMPDIR", station.home.path())
            .current_dir(station.home.path())
            .args(["verify", "--json", "--output", "report.json", "-"])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        // It waits for the rest of its input, which never comes: waiting for the child would close it.
        let mut input = child.stdin.take().unwrap();
        input.write_all(b"{").unwrap();
        std::thread::sleep(std::time::Duration::from_millis(300));
        let pid = child.id().to_string();
        assert!(
            std::process::Command::new("kill")
                .args(["-INT", &pid])
                .status()
                .unwrap()
                .success()
        );
        assert_eq!(child.wait().unwrap().code(), Some(130));
        assert_eq!(names(station.home.path()), [""; 0]);
    }
}

mod invoance {
    use super::*;

    const HOLE: &str = "hole_scope_not_stated/events.ndjson";

    fn log(name: &str) -> String {
        format!("{}/../../tests/fixtures/invoance/{name}", env!("CARGO_MANIFEST_DIR"))
    }

    /// The tenant's public key, as its key document has it.
    fn key() -> String {
        let document = json(&std::fs::read_to_string(log("keys/tenant.json")).unwrap());
        let key = document.get("public_key").and_then(Value::as_str);
        key.unwrap().to_owned()
    }

    fn hex(key: &str) -> String {
        let raw = data_encoding::BASE64URL_NOPAD.decode(key.as_bytes()).unwrap();
        data_encoding::HEXLOWER.encode(&raw)
    }

    #[test]
    fn what_a_hole_comes_to_depends_on_the_stated_scope() {
        let station = Station::new();
        let (file, keys) = (log(HOLE), log("keys/tenant.json"));
        for (scope, code, verdict) in [
            ("full", 1, "FAILED"),
            ("seq-range", 1, "FAILED"),
            ("time-range", 3, "INDETERMINATE"),
            ("filtered", 0, "VERIFIED"),
            ("unknown", 3, "INDETERMINATE"),
        ] {
            let arguments = ["verify", "--json", "--keys", &keys, "--scope", scope, &file];
            let body = json(&station.expect(code, &arguments))["body"].clone();
            assert_eq!(body["verdict"], verdict, "{scope}");
            assert_eq!(body["policy"]["scope"], scope.replace('-', "_"));
            let by = if scope == "unknown" { "nobody" } else { "auditor" };
            assert_eq!(body["population"][0]["scopeStatedBy"], by);
        }
        let body = json(&station.expect(3, &["verify", "--json", "--keys", &keys, &file]))["body"].clone();
        assert_eq!(body["policy"]["scope"], Value::Null);
        assert_eq!(body["population"][0]["scopeStatedBy"], "nobody");
    }

    #[test]
    fn one_key_as_text_confirms_a_whole_log_in_each_spelling() {
        let station = Station::new();
        let file = log("lines_newest_first/events.ndjson");
        let key = key();
        for spelling in [key.clone(), hex(&key)] {
            let text = station.expect(0, &["verify", "--key", &spelling, "--scope", "full", &file]);
            assert!(text.contains("scope stated by the reviewer: the whole log"), "{text}");
            assert!(text.contains("The end cannot be confirmed"), "{text}");
        }
    }

    #[test]
    fn a_key_of_another_customer_is_a_mismatch_and_no_key_is_undecided() {
        let station = Station::new();
        let file = log("lines_newest_first/events.ndjson");
        let other = log("keys/other-tenant.json");
        station.expect(1, &["verify", "--keys", &other, "--scope", "full", &file]);
        station.expect(3, &["verify", "--scope", "full", &file]);
    }

    #[test]
    fn the_project_summary_of_a_log_has_a_row_per_event() {
        let station = Station::new();
        let keys = log("keys/tenant.json");
        let rows = station.expect(
            1,
            &[
                "verify",
                "--format",
                "csv",
                "--keys",
                &keys,
                "--scope",
                "full",
                &log(HOLE),
            ],
        );
        assert_eq!(rows.lines().count(), 12);
        assert!(rows.contains("invoance.audit/1"), "{rows}");
    }
}

mod keel {
    use super::*;

    fn pack(name: &str) -> String {
        format!("{}/../../tests/fixtures/keel/{name}/pack", env!("CARGO_MANIFEST_DIR"))
    }

    fn root() -> String {
        format!(
            "{}/../../tests/fixtures/keel/keys/root.json",
            env!("CARGO_MANIFEST_DIR")
        )
    }

    /// The manifest's key, as a person would paste it.
    fn key(name: &str) -> String {
        let manifest = std::fs::read_to_string(Path::new(&pack(name)).join("manifest.json")).unwrap();
        json(&manifest)
            .pointer("/public_key")
            .and_then(Value::as_str)
            .unwrap()
            .to_owned()
    }

    #[test]
    fn an_export_is_verified_under_a_key_given_by_hand() {
        let (station, export) = (Station::new(), pack("events_as_lines"));
        let text = station.expect(0, &["verify", "--key", &key("events_as_lines"), &export]);
        assert!(text.contains("[+] Verified."), "{text}");
        let text = station.expect(0, &["verify", "--keys", &root(), &export]);
        assert!(text.contains("key sha256:"), "{text}");
    }

    #[test]
    fn without_a_key_it_stays_undecided_and_says_whose_key_is_missing() {
        let text = Station::new().expect(3, &["verify", &pack("events_as_lines")]);
        assert!(text.contains("From whom? Signer not confirmed."), "{text}");
        assert!(text.contains("(KEY_NOT_CONFIRMED)"), "{text}");
    }

    #[test]
    fn one_changed_byte_fails_and_is_not_called_an_attack() {
        let text = Station::new().expect(1, &["verify", "--keys", &root(), &pack("payload_bit_flipped")]);
        assert!(text.contains("(CONTENT_HASH_MISMATCH)"), "{text}");
        let flowing = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            flowing.contains("Typical causes: a program on the way unpacked"),
            "{text}"
        );
    }

    #[test]
    fn a_required_layer_that_is_not_there_leaves_it_undecided() {
        let (station, keys) = (Station::new(), root());
        let verify = |code, layer: &str, name: &str| {
            station.expect(code, &["verify", "--keys", &keys, "--require", layer, &pack(name)])
        };
        verify(0, "chain", "events_as_lines");
        assert!(verify(3, "chain", "usage").contains("(WALK_NO_CHAIN_ENTRIES)"));
        verify(0, "closures", "closure");
        assert!(verify(3, "closures", "events_as_lines").contains("(CLOSURE_NOT_IN_THIS_SHAPE)"));
    }

    #[test]
    fn half_a_pair_says_which_half_is_missing() {
        let (station, keys, export) = (Station::new(), root(), pack("events_as_lines"));
        let half = |name: &str| {
            let file = format!("{export}/{name}");
            station.expect(3, &["verify", "--keys", &keys, &file])
        };
        assert!(half("governance_events.jsonl").contains("The export came without its manifest."));
        assert!(half("manifest.json").contains("The manifest came without its export file."));
    }
}
