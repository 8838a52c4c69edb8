//! What bytes are, by how they begin. The name only adds a remark where it says something else.

/// How many leading bytes decide: the magic of a tar lies in its first block.
pub(crate) const HEAD: usize = 512;

/// What a file is, as far as its leading bytes tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A zip archive.
    Zip,
    /// A gz stream.
    Gzip,
    /// A tar archive.
    Tar,
    /// JSON, or lines of it.
    Json,
    /// Markup.
    Markup,
    /// A known kind that is no evidence, by the name people give it.
    Foreign(&'static str),
    /// Nothing we know by its first bytes: plain text, say.
    Unknown,
}

const FOREIGN: [(&[u8], &str); 10] = [
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xfd7zXZ\0", "an xz file"),
    (b"BZh", "a bzip2 file"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"SQLite format 3\0", "an SQLite database"),
];

impl Kind {
    /// The kind of a file that begins with `head`.
    pub(crate) fn of(head: &[u8]) -> Kind {
        if [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"]
            .iter()
            .any(|magic| head.starts_with(*magic))
        {
            return Kind::Zip;
        }
        if head.starts_with(b"\x1f\x8b") {
            return Kind::Gzip;
        }
        if let Some((_, name)) = FOREIGN.iter().find(|(magic, _)| head.starts_with(magic)) {
            return Kind::Foreign(name);
        }
        if super::tar::is_header(head) {
            return Kind::Tar;
        }
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'{' | b'[') => Kind::Json,
            Some(b'<') => Kind::Markup,
            Some(_) | None => Kind::Unknown,
        }
    }

    /// Whether it holds files of its own.
    pub(crate) fn is_archive(self) -> bool {
        matches!(self, Kind::Zip | Kind::Tar)
    }

    /// What the end of a name promises.
    fn promised(path: &str) -> Option<Kind> {
        let (_, extension) = path.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "zip" => Some(Kind::Zip),
            "gz" | "tgz" => Some(Kind::Gzip),
            "tar" => Some(Kind::Tar),
            "json" | "ndjson" | "jsonl" => Some(Kind::Json),
            "html" | "htm" => Some(Kind::Markup),
            _ => None,
        }
    }

    /// In words, for a remark.
    fn words(self) -> &'static str {
        match self {
            Kind::Zip => "a zip archive",
            Kind::Gzip => "a gz file",
            Kind::Tar => "a tar archive",
            Kind::Json => "JSON",
            Kind::Markup => "markup",
            Kind::Foreign(name) => name,
            Kind::Unknown => "something else",
        }
    }

    /// What to remark when the name promises another kind than the bytes are.
    ///
    /// Text that merely does not start like JSON or markup is left to whoever reads it.
    pub(crate) fn mismatch(self, path: &str) -> Option<String> {
        let promised = Kind::promised(path)?;
        let text_either_way = matches!(promised, Kind::Json | Kind::Markup) && self == Kind::Unknown;
        if promised == self || text_either_way {
            return None;
        }
        Some(format!(
            "the name says {}, the bytes are {}",
            promised.words(),
            self.words()
        ))
    }
}

/// Whether the name is that of plain text, so that looking at the first bytes can wait until the file is read.
pub(crate) fn named_as_text(path: &str) -> bool {
    const TEXT: [&str; 9] = ["json", "ndjson", "jsonl", "html", "htm", "csv", "txt", "md", "pem"];
    path.rsplit_once('.')
        .is_some_and(|(_, extension)| TEXT.iter().any(|text| extension.eq_ignore_ascii_case(text)))
}

/// Whether the name promises one JSON value per line, also in gz.
pub(crate) fn named_as_lines(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    let path = path.strip_suffix(".gz").unwrap_or(&path);
    path.ends_with(".ndjson") || path.ends_with(".jsonl")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_decide_and_the_name_is_remarked() {
        let kind = Kind::of(b"\x89PNG\r\n\x1a\n....");
        assert_eq!(
            kind.mismatch("pack.zip").as_deref(),
            Some("the name says a zip archive, the bytes are a PNG picture")
        );
    }

    #[test]
    fn text_under_a_json_name_is_no_mismatch() {
        assert_eq!(Kind::of(b"hello").mismatch("a.json"), None);
        assert_eq!(Kind::of(b" {}").mismatch("a.json"), None);
    }

    #[test]
    fn json_under_a_gz_name_is_a_mismatch() {
        assert!(Kind::of(b"{}").mismatch("a.gz").is_some());
    }
}
