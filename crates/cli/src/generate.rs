//! What is made from the definition of the command line, and the schemas of our files.

use std::io::Write;
use std::path::Path;

use clap::CommandFactory;

use crate::args::{Arguments, Schema};
use crate::end::{End, Failure};

pub(crate) fn schema(of: Schema) -> Result<End, Failure> {
    match of {
        Schema::Report => print(review::report_json::JSON_SCHEMA),
        Schema::Review => print(&review::note::document::json_schema().map_err(std::io::Error::other)?),
    }
}

pub(crate) fn completions(shell: clap_complete::Shell) -> Result<End, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "sealcheck", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(End::Good)
}

pub(crate) fn man(folder: Option<&Path>) -> Result<End, Failure> {
    match folder {
        Some(folder) => {
            std::fs::create_dir_all(folder)?;
            clap_mangen::generate_to(Arguments::command(), folder)?;
        }
        None => clap_mangen::Man::new(Arguments::command()).render(&mut std::io::stdout())?,
    }
    Ok(End::Good)
}

/// Prints a text and ends well.
pub(crate) fn print(text: &str) -> Result<End, Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(End::Good)
}
