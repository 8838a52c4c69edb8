//! What two stations never share: clock, machine, person and the program file.

use std::fs::File;
use std::io::Read;

use evidence::{Finding, Hasher};
use serde::Serialize;

/// The report's `session`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// SHA-256 of the running program's file, to compare with the published sums.
    pub binary_sha256: Option<String>,
    /// When the run ended (RFC 3339, UTC).
    pub finished_at: String,
    /// The machine's name.
    pub machine: Option<String>,
    /// Who ran it.
    pub person: Option<String>,
    /// What depends on this machine's clock.
    pub remarks: Vec<Finding>,
    /// When the run began (RFC 3339, UTC).
    pub started_at: String,
}

impl Session {
    /// The session of this process; the times come from the caller's clock.
    #[must_use]
    pub fn of_process(started_at: &str, finished_at: &str) -> Session {
        Session {
            binary_sha256: binary_sha256(),
            finished_at: finished_at.to_owned(),
            machine: machine(),
            person: variable("USER").or(variable("USERNAME")),
            remarks: Vec::new(),
            started_at: started_at.to_owned(),
        }
    }
}

/// SHA-256 of the running program's file; `None` where the system does not say which it is.
#[must_use]
pub fn binary_sha256() -> Option<String> {
    let mut file = File::open(std::env::current_exe().ok()?).ok()?;
    let mut hasher = Hasher::new();
    let mut block = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut block).ok()?;
        if read == 0 {
            return Some(hasher.finish().to_hex());
        }
        hasher.update(block.get(..read)?);
    }
}

fn machine() -> Option<String> {
    std::fs::read_to_string("/proc/sys/kernel/hostname")
        .ok()
        .map(|name| name.trim().to_owned())
        .or(variable("COMPUTERNAME"))
        .or(variable("HOSTNAME"))
        .filter(|name| !name.is_empty())
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_names_its_own_file() {
        let bytes = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        assert_eq!(binary_sha256(), Some(evidence::Digest::of(&bytes).to_hex()));
    }
}
