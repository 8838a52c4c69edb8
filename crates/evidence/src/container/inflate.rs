//! The deflate stream of gz and zip, read to its very end.

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
    stream: Decompress,
    ended: bool,
}

impl<R: BufRead> Inflate<R> {
    /// A stream that starts where `input` stands.
    pub(crate) fn new(input: R) -> Inflate<R> {
        Inflate {
            input,
            stream: Decompress::new(false),
            ended: false,
        }
    }

    /// Starts over: the next stream begins where the input stands.
    pub(crate) fn restart(&mut self) {
        self.stream.reset(false);
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
            let (taken, given) = (self.stream.total_in(), self.stream.total_out());
            let status = self
                .stream
                .decompress(input, into, FlushDecompress::None)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
            let taken = self.stream.total_in().saturating_sub(taken);
            let given = self.stream.total_out().saturating_sub(given);
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
    fn a_cut_stream_is_an_error() {
        let stream = deflated(&[7; 5000]);
        let mut inflate = Inflate::new(&stream[..stream.len() - 2]);
        let error = inflate.read_to_end(&mut Vec::new()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    }
}
