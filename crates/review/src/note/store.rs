//! The reviewer's tables, in the case file beside the index. One act is one transaction, and it is on the disk before
//! the call returns.

use std::path::Path;
use std::time::Duration;

use evidence::Digest;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior};

use super::error::NoteError;
use super::history::Entry;

/// How long to wait for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(10);

/// Something typed and not yet said: kept so that a crash does not take it, and no part of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Where it is being typed; the caller's own word.
    pub place: String,
    /// The text so far.
    pub text: String,
    /// When it was kept (RFC 3339, UTC).
    pub at: String,
}

/// The tables, through a connection of their own.
#[derive(Debug)]
pub(super) struct Store {
    connection: Connection,
}

impl Store {
    /// Opens them for writing; the case file must be there.
    pub(super) fn open(path: &Path) -> Result<Store, NoteError> {
        let store = Store::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        // FULL, and the folder as well once the journal is gone: an act that was confirmed survives a power cut.
        store.connection.pragma_update(None, "synchronous", "EXTRA")?;
        store.connection.pragma_update(None, "journal_mode", "DELETE")?;
        Ok(store)
    }

    /// Opens them for reading alone.
    pub(super) fn read_only(path: &Path) -> Result<Store, NoteError> {
        Store::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
    }

    /// The file may be somebody else's: nothing in it is run.
    fn connect(path: &Path, how: OpenFlags) -> Result<Store, NoteError> {
        let connection = Connection::open_with_flags(path, how | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.busy_timeout(PATIENCE)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
        Ok(Store { connection })
    }

    /// The digest of the pack that the file's index is about.
    pub(super) fn pack(&self) -> Result<Option<String>, NoteError> {
        let found = self
            .connection
            .query_row("SELECT sha256 FROM pack", [], |row| row.get(0))
            .optional()?;
        Ok(found.flatten())
    }

    /// The history.
    pub(super) fn entries(&self) -> Result<Vec<Entry>, NoteError> {
        let texts = self.texts()?;
        let entries = texts.iter().map(|text| serde_json::from_str(text));
        entries.collect::<Result<_, _>>().map_err(|_| NoteError::Damaged)
    }

    /// The text of each entry as it lies there.
    pub(super) fn texts(&self) -> Result<Vec<String>, NoteError> {
        if !self.has_tables()? {
            return Ok(Vec::new());
        }
        let mut statement = self
            .connection
            .prepare_cached("SELECT entry FROM review_history ORDER BY seq")?;
        let texts = statement.query_map([], |row| row.get(0))?;
        Ok(texts.collect::<Result<_, _>>()?)
    }

    /// A file of an older program has none before its index is made again.
    fn has_tables(&self) -> Result<bool, NoteError> {
        let found: Option<i64> = self
            .connection
            .query_row(
                "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'review_history'",
                [],
                |row| row.get(0),
            )
            .optional()?;
        Ok(found.is_some())
    }

    /// Keeps entries that follow `last`, and lets go of the draft they came from, all or nothing.
    pub(super) fn append(
        &mut self,
        last: Option<&Entry>,
        entries: &[&Entry],
        draft: Option<&str>,
    ) -> Result<(), NoteError> {
        // The lock is taken first: nobody writes between the look and the change.
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let there: Option<(u64, String)> = transaction
            .query_row(
                "SELECT seq, entry FROM review_history ORDER BY seq DESC LIMIT 1",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        if there != last.map(|last| (last.seq, last.to_text())) {
            return Err(NoteError::ChangedElsewhere);
        }
        for entry in entries {
            transaction
                .prepare_cached("INSERT INTO review_history(seq, entry) VALUES (?1, ?2)")?
                .execute((entry.seq, entry.to_text()))?;
        }
        if let Some(place) = draft {
            transaction.execute("DELETE FROM review_draft WHERE place = ?1", [place])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Keeps what is being typed; empty text lets go of it.
    pub(super) fn keep_draft(&mut self, draft: &Draft) -> Result<(), NoteError> {
        if draft.text.is_empty() {
            self.connection
                .execute("DELETE FROM review_draft WHERE place = ?1", [&draft.place])?;
        } else {
            self.connection.execute(
                "INSERT INTO review_draft(place, text, at) VALUES (?1, ?2, ?3)
                 ON CONFLICT(place) DO UPDATE SET text = excluded.text, at = excluded.at",
                (&draft.place, &draft.text, &draft.at),
            )?;
        }
        Ok(())
    }

    /// What was being typed, by place.
    pub(super) fn drafts(&self) -> Result<Vec<Draft>, NoteError> {
        if !self.has_tables()? {
            return Ok(Vec::new());
        }
        let mut statement = self
            .connection
            .prepare_cached("SELECT place, text, at FROM review_draft ORDER BY place")?;
        let drafts = statement.query_map([], |row| {
            Ok(Draft {
                place: row.get(0)?,
                text: row.get(1)?,
                at: row.get(2)?,
            })
        })?;
        Ok(drafts.collect::<Result<_, _>>()?)
    }
}

/// The digest of the pack that a history is about, for whoever is about to make the index anew.
pub(crate) fn history_pack(connection: &Connection) -> Option<Digest> {
    let text: String = connection
        .query_row("SELECT entry FROM review_history WHERE seq = 1", [], |row| row.get(0))
        .ok()?;
    let entry: Entry = serde_json::from_str(&text).ok()?;
    entry.action.began_for().map(|pack| pack.sha256)
}
