//! The service's answers about rows that stand among the rows of a large log, where the first pass did not look.

use std::collections::HashMap;

use super::remarks::Remarks;
use super::statement;
use super::surveyed::is_ambiguous;
use crate::container::Limits;
use crate::digest::Digest;
use crate::json::Parsed;
use crate::pack::Refusal;
use crate::reason::ReasonCode;

/// Rows of large logs whose results are kept within the documented limits, 8 bytes each.
const ROWS: usize = 16_000_000;

/// Rows and answers in the order of their lines: an answer may stand before its row or after it.
#[derive(Debug)]
pub(super) struct LateAnswers {
    /// Of each row the beginning of its id's digest, with its result in the last bit.
    rows: Vec<u64>,
    rows_kept: usize,
    answers: HashMap<u64, Answer>,
    answers_kept: usize,
    /// Rows that are not in `rows`.
    rows_left_out: bool,
    /// Path of the first answer that is not in `answers`.
    answer_left_out: Option<String>,
}

/// What the service said about a row.
#[derive(Debug)]
struct Answer {
    id: String,
    path: String,
    valid: bool,
    invalid: bool,
}

impl LateAnswers {
    /// Nothing noted yet.
    pub(super) fn new(within: &Limits) -> LateAnswers {
        LateAnswers {
            rows: Vec::new(),
            rows_kept: within.with_records(ROWS),
            answers: HashMap::new(),
            answers_kept: within.record_count(),
            rows_left_out: false,
            answer_left_out: None,
        }
    }

    /// Notes what a row of a large log came to.
    pub(super) fn row(&mut self, id: &str, valid: bool) {
        if self.rows.len() < self.rows_kept {
            self.rows.push(short(id) | u64::from(valid));
        } else {
            self.rows_left_out = true;
        }
    }

    /// Takes an answer; one with a repeated member means different things to different readers and is not used.
    pub(super) fn answer(&mut self, path: &str, parsed: &Parsed<'_>, remarks: &mut Remarks) {
        if is_ambiguous(parsed) {
            let left_out = || "a saved answer among the rows was not used".to_owned();
            remarks.add(path, ReasonCode::DuplicateKeyInWrapper, left_out);
            return;
        }
        let Some((id, valid)) = statement::verify_response(&parsed.root) else {
            return;
        };
        let key = short(&id);
        if self.answers.len() >= self.answers_kept && !self.answers.contains_key(&key) {
            self.answer_left_out.get_or_insert_with(|| path.to_owned());
            return;
        }
        let answer = self.answers.entry(key).or_insert_with(|| Answer {
            id,
            path: path.to_owned(),
            valid: false,
            invalid: false,
        });
        answer.valid |= valid;
        answer.invalid |= !valid;
    }

    /// Says where the service said something else than was found.
    pub(super) fn compare(&self, remarks: &mut Remarks) {
        if self.answers.is_empty() {
            return;
        }
        for row in &self.rows {
            let (key, valid) = (row & !1, row & 1 == 1);
            let Some(answer) = self.answers.get(&key) else { continue };
            let said = match (valid, answer) {
                (true, Answer { invalid: true, .. }) => "not valid",
                (false, Answer { valid: true, .. }) => "valid",
                _ => continue,
            };
            let at = || format!("{}, the saved answer says {said}", answer.id);
            remarks.add(&answer.path, ReasonCode::ServerVerdictDisagrees, at);
        }
    }

    /// What was not compared.
    pub(super) fn left_out(&self) -> impl Iterator<Item = Refusal> {
        let refusal = |most: usize, path: &str, detail: &str| Refusal {
            limit: u64::try_from(most).ok(),
            ..Refusal::new(ReasonCode::LimitRecordCount, path, detail)
        };
        let compared = self.answers.values().next().filter(|_| self.rows_left_out);
        let rows = compared.map(|answer| {
            let detail = "saved answers among the rows were compared with the first rows alone";
            refusal(self.rows_kept, &answer.path, detail)
        });
        let answers = self.answer_left_out.as_deref().map(|path| {
            let detail = "further saved answers among the rows were not used";
            refusal(self.answers_kept, path, detail)
        });
        rows.into_iter().chain(answers)
    }
}

/// The beginning of an id's digest, without its last bit.
fn short(id: &str) -> u64 {
    let digest = Digest::of(id.as_bytes());
    let first = digest.as_bytes().first_chunk().copied().unwrap_or_default();
    u64::from_be_bytes(first) & !1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remarks(rows: &[(&str, bool)], answers: &[&str]) -> Vec<(ReasonCode, String)> {
        let (mut late, mut remarks) = (LateAnswers::new(&Limits::default()), Remarks::default());
        for (id, valid) in rows {
            late.row(id, *valid);
        }
        for text in answers {
            let parsed = crate::json::parse(text.as_bytes(), &crate::json::Bounds::default()).unwrap();
            late.answer("a.ndjson", &parsed, &mut remarks);
        }
        late.compare(&mut remarks);
        let findings = remarks.into_findings();
        findings.into_iter().map(|found| (found.code, found.detail)).collect()
    }

    #[test]
    fn an_answer_is_held_against_a_row_wherever_it_stands() {
        let rows = [("a", true), ("b", false), ("c", true)];
        assert_eq!(
            remarks(&rows, &[r#"{"id":"a","valid":false}"#]),
            [(
                ReasonCode::ServerVerdictDisagrees,
                "a, the saved answer says not valid".to_owned()
            )]
        );
        assert_eq!(
            remarks(&rows, &[r#"{"id":"b","valid":true}"#]),
            [(
                ReasonCode::ServerVerdictDisagrees,
                "b, the saved answer says valid".to_owned()
            )]
        );
    }

    #[test]
    fn an_answer_that_agrees_or_is_about_another_row_is_no_remark() {
        let answers = [r#"{"id":"a","valid":true}"#, r#"{"id":"z","valid":false}"#];
        assert_eq!(remarks(&[("a", true)], &answers), []);
    }

    #[test]
    fn an_answer_that_two_readers_could_read_differently_is_not_used() {
        let found = remarks(&[("a", true)], &[r#"{"id":"a","valid":true,"valid":false}"#]);
        assert_eq!(found[0].0, ReasonCode::DuplicateKeyInWrapper);
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn what_was_not_compared_is_told() {
        let few = Limits {
            records: 1,
            ..Limits::default()
        };
        let mut late = LateAnswers::new(&few);
        for text in [r#"{"id":"a","valid":true}"#, r#"{"id":"b","valid":true}"#] {
            let parsed = crate::json::parse(text.as_bytes(), &crate::json::Bounds::default()).unwrap();
            assert_eq!(late.left_out().count(), 0);
            late.answer("a.ndjson", &parsed, &mut Remarks::default());
        }
        let told = |late: &LateAnswers| {
            let told = late.left_out();
            told.map(|told| (told.code, told.limit)).collect::<Vec<_>>()
        };
        assert_eq!(told(&late), [(ReasonCode::LimitRecordCount, Some(1))]);
        late.rows_kept = 1;
        late.row("a", true);
        late.row("b", true);
        assert_eq!(told(&late).len(), 2);
    }
}
