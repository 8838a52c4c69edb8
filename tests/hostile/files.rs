//! Files that move while they are read, folders with things in them that are no files, and an odd machine.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use evidence::{KeyBook, Pack, Policy, Progress, Record, Recorder, Report, Verdict};

use crate::station::{Station, codes, fixture, read};

/// What somebody does to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meddling {
    Grown,
    Truncated,
    Rewritten,
    Replaced,
    Removed,
}

const ALL: [Meddling; 5] = [
    Meddling::Grown,
    Meddling::Truncated,
    Meddling::Rewritten,
    Meddling::Replaced,
    Meddling::Removed,
];

impl Meddling {
    fn with(self, path: &Path) {
        let mut bytes = fs::read(path).unwrap();
        match self {
            Meddling::Grown => bytes.push(b' '),
            Meddling::Truncated => bytes.truncate(bytes.len() / 2),
            Meddling::Rewritten => bytes.reverse(),
            Meddling::Replaced => {
                let other = path.with_extension("other");
                fs::write(&other, &bytes).unwrap();
                return fs::rename(other, path).unwrap();
            }
            Meddling::Removed => return fs::remove_file(path).unwrap(),
        }
        fs::write(path, bytes).unwrap();
    }
}

/// Meddles when the first record was judged.
struct Meddler<'m> {
    meddling: Meddling,
    path: &'m Path,
    records: usize,
}

impl Recorder for Meddler<'_> {
    fn record(&mut self, _: Record) -> io::Result<()> {
        self.records += 1;
        if self.records == 1 {
            self.meddling.with(self.path);
        }
        Ok(())
    }
}

/// Checks a pack of which a file is meddled with in the middle.
fn meddled(meddling: Meddling, pack: &Path, file: &Path) -> Report {
    let progress = Progress::default();
    let pack = Pack::open(&[pack.to_owned()], &progress).unwrap();
    let mut meddler = Meddler {
        meddling,
        path: file,
        records: 0,
    };
    let report = evidence::verify(&pack, &KeyBook::default(), &Policy::default(), &progress, &mut meddler).unwrap();
    assert!(meddler.records > 0);
    report
}

fn says_it_changed(report: &Report) -> bool {
    report
        .findings
        .iter()
        .any(|finding| finding.code.as_str() == "IO_CHANGED_WHILE_READING")
}

#[test]
fn a_file_that_is_meddled_with_while_it_is_read_is_accused_of_nothing_but_that() {
    for meddling in ALL {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pack.zip");
        fs::write(&file, fixture("nexart/zip-good/pack.zip")).unwrap();
        let report = meddled(meddling, &file, &file);
        // A file without a name is still the file that was opened.
        if meddling == Meddling::Removed {
            assert!(!says_it_changed(&report));
        } else {
            assert!(says_it_changed(&report), "{meddling:?}");
            assert_eq!(report.verdict, Verdict::Error, "{meddling:?}");
        }
    }
}

