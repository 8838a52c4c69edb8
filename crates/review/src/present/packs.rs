//! What is said of records before they are handed over, and after.

use evidence::{Ecosystem, Report};

use super::exports::base_name;
use super::text::visible;
use crate::pack::Packed;
use crate::view::{HandOverView, RecordQuery};
use crate::words;
use crate::words::sentence::{count, number};

/// What would be written of these records of a pack; `record` is the only one, where it is about one.
#[must_use]
pub fn pack_offer(report: &Report, chosen: u64, record: Option<u64>) -> HandOverView {
    let total = report.counts.records;
    let ecosystems: Vec<Ecosystem> = report.parts.iter().filter_map(|part| part.native.ecosystem).collect();
    let base = base_name(&report.input.name);
    let keel_alone = !ecosystems.is_empty() && ecosystems.iter().all(|one| *one == Ecosystem::Keel);
    HandOverView {
        title: match record {
            Some(number_of) => format!("Save record {} as a pack", number(number_of)),
            None => "Save these records as a pack".to_owned(),
        },
        about: about(&ecosystems),
        size: format!("{} of {}", number(chosen), count(total, "record", "records")),
        file_name: match record {
            Some(number_of) => format!("{base}-record-{number_of}.zip"),
            None if chosen == total => format!("{base}-handed-over.zip"),
            None => format!("{base}-selection.zip"),
        },
        unavailable: if chosen == 0 {
            "No record is chosen.".to_owned()
        } else if keel_alone && chosen < total {
            "One signature covers a Keel export as a whole, so it can be handed over whole or not at all. Clear the \
             filters to save all of it."
                .to_owned()
        } else {
            String::new()
        },
    }
}

fn about(ecosystems: &[Ecosystem]) -> Vec<String> {
    let of = |ecosystem| ecosystems.contains(&ecosystem);
    let mut about = Vec::new();
    if of(Ecosystem::NexArt) {
        about.push(
            "Each NexArt record byte for byte, with the receipts and key sets that came, a list, the result of this \
             check, and a page to read.",
        );
    }
    if of(Ecosystem::Invoance) {
        about.push(
            "Each row of an Invoance log byte for byte, as a line of a log, with the key documents that came. A \
             selection says of itself that it is filtered.",
        );
    }
    if of(Ecosystem::Keel) {
        about.push("A Keel export with all of its files as they came: whole or not at all.");
    }
    about.push("What is left out is listed with its SHA-256. Before the pack is kept it is checked again.");
    about.into_iter().map(str::to_owned).collect()
}

/// What would be written of one record's exact bytes.
#[must_use]
pub fn exact_offer(report: &Report, record: u64, file_name: String) -> HandOverView {
    HandOverView {
        title: format!("Save the exact bytes of record {}", number(record)),
        about: vec![
            "The record as it stands in the pack: nothing added, nothing around it. Its SHA-256 can be compared with \
             anybody\u{2019}s copy."
                .to_owned(),
        ],
        size: format!("1 of {}", count(report.counts.records, "record", "records")),
        file_name,
        unavailable: String::new(),
    }
}

/// "1 record written of 48 in the pack."
#[must_use]
pub fn exact_sentence(report: &Report) -> String {
    format!("1 record written of {} in the pack.", number(report.counts.records))
}

/// "2 records written of 48 in the pack. Checked again by itself, the new pack comes to: Cannot be decided yet."
#[must_use]
pub fn packed_sentence(packed: &Packed) -> String {
    let along = match packed.along {
        0 => String::new(),
        one @ 1 => format!(" {one} of them was not chosen: it shares a document with one that was."),
        several => format!(" {several} of them were not chosen: they share a document with one that was."),
    };
    format!(
        "{} written of {} in the pack.{along} Checked again by itself, the new pack comes to: {}.",
        count(packed.records, "record", "records"),
        number(packed.of),
        words::verdict(packed.verdict)
    )
}

/// What the rows of the table were chosen by, in words; `values` says what a filter stands for.
#[must_use]
pub fn query_in_words(query: &RecordQuery, values: impl Fn(&str, u32) -> Option<String>) -> String {
    let mut chosen = Vec::new();
    if !query.search.trim().is_empty() {
        chosen.push(format!("search {}", query.search.trim()));
    }
    if let Some(verdict) = query.verdict {
        let word = serde_json::to_value(verdict).ok();
        chosen.extend(word.and_then(|word| Some(format!("verdict {}", word.as_str()?))));
    }
    for filter in &query.filters {
        chosen.push(match values(&filter.column, filter.value) {
            Some(value) => format!("{} {value}", filter.column),
            None => filter.column.clone(),
        });
    }
    if chosen.is_empty() {
        "every record".to_owned()
    } else {
        visible(&chosen.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::view::{RecordFilter, VerdictView};

    #[test]
    fn a_selection_of_a_keel_export_is_refused_before_anybody_chooses_where() {
        let mut report = fixture::report();
        let offer = |report: &Report, chosen| pack_offer(report, chosen, None).unavailable;
        assert_eq!(offer(&report, 1), "");
        report.parts[0].native.ecosystem = Some(Ecosystem::Keel);
        assert!(offer(&report, 1).contains("whole or not at all"));
        assert_eq!(offer(&report, report.counts.records), "");
        assert_eq!(offer(&report, 0), "No record is chosen.");
    }

    #[test]
    fn what_rows_were_chosen_by_is_said_in_words() {
        let query = RecordQuery {
            request: 0,
            start: 0,
            count: 0,
            search: " refund ".to_owned(),
            verdict: Some(VerdictView::Failed),
            filters: vec![RecordFilter {
                column: "action".to_owned(),
                value: 3,
            }],
            sort: String::new(),
            descending: false,
        };
        let words = query_in_words(&query, |_, value| (value == 3).then(|| "user.login".to_owned()));
        assert_eq!(words, "search refund, verdict failed, action user.login");
    }

    #[test]
    fn the_sentence_counts_and_says_what_the_new_pack_comes_to() {
        let packed = Packed {
            path: "a.zip".into(),
            bytes: 1,
            sha256: evidence::Digest::of(b""),
            records: 2,
            of: 48,
            along: 1,
            verdict: evidence::Verdict::Failed,
        };
        let sentence = packed_sentence(&packed);
        assert!(
            sentence.starts_with("2 records written of 48 in the pack. 1 of them was not chosen"),
            "{sentence}"
        );
        assert!(sentence.ends_with("comes to: Problem found."), "{sentence}");
    }
}
