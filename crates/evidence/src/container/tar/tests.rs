//! Archives made block by block, read through the public door.
#![expect(clippy::as_conversions, reason = "lengths of small test data")]

use std::io::{Read as _, Write as _};

use crate::pack::{ArtifactState, Pack};
use crate::reason::ReasonCode;
use crate::run::Progress;

/// A header with a right check value.
fn header(name: &str, kind: u8, size: u64) -> Vec<u8> {
    let mut header = tar::Header::new_ustar();
    header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
    header.set_entry_type(tar::EntryType::new(kind));
    header.set_mode(0o644);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(0);
    header.set_size(size);
    header.set_cksum();
    header.as_bytes().to_vec()
}

/// A header with its data, padded.
fn entry(name: &str, kind: u8, data: &[u8]) -> Vec<u8> {
    let mut entry = header(name, kind, data.len() as u64);
    entry.extend_from_slice(data);
    entry.resize(entry.len().next_multiple_of(512), 0);
    entry
}

fn pax(records: &str) -> Vec<u8> {
    entry("pax", b'x', records.as_bytes())
}

const END: [u8; 1024] = [0; 1024];

fn open(name: &str, bytes: &[u8]) -> Pack {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    Pack::open(&[path], &Progress::default()).unwrap()
}

fn opened(parts: &[Vec<u8>]) -> Pack {
    open("pack.tar", &[parts.concat(), END.to_vec()].concat())
}

fn codes(pack: &Pack) -> Vec<ReasonCode> {
    pack.refusals.iter().map(|refusal| refusal.code).collect()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn files_are_read_in_place() {
    let pack = opened(&[
        entry("d/", b'5', b""),
        entry("d/a.json", b'0', b"{}"),
        entry("b", b'0', &[7; 600]),
    ]);
    assert_eq!((pack.input.kind.as_str(), codes(&pack)), ("tar", vec![]));
    assert_eq!(pack.read(0).unwrap().bytes, [7; 600]);
    assert_eq!(pack.read(1).unwrap().bytes, b"{}");
}

#[test]
fn a_tar_in_gz_is_one_pack() {
    let bytes = [entry("a.json", b'0', b"{\"a\":1}"), entry("b", b'0', b""), END.to_vec()].concat();
    let pack = open("pack.tar.gz", &gz(&bytes));
    assert_eq!((pack.input.kind.as_str(), codes(&pack)), ("tar.gz", vec![]));
    assert_eq!(pack.read(0).unwrap().bytes, b"{\"a\":1}");
    assert_eq!(pack.read(1).unwrap().bytes, b"");
}

#[test]
fn an_entry_too_large_to_keep_is_decoded_again() {
    let text: Vec<u8> = (0..17 * 1024 * 1024_u32)
        .map(|index| (index.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    let bytes = [entry("a", b'0', b"first"), entry("b", b'0', &text), END.to_vec()].concat();
    let pack = open("pack.tgz", &gz(&bytes));
    let mut read = Vec::new();
    let mut reader = pack.reader(1).unwrap();
    reader.read_to_end(&mut read).unwrap();
    assert!(read == text);
    assert_eq!(pack.read(0).unwrap().bytes, b"first");
}

#[test]
fn pax_and_gnu_names_replace_the_header_s() {
    let pack = opened(&[
        pax("26 path=long/name/é.json\n"),
        entry("short", b'0', b"1"),
        entry("././@LongLink", b'L', b"gnu/name.json\0"),
        entry("short", b'0', b"2"),
    ]);
    let paths: Vec<&str> = pack.artifacts.iter().map(|artifact| artifact.path.as_str()).collect();
    assert_eq!(
        (paths, codes(&pack)),
        (vec!["gnu/name.json", "long/name/é.json"], vec![])
    );
}

#[test]
fn links_devices_and_sparse_files_are_refused_one_by_one() {
    for kind in [b'1', b'2', b'3', b'4', b'6', b'7', b'S', b'V'] {
        let pack = opened(&[entry("x", kind, b""), entry("a", b'0', b"1")]);
        assert_eq!(codes(&pack), [ReasonCode::TarEntryType], "{}", char::from(kind));
        assert_eq!(pack.artifacts[0].state, ArtifactState::Readable);
    }
    let pack = opened(&[pax("22 GNU.sparse.major=1\n"), entry("x", b'0', b"1")]);
    assert_eq!(codes(&pack), [ReasonCode::TarEntryType]);
}

#[test]
fn a_wrong_check_value_refuses_the_archive() {
    let mut second = entry("b", b'0', b"");
    second[0] = b'c';
    let pack = opened(&[entry("a", b'0', b"1"), second]);
    assert!(pack.refused_whole);
    assert_eq!(codes(&pack), [ReasonCode::TarHeaderInvalid]);
}

#[test]
fn a_link_with_data_refuses_the_archive() {
    assert_eq!(
        codes(&opened(&[entry("a", b'2', b"1")])),
        [ReasonCode::TarHeaderInvalid]
    );
}

#[test]
fn every_cut_refuses_the_archive() {
    let whole = [entry("a", b'0', b"1"), END.to_vec()].concat();
    for length in [512, 700, 1024, 1400, 1536, 1537] {
        let pack = open("pack.tar", &whole[..length]);
        assert_eq!(codes(&pack), [ReasonCode::TarTruncated], "cut at {length}");
    }
}

#[test]
fn only_zeros_may_follow_the_end() {
    let whole = [entry("a", b'0', b"1"), END.to_vec()].concat();
    assert_eq!(codes(&open("p.tar", &[whole.clone(), vec![0; 9216]].concat())), []);
    let mut more = vec![0; 512];
    more[7] = 1;
    assert_eq!(
        codes(&open("p.tar", &[whole, more].concat())),
        [ReasonCode::TarTrailingData]
    );
}

#[test]
fn one_name_twice_is_not_used_at_all() {
    let pack = opened(&[entry("a", b'0', b"1"), entry("a", b'0', b"2")]);
    assert_eq!(codes(&pack), [ReasonCode::TarDuplicateName]);
    assert!(
        pack.artifacts
            .iter()
            .all(|artifact| artifact.state != ArtifactState::Readable)
    );
}

#[test]
fn pax_conflicts_are_refused() {
    let conflict = ReasonCode::TarPaxConflict;
    let twice = opened(&[pax("9 path=a\n9 path=b\n"), entry("x", b'0', b"")]);
    assert_eq!(codes(&twice), [conflict]);
    let both = opened(&[pax("9 path=a\n"), entry("l", b'L', b"b\0"), entry("x", b'0', b"")]);
    assert_eq!(codes(&both), [conflict]);
    let global = opened(&[entry("g", b'g', b"13 comment=a\n"), entry("x", b'0', b"")]);
    assert_eq!(
        (codes(&global), global.artifacts[0].state),
        (vec![conflict], ArtifactState::Readable)
    );
    let size = opened(&[pax("9 size=2\n"), entry("x", b'0', b"abc")]);
    assert_eq!((codes(&size), size.refused_whole), (vec![conflict], true));
}

#[test]
fn names_follow_the_common_rules() {
    let pack = opened(&[entry("../a", b'0', b"1"), entry("b", b'0', b"2")]);
    assert_eq!(codes(&pack), [ReasonCode::PathTraversal]);
}

#[test]
fn an_archive_in_it_is_not_opened() {
    let inner = [entry("a", b'0', b"1"), END.to_vec()].concat();
    let pack = opened(&[entry("inner.tar", b'0', &inner), entry("b", b'0', b"2")]);
    assert_eq!(codes(&pack), [ReasonCode::LimitNesting]);
}
