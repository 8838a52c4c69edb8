//! What a note begins with: proposals made from the report, for the reviewer to strike or change.

use evidence::{Outcome, Report, Verdict};

use super::review::{Conclusion, Exception, Reliance, Severity};
use crate::present::CheckGroup;
use crate::words;
use crate::words::sentence::number;

/// One exception per kind of failed check, with what else could explain it.
#[must_use]
pub fn exceptions(groups: &[CheckGroup]) -> Vec<Exception> {
    let failed = groups.iter().filter(|group| matches!(group.outcome, Outcome::Fail(_)));
    failed.filter_map(exception).collect()
}

fn exception(group: &CheckGroup) -> Option<Exception> {
    let reason = group.outcome.reason()?;
    let words = words::reason(reason);
    let items = match (&group.first, group.count) {
        (Some(first), 1) => first.label.clone(),
        (Some(first), count) => format!("{} items, {} for one", number(count), first.label),
        (None, count) => format!("{} items", number(count)),
    };
    Some(Exception {
        id: String::new(),
        severity: Severity::NotAssessed,
        description: format!("{items}: {}", words.plain),
        cause: String::new(),
        effect: words.means.to_owned(),
        alternative_explanations: words.causes.into_iter().flatten().map(sentence).collect(),
        follow_up: words.next.to_owned(),
        owner: String::new(),
        due: String::new(),
        check: Some(group.id.as_str().to_owned()),
        reason_code: Some(reason.as_str().to_owned()),
        count: Some(group.count),
    })
}

/// A cause as a sentence of its own.
fn sentence(cause: &str) -> String {
    let mut letters = cause.chars();
    match letters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
        None => String::new(),
    }
}

/// A conclusion to begin with: no words yet, the limits from what the result does not show, and no more reliance than it
/// allows.
#[must_use]
pub fn conclusion(report: &Report) -> Conclusion {
    let mut limits: Vec<String> = Vec::new();
    for statement in report.parts.iter().flat_map(|part| &part.does_not_prove) {
        let limit = words::statement(statement);
        if !limits.contains(&limit) {
            limits.push(limit);
        }
    }
    Conclusion {
        text: String::new(),
        reliance: match report.verdict {
            Verdict::Verified if limits.is_empty() => Reliance::MayRely,
            Verdict::Verified => Reliance::MayRelyWithLimits,
            Verdict::Failed => Reliance::DoNotRely,
            Verdict::Indeterminate | Verdict::NotEvidence | Verdict::Error => Reliance::NoConclusion,
        },
        limits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case_file::CaseFile;
    use crate::fixture;
    use evidence::Recorder;

    fn groups() -> Vec<CheckGroup> {
        let report = fixture::report();
        let mut case = CaseFile::temporary(&report.input).unwrap();
        let mut writer = case.writer().unwrap();
        for record in fixture::records() {
            writer.record(record).unwrap();
        }
        writer.finish(&report).unwrap();
        case.check_groups().unwrap()
    }

    #[test]
    fn each_kind_of_failed_check_is_an_exception_with_its_innocent_cause() {
        let proposed = exceptions(&groups());
        assert_eq!(proposed.len(), 1);
        assert_eq!(proposed[0].reason_code.as_deref(), Some("BUNDLE_HASH_MISMATCH"));
        assert_eq!(
            proposed[0].alternative_explanations,
            [
                "The file was saved again by another program.",
                "The content was edited."
            ]
        );
        assert_eq!(proposed[0].severity, Severity::NotAssessed);
        assert!(
            proposed[0]
                .description
                .ends_with("does not match the recorded fingerprint.")
        );
    }

    #[test]
    fn limits_come_from_what_the_result_does_not_show_and_words_from_nobody() {
        let proposed = conclusion(&fixture::report());
        assert_eq!(proposed.text, "");
        assert_eq!(proposed.reliance, Reliance::DoNotRely);
        assert_eq!(proposed.limits, ["That the recorded events are true."]);
    }

    #[test]
    fn a_verified_pack_is_relied_on_within_its_limits() {
        let mut report = fixture::report();
        report.verdict = Verdict::Verified;
        assert_eq!(conclusion(&report).reliance, Reliance::MayRelyWithLimits);
        report.parts.clear();
        assert_eq!(conclusion(&report).reliance, Reliance::MayRely);
    }
}
