//! The deflate stream of gz and zip, read to its very end.

use std::cell::RefCell;
use std::io::{self, BufRead, Read};

use flate2::{Decompress, FlushDecompress, Status};

use super::number::{at_most, wide};

/// A deflate stream (RFC 1951) that knows whether it ended and how many bytes it took: the ready-made readers answer a
/// cut stream with a plain end of file.
///
/// Errors: `UnexpectedEof` for a cut stream, `InvalidData` for a damaged one.
#[derive(Debug)]
pub(crate) struct Inflate<R> {
    input: R,
    stream: Stream,
    ended: bool,
}

thread_local! {
    /// Decoders that wait for the next stream. Each has a window to be laid out, which takes longer than most entries.
    static WAITING: RefCell<Vec<Decompress>> = const { RefCell::new(Vec::new()) };
}

/// How many decoders of a thread wait at most: an archive and an entry of it are read at once.
const WAITING_MOST: usize = 2;

/// A decoder that goes back to the waiting ones.
#[derive(Debug)]
struct Stream(Option<Decompress>);

impl Stream {
    fn new() -> Stream {
        let waiting = WAITING.with_borrow_mut(Vec::pop);
        let reset = waiting.map(|mut decoder| {
            decoder.reset(false);
            decoder
        });
        Stream(reset)
    }

    fn decoder(&mut self) -> &mut Decompress {
        self.0.get_or_insert_with(|| Decompress::new(false))
    }

    fn total_in(&self) -> u64 {
        self.0.as_ref().map_or(0, Decompress::total_in)
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // A thread that ends has no place for it any more.
        let _ = WAITING.try_with(|waiting| {
            let mut waiting = waiting.borrow_mut();
            if waiting.len() < WAITING_MOST {
                waiting.extend(self.0.take());
            }
        });
    }
}

impl<R: BufRead> Inflate<R> {
    /// A stream that starts where `input` stands.
    pub(crate) fn new(input: R) -> Inflate<R> {
        Inflate {
            input,
            stream: Stream::new(),
            ended: false,
        }
    }

    /// Starts over: the next stream begins where the input stands.
    pub(crate) fn restart(&mut self) {
        self.stream.decoder().reset(false);
        self.ended = false;
    }

    /// Bytes of input that the stream took.
    pub(crate) fn taken(&self) -> u64 {
        self.stream.total_in()
    }

    /// The input, standing behind what the stream took.
    pub(crate) fn input(&mut self) -> &mut R {
        &mut self.input
    }

    /// The input, given back.
    pub(crate) fn into_input(self) -> R {
        self.input
    }
}

impl<R: BufRead> Read for Inflate<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while !self.ended && !into.is_empty() {
            let input = self.input.fill_buf()?;
            let available = input.len();
            let decoder = self.stream.decoder();
            let (taken, given) = (decoder.total_in(), decoder.total_out());
            let status = decoder
                .decompress(input, into, FlushDecompress::None)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
            let taken = decoder.total_in().saturating_sub(taken);
            let given = decoder.total_out().saturating_sub(given);
            self.input.consume(at_most(taken, available));
            self.ended = status == Status::StreamEnd;
            if given > 0 {
                return Ok(at_most(given, into.len()));
            }
            if available == 0 && !self.ended {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if taken == 0 && wide(available) > 0 && !self.ended {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "the stream makes no progress",
                ));
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn deflated(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn bytes_after_the_end_stay_in_the_input() {
        let mut stream = deflated(b"hello");
        let length = wide(stream.len());
        stream.extend_from_slice(b"rest");
        let mut inflate = Inflate::new(&stream[..]);
        let mut text = Vec::new();
        inflate.read_to_end(&mut text).unwrap();
        assert_eq!((text.as_slice(), inflate.taken()), (b"hello".as_slice(), length));
        assert_eq!(*inflate.input(), b"rest");
    }

    #[test]
    fn a_decoder_used_before_starts_afresh() {
        let (broken, sound) = (deflated(&[7; 5000]), deflated(b"hello"));
        for _ in 0..5 {
            let mut cut = Inflate::new(&broken[..9]);
            assert!(cut.read_to_end(&mut Vec::new()).is_err());
            let mut both = (Inflate::new(&sound[..]), Inflate::new(&sound[..]));
            let (mut one, mut other) = (Vec::new(), Vec::new());
            both.0.read_to_end(&mut one).unwrap();
            both.1.read_to_end(&mut other).unwrap();
            assert_eq!(
                (&one[..], &other[..], both.0.taken()),
                (&b"hello"[..], &b"hello"[..], wide(sound.len()))
            );
        }
    }

    #[test]
    fn a_cut_stream_is_an_error() {
        let stream = deflated(&[7; 5000]);
        let mut inflate = Inflate::new(&stream[..stream.len() - 2]);
        let error = inflate.read_to_end(&mut Vec::new()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    }
}
