//! Keys that are made here open with the tools of others, and theirs here.

use std::path::Path;
use std::process::{Command, Output};

use review::note::key::{ReviewerKey, ReviewerKeyError, public_pem};

use crate::bench::skipped;

const PASSPHRASE: &str = "correct horse battery";

/// Whether a program is at hand.
pub(crate) fn has(program: &str, version: &str) -> bool {
    let found = Command::new(program).arg(version).output().is_ok();
    if !found {
        skipped(&format!("{program} is not on this machine"));
    }
    found
}

pub(crate) fn in_folder(folder: &Path, program: &str, arguments: &[&str]) -> Output {
    Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn ran(folder: &Path, program: &str, arguments: &[&str]) -> String {
    let output = in_folder(folder, program, arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_key_made_here_opens_with_openssl_under_its_passphrase_alone() {
    if !has("openssl", "version") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (key, file) = ReviewerKey::create(PASSPHRASE).unwrap();
    std::fs::write(folder.path().join("key.pem"), file.as_bytes()).unwrap();
    let arguments = ["pkey", "-in", "key.pem", "-pubout", "-passin"];
    let with = |passphrase: &'static str| [arguments.as_slice(), &[passphrase]].concat();
    let public = ran(folder.path(), "openssl", &with("pass:correct horse battery"));
    assert_eq!(public, public_pem(&key.public().unwrap()));
    let refused = in_folder(folder.path(), "openssl", &with("pass:another"));
    assert!(!refused.status.success());
}

#[test]
fn keys_made_with_openssl_are_read() {
    if !has("openssl", "version") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    ran(
        folder.path(),
        "openssl",
        &["genpkey", "-algorithm", "ed25519", "-out", "plain.pem"],
    );
    let public = ran(folder.path(), "openssl", &["pkey", "-in", "plain.pem", "-pubout"]);
    let plain = ReviewerKey::read(&read("plain.pem"), None).unwrap();
    assert_eq!(public_pem(&plain.public().unwrap()), public);
    for kind in [["-v2", "aes-256-cbc"].as_slice(), &["-v2", "aes-128-cbc"], &["-scrypt"]] {
        let arguments = ["pkcs8", "-topk8", "-in", "plain.pem", "-out", "closed.pem", "-passout"];
        let passphrase = format!("pass:{PASSPHRASE}");
        ran(
            folder.path(),
            "openssl",
            &[&arguments, [passphrase.as_str()].as_slice(), kind].concat(),
        );
        let closed = ReviewerKey::read(&read("closed.pem"), Some(PASSPHRASE)).unwrap();
        assert_eq!(closed.public().unwrap(), plain.public().unwrap(), "{kind:?}");
    }
    ran(
        folder.path(),
        "openssl",
        &[
            "genpkey",
            "-algorithm",
            "EC",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-out",
            "ec.pem",
        ],
    );
    assert_eq!(
        ReviewerKey::read(&read("ec.pem"), None).unwrap_err(),
        ReviewerKeyError::NotEd25519
    );
}

#[test]
fn keys_made_with_openssh_are_read() {
    if !has("ssh-keygen", "-?") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    for (name, passphrase) in [("plain", ""), ("closed", PASSPHRASE)] {
        let arguments = ["-q", "-t", "ed25519", "-f", name, "-N", passphrase];
        ran(folder.path(), "ssh-keygen", &arguments);
        let key = ReviewerKey::read(&read(name), Some(passphrase).filter(|text| !text.is_empty())).unwrap();
        let line = String::from_utf8(read(&format!("{name}.pub"))).unwrap();
        assert_eq!(review::note::key::open_ssh_public(&line), Some(key.public().unwrap()));
    }
    let refused = |passphrase| ReviewerKey::read(&read("closed"), passphrase).unwrap_err();
    assert_eq!(refused(None), ReviewerKeyError::PassphraseNeeded);
    assert_eq!(refused(Some("another")), ReviewerKeyError::PassphraseWrong);
    ran(
        folder.path(),
        "ssh-keygen",
        &["-q", "-t", "ecdsa", "-f", "ecdsa", "-N", ""],
    );
    assert_eq!(
        ReviewerKey::read(&read("ecdsa"), None).unwrap_err(),
        ReviewerKeyError::NotEd25519
    );
}
