//! One key of a trust root, with what it may sign and when (`specs/keel.md` 3.1).

use jiff::Timestamp;

use super::super::encoding;
use super::super::moment::moment;
use crate::confirmation::Confirmation;
use crate::digest::Digest;
use crate::json::Node;
use crate::keybook::KeyEntry;
use crate::reason::ReasonCode;
use crate::signature::PublicKey;

/// What a key is listed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(in super::super) enum Purpose {
    /// Export manifests and workflow siblings.
    ExportSigning,
    /// Checkpoints.
    IntegrityCheckpoint,
    /// Closures and workflow records.
    PermitBindingSigning,
    /// Proofs about what a filter left out.
    ScopeState,
}

/// One end of a period, inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// Not stated.
    Open,
    /// Stated.
    At(Timestamp),
    /// Stated, and no time: the entry is of no use.
    Unreadable,
}

/// One entry.
#[derive(Debug, Clone)]
pub(in super::super) struct Entry {
    pub(super) key_id: Option<String>,
    /// Why it cannot be used, when its text is no sound key.
    pub(super) key: Result<PublicKey, ReasonCode>,
    pub(super) purpose: Option<Purpose>,
    pub(super) status: Option<String>,
    from: Bound,
    to: Bound,
    stopped: bool,
    /// The period as stated.
    pub(super) stated: (Option<String>, Option<String>),
    /// Projects that it signs for; all where none is named.
    pub(super) signs_for: Vec<String>,
    /// Whether it was given for this run, as the key of this evidence.
    pub(super) given: bool,
    /// Where it stands.
    pub(super) source: String,
    pub(super) confirmed: Confirmation,
}

impl Entry {
    /// An object of a list of keys; `default` is the purpose of the list as a whole.
    pub(super) fn read(node: &Node<'_>, default: Option<Purpose>, source: &str) -> Entry {
        let text = |names: [&str; 2]| names.into_iter().find_map(|name| node.get(name)?.as_str());
        let purpose = node
            .get("purpose")
            .map_or(default, |purpose| purpose.as_str()?.parse().ok());
        let stopped = |name: &str| node.get(name).is_some_and(|time| !time.is_null());
        let status = node.get("status").and_then(Node::as_str).map(str::to_owned);
        Entry {
            key_id: node.get("key_id").and_then(Node::as_str).map(str::to_owned),
            key: key_of(node, text(["public_key", "public_key_b64"])),
            purpose,
            from: bound(node, ["valid_from", "active_from"]),
            to: bound(node, ["valid_to", "active_to"]),
            stopped: stopped("revoked_at") || stopped("compromised_at") || is_stopped(status.as_deref()),
            status,
            stated: (
                text(["valid_from", "active_from"]).map(str::to_owned),
                text(["valid_to", "active_to"]).map(str::to_owned),
            ),
            signs_for: Vec::new(),
            given: true,
            source: source.to_owned(),
            confirmed: Confirmation::Given(Some(source.to_owned())),
        }
    }

    /// An entry of the reviewer's key book, once for each of its purposes; without any it signs exports.
    pub(super) fn of_book(entry: &KeyEntry, book: &str) -> Vec<Entry> {
        let purposes = entry.purpose.as_deref().unwrap_or("export_signing").split(',');
        let purposes = purposes.map(|purpose| purpose.trim().parse().ok());
        purposes
            .map(|purpose| Entry::of_book_for(entry, purpose, book))
            .collect()
    }

    /// Without a key id it has the one that its bytes give.
    fn of_book_for(entry: &KeyEntry, purpose: Option<Purpose>, book: &str) -> Entry {
        let bound = |text: &Option<String>| text.as_deref().map_or(Bound::Open, bound_of);
        Entry {
            key_id: entry
                .key_id
                .clone()
                .or_else(|| Some(key_id(&entry.public_key, purpose))),
            key: Ok(entry.public_key.clone()),
            purpose,
            status: None,
            from: bound(&entry.valid_from),
            to: bound(&entry.valid_to),
            stopped: entry.revoked_at.is_some(),
            stated: (entry.valid_from.clone(), entry.valid_to.clone()),
            signs_for: entry.signs_for.clone(),
            given: false,
            source: book.to_owned(),
            confirmed: Confirmation::from(entry),
        }
    }

