//! Reports made by hand for the tests of views and text.

use std::collections::BTreeMap;

use evidence::{
    Attached, Check, CheckId, Confirmation, Counts, Cover, Digest, Ecosystem, EntryState, Exhibit, ExhibitField,
    FileRow, Finding, Format, Input, KeyOrigin, KeySeen, KeyState, LimitHit, Manifest, ManifestEntry, Native, Outcome,
    Part, Question, ReasonCode, Record, Report, Seal, SnapshotRow, Source, Statement, StatementKey, Verdict, question,
    roll_up, verdict,
};

use super::{CheckGroup, Context, Groups, NoteCount};

pub(crate) const CONTEXT: Context = Context {
    token: 7,
    key_book: "Audit desk",
    key_book_keys: 14,
    case_file: "Case file saved: governed-run-004.sealnote",
    sample: false,
    notes: &[],
};

/// A report with its records and what was gathered from them.
pub(crate) struct Case {
    pub(crate) report: Report,
    pub(crate) records: Vec<Record>,
    pub(crate) groups: Vec<CheckGroup>,
    pub(crate) notes: Vec<NoteCount>,
}

impl Case {
    fn new(report: Report, records: Vec<Record>) -> Case {
        let mut gathered = Groups::default();
        for record in &records {
            gathered.record(record);
        }
        let (groups, notes) = gathered.finish(&report);
        Case {
            report,
            records,
            groups,
            notes,
        }
    }

    pub(crate) fn context(&self) -> Context<'_> {
        Context {
            notes: &self.notes,
            ..CONTEXT
        }
    }

    pub(crate) fn group(&self, id: CheckId, outcome: Outcome) -> &CheckGroup {
        self.groups
            .iter()
            .find(|group| group.id == id && group.outcome == outcome)
            .unwrap()
    }
}

fn digest(name: &str) -> Digest {
    Digest::of(name.as_bytes())
}

/// How the checks of one record end.
#[derive(Clone, Copy)]
pub(crate) struct Ends {
    integrity: Outcome,
    consistency: Outcome,
    signature: Outcome,
}

pub(crate) const GOOD: Ends = Ends {
    integrity: Outcome::Pass,
    consistency: Outcome::Pass,
    signature: Outcome::Pass,
};

pub(crate) fn record(number: u64, ends: Ends) -> Record {
    let id = format!("step-{number}");
    let hash = digest(&id);
    let found = match ends.integrity {
        Outcome::Pass => hash,
        Outcome::Fail(_) | Outcome::Undetermined(_) | Outcome::Skipped(_) => digest("edited"),
    };
    let checks = vec![
        Check::new(CheckId::BundleIntegrity, &id, ends.integrity)
            .expected(Some(hash.prefixed()))
            .found(Some(found.prefixed()))
            .detail("coverage", "bundleType, createdAt, snapshot, version")
            .detail("profile", "nexart-v1"),
        Check::new(CheckId::ReceiptConsistency, &id, ends.consistency),
        Check::new(CheckId::NodeSignature, &id, ends.signature)
            .detail("keyId", "k1")
            .detail("keySource", "pinned")
            .detail("signedAt", "2026-08-03T09:15:02Z"),
        Check::new(
            CheckId::VerificationEnvelope,
            &id,
            Outcome::Skipped(ReasonCode::NotPresent),
        )
        .not_required(),
    ];
    let rolled = roll_up(&checks);
    let fields = [
        ("executionId", id.clone()),
        ("bundleType", "cer.ai.execution.v1".to_owned()),
        ("recordType", "signed-receipt".to_owned()),
        ("certificateHash", hash.prefixed()),
        ("createdAt", "2026-08-03T09:15:00.250Z".to_owned()),
        ("app", "claims-desk\u{202E}".to_owned()),
    ];
    Record {
        id: hash.prefixed(),
        source: Source {
            path: format!("records/{id}/cer.json"),
            ..Source::default()
        },
        ecosystem: Ecosystem::NexArt,
        verdict: verdict(&rolled),
        native: Native {
            status: "VERIFIED".into(),
            grade: Some("VERIFIED".into()),
            checks: BTreeMap::from([("bundleIntegrity".into(), "PASS".into())]),
            coverage: vec!["bundleType".to_owned(), "createdAt".to_owned()],
            ..Native::default()
        },
        fields: fields
            .into_iter()
            .map(|(name, value)| (name.into(), serde_json::Value::String(value)))
            .collect(),
        reason_codes: rolled.reasons,
        notes: if number == 3 {
            vec![ReasonCode::ContextNotProtected]
        } else {
            Vec::new()
        },
        checks,
        attached: vec![Attached {
            role: "receipt",
            source: Source {
                path: format!("records/{id}/receipt.json"),
                ..Source::default()
            },
        }],
    }
}

