//! A report made by hand, for the tests of this crate: three records, one verified, one failed, one undecided.

use std::collections::BTreeMap;

use evidence::{
    Check, CheckId, Counts, Digest, Ecosystem, FileRow, Finding, Format, Input, KeyOrigin, KeySeen, KeyState, Native,
    Outcome, Part, Question, ReasonCode, Record, Report, Source, Statement, StatementKey, Verdict, question, roll_up,
    verdict,
};

/// The three records, in order.
pub(crate) fn records() -> Vec<Record> {
    vec![
        record(1, Outcome::Pass, Outcome::Pass, "billing"),
        record(2, Outcome::Fail(ReasonCode::BundleHashMismatch), Outcome::Pass, "Chat"),
        record(
            3,
            Outcome::Pass,
            Outcome::Undetermined(ReasonCode::KeyNotConfirmed),
            "Audit",
        ),
    ]
}

fn record(number: u64, integrity: Outcome, signature: Outcome, app: &str) -> Record {
    let hash = Digest::of(&number.to_be_bytes());
    let checks = vec![
        Check::new(CheckId::BundleIntegrity, hash.prefixed(), integrity)
            .expected(Some(hash.prefixed()))
            .found(Some(if integrity == Outcome::Pass {
                hash.prefixed()
            } else {
                Digest::of(b"edited").prefixed()
            }))
            .detail("form", "certificate hash over bundleType, createdAt, snapshot, version"),
        Check::new(CheckId::NodeSignature, hash.prefixed(), signature).detail("keyId", "k1"),
    ];
    let together = roll_up(&checks);
    let word = |outcome| {
        if matches!(outcome, Outcome::Fail(_)) {
            "FAIL"
        } else {
            "PASS"
        }
        .to_owned()
    };
    let status = if word(integrity) == "FAIL" {
        "FAILED"
    } else {
        "VERIFIED"
    };
    Record {
        id: hash.prefixed(),
        source: Source {
            path: format!("records/exec-{number}/cer.json"),
            ..Source::default()
        },
        ecosystem: Ecosystem::NexArt,
        verdict: verdict(&together),
        native: Native {
            status: status.to_owned().into(),
            grade: Some(status.to_owned().into()),
            checks: BTreeMap::from([
                ("bundleIntegrity".into(), word(integrity).into()),
                ("nodeSignature".into(), word(signature).into()),
            ]),
            reason_codes: together.reasons.iter().map(|code| code.as_str().to_owned()).collect(),
            coverage: vec!["bundleType".to_owned(), "snapshot".to_owned()],
            ..Native::default()
        },
        fields: fields(number, &hash.prefixed(), status, app),
        reason_codes: together.reasons,
        notes: Vec::new(),
        checks,
        attached: Vec::new(),
    }
}

fn fields(number: u64, hash: &str, status: &str, app: &str) -> BTreeMap<evidence::Word, serde_json::Value> {
    let texts = [
        ("executionId", format!("exec-{number}")),
        ("certificateHash", hash.to_owned()),
        ("recordType", "signed-receipt".to_owned()),
        ("bundleType", "cer.ai.execution.v1".to_owned()),
        ("surface", "ai".to_owned()),
        ("app", app.to_owned()),
        ("status", status.to_owned()),
        (
            "bundleIntegrity",
            if status == "FAILED" { "FAIL" } else { "PASS" }.to_owned(),
        ),
        ("nodeSignature", "PASS".to_owned()),
        ("receiptConsistency", "PASS".to_owned()),
        ("verificationEnvelope", "SKIPPED".to_owned()),
        ("stampStatus", "signed_full".to_owned()),
        ("stampMode", "full".to_owned()),
        ("attestorKeyId", "k1".to_owned()),
        ("protocolVersion", "1.2.0".to_owned()),
        ("executionTimestamp", format!("2026-09-17T11:00:0{number}.000Z")),
        ("createdAt", format!("2026-09-17T11:00:0{number}.500Z")),
        ("attestedAt", format!("2026-09-17T11:00:0{number}.900Z")),
        ("keySource", "pinned".to_owned()),
    ];
    let absent =
        ["project", "nodeUrl", "sdkVersion", "autoStampStatus"].map(|name| (name.into(), serde_json::Value::Null));
    texts
        .into_iter()
        .map(|(name, text)| (name.into(), text.into()))
        .chain(absent)
        .collect()
}

