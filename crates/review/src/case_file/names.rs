//! Every record's id and verdict, without the rest of it.

use evidence::Verdict;

use super::columns::verdict_rank;
use super::{CaseError, CaseFile};

impl CaseFile {
    /// Hands the number, id and verdict of every record to `each`, in order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn each_name(&self, mut each: impl FnMut(u64, &str, Verdict)) -> Result<(), CaseError> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT number, json_extract(body, '$.id'), verdict FROM record_body JOIN record USING(number) ORDER BY number",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id = row.get_ref(1)?.as_str().map_err(|_| CaseError::Damaged)?;
            let verdict = verdict_of(row.get(2)?).ok_or(CaseError::Damaged)?;
            each(row.get(0)?, id, verdict);
        }
        Ok(())
    }
}

fn verdict_of(rank: u8) -> Option<Verdict> {
    [
        Verdict::Failed,
        Verdict::Error,
        Verdict::Indeterminate,
        Verdict::NotEvidence,
        Verdict::Verified,
    ]
    .into_iter()
    .find(|verdict| verdict_rank(*verdict) == rank)
}
