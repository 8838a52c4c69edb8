//! Which records an export is about: the scopes that the seeds name, which may be combined.

use evidence::Record;
use jiff::Timestamp;

use super::project_csv::field;

/// A record is chosen when it fits every scope that is given; with none given every record is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Execution ids; any of them fits.
    pub records: Vec<String>,
    /// Certificate hashes, with or without `sha256:`, in any case; any of them fits.
    pub hashes: Vec<String>,
    /// The project as stated.
    pub project: Option<String>,
    /// The app as stated.
    pub app: Option<String>,
    /// The surface as stated.
    pub surface: Option<String>,
    /// Created at this time or later.
    pub from: Option<Timestamp>,
    /// Created before this time or at it.
    pub to: Option<Timestamp>,
}

impl Selection {
    /// Whether the record is chosen.
    #[must_use]
    pub fn holds(&self, record: &Record) -> bool {
        self.named(record)
            && fits(self.project.as_deref(), field(record, "project"))
            && fits(self.app.as_deref(), field(record, "app"))
            && fits(self.surface.as_deref(), field(record, "surface"))
            && self.in_time(record)
    }

    /// The scopes in words, as they stand in what is handed over: `project alpha, created from …`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let mut scopes = Vec::new();
        scopes.extend(self.records.iter().map(|id| format!("record {id}")));
        scopes.extend(self.hashes.iter().map(|hash| format!("hash {hash}")));
        let mut stated = |name: &str, value: &Option<String>| {
            scopes.extend(value.as_ref().map(|value| format!("{name} {value}")));
        };
        stated("project", &self.project);
        stated("app", &self.app);
        stated("surface", &self.surface);
        stated("created from", &self.from.map(|time| time.to_string()));
        stated("created until", &self.to.map(|time| time.to_string()));
        if scopes.is_empty() {
            "every record".to_owned()
        } else {
            scopes.join(", ")
        }
    }

    fn named(&self, record: &Record) -> bool {
        if self.records.is_empty() && self.hashes.is_empty() {
            return true;
        }
        let name = field(record, "executionId").unwrap_or(&record.id);
        let hash = bare(field(record, "certificateHash").unwrap_or(&record.id));
        self.records.iter().any(|wanted| wanted == name) || self.hashes.iter().any(|wanted| bare(wanted) == hash)
    }

    /// A record without a readable time fits no span of time.
    fn in_time(&self, record: &Record) -> bool {
        if self.from.is_none() && self.to.is_none() {
            return true;
        }
        field(record, "createdAt")
            .or(field(record, "executionTimestamp"))
            .and_then(|text| text.parse::<Timestamp>().ok())
            .is_some_and(|time| self.from.is_none_or(|from| time >= from) && self.to.is_none_or(|to| time <= to))
    }
}

fn fits(wanted: Option<&str>, stated: Option<&str>) -> bool {
    wanted.is_none() || wanted == stated
}

fn bare(hash: &str) -> String {
    let hash = hash.trim().to_ascii_lowercase();
    hash.strip_prefix("sha256:").map_or(hash.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn chosen(selection: &Selection) -> Vec<usize> {
        let records = fixture::records();
        let holds = |number: &usize| records.get(number - 1).is_some_and(|record| selection.holds(record));
        (1..=records.len()).filter(holds).collect()
    }

    #[test]
    fn no_scope_chooses_everything() {
        assert_eq!(chosen(&Selection::default()), [1, 2, 3]);
    }

    #[test]
    fn names_and_hashes_add_up() {
        let second = fixture::records().remove(1);
        let selection = Selection {
            records: vec!["exec-1".to_owned()],
            hashes: vec![second.id.to_uppercase().replace("SHA256:", "")],
            ..Selection::default()
        };
        assert_eq!(chosen(&selection), [1, 2]);
    }

    #[test]
    fn scopes_narrow_each_other() {
        let selection = Selection {
            from: "2026-09-17T11:00:02Z".parse().ok(),
            to: "2026-09-17T11:00:02.500Z".parse().ok(),
            surface: Some("ai".to_owned()),
            ..Selection::default()
        };
        assert_eq!(chosen(&selection), [2]);
    }

    #[test]
    fn a_project_that_no_record_names_chooses_none() {
        let selection = Selection {
            project: Some("x".to_owned()),
            ..Selection::default()
        };
        assert_eq!(chosen(&selection), [0_usize; 0]);
    }
}