/// The report over them.
pub(crate) fn report() -> Report {
    let records = records();
    let mut counts = Counts::default();
    for record in &records {
        counts.add_record(record);
    }
    let manifest = Check::new(
        CheckId::Manifest,
        "manifest.json",
        Outcome::Skipped(ReasonCode::ManifestAbsent),
    )
    .not_required();
    counts.add_check(&manifest);
    let checks = || records.iter().flat_map(|record| &record.checks);
    let questions: BTreeMap<_, _> = [Question::Unchanged, Question::FromWhom, Question::Complete]
        .into_iter()
        .map(|asked| (asked, question(checks(), asked)))
        .collect();
    let format = Format {
        id: "nexart.evidence-pack".to_owned(),
        because: "records/exec-1/cer.json has bundleType and certificateHash".to_owned(),
    };
    let codes = vec![ReasonCode::BundleHashMismatch, ReasonCode::KeyNotConfirmed];
    Report {
        input: Input {
            name: "pack.zip".to_owned(),
            kind: "zip".to_owned(),
            size: 6091,
            sha256: Some(Digest::of(b"pack")),
        },
        policy: evidence::Policy::default(),
        raised: Vec::new(),
        format: format.clone(),
        verdict: Verdict::Failed,
        reason_codes: codes.clone(),
        questions: questions.clone(),
        counts: counts.clone(),
        checks: Vec::new(),
        parts: vec![Part {
            format,
            subject: String::new(),
            verdict: Verdict::Failed,
            native: Native {
                ecosystem: Some(Ecosystem::NexArt),
                status: "FAILED".into(),
                grade: Some("FAILED".into()),
                ..Native::default()
            },
            checks: vec![manifest],
            questions,
            reason_codes: codes,
            counts,
            keys: vec![key()],
            manifests: Vec::new(),
            node_metadata: vec![serde_json::json!({"nodeId": "node-1", "activeKid": "k1"})],
            key_sets: Vec::new(),
            snapshot_comparison: Vec::new(),
            population: Vec::new(),
            findings: vec![Finding::new(ReasonCode::ManifestAbsent, "pack.zip", "")],
            proves: vec![Statement::of(StatementKey::RecordsChanged).with("count", 1)],
            does_not_prove: vec![Statement::of(StatementKey::EventsTrue)],
        }],
        findings: Vec::new(),
        files: records
            .iter()
            .map(|record| FileRow {
                path: record.source.path.clone(),
                size: 2030,
                sha256: Some(Digest::of(record.source.path.as_bytes())),
                role: "nexart.cer".to_owned(),
                covered: true,
                verdict: Some(Verdict::Verified),
            })
            .collect(),
        limits: Vec::new(),
    }
}

fn key() -> KeySeen {
    KeySeen {
        key_id: Some("k1".to_owned()),
        fingerprint: Some(Digest::of(b"key").to_hex()),
        public_key: None,
        origin: KeyOrigin::KeyBook,
        state: KeyState::Confirmed,
        ecosystem: Ecosystem::NexArt,
        signs_for: Some("node-1".to_owned()),
        source: "Audit desk".to_owned(),
        status: None,
        valid_from: None,
        valid_to: None,
        confirmed: Some(evidence::Confirmation::Given(None)),
        signatures: 2,
        first_signed: None,
        last_signed: None,
    }
}

/// A shared test vector, where the folder of vectors is at hand; says so where it is not.
pub(crate) fn vector(name: &str) -> Option<String> {
    let path = format!("{}/../../../shared/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("skipped: {name} is not at hand");
    }
    text
}
