//! The single-file evidence bundle (`specs/keel.md` 10): body, hash and signature in one document.

use super::head::Signed;
use super::keys::{Claim, Keys, Purpose};
use super::legacy_json;
use super::manifest::{self, Signature};
use super::output::Output;
use super::part::Made;
use super::record::{Inherited, RowRecord};
use crate::check::{Check, CheckId, Outcome};
use crate::digest::Digest;
use crate::format::Run;
use crate::json::{self, Node};
use crate::pack::Refusal;
use crate::reason::ReasonCode;
use crate::report::{Finding, Manifest as Listed, Part, Source};
use crate::run::Stopped;
use crate::time_stamp::{self, Roots, Stamped};

/// Verifies one bundle.
pub(super) fn verify(run: &mut Run<'_>, index: usize, path: &str, keys: &Keys, roots: &Roots) -> Result<Part, Stopped> {
    let mut made = Made {
        format: (
            "keel.evidenceBundle",
            format!("{path} is a single-file evidence bundle"),
        ),
        subject: path.to_owned(),
        envelope: 2,
        ..Made::default()
    };
    let content = run.pack.read(index);
    let parsed = match &content {
        Ok(content) => json::parse(&content.bytes, &run.pack.within().json()).map_err(|fault| fault.to_string()),
        Err(Refusal { code, detail, .. }) => Err(format!("{code} {detail}")),
    };
    let parsed = match parsed {
        Ok(parsed) => parsed,
        Err(why) => {
            let unreadable = Outcome::Undetermined(ReasonCode::PayloadUnreadable);
            made.checks
                .push(Check::new(CheckId::ContentHash, path, unreadable).detail("cause", why));
            let inherited = Inherited::undecided();
            return made.finish(&mut Output::new(run, inherited));
        }
    };
    let bundle = Bundle {
        root: &parsed.root,
        path,
    };
    let doubled = parsed
        .flaws
        .iter()
        .any(|flaw| flaw.code == ReasonCode::JsonDuplicateKey);
    bundle.judge(doubled, keys, roots, &mut made);
    let inherited = made.inherited();
    let mut output = Output::new(run, inherited);
    bundle.rows(&mut output)?;
    made.finish(&mut output)
}

struct Bundle<'b, 'a> {
    root: &'b Node<'a>,
    path: &'b str,
}

