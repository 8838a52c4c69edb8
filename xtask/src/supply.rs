//! What the programs may be made of: `deny.toml` is the one list, read here and by cargo-deny.

use std::fs;

use anyhow::{Result, bail, ensure};

use crate::command::{answer, cargo, npm, on_path, shown};
use crate::places;
use crate::tally::Tally;

/// The packages that we ship.
const SHIPPED: [&str; 4] = ["evidence", "review", "sealcheck", "sealcheck-app"];

/// No crate that `deny.toml` bans is reachable from what we ship. Where cargo-deny is installed, it says so, too, and
/// looks at licences and sources besides.
///
/// # Errors
/// When the crates could not be listed.
pub(crate) fn no_banned_crate() -> Result<Tally> {
    let text = fs::read_to_string(places::root().join("deny.toml"))?;
    let banned = banned(&text);
    ensure!(banned.len() > 10, "deny.toml bans {banned:?} only");
    let mut tally = Tally::default();
    for package in SHIPPED {
        let mut tree = cargo();
        tree.args([
            "tree",
            "--locked",
            "--package",
            package,
            "--edges",
            "normal",
            "--prefix",
            "none",
        ]);
        let Some(listed) = answer(&mut tree) else {
            bail!("the crates of {package} could not be listed");
        };
        let names = listed.lines().filter_map(|line| line.split_whitespace().next());
        let found: Vec<_> = names.filter(|name| banned.contains(name)).collect();
        println!("{package}: {} crates, banned: {found:?}", listed.lines().count());
        tally.add(if found.is_empty() { Tally::PASSED } else { Tally::FAILED });
    }
    if on_path("cargo-deny").is_some() {
        let (succeeded, _) = shown(cargo().args(["deny", "--offline", "check", "bans", "licenses", "sources"]))?;
        tally.add(if succeeded { Tally::PASSED } else { Tally::FAILED });
    }
    Ok(tally)
}

/// Asks cargo-deny about everything, published advisories included, and npm about the front end's packages. It needs a
/// network, and its answer changes without a change of ours: so it is no part of the tests.
///
/// # Errors
/// When something is advised against, or when nobody could be asked: silence is no good news.
pub(crate) fn audit() -> Result<()> {
    let mut unclear = Vec::new();
    if on_path("cargo-deny").is_some() {
        if !shown(cargo().args(["deny", "check"]))?.0 {
            unclear.push("cargo-deny found something, or could not fetch the advisories");
        }
    } else {
        unclear.push("cargo-deny is not installed (cargo install --locked cargo-deny)");
    }
    let output = npm().args(["audit", "--json"]).output()?;
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    match answer
        .pointer("/metadata/vulnerabilities/total")
        .and_then(serde_json::Value::as_u64)
    {
        Some(0) => println!("npm audit: nothing is advised against"),
        Some(count) => {
            println!("{}", String::from_utf8_lossy(&output.stdout));
            bail!("npm audit: {count} packages are advised against");
        }
        None => {
            let said = answer.get("message").and_then(serde_json::Value::as_str);
            println!("npm audit: {}", said.unwrap_or("no answer"));
            unclear.push("the registry gave no advisories of npm");
        }
    }
    ensure!(
        unclear.is_empty(),
        "not everything could be asked: {}",
        unclear.join("; ")
    );
    Ok(())
}

/// The crates that `deny.toml` names as banned: one a line.
fn banned(text: &str) -> Vec<&str> {
    let entries = text.lines().filter_map(|line| line.trim().strip_prefix("{ crate = \""));
    entries.filter_map(|entry| entry.split('"').next()).collect()
}

/// Every crate of ours takes over the workspace's lints, of which the first forbids unsafe code.
///
/// # Errors
/// When a manifest cannot be read.
pub(crate) fn nothing_unsafe() -> Result<Tally> {
    let root = fs::read_to_string(places::root().join("Cargo.toml"))?;
    ensure!(
        root.contains("unsafe_code = \"forbid\""),
        "the workspace does not forbid unsafe code"
    );
    let mut tally = Tally::default();
    for folder in [
        "crates/evidence",
        "crates/review",
        "crates/cli",
        "src-tauri",
        "xtask",
        "fuzz",
    ] {
        let manifest = fs::read_to_string(places::root().join(folder).join("Cargo.toml"))?;
        let forbids = manifest.contains("[lints]\nworkspace = true") || manifest.contains("unsafe_code = \"forbid\"");
        println!(
            "{folder}: unsafe code is {}",
            if forbids { "forbidden" } else { "NOT FORBIDDEN" }
        );
        tally.add(if forbids { Tally::PASSED } else { Tally::FAILED });
    }
    Ok(tally)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_banned_crate_is_read() {
        let text =
            "deny = [\n  { crate = \"curl\" },\n  { crate = \"ureq\", wrappers = [] },\n]\nwildcards = \"deny\"\n";
        assert_eq!(banned(text), ["curl", "ureq"]);
    }
}
