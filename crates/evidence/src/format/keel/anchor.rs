//! Checkpoints beside an export: signed heads of its chains (`specs/keel.md` 7 and 8).

use std::cell::RefCell;

use serde_json::{Value, json};

use super::chain::{WalkResult, Watched};
use super::checkpoint::{self, Claimed, Judged, Side, Signer};
use super::incident;
use super::keys::{Claim, Keys, Purpose};
use super::zipped::{INSIDE, Zipped};
use crate::check::{Check, CheckId, Outcome};
use crate::container::Limits;
use crate::json;
use crate::pack::Refusal;
use crate::reason::ReasonCode;
use crate::report::{Finding, KeySeen, Manifest as Listed};
use crate::time_stamp::Roots;

/// Checkpoints that chains are compared with.
pub(super) struct Anchors {
    /// Each with its path and the side it stands on, where that is told.
    pub(super) judged: Vec<Anchor>,
    /// Those that are not compared: more than there is room for, or not readable.
    pub(super) left_out: Vec<Refusal>,
    watched: Vec<Watched>,
    bounds: json::Bounds,
    most: usize,
    most_watched: usize,
}

/// One checkpoint.
pub(super) struct Anchor {
    pub(super) path: String,
    pub(super) judged: Judged,
    pub(super) keys: Vec<KeySeen>,
    side: Side,
    /// Whether a name stands twice in its document.
    doubled: bool,
}

/// Where an incident bundle keeps its brackets.
const BRACKETS: &str = "bracket_checkpoints.json";
/// Entries looked out for, and anchors told, within the documented limits.
const WATCHED: usize = 100_000;
/// Checkpoints of one pack within the documented limits.
const MOST: usize = 1_000;

impl Anchors {
    /// No checkpoint yet.
    pub(super) fn new(within: &Limits) -> Anchors {
        Anchors {
            judged: Vec::new(),
            left_out: Vec::new(),
            watched: Vec::new(),
            bounds: within.json(),
            most: within.with_records(MOST),
            most_watched: within.with_records(WATCHED),
        }
    }

    /// Adds a checkpoint document; not where it can be read and is none.
    pub(super) fn add(&mut self, path: &str, text: &[u8], keys: &Keys, roots: &Roots) -> bool {
        let parsed = match json::parse(text, &self.bounds) {
            Ok(parsed) => parsed,
            Err(fault) => {
                self.leave_out(path, &fault);
                return true;
            }
        };
        if !checkpoint::is_checkpoint(&parsed.root) {
            return false;
        }
        let seen = RefCell::new(Vec::new());
        let judged = checkpoint::judge(&parsed.root, path, &|claimed| signer(claimed, keys, path, &seen), roots);
        self.push(Anchor {
            path: path.to_owned(),
            doubled: parsed
                .flaws
                .iter()
                .any(|flaw| flaw.code == ReasonCode::JsonDuplicateKey),
            judged,
            keys: seen.into_inner(),
            side: Side::Any,
        });
        true
    }

    /// The brackets of an incident bundle.
    pub(super) fn brackets(zipped: &Zipped<'_>, keys: &Keys, roots: &Roots) -> Anchors {
        let mut anchors = Anchors::new(zipped.pack.within());
        let path = format!("{}{INSIDE}{BRACKETS}", zipped.path);
        let text = match zipped.member(BRACKETS) {
            Ok(Some(text)) => text,
            Ok(None) => return anchors,
            Err(refusal) => {
                anchors.left_out.push(refusal);
                return anchors;
            }
        };
        let parsed = match json::parse(&text, &anchors.bounds) {
            Ok(parsed) => parsed,
            Err(fault) => {
                anchors.leave_out(&path, &fault);
                return anchors;
            }
        };
        let doubled = parsed
            .flaws
            .iter()
            .any(|flaw| flaw.code == ReasonCode::JsonDuplicateKey);
        let seen = RefCell::new(Vec::new());
        let found = incident::brackets(
            &parsed.root,
            &path,
            &|claimed| signer(claimed, keys, &path, &seen),
            roots,
        );
        for bracket in found {
            anchors.push(Anchor {
                path: format!("{path}#{}", bracket.pointer),
                judged: bracket.judged,
                keys: std::mem::take(&mut seen.borrow_mut()),
                side: bracket.side,
                doubled,
            });
        }
        anchors
    }