fn key(state: KeyState) -> KeySeen {
    let confirmed = state == KeyState::Confirmed;
    KeySeen {
        key_id: Some("k1".to_owned()),
        fingerprint: Some(digest("key").to_hex()),
        public_key: Some(digest("raw key").to_hex()),
        origin: if confirmed { KeyOrigin::KeyBook } else { KeyOrigin::Pack },
        state,
        ecosystem: Ecosystem::NexArt,
        signs_for: Some("nexart-node-prod-1".to_owned()),
        source: if confirmed { "Audit desk" } else { "node-metadata.json" }.to_owned(),
        status: Some("active".to_owned()),
        valid_from: (!confirmed).then(|| "2026-01-01T00:00:00Z".to_owned()),
        valid_to: None,
        confirmed: confirmed.then(|| Confirmation::KeyBook {
            issuer: "NexArt node".to_owned(),
            by: "M. Okafor".to_owned(),
            how: "phone: Ms Berg".to_owned(),
            at: "2026-09-15T08:30:00Z".to_owned(),
        }),
        signatures: 3,
        first_signed: Some("2026-08-03T09:15:02Z".to_owned()),
        last_signed: Some("2026-08-03T11:02:09Z".to_owned()),
    }
}

fn manifest(records: &[Record]) -> Manifest {
    Manifest {
        path: "manifest.json".to_owned(),
        claims: vec![
            ("exportedAt".to_owned(), "2026-08-03T10:00:00Z".to_owned()),
            ("exportedBy".to_owned(), "ops@example.org".to_owned()),
        ],
        declared: Some(3),
        listed: 3,
        found: 3,
        entries: records
            .iter()
            .map(|record| ManifestEntry {
                id: record.fields["executionId"].as_str().unwrap().to_owned(),
                digest: record.id.clone(),
                label: "full".to_owned(),
                state: EntryState::Present,
                source: Some(record.source.clone()),
            })
            .collect(),
    }
}

fn file(path: &str, role: &str, covered: bool) -> FileRow {
    FileRow {
        path: path.to_owned(),
        size: 1_204,
        sha256: Some(digest(path)),
        role: role.to_owned(),
        covered,
        verdict: covered.then_some(Verdict::Verified),
    }
}

fn part(records: &[Record], checks: Vec<Check>, key_state: KeyState) -> Part {
    let mut counts = Counts::default();
    records.iter().for_each(|record| counts.add_record(record));
    checks.iter().for_each(|check| counts.add_check(check));
    let all = || records.iter().flat_map(|record| &record.checks).chain(&checks);
    let signed = if key_state == KeyState::Confirmed {
        Statement::of(StatementKey::SignedByConfirmedKey).with("keyLabel", "key k1 of nexart-node-prod-1")
    } else {
        Statement::of(StatementKey::SignatureFitsSuppliedKey)
    };
    Part {
        format: Format {
            id: "nexart.evidence-pack".to_owned(),
            because: "manifest.json".to_owned(),
        },
        subject: String::new(),
        verdict: verdict(&roll_up(all())),
        native: Native {
            ecosystem: Some(Ecosystem::NexArt),
            ..Native::default()
        },
        questions: [Question::Unchanged, Question::FromWhom, Question::Complete]
            .into_iter()
            .map(|one| (one, question(all(), one)))
            .collect(),
        reason_codes: roll_up(all()).reasons,
        counts,
        keys: vec![key(key_state)],
        manifests: vec![manifest(records)],
        key_sets: Vec::new(),
        node_metadata: vec![
            serde_json::json!({"nodeId": "nexart-node-prod-1", "operator": "NexArt", "activeKid": "k1", "keys": [{}]}),
        ],
        snapshot_comparison: vec![SnapshotRow {
            path: "records/step-2/verification-report.json".to_owned(),
            record: digest("step-2").prefixed(),
            verified_at: Some("2026-08-03T10:00:00Z".to_owned()),
            check: "bundleIntegrity".to_owned(),
            theirs: "PASS".to_owned(),
            ours: "PASS".to_owned(),
            agrees: true,
            cause: None,
        }],
        population: Vec::new(),
        findings: Vec::new(),
        proves: vec![
            Statement::of(StatementKey::RecordsUnchanged).with("count", records.len()),
            signed,
            Statement::of(StatementKey::ListedRecordsPresent).with("count", records.len()),
        ],
        does_not_prove: vec![
            Statement::of(StatementKey::EventsTrue),
            Statement::of(StatementKey::NothingOmittedBeforeSigning),
            Statement::of(StatementKey::SignerEntitled),
            Statement::of(StatementKey::TimesIndependent),
        ],
        checks,
    }
}

