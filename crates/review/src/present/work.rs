//! "Show your work": the files and commands with which anyone can repeat a check by hand.

use std::fmt::Write as _;

use data_encoding::{BASE64, BASE64URL, BASE64URL_NOPAD, HEXLOWER_PERMISSIVE};
use evidence::{Check, CheckId, Digest, Exhibit, PublicKey, Question, Seal};

use crate::view::{WorkFile, WorkStep, WorkView};
use crate::words::check as check_words;
use crate::words::sentence::{first_upper, length};

use super::detail::seal;
use super::groups::CheckSubject;
use super::hex::sha256_digits;
use super::text::visible;

const SEALED: &str = "sealed-content.bin";
const SIGNED: &str = "signed-content.bin";
const SIGNATURE: &str = "signature.bin";
const KEY: &str = "public-key.pem";
const SUMS: &str = "recorded.sha256";
const README: &str = "README.txt";

/// The steps for the page, and the files that saving writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Steps and list of files.
    pub view: WorkView,
    /// Names and contents of the files.
    pub files: Vec<(String, Vec<u8>)>,
}

/// What is needed to repeat a check.
enum Material<'a> {
    /// Bytes and the recorded fingerprint.
    Hash { seal: &'a Seal, recorded: Option<String> },
    /// Bytes, signature and raw key.
    Signature {
        seal: &'a Seal,
        signature: Vec<u8>,
        key: Vec<u8>,
    },
}

fn material<'a>(check: &Check, exhibit: Option<&'a Exhibit>) -> Option<Material<'a>> {
    let seal = seal(exhibit?, check.id)?;
    if check.id.question() != Question::FromWhom {
        return Some(Material::Hash {
            seal,
            recorded: check.expected.as_deref().and_then(sha256_digits),
        });
    }
    Some(Material::Signature {
        seal,
        signature: base64(detail(check, "signature")?)?,
        key: HEXLOWER_PERMISSIVE
            .decode(detail(check, "publicKey")?.as_bytes())
            .ok()?,
    })
}

fn detail<'a>(check: &'a Check, name: &str) -> Option<&'a str> {
    check
        .details
        .iter()
        .find(|(label, _)| *label == name)
        .map(|(_, value)| value.as_str())
}

fn base64(text: &str) -> Option<Vec<u8>> {
    [BASE64URL_NOPAD, BASE64URL, BASE64]
        .iter()
        .find_map(|encoding| encoding.decode(text.as_bytes()).ok())
}

/// Whether a check can be repeated by hand.
pub(super) fn has_work(check: &Check, exhibit: Option<&Exhibit>) -> bool {
    material(check, exhibit).is_some()
}

/// How to repeat a check by hand; none when its bytes could not be put together again.
#[must_use]
pub fn work(subject: &CheckSubject, exhibit: Option<&Exhibit>) -> Option<Work> {
    let material = material(&subject.check, exhibit)?;
    let (steps, mut files) = match &material {
        Material::Hash { seal, recorded } => (
            hash_steps(&Digest::of(&seal.bytes).to_hex(), recorded.as_deref()),
            hash_files(subject.check.id, seal, recorded.as_deref()),
        ),
        Material::Signature { seal, signature, key } => (
            signature_steps(seal, signature, key),
            signature_files(seal, signature, key),
        ),
    };
    let title = format!("{}: {}", subject.short(), check_words(subject.check.id).one);
    files.push(file(
        README,
        "These steps as text.",
        readme(&title, &steps).into_bytes(),
    ));
    Some(Work {
        view: WorkView {
            title,
            steps,
            files: files
                .iter()
                .map(|(about, (name, bytes))| work_file(about, name, bytes))
                .collect(),
        },
        files: files.into_iter().map(|(_, file)| file).collect(),
    })
}

type Described = (String, (String, Vec<u8>));

fn file(name: &str, about: impl Into<String>, bytes: Vec<u8>) -> Described {
    (about.into(), (name.to_owned(), bytes))
}

fn work_file(about: &str, name: &str, bytes: &[u8]) -> WorkFile {
    WorkFile {
        name: name.to_owned(),
        about: about.to_owned(),
        bytes: length(bytes.len()),
    }
}

