//! `sealcheck sample`.

use review::samples;
use review::save::Existing;

use crate::args::SampleArgs;
use crate::end::{End, Failure};
use crate::generate::print;

pub(crate) fn run(arguments: &SampleArgs) -> Result<End, Failure> {
    let existing = if arguments.force {
        Existing::Replace
    } else {
        Existing::Keep
    };
    let written = samples::write_all(&arguments.folder, existing)?;
    let lines: String = written.iter().map(|path| format!("{}\n", path.display())).collect();
    print(&lines)
}