    fn leave_out(&mut self, path: &str, fault: &json::Fault) {
        self.left_out.push(Refusal::new(fault.code, path, fault.to_string()));
    }

    fn push(&mut self, mut anchor: Anchor) {
        // Two readers could see different heads.
        if let Some(check) = anchor.judged.checks.first_mut().filter(|_| anchor.doubled) {
            check.outcome = Outcome::Fail(ReasonCode::DuplicateJsonKey);
        }
        let watched: Vec<Watched> = anchor.judged.watched().collect();
        let room = self.most_watched.saturating_sub(self.watched.len());
        if self.judged.len() >= self.most || watched.len() > room {
            let detail = "more checkpoints than are compared";
            self.left_out
                .push(Refusal::new(ReasonCode::LimitRecordCount, anchor.path, detail));
            return;
        }
        self.watched.extend(watched);
        self.judged.push(anchor);
    }

    /// The entries to look out for in a walk.
    pub(super) fn watched(&self) -> &[Watched] {
        &self.watched
    }

    /// Compares every checkpoint with a chain.
    pub(super) fn compare(
        &self,
        subject: &str,
        walk: &WalkResult,
        checks: &mut Vec<Check>,
        population: &mut Vec<Value>,
    ) {
        let mut told: usize = 0;
        for anchor in &self.judged {
            let subject = format!("{subject} beside {}", anchor.path);
            let compared = checkpoint::compare(&anchor.judged.heads, anchor.side, &subject, walk);
            // What nobody vouches for can neither anchor nor contradict.
            checks.push(if anchor.stands() {
                compared.check
            } else {
                compared.check.not_required()
            });
            told = told.saturating_add(compared.anchors.len());
            if told > self.most_watched {
                continue;
            }
            population.push(json!({
                "of": "checkpoint",
                "path": anchor.path,
                "side": side_word(anchor.side),
                "checkpointId": anchor.judged.id,
                "computedAt": anchor.judged.computed_at,
                "compositeHash": anchor.judged.composite(),
                "timeStamps": anchor.judged.stamps(),
                "anchors": compared.anchors.iter().map(checkpoint::Anchor::population).collect::<Vec<_>>(),
            }));
        }
    }

    /// Says which were not compared, once for each reason.
    pub(super) fn tell_left_out(&self, subject: &str, checks: &mut Vec<Check>) {
        let mut reasons: Vec<ReasonCode> = self.left_out.iter().map(|refusal| refusal.code).collect();
        reasons.sort_unstable();
        reasons.dedup();
        for code in reasons {
            let mut of_code = self.left_out.iter().filter(|refusal| refusal.code == code);
            let count = of_code.clone().count();
            let first = of_code.next().map(|refusal| refusal.subject.as_str());
            let cause = format!(
                "{count} checkpoints were not compared, the first is {}",
                first.unwrap_or_default()
            );
            checks.push(Check::new(CheckId::Checkpoint, subject, Outcome::Undetermined(code)).detail("cause", cause));
        }
    }

    /// Their own checks, where they are part of an export (brackets).
    pub(super) fn tell(
        self,
        subject: &str,
        checks: &mut Vec<Check>,
        warnings: &mut Vec<Finding>,
        keys: &mut Vec<KeySeen>,
    ) {
        self.tell_left_out(subject, checks);
        for anchor in self.judged {
            checks.extend(anchor.judged.checks);
            warnings.extend(anchor.judged.warnings);
            keys.extend(anchor.keys);
        }
    }
}

