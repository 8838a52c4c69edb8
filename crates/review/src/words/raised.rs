//! The limits that a person can raise for one file.

use evidence::RaisedLimit;

/// What a limit holds down, by the name that `--limit` takes.
#[must_use]
pub fn limit(name: &str) -> &'static str {
    match name {
        "pack-size" => "size of the pack",
        "entries" => "files in the pack",
        "directory-size" => "size of the archive's table of contents",
        "entry-size" => "unpacked size of one file",
        "whole-entry-size" => "size of a file that is read at once",
        "total-size" => "unpacked size of the whole pack",
        "entry-ratio" => "unpacked to packed size of one file",
        "pack-ratio" => "unpacked to packed size of the whole pack",
        "json-depth" => "levels of nesting in a record",
        "line-length" => "length of a line or text value",
        "json-nodes" => "values in one JSON text",
        "records" => "records in one list",
        "summary-size" => "size of the sender's page",
        _ => "limit",
    }
}

/// The value of a limit: "1 GiB", "2,000,000", "1,000 : 1".
#[must_use]
pub fn limit_value(limit: RaisedLimit) -> String {
    match limit.name {
        "entry-ratio" | "pack-ratio" => format!("{} : 1", crate::words::sentence::number(limit.value)),
        "entries" | "json-depth" | "json-nodes" | "records" => crate::words::sentence::number(limit.value),
        _ => binary(limit.value),
    }
}

/// Bytes by the largest unit that gives a whole number.
fn binary(bytes: u64) -> String {
    let mut value = bytes;
    for unit in ["bytes", "KiB", "MiB", "GiB", "TiB"] {
        if value == 0 || !value.is_multiple_of(1024) || unit == "TiB" {
            return format!("{} {unit}", crate::words::sentence::number(value));
        }
        value /= 1024;
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use evidence::{Limits, NotRaised};

    use super::*;
    use crate::report_json::JSON_SCHEMA;

    #[test]
    fn every_limit_that_can_be_raised_has_words_and_a_place_in_the_schema() {
        let known = NotRaised::Unknown.to_string();
        for raised in Limits::CEILING.raised() {
            let name = raised.name;
            assert_ne!(limit(name), "limit", "{name}");
            assert!(known.contains(name), "{name}");
            assert!(JSON_SCHEMA.contains(&format!("\"{name}\"")), "{name}");
        }
        let shown = |name, value| limit_value(RaisedLimit { name, value });
        assert_eq!(shown("records", 10_000_000), "10,000,000");
        assert_eq!(shown("pack-ratio", 1000), "1,000 : 1");
        assert_eq!(shown("summary-size", 50 << 20), "50 MiB");
        assert_eq!(shown("summary-size", (50 << 20) + 1), "52,428,801 bytes");
    }
}
