//! Archives made byte by byte, read through the public door.
#![expect(clippy::as_conversions, reason = "lengths of small test data")]

use flate2::Crc;

use crate::pack::{ArtifactState, Pack};
use crate::reason::ReasonCode;
use crate::run::Progress;

/// One entry, as both headers describe it.
#[derive(Clone)]
struct Entry {
    name: &'static str,
    data: Vec<u8>,
    method: u16,
    flags: u16,
    crc: u32,
    size: u32,
    mode: u32,
}

impl Entry {
    fn stored(name: &'static str, data: &[u8]) -> Entry {
        let mut crc = Crc::new();
        crc.update(data);
        Entry {
            name,
            data: data.to_vec(),
            method: 0,
            flags: 0x0800,
            crc: crc.sum(),
            size: data.len() as u32,
            mode: 0,
        }
    }

    /// The fields that both headers have in common.
    fn common(&self) -> Vec<u8> {
        let mut bytes = [self.flags, self.method, 0, 0].map(u16::to_le_bytes).concat();
        bytes.extend(
            [self.crc, self.data.len() as u32, self.size]
                .map(u32::to_le_bytes)
                .concat(),
        );
        bytes.extend([self.name.len() as u16, 0].map(u16::to_le_bytes).concat());
        bytes
    }

    fn local(&self) -> Vec<u8> {
        [
            b"PK\x03\x04\x14\x00",
            self.common().as_slice(),
            self.name.as_bytes(),
            &self.data,
        ]
        .concat()
    }

    fn central(&self, offset: u32) -> Vec<u8> {
        let mut bytes = [b"PK\x01\x02\x14\x03\x14\x00", self.common().as_slice(), &[0; 6]].concat();
        bytes.extend((self.mode << 16).to_le_bytes());
        bytes.extend(offset.to_le_bytes());
        bytes.extend(self.name.as_bytes());
        bytes
    }
}

/// An archive of `entries`, with `before` the first of them and `gap` behind the last.
fn archive(entries: &[Entry], before: &[u8], gap: &[u8], comment: &[u8]) -> Vec<u8> {
    let mut bytes = before.to_vec();
    let mut directory = Vec::new();
    for entry in entries {
        directory.extend(entry.central(bytes.len() as u32));
        bytes.extend(entry.local());
    }
    bytes.extend(gap);
    let at = bytes.len() as u32;
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([entries.len() as u16; 2].map(u16::to_le_bytes).concat());
    bytes.extend([directory.len() as u32, at].map(u32::to_le_bytes).concat());
    bytes.extend((comment.len() as u16).to_le_bytes());
    bytes.extend(comment);
    bytes
}

fn open(bytes: &[u8]) -> Pack {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pack.zip");
    std::fs::write(&path, bytes).unwrap();
    Pack::open(&[path], &Progress::default()).unwrap()
}

fn codes(pack: &Pack) -> Vec<ReasonCode> {
    pack.refusals.iter().map(|refusal| refusal.code).collect()
}

/// What an archive of one entry comes to, read to its end.
fn one(entry: Entry) -> Option<ReasonCode> {
    let pack = open(&archive(&[entry], b"", b"", b""));
    assert!(!pack.refused_whole);
    pack.read(0).err().map(|refusal| refusal.code)
}

fn two() -> Vec<Entry> {
    vec![Entry::stored("a.json", b"{}"), Entry::stored("b.json", b"[]")]
}

#[test]
fn a_plain_archive_is_read() {
    let pack = open(&archive(&two(), b"", b"", b""));
    assert_eq!((codes(&pack), pack.findings.len()), (vec![], 0));
    assert_eq!(pack.read(1).unwrap().bytes, b"[]");
}

#[test]
fn every_byte_belongs_to_exactly_one_thing() {
    let whole = |before: &[u8], gap: &[u8], after: &[u8]| {
        let bytes = [archive(&two(), before, gap, b"").as_slice(), after].concat();
        let pack = open(&bytes);
        assert!(pack.refused_whole && pack.artifacts.is_empty());
        codes(&pack)
    };
    assert_eq!(whole(b"#!/bin/sh\n", b"", b""), [ReasonCode::ZipPrefixData]);
    assert_eq!(whole(b"", b"hidden", b""), [ReasonCode::ZipUnreferencedData]);
    assert_eq!(whole(&two()[0].local(), b"", b""), [ReasonCode::ZipUnreferencedData]);
    assert_eq!(whole(b"", b"", b"more"), [ReasonCode::ZipTrailingData]);
}

#[test]
fn half_an_archive_lacks_its_end() {
    let bytes = archive(&two(), b"", b"", b"");
    assert_eq!(codes(&open(&bytes[..bytes.len() / 2])), [ReasonCode::ZipEocdInvalid]);
}

