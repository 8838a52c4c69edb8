//! What a note or decision is about, anchored by content: the same bytes are the same target, wherever they lie.

use evidence::Digest;
use serde::{Deserialize, Serialize};

use super::numbers::Numbers;

/// What a note or decision is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Target {
    /// The whole pack.
    Pack {
        /// Its name.
        #[serde(rename = "ref")]
        reference: String,
        /// Its digest.
        content_sha256: Digest,
    },
    /// One record.
    Record {
        /// The record's id.
        #[serde(rename = "ref")]
        reference: String,
        /// Its number in the report, from 1.
        number: u64,
        /// Digest of its exact bytes; `None` for one that is listed and not there.
        content_sha256: Option<Digest>,
    },
    /// Several records at once.
    Records {
        /// Their numbers in the report.
        #[serde(rename = "ref")]
        reference: Numbers,
        /// How many.
        count: u64,
        /// Digest of the lines that name them ([`Population`](super::Population)).
        content_sha256: Digest,
    },
    /// One check.
    Check {
        /// The check's id.
        #[serde(rename = "ref")]
        reference: String,
        /// What the check is about.
        subject: String,
        /// The record's number; `None` for a check of the pack.
        number: Option<u64>,
        /// Digest of the record's exact bytes, or of the pack.
        content_sha256: Option<Digest>,
    },
    /// One field of a record.
    Field {
        /// JSON pointer (RFC 6901) from the record's root.
        #[serde(rename = "ref")]
        reference: String,
        /// The record's id.
        record: String,
        /// The record's number.
        number: u64,
        /// Digest of the record's exact bytes.
        content_sha256: Option<Digest>,
    },
}

impl Target {
    /// Whether it speaks of this record, alone or among others, or of a part of it.
    #[must_use]
    pub fn concerns(&self, record: u64) -> bool {
        match self {
            Target::Pack { .. } => false,
            Target::Record { number, .. } | Target::Field { number, .. } => *number == record,
            Target::Check { number, .. } => *number == Some(record),
            Target::Records { reference, .. } => reference.contains(record),
        }
    }

    /// Whether it is this record as a whole, alone or among others.
    #[must_use]
    pub fn includes(&self, record: u64) -> bool {
        match self {
            Target::Record { number, .. } => *number == record,
            Target::Records { reference, .. } => reference.contains(record),
            Target::Pack { .. } | Target::Check { .. } | Target::Field { .. } => false,
        }
    }

    /// How many items it names.
    #[must_use]
    pub fn count(&self) -> u64 {
        match self {
            Target::Records { count, .. } => *count,
            Target::Pack { .. } | Target::Record { .. } | Target::Check { .. } | Target::Field { .. } => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Target {
        let reference: Numbers = text.parse().unwrap();
        Target::Records {
            count: reference.count(),
            reference,
            content_sha256: Digest::of(b""),
        }
    }

    #[test]
    fn a_list_concerns_its_records_alone() {
        let target = records("2-4,7");
        let concerned: Vec<u64> = (1..9).filter(|number| target.concerns(*number)).collect();
        assert_eq!(concerned, [2, 3, 4, 7]);
    }

    #[test]
    fn a_field_concerns_its_record_and_is_not_the_record() {
        let field = Target::Field {
            reference: "/snapshot/model".to_owned(),
            record: "r".to_owned(),
            number: 3,
            content_sha256: None,
        };
        assert!(field.concerns(3) && !field.includes(3));
    }

    #[test]
    fn its_file_form_has_the_documented_names() {
        let text = serde_json::to_string(&records("1-2")).unwrap();
        assert_eq!(
            text,
            format!(
                r#"{{"kind":"records","ref":"1-2","count":2,"contentSha256":"{}"}}"#,
                Digest::of(b"")
            )
        );
        assert_eq!(serde_json::from_str::<Target>(&text).unwrap(), records("1-2"));
    }

    #[test]
    fn an_unknown_member_is_refused() {
        let text = format!(
            r#"{{"kind":"pack","ref":"a","contentSha256":"{}","more":1}}"#,
            Digest::of(b"")
        );
        assert!(serde_json::from_str::<Target>(&text).is_err());
    }
}
