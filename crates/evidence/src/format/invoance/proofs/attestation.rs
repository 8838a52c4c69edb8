//! An AI attestation record: its signature, the fields it shows, and the request beside it (`specs/invoance.md` 10).

use super::super::event::checks::is_of_the_spec;
use super::super::event::time::Moment;
use super::super::keys::{Answer, KeyUse, Keys, Level, RowKey, Signed, hex};
use super::request::{self, Request};
use super::statement::{Difference, differences, is_shown_as_signed, understood};
use super::{Around, Draft};
use crate::check::{Check, CheckId, Outcome};
use crate::json::{self, Bounds, Node, Parsed};
use crate::reason::ReasonCode;
use crate::report::Finding;

/// What a record shows, and its statement signs.
const FIELDS: [&str; 10] = [
    "attestation_id",
    "tenant_id",
    "attestation_type",
    "input_hash",
    "output_hash",
    "payload_hash",
    "model_provider",
    "model_name",
    "model_version",
    "created_at",
];

/// Judges an attestation record.
pub(super) fn judge(mut draft: Draft, record: &Node<'_>, keys: &Keys, around: Around<'_>) -> Draft {
    let payload = signed_bytes(record);
    let parsed = payload
        .as_deref()
        .and_then(|bytes| json::parse(bytes, &Bounds::default()).ok());
    let statement = parsed.as_ref().map(|parsed: &Parsed<'_>| &parsed.root);
    let signature = Signature::of(record, payload.as_deref(), statement, keys);
    let fits = signature.fits();
    let signature = signature.check(&mut draft);
    let content = content(&mut draft, record, statement, fits, around);
    // What was signed is shown; what was not, only where nothing better is there.
    draft.show(record, &FIELDS);
    draft.show(record, &["attestation_hash", "retention_policy"]);
    if let (Some(statement), true) = (statement, fits) {
        draft.show(statement, &FIELDS);
    }
    draft.checks = vec![content, signature];
    let certain = draft.checks.iter().all(|check| check.outcome == Outcome::Pass);
    draft.status = if certain { "PASS" } else { "WARN" };
    draft
}

/// The bytes of the statement, exactly as stored.
pub(super) fn signed_bytes(record: &Node<'_>) -> Option<Vec<u8>> {
    let text = record.get("signed_payload").and_then(Node::as_str)?;
    data_encoding::HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()
}

/// Names of the members that the record shows as its statement has them.
pub(super) fn shown_as_signed(record: &Node<'_>) -> Vec<String> {
    let bytes = signed_bytes(record).unwrap_or_default();
    let Ok(parsed) = json::parse(&bytes, &Bounds::default()) else {
        return Vec::new();
    };
    let names = record.members().iter().filter_map(|member| {
        let name = member.name.as_str()?;
        is_shown_as_signed(&parsed.root, name, &member.value).then(|| name.to_owned())
    });
    names.collect()
}

/// Whether the record's signature fits, and under whose key.
enum Signature<'n> {
    /// The form of older proof pages, where the key is an id: nothing to check it with.
    OldForm,
    /// There is none.
    Absent,
    /// Held against the keys at hand.
    Held {
        answer: Box<Answer>,
        row_key: RowKey,
        /// An algorithm that this version does not know.
        algorithm: Option<&'n str>,
    },
}