fn report(name: &str, part: Part) -> Report {
    let container = Check::new(CheckId::Container, name, Outcome::Pass);
    let mut counts = part.counts.clone();
    counts.add_check(&container);
    Report {
        input: Input {
            name: name.to_owned(),
            kind: "zip".to_owned(),
            size: 6_093,
            sha256: Some(digest(name)),
        },
        policy: evidence::Policy::default(),
        raised: Vec::new(),
        format: part.format.clone(),
        verdict: part.verdict,
        reason_codes: part.reason_codes.clone(),
        questions: part.questions.clone(),
        counts,
        checks: vec![container],
        parts: vec![part],
        findings: Vec::new(),
        files: vec![
            file("evidence-summary.html", "senderPage", false),
            file("manifest.json", "nexart.manifest", false),
            file("records/step-1/cer.json", "nexart.cer", true),
            file("unknown.bin", "notRecognised", false),
        ],
        limits: Vec::new(),
    }
}

fn pack_checks(manifest: Outcome, snapshot: Outcome) -> Vec<Check> {
    vec![
        Check::new(CheckId::Manifest, "manifest.json", manifest),
        Check::new(CheckId::Snapshot, "records/step-2/verification-report.json", snapshot),
    ]
}

pub(crate) fn verified() -> Case {
    let records: Vec<Record> = (1..=3).map(|number| record(number, GOOD)).collect();
    let part = part(&records, pack_checks(Outcome::Pass, Outcome::Pass), KeyState::Confirmed);
    Case::new(report("governed-run-004.zip", part), records)
}

pub(crate) fn failed() -> Case {
    let mut records: Vec<Record> = (1..=3).map(|number| record(number, GOOD)).collect();
    records[1] = record(
        2,
        Ends {
            integrity: Outcome::Fail(ReasonCode::BundleHashMismatch),
            ..GOOD
        },
    );
    let contradicted = Outcome::Fail(ReasonCode::SnapshotContradicted);
    let mut part = part(&records, pack_checks(Outcome::Pass, contradicted), KeyState::Confirmed);
    part.snapshot_comparison[0].ours = "FAIL".to_owned();
    part.snapshot_comparison[0].agrees = false;
    part.snapshot_comparison[0].cause = Some(ReasonCode::SnapshotContradicted);
    part.proves[0] = Statement::of(StatementKey::RecordsUnchanged).with("count", 2);
    part.proves
        .insert(1, Statement::of(StatementKey::RecordsChanged).with("count", 1));
    part.does_not_prove
        .insert(0, Statement::of(StatementKey::WhoChangedWhat));
    Case::new(report("governed-run-004-resent.zip", part), records)
}

pub(crate) fn undecided() -> Case {
    let ends = Ends {
        signature: Outcome::Undetermined(ReasonCode::KeyNotConfirmed),
        ..GOOD
    };
    let records: Vec<Record> = (1..=3).map(|number| record(number, ends)).collect();
    let mut part = part(
        &records,
        pack_checks(Outcome::Skipped(ReasonCode::NotPresent), Outcome::Pass),
        KeyState::SuppliedBySender,
    );
    part.manifests.clear();
    part.proves.pop();
    part.findings
        .push(Finding::new(ReasonCode::UnrecognisedFile, "unknown.bin", ""));
    Case::new(report("governed-run-005.zip", part), records)
}

/// No key at hand for one record, no signature at all on another.
pub(crate) fn two_things_missing() -> Case {
    let with = |reason| Ends {
        signature: Outcome::Undetermined(reason),
        ..GOOD
    };
    let records = vec![
        record(1, with(ReasonCode::KeyNotFound)),
        record(2, with(ReasonCode::NotAttested)),
    ];
    let part = part(&records, Vec::new(), KeyState::SuppliedBySender);
    Case::new(report("two.zip", part), records)
}