    /// A key given by itself: it signs exports, and has no period.
    pub(super) fn bare(key: &PublicKey) -> Entry {
        Entry {
            key_id: None,
            key: Ok(key.clone()),
            purpose: Some(Purpose::ExportSigning),
            status: None,
            from: Bound::Open,
            to: Bound::Open,
            stopped: false,
            stated: (None, None),
            signs_for: Vec::new(),
            given: true,
            source: String::new(),
            confirmed: Confirmation::Given(None),
        }
    }

    /// Whether it was revoked or compromised.
    pub(in super::super) fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// Whether both ends of its period are times, or open.
    pub(super) fn has_period(&self) -> bool {
        self.from != Bound::Unreadable && self.to != Bound::Unreadable
    }

    /// The ends of its period; none for an open end.
    pub(in super::super) fn period(&self) -> (Option<Timestamp>, Option<Timestamp>) {
        let end = |bound| match bound {
            Bound::At(time) => Some(time),
            Bound::Open | Bound::Unreadable => None,
        };
        (end(self.from), end(self.to))
    }

    /// Whether its period holds this moment.
    pub(super) fn is_active(&self, at: Timestamp) -> bool {
        let (from, to) = self.period();
        self.has_period() && from.is_none_or(|from| from <= at) && to.is_none_or(|to| at <= to)
    }

    /// Whether it was neither given for this run nor says whom it signs for.
    pub(super) fn is_about_nobody(&self) -> bool {
        !self.given && self.signs_for.is_empty()
    }

    /// Whether it is about the evidence of this project, as far as either says.
    pub(super) fn is_for(&self, project: Option<&str>) -> bool {
        let named = |project: &str| self.signs_for.iter().any(|signs| signs == project);
        self.signs_for.is_empty() || project.is_none_or(named)
    }
}

/// The key id that a key has by its bytes.
pub(in super::super) fn key_id(key: &PublicKey, purpose: Option<Purpose>) -> String {
    let digest = key.fingerprint().to_hex();
    let short = |length| digest.get(..length).unwrap_or_default();
    match purpose {
        Some(Purpose::PermitBindingSigning) => short(16).to_owned(),
        Some(Purpose::ExportSigning | Purpose::IntegrityCheckpoint | Purpose::ScopeState) | None => {
            format!("sha256:{}", short(32))
        }
    }
}

/// Whether a key id is the one of these bytes.
pub(super) fn is_key_id_of(text: &str, raw: &[u8; 32]) -> bool {
    let digest = Digest::of(raw).to_hex();
    let hex = text.strip_prefix("sha256:").unwrap_or(text);
    matches!(hex.len(), 16 | 32 | 64) && digest.starts_with(hex)
}

fn key_of(node: &Node<'_>, text: Option<&str>) -> Result<PublicKey, ReasonCode> {
    let algorithm = node.get("algorithm");
    if algorithm.is_some_and(|name| !name.as_str().is_some_and(|name| name.eq_ignore_ascii_case("ed25519"))) {
        return Err(ReasonCode::KeyWrongAlgorithm);
    }
    encoding::listed_key(text.ok_or(ReasonCode::KeyMalformed)?)
}

fn is_stopped(status: Option<&str>) -> bool {
    status.is_some_and(|status| {
        ["revoked", "compromised"]
            .iter()
            .any(|word| status.trim().eq_ignore_ascii_case(word))
    })
}

/// The first of the two names that is there and not null.
fn bound(node: &Node<'_>, names: [&str; 2]) -> Bound {
    let stated = names
        .into_iter()
        .filter_map(|name| node.get(name))
        .find(|value| !value.is_null());
    stated.map_or(Bound::Open, |value| value.as_str().map_or(Bound::Unreadable, bound_of))
}

fn bound_of(text: &str) -> Bound {
    moment(text).map_or(Bound::Unreadable, Bound::At)
}