fn step(text: impl Into<String>, command: impl Into<String>) -> WorkStep {
    WorkStep {
        text: text.into(),
        command: command.into(),
    }
}

/// `computed` is what any checksum program prints for the sealed content; each step says what its answer should be.
fn hash_steps(computed: &str, recorded: Option<&str>) -> Vec<WorkStep> {
    let mut steps = vec![
        step("Save the files into an empty folder and open a terminal there.", ""),
        step(
            format!("Compute the fingerprint of the sealed content. It should be {computed}."),
            format!("sha256sum {SEALED}"),
        ),
    ];
    if let Some(recorded) = recorded {
        let (answer, because) = if recorded == computed {
            ("OK", "the content is the recorded one")
        } else {
            ("FAILED", "the recorded fingerprint is another one")
        };
        steps.push(step(
            format!("Compare it with the recorded one. The answer should be {answer}: {because}."),
            format!("sha256sum --check {SUMS}"),
        ));
    }
    steps.push(step(
        "On Windows, PowerShell computes the same fingerprint, in capital letters.",
        format!("Get-FileHash -Algorithm SHA256 {SEALED}"),
    ));
    steps
}

fn hash_files(id: CheckId, seal: &Seal, recorded: Option<&str>) -> Vec<Described> {
    let about = format!("{}: exactly what was hashed.", first_upper(&visible(&seal.form)));
    let mut files = vec![file(SEALED, about, seal.bytes.clone())];
    if let Some(recorded) = recorded {
        let about = format!("The recorded fingerprint ({}), for sha256sum.", id.as_str());
        files.push(file(SUMS, about, format!("{recorded}  {SEALED}\n").into_bytes()));
    }
    files
}

fn signature_steps(seal: &Seal, signature: &[u8], key: &[u8]) -> Vec<WorkStep> {
    vec![
        step("Save the files into an empty folder and open a terminal there.", ""),
        step(
            "Show the raw key and compare it with the signer's, byte by byte.",
            format!("openssl pkey -pubin -in {KEY} -noout -text"),
        ),
        step(
            format!(
                "Compute the key's fingerprint and compare it with the one you were told. It should be {}.",
                Digest::of(key)
            ),
            format!("openssl pkey -pubin -in {KEY} -outform DER | tail -c 32 | sha256sum"),
        ),
        step(
            format!(
                "Check the signature over the signed content (OpenSSL 3). The answer should be “{}”.",
                openssl_answer(seal, signature, key)
            ),
            format!("openssl pkeyutl -verify -pubin -inkey {KEY} -rawin -in {SIGNED} -sigfile {SIGNATURE}"),
        ),
    ]
}

/// What OpenSSL says of a signature.
fn openssl_answer(seal: &Seal, signature: &[u8], key: &[u8]) -> &'static str {
    let key = key
        .try_into()
        .ok()
        .and_then(|raw: &[u8; 32]| PublicKey::from_bytes(raw).ok());
    if key.is_some_and(|key| key.verify(&seal.bytes, signature).is_ok()) {
        "Signature Verified Successfully"
    } else {
        "Signature Verification Failure"
    }
}

fn signature_files(seal: &Seal, signature: &[u8], key: &[u8]) -> Vec<Described> {
    vec![
        file(
            SIGNED,
            format!("{}: exactly what was signed.", first_upper(&visible(&seal.form))),
            seal.bytes.clone(),
        ),
        file(SIGNATURE, "The signature, 64 raw bytes.", signature.to_vec()),
        file(
            KEY,
            format!("The public key used. Fingerprint {}.", Digest::of(key)),
            pem(key).into_bytes(),
        ),
    ]
}

/// A raw Ed25519 key as SubjectPublicKeyInfo in PEM (RFC 8410).
fn pem(key: &[u8]) -> String {
    const PREFIX: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
    let der = [PREFIX.as_slice(), key].concat();
    format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        BASE64.encode(&der)
    )
}