impl<'a> Bundle<'_, 'a> {
    fn text(&self, pointer: &str) -> Option<&str> {
        self.root.pointer(pointer)?.as_str()
    }

    fn body(&self) -> Option<&Node<'a>> {
        self.root.get("body").filter(|body| body.is_object())
    }

    fn judge(&self, doubled: bool, keys: &Keys, roots: &Roots, made: &mut Made) {
        let hash = self.hash(doubled);
        let signature = if matches!(hash.outcome, Outcome::Fail(_)) {
            Check::new(CheckId::Signature, self.path, Outcome::Skipped(ReasonCode::Blocked))
        } else {
            self.signature(keys, made)
        };
        made.checks.extend([hash, signature]);
        made.checks.extend(self.version());
        self.stamps(roots, made);
        self.shown(made);
    }

    /// The reference inside the body, then the body itself.
    fn hash(&self, doubled: bool) -> Check {
        let check = |outcome| Check::new(CheckId::ContentHash, self.path, outcome);
        if doubled {
            return check(Outcome::Fail(ReasonCode::DuplicateJsonKey));
        }
        let (reference, whole) = match (self.digest(&["artifact_ref", "anchor"]), self.digest(&[])) {
            // Not written out here, which proves nothing.
            (Err(code @ ReasonCode::JsonNumberRange), _) | (_, Err(code @ ReasonCode::JsonNumberRange)) => {
                return check(Outcome::Undetermined(code));
            }
            (reference, whole) => (reference.ok(), whole.ok()),
        };
        let stated = self.text("/body/artifact_ref/digest");
        if reference.is_none() || stated != reference.as_deref() {
            let outcome = Outcome::Fail(ReasonCode::ArtifactRefDigestMismatch);
            return check(outcome).expected(stated.map(str::to_owned)).found(reference);
        }
        let stated = self.text("/signature_envelope/content_hash");
        let outcome = if whole.is_some() && stated == whole.as_deref() {
            Outcome::Pass
        } else {
            Outcome::Fail(ReasonCode::BundleContentHashMismatch)
        };
        check(outcome).expected(stated.map(str::to_owned)).found(whole)
    }

    /// Of the body without these members; or why it has no such form.
    fn digest(&self, left_out: &[&str]) -> Result<String, ReasonCode> {
        let body = self.body().ok_or(ReasonCode::ArtifactRefDigestMismatch)?;
        let members = body.members().iter();
        let named = members.map(|member| Some((member.name.as_str()?, &member.value)));
        let named: Option<Vec<(&str, &Node<'_>)>> = named.collect();
        let named = named.ok_or(ReasonCode::JsonLoneSurrogate)?;
        let kept = named.into_iter().filter(|(name, _)| !left_out.contains(name));
        let mut bytes = Vec::new();
        legacy_json::write_members(kept, &mut bytes)?;
        Ok(Digest::of(&bytes).prefixed())
    }

    /// By the key that it carries, which the reviewer's trust may know.
    fn signature(&self, keys: &Keys, made: &mut Made) -> Check {
        let hash = self.text("/signature_envelope/content_hash").unwrap_or_default();
        let signature = manifest::signature(self.root.pointer("/signature_envelope/signature"));
        let claim = Claim {
            key_id: self.text("/signature_envelope/public_key_id"),
            public_key: Some(self.text("/signature_envelope/public_key").unwrap_or_default()),
            signed_at: None,
            project: self.text("/body/project_id"),
        };
        let signed = Signed {
            message: hash.as_bytes(),
            signature: &signature,
            claim,
            purpose: Purpose::ExportSigning,
        };
        let mut check = signed.check(CheckId::Signature, self.path, keys, &mut made.warnings, &mut made.keys);
        let invalid = ReasonCode::BundleSignatureInvalid;
        let own = [
            ReasonCode::SignatureVerificationFailed,
            ReasonCode::SignatureEncoding,
            ReasonCode::NotAttested,
            ReasonCode::TrustRootUnresolvable,
        ];
        match check.outcome {
            Outcome::Fail(code) if own.contains(&code) => {
                check.outcome = Outcome::Fail(invalid);
                check.also = if signature == Signature::Missing {
                    vec![ReasonCode::NotAttested]
                } else {
                    Vec::new()
                };
            }
            // Nothing but the key that it carries: the same as where the reviewer has none at all.
            Outcome::Undetermined(ReasonCode::KeyNotFound) => {
                let carried = made
                    .keys
                    .last()
                    .is_some_and(|key| key.state == crate::report::KeyState::SuppliedBySender);
                check.outcome = if carried {
                    Outcome::Undetermined(ReasonCode::KeyNotConfirmed)
                } else {
                    Outcome::Fail(invalid)
                };
                check.also = carried.then_some(ReasonCode::SelfAssertedKey).into_iter().collect();
            }
            Outcome::Pass | Outcome::Fail(_) | Outcome::Undetermined(_) | Outcome::Skipped(_) => {}
        }
        check
    }

    /// Version 2 is of no use without its profile; later versions are not known.
    fn version(&self) -> Option<Check> {
        let outcome = match self.text("/schema_version") {
            Some("keel.evidence_bundle/v1") => return None,
            Some("keel.evidence_bundle/v2") => ReasonCode::EvidenceBundleV2ProfileUnadjudicated,
            Some(_) | None => ReasonCode::UnsupportedSchemaVersion,
        };
        let profile = self.text("/body/profile").unwrap_or("none").to_owned();
        let check = Check::new(CheckId::Siblings, self.path, Outcome::Undetermined(outcome));
        Some(check.detail("profile", profile))
    }

    /// Each token against what the bundle is anchored to.
    fn stamps(&self, roots: &Roots, made: &mut Made) {
        let receipts = self
            .root
            .pointer("/signature_envelope/tsa_receipts")
            .map(Node::items)
            .unwrap_or_default();
        if receipts.is_empty() {
            let absent = Outcome::Skipped(ReasonCode::NotPresent);
            made.checks
                .push(Check::new(CheckId::Timestamp, self.path, absent).not_required());
            return;
        }
        let anchor = match self.text("/body/anchor/kind") {
            Some("published_checkpoint") => self.text("/body/anchor/composite_hash"),
            Some("chain_head_timestamp") => self.text("/body/anchor/chain_head_hash"),
            Some(_) | None => self.text("/body/composite_hash"),
        };
        let imprint = anchor.and_then(|hash| Digest::from_hex(hash.strip_prefix("sha256:").unwrap_or(hash)));
        for receipt in receipts {
            made.checks
                .push(self.stamp(receipt, imprint, roots, &mut made.warnings, &mut made.population));
        }
    }

    fn stamp(
        &self,
        receipt: &Node<'_>,
        imprint: Option<Digest>,
        roots: &Roots,
        warnings: &mut Vec<Finding>,
        population: &mut Vec<serde_json::Value>,
    ) -> Check {
        let Some(imprint) = imprint else {
            warnings.push(Finding::new(
                ReasonCode::TimestampTokenNotChecked,
                self.path,
                "no anchor hash",
            ));
            return Check::new(CheckId::Timestamp, self.path, Outcome::Skipped(ReasonCode::NotPresent)).not_required();
        };
        let names = ["receipt_b64", "tsa_response_base64"];
        let token = names.into_iter().find_map(|name| receipt.get(name)?.as_str());
        let token = token.and_then(|token| data_encoding::BASE64.decode(token.trim().as_bytes()).ok());
        let Some(token) = token else {
            let outcome = Outcome::Fail(ReasonCode::CheckpointTsaImprintMismatch);
            return Check::new(CheckId::Timestamp, self.path, outcome);
        };
        let judged = time_stamp::judge(&token, Stamped::Sha256(imprint.as_bytes()), roots);
        population.push(serde_json::json!({
            "of": "timeStamp",
            "path": self.path,
            "time": judged.time,
            "authority": judged.authority,
            "root": judged.root,
            "serial": judged.serial,
        }));
        let outcome = match judged.outcome {
            Outcome::Fail(ReasonCode::TsaImprintMismatch) => Outcome::Fail(ReasonCode::CheckpointTsaImprintMismatch),
            Outcome::Undetermined(code) => {
                warnings.push(Finding::new(code, self.path, judged.detail.clone()));
                Outcome::Skipped(code)
            }
            outcome @ (Outcome::Pass | Outcome::Fail(_) | Outcome::Skipped(_)) => outcome,
        };
        let mut check = Check::new(CheckId::Timestamp, self.path, outcome).detail("token", judged.detail);
        check.also = judged.also;
        check
    }

    fn shown(&self, made: &mut Made) {
        let Some(body) = self.body() else { return };
        let labels = ["generated_at", "project_id", "schema", "profile"];
        let claims = labels
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), body.get(name)?.as_str()?.to_owned())));
        made.manifests.push(Listed {
            path: self.path.to_owned(),
            claims: claims.collect(),
            ..Listed::default()
        });
        let declared = ["claim_set", "semantics_pins"];
        let there = |name: &&str| {
            body.get(name)
                .or_else(|| self.root.get(name))
                .is_some_and(|value| !value.is_null())
        };
        for name in declared.into_iter().filter(there) {
            made.not_evaluated(self.path, name, name == "claim_set");
        }
    }

    fn rows(&self, output: &mut Output<'_, '_>) -> Result<(), Stopped> {
        let records = self.root.pointer("/body/records").map(Node::items).unwrap_or_default();
        for (position, record) in records.iter().enumerate() {
            let (id, fields) = super::payload::fields_of(record);
            output.row(RowRecord {
                id,
                source: Source {
                    path: self.path.to_owned(),
                    pointer: format!("/body/records/{position}"),
                    ..Source::default()
                },
                fields,
                ..RowRecord::default()
            })?;
        }
        Ok(())
    }
}
