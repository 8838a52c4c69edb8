//! What a case file knows its pack by.

use evidence::{Digest, Input, Pack, Progress, Stopped};

/// The pack's input with its digest, also where only reading the artifacts gives it.
///
/// # Errors
/// When cancelled. What cannot be read leaves the digest away.
pub fn input_of(pack: &Pack, progress: &Progress) -> Result<Input, Stopped> {
    let mut input = pack.input.clone();
    if input.sha256.is_some() || pack.refused_whole {
        return Ok(input);
    }
    let mut digests: Vec<(&str, Digest)> = Vec::new();
    for (index, artifact) in pack.artifacts.iter().enumerate() {
        if progress.is_cancelled() {
            return Err(Stopped::Cancelled);
        }
        let read = pack.raw_reader(index).and_then(|mut reader| {
            // What stops the reading is told by its end.
            let _ = std::io::copy(&mut reader, &mut std::io::sink());
            reader.finish()
        });
        match read {
            Ok(end) => digests.push((&artifact.path, end.digest)),
            Err(_) => return Ok(input),
        }
    }
    input.sha256 = pack.digest_by_artifacts(&digests);
    Ok(input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use evidence::{KeyBook, Policy, Record, Recorder};

    struct Nothing;

    impl Recorder for Nothing {
        fn record(&mut self, _: Record) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_folder_has_the_digest_that_its_report_states() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("b.json"), b"{}").unwrap();
        std::fs::write(folder.path().join("a.txt"), b"hello").unwrap();
        let progress = Progress::default();
        let pack = Pack::open(&[folder.path().to_owned()], &progress).unwrap();
        let report = evidence::verify(&pack, &KeyBook::default(), &Policy::default(), &progress, &mut Nothing).unwrap();
        assert!(report.input.sha256.is_some());
        assert_eq!(input_of(&pack, &progress).unwrap(), report.input);
    }

    #[test]
    fn what_cannot_be_read_has_none() {
        let folder = tempfile::tempdir().unwrap();
        let pack = Pack::open(&[folder.path().join("missing")], &Progress::default()).unwrap();
        assert_eq!(input_of(&pack, &Progress::default()).unwrap().sha256, None);
    }
}