/// What the reviewer's trust says of a checkpoint's signer.
fn signer(claimed: &Claimed<'_>, keys: &Keys, path: &str, seen: &RefCell<Vec<KeySeen>>) -> Signer {
    let claim = Claim {
        key_id: claimed.key_id,
        public_key: claimed.public_key,
        signed_at: claimed.signed_at,
        project: None,
    };
    let resolved = keys.resolve(Purpose::IntegrityCheckpoint, &claim);
    seen.borrow_mut().push(resolved.seen(&claim, path));
    Signer {
        key: resolved.key.clone(),
        doubt: resolved.doubt,
    }
}

fn side_word(side: Side) -> Option<&'static str> {
    match side {
        Side::Before => Some("before"),
        Side::After => Some("after"),
        Side::Any => None,
    }
}

impl Anchor {
    /// Whether its hash fits and a trusted key signed it.
    fn stands(&self) -> bool {
        let sealed = |check: &&Check| matches!(check.id, CheckId::ContentHash | CheckId::CheckpointSignature);
        let mut seals = self.judged.checks.iter().filter(sealed);
        seals.all(|check| check.outcome == Outcome::Pass)
    }

    /// Its labels: the signature covers the heads alone.
    pub(super) fn claims(&self) -> Vec<Listed> {
        let label = |name: &str, text: &Option<String>| Some((name.to_owned(), text.clone()?));
        let claims = [
            label("checkpoint_id", &self.judged.id),
            label("computed_at", &self.judged.computed_at),
        ];
        vec![Listed {
            path: self.path.clone(),
            claims: claims.into_iter().flatten().collect(),
            ..Listed::default()
        }]
    }
}

impl Judged {
    /// The hash that was signed and time-stamped, as recomputed.
    pub(super) fn composite(&self) -> Option<&str> {
        let content = self.checks.iter().find(|check| check.id == CheckId::ContentHash)?;
        content.found.as_deref()
    }

    /// What its time-stamp tokens state.
    pub(super) fn stamps(&self) -> Vec<Value> {
        let stamp = |token: &crate::time_stamp::TokenResult| {
            json!({
                "outcome": token.outcome.as_str(),
                "reasonCode": token.outcome.reason().map(|code| code.as_str()),
                "time": token.time,
                "authority": token.authority,
                "root": token.root,
                "serial": token.serial,
            })
        };
        self.tokens.iter().map(stamp).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHECKPOINT: &[u8] = include_bytes!("../../../../../tests/fixtures/keel/checkpoint/pack/checkpoint.json");

    #[test]
    fn checkpoints_that_are_not_compared_are_told() {
        let (keys, roots) = (Keys::default(), Roots::default());
        let added = |most, most_watched| {
            let mut anchors = Anchors {
                most,
                most_watched,
                ..Anchors::new(&Limits::default())
            };
            for path in ["a.json", "b.json"] {
                assert!(anchors.add(path, CHECKPOINT, &keys, &roots));
            }
            let mut checks = Vec::new();
            anchors.tell_left_out("payload", &mut checks);
            (anchors, checks)
        };
        let (all, checks) = added(2, WATCHED);
        assert_eq!((all.judged.len(), all.left_out.len()), (2, 0));
        assert_eq!(checks, []);
        let watched = all.watched().len();
        for (most, most_watched) in [(1, watched), (2, watched - 1)] {
            let (some, checks) = added(most, most_watched);
            assert_eq!((some.judged.len(), some.watched().len()), (1, watched / 2));
            let left_out: Vec<&str> = some.left_out.iter().map(|refusal| refusal.subject.as_str()).collect();
            assert_eq!(left_out, ["b.json"]);
            assert_eq!(checks[0].outcome, Outcome::Undetermined(ReasonCode::LimitRecordCount));
            assert!(checks[0].required);
        }
    }
}
