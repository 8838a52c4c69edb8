//! The reviewer's tables of the case file, and how older files come to have them.

use rusqlite::Connection;

/// The version of the case file from which on these tables are there.
const SINCE: i64 = 4;

const TABLES: &str = "
CREATE TABLE review_history(seq INTEGER PRIMARY KEY, entry TEXT NOT NULL);
CREATE TABLE review_draft(place TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
";

/// Brings the reviewer's tables of a file of that version (0: a new one) to this program's; what is in them stays.
///
/// Versions 1 to 3 had an index and nothing else.
pub(crate) fn migrate(connection: &Connection, version: i64) -> rusqlite::Result<()> {
    if version < SINCE {
        connection.execute_batch(TABLES)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::ledger::tests::{note, stamp};
    use super::super::{Note, NoteError};
    use crate::case_file::{CaseError, CaseFile};
    use evidence::{Digest, Input};
    use rusqlite::Connection;
    use std::path::Path;

    fn input(bytes: &[u8]) -> Input {
        Input {
            name: "pack.zip".to_owned(),
            kind: "zip".to_owned(),
            size: 4,
            sha256: Some(Digest::of(bytes)),
        }
    }

    /// A case file as the first version of this program left it: an index, and nothing of the reviewer's.
    fn first_version(path: &Path) {
        let digest = Digest::of(b"pack");
        Connection::open(path)
            .unwrap()
            .execute_batch(&format!(
                "PRAGMA page_size = 16384;
                 CREATE TABLE record(number INTEGER PRIMARY KEY, verdict INTEGER NOT NULL, search TEXT NOT NULL);
                 CREATE TABLE record_body(number INTEGER PRIMARY KEY, body TEXT NOT NULL);
                 CREATE TABLE note(code TEXT PRIMARY KEY, count INTEGER NOT NULL, first INTEGER NOT NULL) WITHOUT ROWID;
                 CREATE TABLE pack(name TEXT NOT NULL, kind TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT);
                 INSERT INTO pack VALUES ('pack.zip', 'zip', 4, '{digest}');
                 PRAGMA application_id = 1397047628;
                 PRAGMA user_version = 1;"
            ))
            .unwrap();
    }

    #[test]
    fn a_file_of_the_first_version_takes_notes_once_it_is_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sealnote");
        first_version(&path);
        drop(CaseFile::create(&path, &input(b"pack")).unwrap());
        let mut opened = Note::open(&path, &input(b"pack"), "").unwrap();
        opened.act(stamp(), note("a"), None).unwrap();
        let version: i64 = Connection::open(&path)
            .unwrap()
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap();
        assert_eq!(version, super::SINCE);
    }

    #[test]
    fn a_file_of_the_first_version_can_be_read_before_that() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sealnote");
        first_version(&path);
        let opened = Note::open(&path, &input(b"pack"), "").unwrap();
        assert_eq!(opened.ledger().entries(), []);
        assert_eq!(opened.drafts().unwrap(), []);
    }

    #[test]
    fn making_the_index_anew_keeps_the_note() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sealnote");
        drop(CaseFile::create(&path, &input(b"pack")).unwrap());
        let mut opened = Note::open(&path, &input(b"pack"), "").unwrap();
        opened.act(stamp(), note("a"), None).unwrap();
        let before = opened.ledger().clone();
        drop(opened);
        drop(CaseFile::create(&path, &input(b"pack")).unwrap());
        assert_eq!(Note::open(&path, &input(b"pack"), "").unwrap().ledger(), &before);
    }

    #[test]
    fn a_note_about_other_bytes_is_neither_opened_nor_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sealnote");
        drop(CaseFile::create(&path, &input(b"pack")).unwrap());
        let mut opened = Note::open(&path, &input(b"pack"), "").unwrap();
        opened.act(stamp(), note("a"), None).unwrap();
        drop(opened);
        let other = Note::open(&path, &input(b"other"), "").unwrap_err();
        assert!(matches!(&other, NoteError::OtherPack(differs) if differs.theirs.sha256 == Digest::of(b"pack")));
        assert!(matches!(
            CaseFile::create(&path, &input(b"other")),
            Err(CaseError::OtherPack)
        ));
        assert_eq!(
            Note::open(&path, &input(b"pack"), "")
                .unwrap()
                .review()
                .annotations
                .len(),
            1
        );
    }
}
