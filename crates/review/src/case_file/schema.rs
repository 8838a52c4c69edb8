//! The tables, and what the file's header says of them.

use std::path::Path;

use evidence::Input;
use rusqlite::{Connection, ErrorCode};

use super::CaseError;

/// `SEAL` in the file's header: what a file manager recognises a case file by.
const APPLICATION_ID: i64 = 0x5345_414C;

/// Version of the tables; a higher one is a newer program's.
const VERSION: i64 = 4;

/// The tables of the index. What stands in columns of their own, searched text and bodies lie apart, so that each
/// question reads little.
///
/// A row of `subject` is a run: that many checks of a group, at consecutive positions, of consecutive records.
const TABLES: &str = "
CREATE TABLE record(
  number INTEGER PRIMARY KEY,
  verdict INTEGER NOT NULL,
  time INTEGER,
  scope TEXT NOT NULL,
  seq INTEGER,
  action TEXT NOT NULL,
  actor TEXT NOT NULL,
  target TEXT NOT NULL,
  execution_id TEXT NOT NULL COLLATE NOCASE,
  hash TEXT NOT NULL,
  path TEXT NOT NULL,
  line INTEGER,
  element INTEGER,
  pointer TEXT NOT NULL);
CREATE TABLE record_text(number INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE record_body(number INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE check_group(
  grp INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT,
  required INTEGER NOT NULL,
  count INTEGER NOT NULL);
CREATE TABLE subject(
  grp INTEGER NOT NULL,
  position INTEGER NOT NULL,
  record INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  length INTEGER NOT NULL,
  PRIMARY KEY(grp, position)) WITHOUT ROWID;
CREATE TABLE pack_check(ordinal INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE note(code TEXT PRIMARY KEY, count INTEGER NOT NULL, first INTEGER NOT NULL) WITHOUT ROWID;
";

/// An index over the records, made when the first question needs it: most packs never ask some of them.
#[derive(Debug, Clone, Copy)]
pub(super) enum Lookup {
    /// By execution id.
    ExecutionId,
    /// By hash.
    Hash,
    /// By place.
    Source,
}

impl Lookup {
    /// Makes it, unless it is there.
    pub(super) fn ensure(self, connection: &Connection) -> rusqlite::Result<()> {
        let sql = match self {
            Lookup::ExecutionId => "CREATE INDEX IF NOT EXISTS record_execution_id ON record(execution_id)",
            Lookup::Hash => "CREATE INDEX IF NOT EXISTS record_hash ON record(hash)",
            Lookup::Source => "CREATE INDEX IF NOT EXISTS record_source ON record(path, line, element, pointer)",
        };
        connection.execute_batch(sql)
    }
}

/// Made after the rows: much faster than keeping it up to date meanwhile.
pub(super) const INDEXES: &str = "
CREATE INDEX record_seat ON record(scope, seq);
CREATE INDEX subject_record ON subject(grp, record);
";

const DROP: &str = "
DROP TABLE IF EXISTS record;
DROP TABLE IF EXISTS record_text;
DROP TABLE IF EXISTS record_body;
DROP TABLE IF EXISTS check_group;
DROP TABLE IF EXISTS subject;
DROP TABLE IF EXISTS pack_check;
DROP TABLE IF EXISTS note;
";

/// Opens a new file or one of ours.
pub(super) fn open(path: &Path) -> Result<Connection, CaseError> {
    let connection = Connection::open(path)?;
    let header = header(&connection).map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => CaseError::Foreign(path.to_owned()),
        _ => CaseError::Sqlite(error),
    })?;
    match header {
        Header { tables: 0, .. } => {}
        Header { application, .. } if application != APPLICATION_ID => return Err(CaseError::Foreign(path.to_owned())),
        Header { version, .. } if version > VERSION => return Err(CaseError::Newer(path.to_owned())),
        Header { .. } => {}
    }
    tune(&connection)?;
    Ok(connection)
}

/// Opens a database of its own that SQLite deletes on closing; what does not fit into the cache goes to disk.
pub(super) fn open_temporary() -> Result<Connection, CaseError> {
    let connection = Connection::open("")?;
    tune(&connection)?;
    Ok(connection)
}

/// Empties the index; what is not the index stays.
pub(super) fn empty(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(DROP)?;
    connection.execute_batch(TABLES)
}

/// Empties the index and says whose it is.
pub(super) fn reset(connection: &Connection, input: &Input) -> Result<(), CaseError> {
    let transaction = connection.unchecked_transaction()?;
    if crate::note::history_pack(&transaction).is_some_and(|noted| Some(noted) != input.sha256) {
        return Err(CaseError::OtherPack);
    }
    crate::note::migrate(&transaction, header(&transaction)?.version)?;
    empty(&transaction)?;
    transaction.execute_batch(
        "DROP TABLE IF EXISTS pack;
         CREATE TABLE pack(name TEXT NOT NULL, kind TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT);",
    )?;
    transaction.execute(
        "INSERT INTO pack(name, kind, size, sha256) VALUES (?1, ?2, ?3, ?4)",
        (
            &input.name,
            &input.kind,
            i64::try_from(input.size).unwrap_or(i64::MAX),
            input.sha256.map(|digest| digest.to_hex()),
        ),
    )?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()?;
    Ok(())
}

/// Whether a file is one of ours, by its header.
pub(super) fn is_ours(path: &Path) -> bool {
    Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)
        .and_then(|connection| header(&connection))
        .is_ok_and(|header| header.application == APPLICATION_ID)
}

/// The digest of the pack that a case file is about, when it is one of ours.
pub(super) fn pack_digest(path: &Path) -> Option<String> {
    let connection = Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).ok()?;
    if header(&connection).ok()?.application != APPLICATION_ID {
        return None;
    }
    connection
        .query_row("SELECT sha256 FROM pack", [], |row| row.get(0))
        .ok()?
}

struct Header {
    application: i64,
    version: i64,
    tables: i64,
}

fn header(connection: &Connection) -> rusqlite::Result<Header> {
    Ok(Header {
        application: connection.pragma_query_value(None, "application_id", |row| row.get(0))?,
        version: connection.pragma_query_value(None, "user_version", |row| row.get(0))?,
        tables: connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?,
    })
}

fn tune(connection: &Connection) -> rusqlite::Result<()> {
    // Bodies have about two thousand bytes: larger pages waste less.
    connection.pragma_update(None, "page_size", 16_384)?;
    // A fresh file has nothing to journal, so a rollback journal writes each page once; a write-ahead log writes it twice.
    // It is deleted after each change, so that nothing else lies beside the pack. The reviewer's words are in the same file,
    // so that a power cut must not be able to harm it.
    connection.pragma_update(None, "journal_mode", "DELETE")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "cache_size", -16_384)?;
    connection.pragma_update(None, "mmap_size", 256 * 1024 * 1024)?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(())
}
