//! Keel exports and bundles, as a folder; a manifest's hash and signature are put right first where it names no file of
//! its own accord, so that what they guard is reached.
#![no_main]

use std::sync::LazyLock;

use data_encoding::BASE64;
use ed25519_dalek::{Signer as _, SigningKey};
use evidence::{Ecosystem, KeyBook, SuppliedKeys, Verdict};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// The issuer of the fixtures: its seed is the digest of this label, so that its key is public knowledge.
static ISSUER: LazyLock<SigningKey> =
    LazyLock::new(|| SigningKey::from_bytes(&Sha256::digest("sealcheck fixture issuer: export").into()));

/// The reviewer confirmed the issuer.
static CONFIRMED: LazyLock<KeyBook> = LazyLock::new(|| KeyBook {
    supplied: vec![SuppliedKeys {
        name: "root.json".to_owned(),
        ecosystem: Ecosystem::Keel,
        bytes: include_bytes!("../../tests/fixtures/keel/keys/root.json").to_vec(),
    }],
    ..KeyBook::default()
});

fuzz_target!(|input: &[u8]| {
    let files = fuzz::folder(input);
    fuzz::check_without_keys(&evidence::fuzzing::folder(&files).expect("nobody cancels"));
    if let Some(files) = signed_anew(files) {
        let pack = evidence::fuzzing::folder(&files).expect("nobody cancels");
        let (report, records) = fuzz::checked(&pack, &CONFIRMED);
        let all = records.iter().all(|record| record.verdict != Verdict::Failed);
        assert!(
            report.verdict != Verdict::Verified || all,
            "verified with a failed record"
        );
    }
});

/// The same files with a manifest that fits the first other one.
fn signed_anew(mut files: Vec<(String, Vec<u8>)>) -> Option<Vec<(String, Vec<u8>)>> {
    let payload = files.iter().find(|(name, _)| name != "manifest.json")?.1.clone();
    let manifest = files.iter_mut().find(|(name, _)| name == "manifest.json")?;
    let mut value: Value = serde_json::from_slice(&manifest.1).ok()?;
    let members = value.as_object_mut()?;
    let hash = format!("sha256:{}", fuzz::digest(&payload));
    let signature = BASE64.encode(&ISSUER.sign(hash.as_bytes()).to_bytes());
    members.insert("content_hash".to_owned(), hash.into());
    members.insert("signature".to_owned(), format!("ed25519:{signature}").into());
    manifest.1 = serde_json::to_vec(&value).ok()?;
    Some(files)
}