#[test]
fn a_file_of_a_folder_that_is_meddled_with_is_named() {
    for meddling in ALL {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.json", "b.json"] {
            fs::write(folder.path().join(name), fixture("nexart/receipt-form-a/cer.json")).unwrap();
        }
        let report = meddled(meddling, folder.path(), &folder.path().join("b.json"));
        assert!(says_it_changed(&report), "{meddling:?}: {:?}", report.findings);
        assert!(
            !matches!(report.verdict, Verdict::Verified | Verdict::NotEvidence),
            "{meddling:?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_folder_with_links_and_pipes_is_never_verified_and_never_waited_for() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    let station = Station::new();
    station.write("p/cer.json", fixture("nexart/receipt-form-a/cer.json"));
    symlink("/etc/hostname", station.path("p/link.json")).unwrap();
    symlink("/etc", station.path("p/folder")).unwrap();
    symlink("nowhere", station.path("p/dangling.json")).unwrap();
    let _socket = UnixListener::bind(station.path("p/socket.json")).unwrap();
    let made = Command::new("mkfifo")
        .arg(station.path("p/pipe.json"))
        .status()
        .unwrap();
    assert!(made.success());
    let report = station.report("p");
    let codes = codes(&report);
    assert_eq!(
        codes.iter().filter(|code| **code == "FS_SYMLINK").count(),
        3,
        "{codes:?}"
    );
    assert_eq!(
        codes.iter().filter(|code| **code == "FS_SPECIAL_FILE").count(),
        2,
        "{codes:?}"
    );
    assert_ne!(report["body"]["verdict"], "VERIFIED");
    assert!(!report.to_string().contains("root:"), "a link was followed");
    let pipe = station.run(&["verify", "p/pipe.json"]);
    assert_eq!(pipe.status.code(), Some(5));
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let station = Station::new();
    station.write("p/cer.json", fixture("nexart/receipt-form-a/cer.json"));
    station.write("p/locked.json", "{}");
    fs::set_permissions(station.path("p/locked.json"), fs::Permissions::from_mode(0o000)).unwrap();
    let told = codes(&station.report("p")).contains(&"IO_PERMISSION");
    // For the system's own user nothing is locked.
    assert_eq!(told, fs::read(station.path("p/locked.json")).is_err());
}

#[test]
fn no_verdict_depends_on_the_clock() {
    let station = Station::new();
    let at = |seconds: &str| {
        let mut command = station.command();
        command.env("SOURCE_DATE_EPOCH", seconds);
        let words = ["verify", "--json", "--keys", "s/samples-keybook.json", "s/verified.zip"];
        read(&command.args(words).output().unwrap())
    };
    let now = station.report("s/verified.zip");
    // 1970 and 2099.
    let (early, late) = (at("0"), at("4070908800"));
    assert_eq!(now["bodySha256"], early["bodySha256"]);
    assert_eq!(now["bodySha256"], late["bodySha256"]);
    assert!(
        early["session"]["remarks"].to_string().contains("CLOCK_SUSPECT"),
        "{}",
        early["session"]
    );
    assert!(!late["session"]["remarks"].to_string().contains("CLOCK_SUSPECT"));
}

#[test]
fn no_result_depends_on_the_language_of_the_machine() {
    let station = Station::new();
    let in_language = |name: &str, words: &[&str]| {
        let mut command = station.command();
        command.env("LC_ALL", name).env("LANG", name).env("LANGUAGE", name);
        command.args(words).output().unwrap().stdout
    };
    for words in [
        ["verify", "--json", "s/failed.zip"],
        ["verify", "--format=csv", "s/failed.zip"],
        ["verify", "--quiet", "s/log.zip"],
        ["inspect", "--format=json", "s/verified.zip"],
    ] {
        let plain = in_language("C", &words);
        assert!(!plain.is_empty());
        for name in ["tr_TR.UTF-8", "ar_EG.UTF-8", "de_DE.UTF-8", "nonsense"] {
            assert_eq!(plain, in_language(name, &words), "{name} {words:?}");
        }
    }
}

#[test]
fn without_a_home_everything_but_the_key_book_is_the_same() {
    let station = Station::new();
    let words = ["verify", "--json", "--keys", "s/samples-keybook.json", "s/verified.zip"];
    let mut command = station.command();
    command.env_remove("HOME");
    let homeless = command.args(words).output().unwrap();
    assert_eq!(
        homeless.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&homeless.stderr)
    );
    assert_eq!(
        read(&homeless)["bodySha256"],
        station.report("s/verified.zip")["bodySha256"]
    );
}

#[test]
fn two_at_once_do_not_disturb_each_other() {
    let station = Station::new();
    let program: PathBuf = assert_cmd::cargo::cargo_bin!("sealcheck").to_owned();
    let start = || {
        Command::new(&program)
            .env_clear()
            .env("HOME", station.path(""))
            .current_dir(station.path(""))
            .args(["verify", "--json", "--keys", "s/samples-keybook.json", "s/verified.zip"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let running: Vec<_> = (0..4).map(|_| start()).collect();
    let alone = station.report("s/verified.zip");
    for one in running {
        let output = one.wait_with_output().unwrap();
        assert_eq!(read(&output)["bodySha256"], alone["bodySha256"]);
    }
}
