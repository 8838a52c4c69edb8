//! The members of a zip payload (`specs/keel.md` 8).

use crate::check::{Check, CheckId, Outcome};
use crate::pack::Refusal;
use crate::reason::ReasonCode;

/// The members of a zip payload, whose structure the container already judged.
pub(in super::super) trait Members {
    /// The paths that can be used.
    fn paths(&self) -> Vec<String>;

    /// The bytes of a member.
    ///
    /// # Errors
    /// Why it is not used.
    fn bytes(&self, path: &str) -> Result<Vec<u8>, ReasonCode>;

    /// Hands over the lines of a member one by one, with their numbers from 1; blank ones are left out.
    ///
    /// # Errors
    /// Why it is not used, or why it could not be read to its end.
    fn lines(&self, path: &str, each: &mut dyn FnMut(u64, &[u8])) -> Result<(), ReasonCode>;
}

/// What the container refused of a zip payload, in the spec's words: a path that leads elsewhere, a name that is there
/// twice. One check `container`; none when nothing was refused.
pub(in super::super) fn refused(refusals: &[Refusal], subject: &str) -> Option<Check> {
    let mut reasons: Vec<ReasonCode> = Vec::new();
    for refusal in refusals {
        let code = spoken(refusal.code);
        if !reasons.contains(&code) {
            reasons.push(code);
        }
    }
    let first = refusals.first()?;
    let mut check = Check::new(CheckId::Container, subject, Outcome::Fail(spoken(first.code)));
    check.also = reasons.into_iter().skip(1).collect();
    let check = check.detail("commonCode", first.code.as_str());
    Some(check.detail("firstRefused", first.subject.as_str()))
}

/// The spec's code for what the container calls by its own.
fn spoken(code: ReasonCode) -> ReasonCode {
    if code == ReasonCode::ZipDuplicateName || code == ReasonCode::PathCollision {
        return ReasonCode::ZipDuplicateMember;
    }
    let unsafe_path = code.as_str().starts_with("PATH_") || code == ReasonCode::ZipSymlink;
    if unsafe_path { ReasonCode::ZipUnsafePath } else { code }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(code: ReasonCode) -> Refusal {
        Refusal {
            code,
            subject: "a".to_owned(),
            detail: String::new(),
        }
    }

    #[test]
    fn the_specs_code_leads_and_the_common_one_is_kept() {
        let check = refused(&[refusal(ReasonCode::PathTraversal)], "payload").expect("a check");
        assert_eq!(check.outcome, Outcome::Fail(ReasonCode::ZipUnsafePath));
        assert!(check.details.contains(&("commonCode", "PATH_TRAVERSAL".to_owned())));
        let check = refused(&[refusal(ReasonCode::ZipDuplicateName)], "payload").expect("a check");
        assert_eq!(check.outcome, Outcome::Fail(ReasonCode::ZipDuplicateMember));
        assert!(refused(&[], "payload").is_none());
    }
}
