//! What a log claims to cover, and who says so (`specs/invoance.md` 7.1).

use crate::json::Node;
use crate::run::Scope;

/// What an export job says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Job {
    /// The organisation, where it names one.
    pub(super) org: Option<String>,
    pub(super) scope: Scope,
}

impl Job {
    /// Reads one.
    pub(super) fn read(node: &Node<'_>) -> Job {
        let org = ["organization_id", "org_id"]
            .iter()
            .find_map(|name| node.get(name)?.as_str());
        Job {
            org: org.map(str::to_owned),
            scope: node.get("filters").map_or(Scope::Full, filters),
        }
    }
}

/// A bound of time narrows to a range of time; everything else that is set, known or not, to a selection.
fn filters(filters: &Node<'_>) -> Scope {
    if !is_set(filters) {
        return Scope::Full;
    }
    let set = || filters.members().iter().filter(|member| is_set(&member.value));
    let bounds = ["range_start", "range_end", "occurred_after", "occurred_before"];
    let names_org = ["organization_id", "org_id"];
    let is =
        |names: &[&str], member: &crate::json::Member<'_>| names.iter().any(|name| member.name.as_str() == Some(name));
    if !filters.is_object() || set().any(|member| !is(&bounds, member) && !is(&names_org, member)) {
        Scope::Filtered
    } else if set().any(|member| is(&bounds, member)) {
        Scope::TimeRange
    } else {
        Scope::Full
    }
}

/// Neither null nor empty.
fn is_set(value: &Node<'_>) -> bool {
    let empty_list = value.is_array() && value.items().is_empty();
    let empty_object = value.is_object() && value.members().is_empty();
    !(value.is_null() || value.as_str() == Some("") || empty_list || empty_object)
}

/// Who stated a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "camelCase")]
pub(super) enum StatedBy {
    /// The person who runs the check.
    Auditor,
    /// An export job beside the log: a claim.
    ExportJob,
    /// Nobody.
    Nobody,
}

/// What an organisation's rows are held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stated {
    pub(super) scope: Scope,
    pub(super) by: StatedBy,
}

/// By authority: the auditor, an export job of this organisation, nobody. Of several jobs the narrowest counts, since
/// nothing says which of them made which file.
pub(super) fn stated(auditor: Option<Scope>, jobs: &[Job], org: &str) -> Stated {
    if let Some(scope) = auditor.filter(|scope| *scope != Scope::Unknown) {
        return Stated {
            scope,
            by: StatedBy::Auditor,
        };
    }
    let mine = jobs
        .iter()
        .filter(|job| job.org.as_deref().is_none_or(|named| named == org));
    match mine.map(|job| job.scope).max_by_key(|scope| narrowness(*scope)) {
        Some(scope) => Stated {
            scope,
            by: StatedBy::ExportJob,
        },
        None => Stated {
            scope: Scope::Unknown,
            by: StatedBy::Nobody,
        },
    }
}

fn narrowness(scope: Scope) -> u8 {
    match scope {
        Scope::Unknown => 0,
        Scope::Full => 1,
        Scope::SeqRange => 2,
        Scope::TimeRange => 3,
        Scope::Filtered => 4,
    }
}

/// The report's word.
pub(super) fn word(scope: Scope) -> &'static str {
    match scope {
        Scope::Full => "full",
        Scope::TimeRange => "time_range",
        Scope::SeqRange => "seq_range",
        Scope::Filtered => "filtered",
        Scope::Unknown => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Bounds, parse};

    fn job(filters: &str) -> Job {
        let text = format!(r#"{{"organization_id":"aorg_1","format":"ndjson","filters":{filters}}}"#);
        Job::read(&parse(text.as_bytes(), &Bounds::default()).unwrap().root)
    }

    #[test]
    fn filters_say_what_an_export_covers() {
        for filters in [
            "null",
            "{}",
            r#"{"actions":null,"actor_id":"","actions":[]}"#,
            r#"{"org_id":"aorg_1"}"#,
        ] {
            assert_eq!(job(filters).scope, Scope::Full, "{filters}");
        }
        for filters in [
            r#"{"range_start":"2026-01-01T00:00:00Z"}"#,
            r#"{"occurred_before":"x","target_id":null}"#,
        ] {
            assert_eq!(job(filters).scope, Scope::TimeRange, "{filters}");
        }
        for filters in [
            r#"{"actions":"a"}"#,
            r#"{"actor_id":"u","range_end":"x"}"#,
            r#"{"target_id":["t"]}"#,
        ] {
            assert_eq!(job(filters).scope, Scope::Filtered, "{filters}");
        }
    }

    #[test]
    fn a_filter_that_nobody_knows_is_still_a_filter() {
        assert_eq!(job(r#"{"severity":"high"}"#).scope, Scope::Filtered);
        assert_eq!(job(r#""actions=a""#).scope, Scope::Filtered);
    }

    #[test]
    fn the_auditor_is_believed_before_a_job_and_a_job_only_about_its_own_organisation() {
        let jobs = [job("null")];
        let by = |auditor, org| stated(auditor, &jobs, org);
        assert_eq!(by(Some(Scope::Filtered), "aorg_1").by, StatedBy::Auditor);
        assert_eq!(by(Some(Scope::Unknown), "aorg_1").scope, Scope::Full);
        assert_eq!(by(None, "aorg_2").scope, Scope::Unknown);
    }

    #[test]
    fn of_several_jobs_the_narrowest_counts() {
        let jobs = [job(r#"{"actions":"a"}"#), job("null")];
        assert_eq!(stated(None, &jobs, "aorg_1").scope, Scope::Filtered);
    }
}
