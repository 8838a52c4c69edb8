//! Where results go: standard output, or a file that is whole or not there at all.

use std::io::{BufWriter, IsTerminal, StdoutLock, Write};
use std::path::{Path, PathBuf};

use evidence::Progress;
use review::present::visible;
use review::save::{Draft, Existing, touches};

use crate::args::{Color, OutputArgs};
use crate::end::Failure;
use crate::screen::Screen;

/// A result on its way.
pub(crate) enum Output {
    /// Standard output.
    Stream(Screen<BufWriter<StdoutLock<'static>>>),
    /// A file, kept when the run comes to its end.
    File(Draft, Existing),
}

impl Output {
    /// Opens it, before anything is read: what cannot be written need not be computed.
    pub(crate) fn open(arguments: &OutputArgs, packs: &[PathBuf]) -> Result<Output, Failure> {
        match &arguments.output {
            None => {
                let stream = BufWriter::new(std::io::stdout().lock());
                Ok(Output::Stream(Screen::new(stream, std::io::stdout().is_terminal())))
            }
            Some(path) => {
                let existing = allow(path, arguments.force, packs)?;
                Ok(Output::File(Draft::of(path)?, existing))
            }
        }
    }

    /// What follows was made for people: all of it is visible, and colours are ours.
    pub(crate) fn for_people(&mut self) {
        if let Output::Stream(stream) = self {
            stream.as_it_is();
        }
    }

    /// The result is complete, unless the run was interrupted on its last steps: then no file is kept.
    pub(crate) fn finish(self, progress: &Progress) -> Result<(), Failure> {
        if progress.is_cancelled() {
            return Err(Failure::Interrupted);
        }
        match self {
            Output::Stream(mut stream) => stream.flush()?,
            Output::File(draft, existing) => {
                let saved = draft.keep(existing)?;
                eprintln!(
                    "sealcheck: {} written, {} bytes, SHA-256 {}",
                    visible(&saved.path.display().to_string()),
                    saved.bytes,
                    saved.sha256
                );
            }
        }
        Ok(())
    }

    /// Whether text is to be coloured.
    pub(crate) fn color(&self, asked: Color) -> bool {
        match (asked, self) {
            (Color::Always, _) => true,
            (Color::Never, _) | (Color::Auto, Output::File(..)) => false,
            (Color::Auto, Output::Stream(_)) => std::io::stdout().is_terminal() && welcome(),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Output::Stream(stream) => stream.write(bytes),
            Output::File(draft, _) => draft.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Output::Stream(stream) => stream.flush(),
            Output::File(draft, _) => draft.flush(),
        }
    }
}

/// Whether a file may be written there, and whether it may replace one.
pub(crate) fn allow(path: &Path, force: bool, packs: &[PathBuf]) -> Result<Existing, Failure> {
    if touches(path, packs) {
        let refusal = format!(
            "{} is, or lies inside, what is read: nothing is ever written there",
            path.display()
        );
        return Err(Failure::Usage(refusal));
    }
    if force {
        return Ok(Existing::Replace);
    }
    if path.exists() {
        return Err(Failure::Usage(format!(
            "{} exists; --force replaces it",
            path.display()
        )));
    }
    Ok(Existing::Keep)
}

/// Whether the environment allows colour.
fn welcome() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    !refused && !dumb
}
