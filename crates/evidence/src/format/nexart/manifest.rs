//! The export's list of records as it says it (`specs/nexart.md` 9.4); `lists` holds it against what is there.

use super::hash::{normalise, whole_number};
use crate::digest::Digest;
use crate::json::Node;

/// A manifest as the first pass reads it.
#[derive(Debug, Default)]
pub(super) struct ManifestSeen {
    /// Its labels: claims.
    pub(super) claims: Vec<(String, String)>,
    /// `recordCount`, as stated.
    pub(super) declared: Option<String>,
    /// `records`, in order.
    pub(super) entries: Vec<EntrySeen>,
}

/// One entry of `records`.
#[derive(Debug)]
pub(super) struct EntrySeen {
    /// `executionId`, a cross-check only; empty when it has none.
    pub(super) execution_id: String,
    /// `certificateHash` as written.
    pub(super) hash: String,
    /// The same in normal form; none when it is no hash.
    pub(super) digest: Option<Digest>,
    /// `bundleType`: here a level of detail.
    pub(super) label: String,
}

impl ManifestSeen {
    /// Reads a manifest.
    pub(super) fn read(value: &Node<'_>) -> ManifestSeen {
        let claims = ["exportedAt", "exportedBy", "exportScope", "verificationTool"];
        let records = value.get("records").map(Node::items).unwrap_or_default();
        ManifestSeen {
            claims: claims
                .into_iter()
                .filter_map(|name| Some((name.to_owned(), value.get(name)?.as_str()?.to_owned())))
                .collect(),
            declared: value
                .get("recordCount")
                .filter(|count| !count.is_null())
                .map(stated_count),
            entries: records.iter().map(EntrySeen::read).collect(),
        }
    }

    /// The project that the export says to cover.
    pub(super) fn project(&self) -> Option<&str> {
        let scope = self.claims.iter().find(|(name, _)| name == "exportScope")?;
        scope.1.strip_prefix("project:")
    }
}

/// A count as a person writes it: `3.0` counts as 3, what is no whole number is shown as it stands.
fn stated_count(count: &Node<'_>) -> String {
    match (whole_number(count), count.as_number()) {
        (Some(whole), _) => whole.to_string(),
        (None, Some(literal)) => literal.to_owned(),
        (None, None) => "not a number".to_owned(),
    }
}

impl EntrySeen {
    fn read(entry: &Node<'_>) -> EntrySeen {
        let text = |name: &str| entry.get(name).and_then(Node::as_str).unwrap_or_default().to_owned();
        let hash = text("certificateHash");
        EntrySeen {
            execution_id: text("executionId"),
            digest: normalise(&hash),
            hash,
            label: text("bundleType"),
        }
    }
}
