//! Payloads, or parts of them, without rows or without a chain.

use super::{Asked, Content};
use crate::check::{Check, CheckId, Outcome};
use crate::format::keel::payload::{Text, Trouble};
use crate::reason::ReasonCode;

impl Content {
    /// A payload that cannot be read: the envelope's result stands.
    pub(in super::super) fn unread(text: &Text<'_>, trouble: Trouble, asked: &Asked<'_>) -> Content {
        let mut content = Content::default();
        let code = trouble.code;
        content.trouble(trouble);
        content.checks = layers(text.path, asked, code, code);
        content.close(text.path, asked);
        content
    }

    /// A payload that carries no walkable chain, which is neither a pass nor a failure.
    pub(in super::super) fn without_chain(path: &str, code: ReasonCode, asked: &Asked<'_>) -> Content {
        Content {
            checks: layers(path, asked, code, ReasonCode::ClosureNotInThisShape),
            ..Content::default()
        }
    }

    /// One check per kind of trouble. Where something could not be read, no chain was walked to its end.
    pub(super) fn close_troubles(&mut self, path: &str, asked: &Asked<'_>) {
        let mut codes: Vec<ReasonCode> = Vec::new();
        for trouble in &self.troubles {
            if !codes.contains(&trouble.code) {
                codes.push(trouble.code);
            }
        }
        for code in codes {
            let of_code = || self.troubles.iter().filter(|trouble| trouble.code == code);
            let Some(first) = of_code().next() else { continue };
            let mut check = Check::new(CheckId::Container, path, first.outcome());
            for trouble in of_code().take(20) {
                check = check.detail("item", trouble.detail.clone());
            }
            check = check.detail("items", of_code().count().to_string());
            self.checks.push(check);
            if code != ReasonCode::DuplicateJsonKey {
                self.leave_chain_open(code, asked);
            }
        }
    }

    /// Why a part of the payload was not read, if any was not: what rests on all of its rows is not proven then.
    pub(super) fn not_read(&self) -> Option<ReasonCode> {
        let mut codes = self.troubles.iter().map(|trouble| trouble.code);
        codes.find(|code| *code != ReasonCode::DuplicateJsonKey)
    }

    fn leave_chain_open(&mut self, code: ReasonCode, asked: &Asked<'_>) {
        for check in &mut self.checks {
            let fails = matches!(check.outcome, Outcome::Fail(_));
            let open = check.id == CheckId::ChainLinks || (check.id == CheckId::RecordHashes && !fails);
            if open {
                check.outcome = absent(asked.chain, code);
                check.also.clear();
            }
        }
    }
}

/// The checks of layers that a payload does not have: `chain` and `closures` say why.
pub(super) fn layers(path: &str, asked: &Asked<'_>, chain: ReasonCode, closures: ReasonCode) -> Vec<Check> {
    let mut checks = chain_layer(path, asked, chain);
    checks.extend(closure_layer(path, asked, closures));
    checks
}

/// The same for the chain alone.
pub(super) fn chain_layer(path: &str, asked: &Asked<'_>, code: ReasonCode) -> Vec<Check> {
    let outcome = absent(asked.chain, code);
    [CheckId::RecordHashes, CheckId::ChainLinks]
        .into_iter()
        .map(|id| Check::new(id, path, outcome))
        .collect()
}

/// The same for closures alone.
pub(super) fn closure_layer(path: &str, asked: &Asked<'_>, code: ReasonCode) -> Vec<Check> {
    let outcome = absent(asked.closures, code);
    [CheckId::ClosureSignatures, CheckId::ClosureDigests]
        .into_iter()
        .map(|id| Check::new(id, path, outcome))
        .collect()
}

/// What was asked for and is not there is undetermined; what nobody asked for is skipped.
pub(super) fn absent(required: bool, code: ReasonCode) -> Outcome {
    if required {
        Outcome::Undetermined(code)
    } else {
        Outcome::Skipped(code)
    }
}
