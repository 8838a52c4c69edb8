//! The sentences of *What this shows* and *What this does not show*.

use std::collections::BTreeMap;

use evidence::{Statement, StatementKey};

use super::sentence::{fill, number};

/// A sentence with its values, and the same sentence for when a value is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StatementWords {
    /// With `{named}` values.
    pub(super) template: &'static str,
    /// Without values.
    pub(super) plain: &'static str,
}

const fn same(text: &'static str) -> StatementWords {
    StatementWords {
        template: text,
        plain: text,
    }
}

const fn with(template: &'static str, plain: &'static str) -> StatementWords {
    StatementWords { template, plain }
}

/// The words for a sentence.
pub(super) fn words(key: StatementKey) -> StatementWords {
    match key {
        StatementKey::RecordsUnchanged => with(
            "The sealed fields of {count} records match their recorded fingerprints.",
            "The sealed fields of the records match their recorded fingerprints.",
        ),
        StatementKey::RecordsChanged => with(
            "The content of {count} records differs from what was sealed.",
            "The content of at least one record differs from what was sealed.",
        ),
        StatementKey::SignedByConfirmedKey => with(
            "The signatures were made with {keyLabel}, a key in your key book.",
            "The signatures were made with a key in your key book.",
        ),
        StatementKey::SignatureFitsSuppliedKey => {
            same("The signatures fit a key that came with the pack. Nobody confirmed that key.")
        }
        StatementKey::ListedRecordsPresent => with(
            "All {count} listed records are present, once each.",
            "All listed records are present, once each.",
        ),
        StatementKey::EventsTrue => same("That the recorded events are true."),
        StatementKey::NothingOmittedBeforeSigning => same("That nothing was left out before signing."),
        StatementKey::SignerEntitled => same("That the signer was entitled to sign."),
        StatementKey::WhoSigned => same("Who signed."),
        StatementKey::WhoChangedWhat => same("Which part differs, or who changed it."),
        StatementKey::TimesIndependent => same("When it happened or was signed: the times are the signer's own."),
        StatementKey::UnsealedFields => same("That fields outside the seal are right. They are marked."),
        StatementKey::UnsignedCompanions => {
            same("That the list, saved results, list of keys or summary page are right: they are not signed.")
        }
        StatementKey::HashOnlyContent => {
            same("What the content is behind a record of which only a fingerprint was signed.")
        }
        StatementKey::HiddenContent => same("What the parts say that were left out or kept confidential."),
        StatementKey::StatePreimage => same("What state lies behind the fingerprint of a governed step."),
        StatementKey::ListComplete => same("That the list of records is itself complete."),
        StatementKey::TailComplete => same("That nothing came after the last number."),
        StatementKey::BytesSigned => same("The content matches the fingerprint that is stated for it."),
        StatementKey::ManifestLabels => {
            same("That labels such as date, type, count or project are right: the signature does not cover them.")
        }
        StatementKey::PayloadNotInRecordHash => {
            same("That details of an event are protected by the chain: only the export's signature covers them.")
        }
        StatementKey::FilteredOut => same("What a filter left out of the export."),
        StatementKey::NumbersContiguous => with(
            "The numbers of {org} run from {first} to {last} without a gap.",
            "The numbers of the rows run without a gap.",
        ),
    }
}

/// A sentence of *shows* or *does not show*.
#[must_use]
pub fn statement(statement: &Statement) -> String {
    let words = words(statement.key);
    let single = statement.values.get("count").is_some_and(|count| count == "1");
    match fill(words.template, &shown(&statement.values)) {
        Some(text) if single => singular(&text),
        Some(text) => text,
        None => words.plain.to_owned(),
    }
}

/// Values as people read them: counts with commas between thousands.
fn shown(values: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let with_commas = |value: &String| value.parse().map_or_else(|_| value.clone(), number);
    values
        .iter()
        .map(|(name, value)| {
            (
                name.clone(),
                if name == "count" {
                    with_commas(value)
                } else {
                    value.clone()
                },
            )
        })
        .collect()
}

/// The same sentence about one record.
fn singular(text: &str) -> String {
    text.replace(
        "of 1 records match their recorded fingerprints",
        "of 1 record match its recorded fingerprint",
    )
    .replace("content of 1 records differs", "content of 1 record differs")
    .replace(
        "All 1 listed records are present, once each.",
        "The one listed record is present, once.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_record_is_not_called_records() {
        let sentence = |key| statement(&Statement::of(key).with("count", 1));
        assert_eq!(
            sentence(StatementKey::RecordsUnchanged),
            "The sealed fields of 1 record match its recorded fingerprint."
        );
        assert_eq!(
            sentence(StatementKey::RecordsChanged),
            "The content of 1 record differs from what was sealed."
        );
        assert_eq!(
            sentence(StatementKey::ListedRecordsPresent),
            "The one listed record is present, once."
        );
    }

    #[test]
    fn thousands_of_records_are_written_with_commas() {
        assert_eq!(
            statement(&Statement::of(StatementKey::RecordsChanged).with("count", 99_996)),
            "The content of 99,996 records differs from what was sealed."
        );
    }

    #[test]
    fn a_missing_value_gives_the_sentence_without_it() {
        assert_eq!(
            statement(&Statement::of(StatementKey::SignedByConfirmedKey)),
            "The signatures were made with a key in your key book."
        );
    }
}