#[test]
fn a_second_end_record_is_ambiguous() {
    let comment = archive(&[], b"", b"", b"");
    assert_eq!(
        codes(&open(&archive(&two(), b"", b"", &comment))),
        [ReasonCode::ZipEocdAmbiguous]
    );
}

#[test]
fn a_comment_is_shown_and_nothing_more() {
    let pack = open(&archive(&two(), b"", b"", b"hello"));
    assert_eq!(codes(&pack), []);
    assert_eq!(pack.findings[0].code, ReasonCode::ZipCommentPresent);
    assert_eq!(pack.findings[0].detail, "hello");
}

#[test]
fn headers_that_differ_refuse_the_archive() {
    let mut bytes = archive(&two(), b"", b"", b"");
    bytes[14] ^= 1;
    assert_eq!(codes(&open(&bytes)), [ReasonCode::ZipHeaderMismatch]);
}

#[test]
fn a_wrong_check_value_refuses_the_entry_alone() {
    let mut entries = two();
    entries[0].crc ^= 1;
    let pack = open(&archive(&entries, b"", b"", b""));
    assert_eq!(pack.read(0).unwrap_err().code, ReasonCode::ZipCrcMismatch);
    assert!(pack.read(1).is_ok());
}

#[test]
fn a_deflated_entry_gives_what_was_promised_or_nothing() {
    use std::io::Write as _;
    let text = [b'x'; 100];
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(&text).unwrap();
    let data = encoder.finish().unwrap();
    let sound = Entry {
        data,
        method: 8,
        ..Entry::stored("a.json", &text)
    };
    assert_eq!(one(sound.clone()), None);
    assert_eq!(
        one(Entry {
            size: 99,
            ..sound.clone()
        }),
        Some(ReasonCode::ZipSizeLie)
    );
    assert_eq!(
        one(Entry {
            size: 101,
            ..sound.clone()
        }),
        Some(ReasonCode::ZipSizeLie)
    );
    let longer = [sound.data.as_slice(), b"?"].concat();
    assert_eq!(
        one(Entry {
            data: longer,
            ..sound.clone()
        }),
        Some(ReasonCode::ZipSizeLie)
    );
    let cut = sound.data[..sound.data.len() - 1].to_vec();
    assert_eq!(one(Entry { data: cut, ..sound }), Some(ReasonCode::ZipDataCorrupt));
}

#[test]
fn what_is_no_plain_file_is_refused_entry_by_entry() {
    let file = Entry::stored("a.json", b"{}");
    assert_eq!(
        one(Entry {
            mode: 0o120_777,
            ..file.clone()
        }),
        Some(ReasonCode::ZipSymlink)
    );
    assert_eq!(
        one(Entry {
            mode: 0o010_644,
            ..file.clone()
        }),
        Some(ReasonCode::ZipSpecialFile)
    );
    assert_eq!(
        one(Entry {
            mode: 0o040_755,
            ..file.clone()
        }),
        Some(ReasonCode::ZipTypeConflict)
    );
    assert_eq!(
        one(Entry {
            flags: 1,
            ..file.clone()
        }),
        Some(ReasonCode::ZipEncrypted)
    );
    assert_eq!(
        one(Entry { method: 12, ..file }),
        Some(ReasonCode::ZipMethodUnsupported)
    );
}

#[test]
fn of_one_name_twice_neither_is_used() {
    let entries = [Entry::stored("a.json", b"{}"), Entry::stored("a.json", b"{}")];
    let pack = open(&archive(&entries, b"", b"", b""));
    assert_eq!(codes(&pack), [ReasonCode::ZipDuplicateName]);
    assert!(
        pack.artifacts
            .iter()
            .all(|artifact| artifact.state != ArtifactState::Readable)
    );
}

#[test]
fn an_archive_inside_is_listed_and_only_opened_when_asked_for() {
    let inner = archive(&two(), b"", b"", b"");
    let pack = open(&archive(&[Entry::stored("payload.zip", &inner)], b"", b"", b""));
    assert_eq!(
        pack.artifacts[0].state,
        ArtifactState::Refused(ReasonCode::LimitNesting)
    );
    assert_eq!(pack.raw_reader(0).unwrap().finish().unwrap().size, inner.len() as u64);
    assert_eq!(pack.inside(0).unwrap().read(0).unwrap().bytes, b"{}");
}

#[test]
fn a_gz_entry_is_read_decoded_and_hashed_as_shipped() {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(b"{\"a\":1}\n").unwrap();
    let gz = encoder.finish().unwrap();
    let pack = open(&archive(&[Entry::stored("events.jsonl.gz", &gz)], b"", b"", b""));
    assert!(pack.artifacts[0].gzip);
    let content = pack.read(0).unwrap();
    assert_eq!(content.bytes, b"{\"a\":1}\n");
    assert_eq!(
        (content.digest, content.size),
        (crate::digest::Digest::of(&gz), gz.len() as u64)
    );
}
