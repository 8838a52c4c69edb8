//! Results that programs read (JSON, CSV), when they go to a terminal after all: characters of the evidence that would
//! steer it are made visible. A pipe and a file get the exact bytes.

use std::io::{Result, Write};

use review::present::visible_source;

/// A stream to standard output.
#[derive(Debug)]
pub(crate) struct Screen<W: Write> {
    out: W,
    /// Whether it ends on a terminal and nothing was made visible before.
    filters: bool,
    /// The beginning of a character whose other bytes are still to come.
    cut: Vec<u8>,
}

impl<W: Write> Screen<W> {
    /// Over a stream that is a terminal or is none.
    pub(crate) fn new(out: W, terminal: bool) -> Screen<W> {
        Screen {
            out,
            filters: terminal,
            cut: Vec::new(),
        }
    }

    /// Passes on everything from now on.
    pub(crate) fn as_it_is(&mut self) {
        self.filters = false;
    }
}

impl<W: Write> Write for Screen<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        if !self.filters {
            return self.out.write(bytes);
        }
        let mut all = std::mem::take(&mut self.cut);
        all.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&all) {
            Err(fault) if fault.error_len().is_none() => fault.valid_up_to(),
            Ok(_) | Err(_) => all.len(),
        };
        self.cut = all.split_off(whole);
        let text = String::from_utf8_lossy(&all).replace("\r\n", "\n");
        self.out.write_all(visible_source(&text).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "{\"a\":\"\u{9b}2J \u{202e}é\u{1b}[31m\"}\r\n";

    /// What comes out when it is written byte by byte.
    fn written(terminal: bool) -> String {
        let mut screen = Screen::new(Vec::new(), terminal);
        for byte in HOSTILE.as_bytes() {
            screen.write_all(&[*byte]).unwrap();
        }
        String::from_utf8(screen.out).unwrap()
    }

    #[test]
    fn a_terminal_is_not_steered_however_the_bytes_are_cut() {
        assert_eq!(
            written(true).replace("[U+000D]", ""),
            "{\"a\":\"[U+009B]2J [U+202E]é[U+001B][31m\"}\n"
        );
    }

    #[test]
    fn a_pipe_gets_the_exact_bytes() {
        assert_eq!(written(false), HOSTILE);
    }
}
