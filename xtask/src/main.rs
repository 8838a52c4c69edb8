//! `cargo xtask`: set-up and everyday jobs.

#![expect(clippy::print_stdout, reason = "a job speaks to the person who called it")]

use std::process::ExitCode;

mod bench;
mod bindings;
mod command;
mod desktop;
mod fixtures;
mod fuzz;
mod mutate;
mod peers;
mod places;
mod run;
mod sbom;
mod screenshots;
mod setup;
mod supply;
mod tally;
mod test;

const USAGE: &str = "usage: cargo xtask <job>

  run [PACK]                            set up, build, and open the window on a pack (default: a built-in sample);
                                        with no display, print the same review as text
  test                                  set up, and run every test
  peers                                 of these, the comparison with the vendors' own software alone
  bindings [--check]                    the page's types, generated from the Rust types
  screenshots                           every screen in both themes and two sizes, into out/screenshots
  bench [--quick] [--engine|--zip|--invoance|--keel|--memory|--screen]
                                        the engine beside its bounds and peers; the most memory that reading takes; time
                                        to the first screen and to a verdict
  fuzz --smoke [SECONDS]                every fuzz target for a while (default: 60 s each)
  fuzz TARGET [--seconds N]             one of them; with --address-sanitizer at the end, faults of memory are looked
                                        for as well
  mutate [--count N] [--seed S]         good packs changed in one bit or field (default: 100000 times): none is verified
                                        with other content
  audit                                 published advisories against what we are made of (needs a network, cargo-deny)
  sbom                                  what the programs are made of, as CycloneDX, into out/sbom.cdx.json
  fixtures [--check]                    the evidence that the tests read
  fixtures --large [RECORDS]            a NexArt pack of many records, into large/, with the truth about it
  fixtures --large-log [EVENTS]         an Invoance log of many events, likewise
  fixtures --large-chain [ENTRIES]      Keel chains, and bundles with and without closures, likewise;
                                        the big ones take minutes unless optimised: cargo run --release -p xtask -- ...
  fixtures --large-zip [ENTRIES]        a zip of many empty files
  fixtures --monsters                   files that are as large as a limit allows, or larger, once they are read";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let result = match arguments.next().as_deref() {
        Some("run") => run::run(arguments),
        Some("test") => test::run(),
        Some("peers") => peers::run(),
        Some("bindings") => bindings::run(arguments),
        Some("screenshots") => screenshots::run(),
        Some("bench") => bench::run(arguments),
        Some("fixtures") => fixtures::run(arguments),
        Some("fuzz") => fuzz::run(arguments),
        Some("mutate") => mutate::run(arguments),
        Some("audit") => supply::audit(),
        Some("sbom") => sbom::run(),
        Some("help" | "--help" | "-h") => {
            eprintln!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => Err(anyhow::anyhow!("{USAGE}")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