impl<'n> Signature<'n> {
    fn of(record: &'n Node<'_>, payload: Option<&[u8]>, statement: Option<&Node<'_>>, keys: &Keys) -> Signature<'n> {
        let text = |name: &str| record.get(name).and_then(Node::as_str);
        let starts = |name: &str, prefix: &str| text(name).is_some_and(|text| text.starts_with(prefix));
        if starts("public_key", "invoance:") || starts("signature", "ed25519:") {
            return Signature::OldForm;
        }
        let present = record
            .get("signature")
            .filter(|node| !node.is_null() && node.as_str() != Some(""));
        let Some(present) = present else {
            return Signature::Absent;
        };
        let public_key = record.get("public_key").filter(|node| !node.is_null());
        let row_key = keys.on_row(public_key);
        let raw = present.as_str().and_then(hex::<64>);
        let signed = |name: &str| {
            statement
                .and_then(|statement| statement.get(name))
                .and_then(Node::as_str)
        };
        let answer = keys.hold(Signed {
            fits_row_key: false,
            org: signed("tenant_id"),
            at: signed("created_at").and_then(Moment::read).map(Moment::milliseconds),
            row_key: &row_key,
            message: payload.unwrap_or_default(),
            signature: raw.as_ref().filter(|_| payload.is_some()),
        });
        let algorithm = text("signature_alg").filter(|name| !name.eq_ignore_ascii_case("ed25519"));
        Signature::Held {
            answer: Box::new(answer),
            row_key,
            algorithm,
        }
    }

    fn fits(&self) -> bool {
        matches!(self, Signature::Held { answer, .. } if answer.result.is_ok())
    }

    fn check(self, draft: &mut Draft) -> Check {
        let (answer, row_key, algorithm) = match self {
            Signature::OldForm => {
                let outcome = Outcome::Undetermined(ReasonCode::NotEvaluated);
                return draft.check(CheckId::Signature, outcome);
            }
            Signature::Absent => {
                draft.codes.push(ReasonCode::NoSignature);
                let mut check = draft.check(CheckId::Signature, Outcome::Undetermined(ReasonCode::NotAttested));
                check.also.push(ReasonCode::NoSignature);
                return check;
            }
            Signature::Held {
                answer,
                row_key,
                algorithm,
            } => (answer, row_key, algorithm),
        };
        let (outcome, also) = outcome(&answer, algorithm.is_some());
        draft.codes.extend(answer.result.as_ref().err());
        draft.grade = Some(answer.level.as_str());
        let used = answer.result.as_ref().ok().or(row_key.key());
        let mut check = draft
            .check(CheckId::Signature, outcome)
            .expected(answer.expected.as_ref().map(|key| key.fingerprint().to_hex()))
            .found(used.map(|key| key.fingerprint().to_hex()));
        check.also.extend(also);
        if let Some(key) = used {
            check = check.detail("publicKey", key.to_hex());
        }
        if let Some(name) = algorithm {
            check = check.detail("algorithm", name);
        }
        if let Some(key) = row_key.key().filter(|_| row_key.is_mixed_order()) {
            let remark = Finding::new(ReasonCode::KeyMixedOrder, &draft.id, key.to_hex());
            draft.findings.push(remark);
        }
        if let Ok(key) = &answer.result
            && !matches!(row_key, RowKey::Absent)
            && row_key.key() != Some(key)
        {
            let remark = Finding::new(ReasonCode::EmbeddedKeyDiffers, &draft.id, key.to_hex());
            draft.findings.push(remark);
        }
        draft.keys = Some(KeyUse::new(&answer, &row_key));
        check
    }
}

fn outcome(answer: &Answer, other_algorithm: bool) -> (Outcome, Option<ReasonCode>) {
    match answer.result {
        Ok(_) if answer.level == Level::Pinned => (Outcome::Pass, None),
        Ok(_) => (Outcome::Undetermined(ReasonCode::KeyNotConfirmed), None),
        Err(code @ ReasonCode::NoPublicKey) => (Outcome::Undetermined(ReasonCode::KeyNotFound), Some(code)),
        Err(code) if !is_of_the_spec(code) => (Outcome::Undetermined(code), None),
        Err(code @ ReasonCode::KeyMismatch) if answer.supplied == Level::Pinned => {
            (Outcome::Fail(ReasonCode::KeyConflict), Some(code))
        }
        Err(code @ ReasonCode::SignatureInvalid) if other_algorithm => {
            (Outcome::Undetermined(ReasonCode::KeyWrongAlgorithm), Some(code))
        }
        Err(code) => (Outcome::Fail(code), None),
    }
}

/// Whether the record shows what was signed, and the request beside it is the one that was attested.
fn content(
    draft: &mut Draft,
    record: &Node<'_>,
    statement: Option<&Node<'_>>,
    fits: bool,
    around: Around<'_>,
) -> Check {
    let understood = match statement {
        Some(statement) => understood(statement).map(|()| statement),
        None => Err(ReasonCode::UnsupportedStatementVersion),
    };
    let statement = match understood {
        Ok(statement) => statement,
        Err(code @ ReasonCode::DuplicateKey) => {
            draft.codes.push(code);
            return draft.check(CheckId::PayloadHash, Outcome::Fail(code));
        }
        // Without a signature that fits, nothing was stated at all.
        Err(_) if !fits => return draft.check(CheckId::PayloadHash, Outcome::Skipped(ReasonCode::Blocked)),
        Err(code) => {
            draft.codes.push(code);
            return draft.check(CheckId::PayloadHash, Outcome::Undetermined(code));
        }
    };
    let differences = differences(statement, record);
    let request = request::compare(statement, around.files);
    // What was not read may be the request that was attested.
    draft.left_out = around.left_out.filter(|_| !request.settled);
    let mut codes = Vec::new();
    if !differences.is_empty() {
        codes.push(ReasonCode::DisplayedFieldDiffers);
    }
    if draft.left_out.is_none() && (!request.different.is_empty() || request.ambiguous) {
        codes.push(ReasonCode::ContentHashMismatch);
    }
    let outcome = match codes.first() {
        Some(code) if request.ambiguous && differences.is_empty() => Outcome::Undetermined(*code),
        Some(code) => Outcome::Fail(*code),
        None if fits => draft.left_out.map_or(Outcome::Pass, Outcome::Undetermined),
        None => Outcome::Skipped(ReasonCode::Blocked),
    };
    let mut check = draft.check(CheckId::PayloadHash, outcome);
    check.also = codes.iter().copied().skip(1).collect();
    draft.codes.extend(codes);
    draft.used.clone_from(&request.used);
    explained(check, &differences, &request)
}

/// With the first thing that differs, and all of them as details.
fn explained(mut check: Check, differences: &[Difference], request: &Request) -> Check {
    let shown = differences
        .iter()
        .map(|field| (&*field.name, &field.shown, &field.signed));
    let hashed = request
        .different
        .iter()
        .map(|(name, signed, found)| (*name, signed, found));
    for (name, expected, found) in shown.chain(hashed) {
        if check.expected.is_none() {
            check.expected = Some(format!("{name}: {expected}"));
            check.found = Some(format!("{name}: {found}"));
        }
        check.details.push(("differs", format!("{name}: {expected} / {found}")));
    }
    if !request.equal.is_empty() {
        check.details.push(("recomputed", request.equal.join(", ")));
    }
    check
}