fn readme(title: &str, steps: &[WorkStep]) -> String {
    let mut text = format!("{title}\n\nHow to repeat this check by hand, without Sealcheck.\n");
    for (at, step) in steps.iter().enumerate() {
        let _ = write!(text, "\n{}. {}\n", at + 1, step.text);
        if !step.command.is_empty() {
            let _ = writeln!(text, "\n    {}", step.command);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use data_encoding::HEXLOWER;
    use evidence::{Outcome, ReasonCode};
    use std::process::Command;

    // RFC 8032, section 7.1, test 2.
    const PUBLIC: &str = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    const SIGNED_BYTES: &[u8] = &[0x72];
    const SIGNATURE_HEX: &str = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    fn subject(check: Check) -> CheckSubject {
        CheckSubject {
            record: Some(2),
            label: "Record 2".to_owned(),
            check,
        }
    }

    fn exhibit(check: CheckId, bytes: &[u8]) -> Exhibit {
        Exhibit {
            seals: vec![Seal {
                check,
                form: "receipt in standard form".to_owned(),
                bytes: bytes.to_vec(),
            }],
            ..Exhibit::default()
        }
    }

    fn signature_work(signed: &[u8]) -> Work {
        let signature = BASE64URL_NOPAD.encode(&HEXLOWER.decode(SIGNATURE_HEX.as_bytes()).unwrap());
        let check = Check::new(CheckId::NodeSignature, "", Outcome::Pass)
            .detail("publicKey", PUBLIC)
            .detail("signature", signature);
        work(&subject(check), Some(&exhibit(CheckId::NodeSignature, signed))).unwrap()
    }

    fn hash_work(recorded: &[u8]) -> Work {
        let check = Check::new(
            CheckId::BundleIntegrity,
            "",
            Outcome::Fail(ReasonCode::BundleHashMismatch),
        )
        .expected(Some(Digest::of(recorded).prefixed()));
        work(&subject(check), Some(&exhibit(CheckId::BundleIntegrity, b"sealed"))).unwrap()
    }

    /// What a step says that its command answers; empty when it says nothing of it.
    fn promised_answer(text: &str) -> &str {
        ["answer should be “", "answer should be ", "It should be "]
            .into_iter()
            .find_map(|words| text.split_once(words))
            .map_or("", |(_, rest)| rest.split(['”', ':', '.']).next().unwrap_or(rest))
    }

    /// Runs every command of the steps in a folder with the files; `None` where `tool` is not installed.
    fn repeat(work: &Work, tool: &str) -> Option<Vec<bool>> {
        if Command::new(tool).arg("--version").output().is_err() {
            eprintln!("skipped: {tool} is not installed");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in &work.files {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
        let commands = work.view.steps.iter().filter(|step| step.command.contains(tool));
        Some(
            commands
                .map(|step| {
                    let output = Command::new("sh")
                        .args(["-c", &step.command])
                        .current_dir(folder.path())
                        .output()
                        .unwrap();
                    let said = [output.stdout, output.stderr].concat();
                    let promised = promised_answer(&step.text);
                    assert!(String::from_utf8_lossy(&said).contains(promised), "{promised}");
                    output.status.success()
                })
                .collect(),
        )
    }

    #[test]
    fn openssl_confirms_a_signature_that_fits() {
        if let Some(results) = repeat(&signature_work(SIGNED_BYTES), "openssl") {
            assert_eq!(results, [true, true, true]);
        }
    }

    #[test]
    fn openssl_refuses_a_signature_over_other_content() {
        if let Some(results) = repeat(&signature_work(b"other"), "openssl") {
            assert_eq!(results, [true, true, false]);
        }
    }

    #[test]
    fn sha256sum_tells_the_recorded_content_from_other_content() {
        if let Some(results) = repeat(&hash_work(b"sealed"), "sha256sum") {
            assert_eq!(results, [true, true]);
        }
        if let Some(results) = repeat(&hash_work(b"other"), "sha256sum") {
            assert_eq!(results, [true, false]);
        }
    }

    #[test]
    fn a_check_without_its_bytes_has_no_work() {
        let check = Check::new(CheckId::NodeSignature, "", Outcome::Skipped(ReasonCode::NotPresent));
        assert_eq!(
            work(&subject(check), Some(&exhibit(CheckId::NodeSignature, b"x"))),
            None
        );
    }

    #[test]
    fn the_steps_and_files() {
        insta::assert_json_snapshot!([signature_work(SIGNED_BYTES).view, hash_work(b"other").view]);
    }
}
