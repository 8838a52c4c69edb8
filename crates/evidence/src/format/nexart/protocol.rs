//! The protocol version of a record, and the profile that follows (`specs/nexart.md` 3.2, 3.3).

use super::record_type::RecordType;
use super::subject::Subject;
use crate::reason::ReasonCode;

/// Assumed where a record names none.
const DEFAULT: &str = "1.2.0";

/// Whether this version can read the record; a note where the protocol version had to be assumed.
///
/// # Errors
/// `SCHEMA_VERSION_UNSUPPORTED`: an unknown version fails closed.
pub(super) fn supported(subject: &Subject<'_, '_>) -> Result<Option<ReasonCode>, ReasonCode> {
    match subject.record_type() {
        Some(RecordType::GovernedStep | RecordType::GovernedRun | RecordType::Project) | None => Ok(None),
        Some(RecordType::HashOnly) => stated(subject).map(|_| None),
        Some(RecordType::Ai | RecordType::Code) => Ok(match stated(subject)? {
            Some(_) => None,
            None => Some(ReasonCode::ProtocolVersionDefaulted),
        }),
    }
}

/// `snapshot.protocolVersion`; none when it is absent, null or empty.
fn stated<'n>(subject: &Subject<'n, '_>) -> Result<Option<&'n str>, ReasonCode> {
    let version = subject.cer.pointer("/snapshot/protocolVersion");
    let Some(version) = version.filter(|version| !version.is_null()) else {
        return Ok(None);
    };
    match version.as_str() {
        Some("") => Ok(None),
        Some(known @ (DEFAULT | "1.3.0" | "1.3.1")) => Ok(Some(known)),
        Some(_) | None => Err(ReasonCode::SchemaVersionUnsupported),
    }
}

/// The version that receipts must repeat (3.3); none for records without a snapshot.
pub(super) fn in_force<'n>(subject: &Subject<'n, '_>) -> Option<&'n str> {
    match subject.record_type()? {
        RecordType::Ai | RecordType::Code => Some(stated(subject).ok()?.unwrap_or(DEFAULT)),
        RecordType::GovernedStep | RecordType::GovernedRun | RecordType::Project | RecordType::HashOnly => None,
    }
}

/// The canonicalization profile, by name: shown to the reviewer, no difference in bytes (3.2).
pub(super) fn profile(subject: &Subject<'_, '_>) -> &'static str {
    match subject.record_type() {
        Some(RecordType::GovernedStep | RecordType::GovernedRun) => "jcs-v1",
        _ => match subject.at("/snapshot/protocolVersion") {
            Some("1.3.0" | "1.3.1") => "jcs-v1",
            _ => "nexart-v1",
        },
    }
}
