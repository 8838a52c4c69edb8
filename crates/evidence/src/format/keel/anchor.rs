//! Checkpoints beside an export: signed heads of its chains (`specs/keel.md` 7 and 8).

use std::cell::RefCell;

use serde_json::{Value, json};

use super::chain::{WalkResult, Watched};
use super::checkpoint::{self, Claimed, Judged, Side, Signer};
use super::incident;
use super::keys::{Claim, Keys, Purpose};
use super::zipped::{INSIDE, Zipped};
use crate::check::{Check, CheckId, Outcome};
use crate::json;
use crate::reason::ReasonCode;
use crate::report::{Finding, KeySeen, Manifest as Listed};
use crate::time_stamp::Roots;

/// Checkpoints that chains are compared with.
#[derive(Default)]
pub(super) struct Anchors {
    /// Each with its path and the side it stands on, where that is told.
    pub(super) judged: Vec<Anchor>,
    watched: Vec<Watched>,
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
/// Entries looked out for, and anchors told, at most.
const WATCHED: usize = 100_000;
/// Checkpoints of one pack at most.
const MOST: usize = 1_000;

impl Anchors {
    /// Adds a checkpoint document.
    pub(super) fn add(&mut self, path: &str, text: &[u8], keys: &Keys, roots: &Roots) {
        let Ok(parsed) = json::parse(text, &json::Bounds::default()) else {
            return;
        };
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
    }

    /// The brackets of an incident bundle.
    pub(super) fn brackets(zipped: &Zipped<'_>, keys: &Keys, roots: &Roots) -> Anchors {
        let mut anchors = Anchors::default();
        let Some(text) = zipped.member(BRACKETS) else {
            return anchors;
        };
        let Ok(parsed) = json::parse(&text, &json::Bounds::default()) else {
            return anchors;
        };
        let path = format!("{}{INSIDE}{BRACKETS}", zipped.path);
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
        for bracket in found.into_iter().take(MOST) {
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

    fn push(&mut self, mut anchor: Anchor) {
        if self.judged.len() >= MOST {
            return;
        }
        // Two readers could see different heads.
        if let Some(check) = anchor.judged.checks.first_mut().filter(|_| anchor.doubled) {
            check.outcome = Outcome::Fail(ReasonCode::DuplicateJsonKey);
        }
        let room = WATCHED.saturating_sub(self.watched.len());
        self.watched.extend(anchor.judged.watched().take(room));
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
            if told > WATCHED {
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

    /// Their own checks, where they are part of an export (brackets).
    pub(super) fn tell(self, checks: &mut Vec<Check>, warnings: &mut Vec<Finding>, keys: &mut Vec<KeySeen>) {
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
