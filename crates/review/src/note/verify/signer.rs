//! Who signed off, as far as a key shows it.

use evidence::PublicKey;
use jiff::Timestamp;

use super::{NoteOutcome, NoteReason, NoteTrust, Signer};
use crate::keybook_file::ReviewerEntry;
use crate::note::dsse;
use crate::note::review::PackRef;
use crate::note::signoff::SignOff;

/// The signer, with what the key book knows of the key.
pub(super) fn of(signoff: &SignOff, trust: &NoteTrust) -> Signer {
    let key = signoff.signature.as_ref().map(|signature| &signature.public_key);
    Signer {
        role: signoff.role.as_str().to_owned(),
        name: signoff.name.clone(),
        at: signoff.at.clone(),
        fingerprint: key.map(|key| key.fingerprint().to_hex()),
        confirmed: key.and_then(|key| confirmed(key, trust)),
    }
}

fn confirmed(key: &PublicKey, trust: &NoteTrust) -> Option<String> {
    if let Some(entry) = entry_of(key, trust) {
        return Some(format!(
            "key of {}, confirmed by {} ({})",
            entry.name, entry.confirmed_by, entry.confirmed_how
        ));
    }
    trust.bare.contains(key).then(|| "key given for this run".to_owned())
}

fn entry_of<'t>(key: &PublicKey, trust: &'t NoteTrust) -> Option<&'t ReviewerEntry> {
    trust.reviewers.iter().find(|entry| entry.public_key == *key)
}

/// Whether the signature fits, and whose it is.
pub(super) fn outcome(pack: &PackRef, signoff: &SignOff, trust: &NoteTrust) -> NoteOutcome {
    let Some(signature) = &signoff.signature else {
        return NoteOutcome::Undetermined(NoteReason::NoteNotSigned);
    };
    let statement = dsse::statement(pack, signoff);
    let fits = signature.envelope.verify(&statement, &signature.public_key);
    if signature.alg != "Ed25519" || fits.is_err() {
        return NoteOutcome::Fail(NoteReason::NoteSignatureInvalid);
    }
    match entry_of(&signature.public_key, trust) {
        Some(entry) => at_that_time(entry, &signoff.at),
        None if trust.bare.contains(&signature.public_key) => NoteOutcome::Pass,
        None => NoteOutcome::Undetermined(NoteReason::KeyNotConfirmed),
    }
}

/// A revoked key has no value from its revocation on; the time of a sign-off is the signer's own, so a revoked key that
/// claims an earlier time is no better.
fn at_that_time(entry: &ReviewerEntry, at: &str) -> NoteOutcome {
    if entry.revoked_at.is_some() {
        return NoteOutcome::Fail(NoteReason::NoteKeyRevoked);
    }
    let time = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Timestamp>().ok());
    let Ok(at) = at.parse::<Timestamp>() else {
        return NoteOutcome::Fail(NoteReason::NoteKeyOutsideWindow);
    };
    let early = time(&entry.valid_from).is_some_and(|from| at < from);
    let late = time(&entry.valid_to).is_some_and(|to| at > to);
    if early || late {
        return NoteOutcome::Fail(NoteReason::NoteKeyOutsideWindow);
    }
    NoteOutcome::Pass
}
