//! What a finished note is called.

use crate::present::visible;

/// `<pack name>.review.json`, without characters that a file name cannot have everywhere.
#[must_use]
pub fn note_file_name(pack: &str) -> String {
    let name: String = visible(pack)
        .chars()
        .map(|c| {
            if c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') {
                '_'
            } else {
                c
            }
        })
        .collect();
    let name = name.trim_matches(['.', ' ']);
    format!("{}.review.json", if name.is_empty() { "pack" } else { name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_the_packs_with_what_no_file_system_takes_left_out() {
        assert_eq!(
            note_file_name("governed-run-004.zip"),
            "governed-run-004.zip.review.json"
        );
        assert_eq!(note_file_name("run: 4/5.zip"), "run_ 4_5.zip.review.json");
        assert_eq!(note_file_name("..."), "pack.review.json");
    }
}
