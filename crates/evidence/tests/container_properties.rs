//! Whatever the bytes, opening and reading give a result: they never panic and never give more than was promised.
#![expect(clippy::unwrap_used, reason = "a scratch file that cannot be written fails the test")]

use std::fs;
use std::io::{Cursor, Read as _, Write as _};

use evidence::{ArtifactState, Digest, Pack, Progress};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

/// A sound archive, by a writer that is not ours.
fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(u64::try_from(bytes.len()).unwrap());
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn gz_of(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const TEXT: [u8; 3000] = [b'x'; 3000];
const LONG_NAME: &str = "records/a-name-of-more-than-a-hundred-characters/so-that-a-tar-needs-a-second-header-for-it/and-still-more/cer.json";

fn files() -> [(&'static str, &'static [u8]); 3] {
    [("manifest.json", b"{}"), (LONG_NAME, &TEXT), ("empty.ndjson", b"")]
}

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let (zip, tar) = (zip_of(&files()), tar_of(&files()));
    let tar_gz = gz_of(&tar);
    vec![
        ("p.zip", zip),
        ("p.tar", tar),
        ("p.tar.gz", tar_gz),
        ("p.json.gz", gz_of(&TEXT)),
    ]
}

/// Opens and reads everything there is to read; gives the digests by path.
fn read_all(name: &str, bytes: &[u8]) -> Vec<(String, Digest)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let pack = Pack::open(&[path], &Progress::default()).unwrap();
    let mut digests = Vec::new();
    for (index, artifact) in pack.artifacts.iter().enumerate() {
        let content = pack.read(index);
        assert!(artifact.state == ArtifactState::Readable || content.is_err());
        if let Ok(content) = content {
            digests.push((artifact.path.clone(), content.digest));
        }
        if let Ok(reader) = pack.raw_reader(index) {
            let mut raw = Vec::new();
            let _ = reader.take(artifact.size.saturating_add(1)).read_to_end(&mut raw);
            assert!(u64::try_from(raw.len()).unwrap() <= artifact.size);
        }
    }
    digests
}

#[test]
fn archives_of_other_writers_are_read() {
    let expected: Vec<(String, Digest)> = {
        let mut expected: Vec<_> = files()
            .iter()
            .map(|(name, bytes)| ((*name).to_owned(), Digest::of(bytes)))
            .collect();
        expected.sort();
        expected
    };
    for (name, bytes) in samples().into_iter().take(3) {
        assert_eq!(read_all(name, &bytes), expected, "{name}");
    }
}

#[test]
fn a_pack_is_read_from_several_threads_at_once() {
    let contents: Vec<(String, Vec<u8>)> = (0..200_u32)
        .map(|index| {
            (
                format!("{index}.json"),
                vec![b'a'; 5000 + usize::try_from(index).unwrap()],
            )
        })
        .collect();
    let files: Vec<(&str, &[u8])> = contents
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.zip");
    fs::write(&path, zip_of(&files)).unwrap();
    let pack = Pack::open(&[path], &Progress::default()).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for (index, artifact) in pack.artifacts.iter().enumerate() {
                    assert_eq!(
                        u64::try_from(pack.read(index).unwrap().bytes.len()).unwrap(),
                        artifact.size
                    );
                }
            });
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn changed_bytes_never_panic(sample in 0..4_usize, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let (name, mut bytes) = samples().swap_remove(sample);
        for (place, value) in changes {
            *place.get_mut(&mut bytes) = value;
        }
        read_all(name, &bytes);
    }

    #[test]
    fn cut_and_doubled_bytes_never_panic(sample in 0..4_usize, from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        let (name, bytes) = samples().swap_remove(sample);
        let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
        let spliced = [bytes.get(..from).unwrap_or_default(), bytes.get(to..).unwrap_or_default()].concat();
        read_all(name, &spliced);
    }
}
