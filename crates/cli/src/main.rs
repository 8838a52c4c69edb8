//! `sealcheck`: the command line. It opens packs, asks the engine and writes what it said; it decides nothing.

mod args;
mod clock;
mod document;
mod end;
mod export;
mod generate;
mod input;
mod inspect;
mod interrupt;
mod keys;
mod note;
mod output;
mod pack;
mod progress;
mod raw;
mod sample;
mod screen;
mod trust;
mod verify;

use std::panic::AssertUnwindSafe;
use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};
use end::{End, Failure};
use review::present::visible;

/// See `Cargo.toml` for why it is not the C library's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(refusal) => return refused(&refusal),
    };
    // A fault of ours must never look like a verdict: it has a code of its own, whatever was printed before.
    let end = match std::panic::catch_unwind(AssertUnwindSafe(|| run(arguments))) {
        Ok(Ok(end)) => end,
        Ok(Err(failure)) => failure.report(),
        Err(_) => End::Fault,
    };
    end.into()
}

/// Help goes out as it is. What is wrong with the arguments repeats them, and a name among them may have come from a
/// folder that somebody else filled.
fn refused(refusal: &clap::Error) -> ExitCode {
    if !refusal.use_stderr() {
        refusal.exit();
    }
    for line in refusal.render().to_string().lines() {
        eprintln!("{}", visible(line));
    }
    End::Usage.into()
}

fn run(arguments: Arguments) -> Result<End, Failure> {
    let progress = interrupt::watch()?;
    match arguments.command {
        Command::Verify(arguments) => verify::run(&arguments, &progress),
        Command::Inspect(arguments) => inspect::run(&arguments, &progress),
        Command::Keys(arguments) => keys::run(&arguments),
        Command::Export(arguments) => export::run(&arguments, &progress),
        Command::Pack(arguments) => pack::run(&arguments, &progress),
        Command::Note(arguments) => note::run(&arguments, &progress),
        Command::Sample(arguments) => sample::run(&arguments),
        Command::Schema(arguments) => generate::schema(arguments.of),
        Command::Completions(arguments) => generate::completions(arguments.shell),
        Command::Man(arguments) => generate::man(arguments.output.as_deref()),
    }
}