fn without_parts(name: &str, verdict: Verdict, container: Outcome) -> Report {
    let check = Check::new(CheckId::Container, name, container);
    let mut counts = Counts::default();
    counts.add_check(&check);
    Report {
        input: Input {
            name: name.to_owned(),
            kind: "zip".to_owned(),
            size: 48_377,
            sha256: Some(digest(name)),
        },
        policy: evidence::Policy::default(),
        raised: Vec::new(),
        format: Format {
            id: "unknown".to_owned(),
            because: String::new(),
        },
        verdict,
        reason_codes: container.reason().into_iter().collect(),
        questions: BTreeMap::new(),
        counts,
        checks: vec![check],
        parts: Vec::new(),
        findings: Vec::new(),
        files: Vec::new(),
        limits: Vec::new(),
    }
}

pub(crate) fn not_evidence() -> Case {
    let mut report = without_parts("Invoices_Q2.xlsx", Verdict::NotEvidence, Outcome::Pass);
    report.input.kind = "file".to_owned();
    report.files.push(file("Invoices_Q2.xlsx", "notRecognised", false));
    Case::new(report, Vec::new())
}

pub(crate) fn error() -> Case {
    let code = ReasonCode::PathTraversal;
    let mut report = without_parts("evidence-export-0912.zip", Verdict::Error, Outcome::Undetermined(code));
    report
        .findings
        .push(Finding::new(code, "../../Startup/run.cmd", "entry 9 of 15"));
    Case::new(report, Vec::new())
}

pub(crate) fn over_a_limit() -> Case {
    let code = ReasonCode::LimitTotalSize;
    let mut report = without_parts("bomb.zip", Verdict::Error, Outcome::Undetermined(code));
    report.limits.push(LimitHit {
        code,
        value: 68_719_476_736,
        subject: "bomb.zip".to_owned(),
        effect: "Nothing of it was used.".to_owned(),
    });
    Case::new(report, Vec::new())
}

pub(crate) fn empty() -> Case {
    let code = ReasonCode::PackEmpty;
    Case::new(
        without_parts("empty.zip", Verdict::Error, Outcome::Undetermined(code)),
        Vec::new(),
    )
}

/// 100,000 records of which 40 do not match.
pub(crate) fn many() -> Case {
    let records: Vec<Record> = (1..=100_000_u64)
        .map(|number| {
            let integrity = if number.is_multiple_of(2_500) {
                Outcome::Fail(ReasonCode::BundleHashMismatch)
            } else {
                Outcome::Pass
            };
            record(number, Ends { integrity, ..GOOD })
        })
        .collect();
    let mut part = part(&records, Vec::new(), KeyState::Confirmed);
    part.manifests.clear();
    part.proves.truncate(2);
    Case::new(report("year-2026.ndjson", part), records)
}

/// Record 2 taken apart.
pub(crate) fn exhibit() -> Exhibit {
    let text = br#"{"certificateHash":"sha256:ab","note":"added","snapshot":{"output":"a\u202eb","timestamp":"2026-08-03T09:15:00Z"}}"#;
    let field = |pointer: &str, value: &str, cover, literal: &str| {
        let whole = std::str::from_utf8(text).unwrap();
        let start = whole.find(literal).unwrap();
        ExhibitField {
            pointer: pointer.to_owned(),
            value: value.to_owned(),
            cover,
            span: start..start + literal.len(),
        }
    };
    Exhibit {
        text: text.to_vec(),
        record: 0..text.len(),
        fields: vec![
            field("/certificateHash", "sha256:ab", Cover::Seal, "\"sha256:ab\""),
            field("/note", "added", Cover::Unsealed, "\"added\""),
            field("/snapshot/output", "a\u{202e}b", Cover::Sealed, "\"a\\u202eb\""),
            field(
                "/snapshot/timestamp",
                "2026-08-03T09:15:00Z",
                Cover::Sealed,
                "\"2026-08-03T09:15:00Z\"",
            ),
        ],
        seals: vec![Seal {
            check: CheckId::BundleIntegrity,
            form: "certificate hash over bundleType, createdAt, snapshot, version".to_owned(),
            bytes: br#"{"snapshot":{"output":"a"}}"#.to_vec(),
        }],
    }
}
