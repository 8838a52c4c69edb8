//! Signing off, in *My review*.

use evidence::Report;
use strum::IntoEnumIterator;

use crate::note::key::SHORTEST;
use crate::note::{Review, Role, SignOff, Status, Superseded};
use crate::present::{short_hex, time_to_the_second, visible};
use crate::view::{RoleRow, SignedRow, SigningSection, VersionRow};
use crate::words;
use crate::words::sentence::{first_lower, first_upper};

use super::file_name::note_file_name;

/// Who signed off, and who comes next.
pub(super) fn section(review: &Review, report: &Report, writable: bool) -> SigningSection {
    let missing = missing(review, report, writable);
    SigningSection {
        roles: Role::iter().map(|role| row(review, role, missing)).collect(),
        confirm: words::SIGNING.to_owned(),
        missing: missing.to_owned(),
        reopen: writable && review.status != Status::Draft,
        file_name: note_file_name(&report.input.name),
        passphrase: u32::try_from(SHORTEST).unwrap_or(u32::MAX),
    }
}

/// Why nobody can sign now; empty otherwise.
fn missing(review: &Review, report: &Report, writable: bool) -> &'static str {
    if !writable {
        "The note cannot be written here."
    } else if report.input.sha256.is_none() {
        "The pack has no fingerprint, because not every byte could be read. There is nothing a signature could name."
    } else if review.status == Status::Draft && review.conclusion.is_none() {
        "State the conclusion first."
    } else {
        ""
    }
}

fn row(review: &Review, role: Role, missing: &str) -> RoleRow {
    let signed = review.signoffs.iter().find(|signoff| signoff.role == role);
    let turn = signed.is_none() && review.status == role.signs_in();
    RoleRow {
        role,
        label: first_upper(words::note::role(role)),
        done: words::signed_as(role).to_owned(),
        statement: words::statement_of(role).to_owned(),
        signed: signed.map(signed_row),
        turn: turn && missing.is_empty(),
        waits: match (signed, turn, role) {
            (Some(_), ..) => "",
            (None, true, _) => missing,
            (None, false, Role::Preparer) => "once the note is open again",
            (None, false, Role::Reviewer) => "after the preparer has signed",
            (None, false, Role::Approver) => "after the reviewer has signed",
        }
        .to_owned(),
    }
}

fn signed_row(signoff: &SignOff) -> SignedRow {
    SignedRow {
        name: visible(&signoff.name),
        title: visible(&signoff.title),
        at: time_to_the_second(&signoff.at),
        how: match &signoff.signature {
            None => "typed name".to_owned(),
            Some(_) => "signed with a key".to_owned(),
        },
        fingerprint: signoff
            .signature
            .as_ref()
            .map(|signature| signature.public_key.fingerprint().to_hex()),
        statement: visible(&signoff.statement),
    }
}

/// How far it is, for the outline.
pub(super) fn state(review: &Review) -> String {
    match review.status {
        Status::Draft => String::new(),
        Status::Prepared | Status::Reviewed | Status::Released => first_lower(words::note::status(review.status).word),
    }
}

/// Earlier versions, newest first.
pub(super) fn versions(review: &Review) -> Vec<VersionRow> {
    review.versions.iter().rev().map(version).collect()
}

fn version(version: &Superseded) -> VersionRow {
    VersionRow {
        title: format!(
            "Version {}, {}, superseded",
            version.version,
            first_lower(words::note::status(version.status).word)
        ),
        opened: format!(
            "Opened again by {}, {}",
            visible(&version.author),
            time_to_the_second(&version.at)
        ),
        reason: visible(&version.reason),
        signed: version.signoffs.iter().map(signed_line).collect(),
        last_entry: format!(
            "Its history ends with entry {}, {}",
            version.last_seq,
            short_hex(&version.last_sha256.to_hex())
        ),
    }
}

fn signed_line(signoff: &SignOff) -> String {
    let row = signed_row(signoff);
    format!(
        "{} by {}, {}, {}",
        words::signed_as(signoff.role),
        row.name,
        row.at,
        row.how
    )
}
