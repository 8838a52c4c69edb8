//! Incident bundles: what their list names, and the brackets around their events (`specs/keel.md` 8).

use crate::check::Check;
use crate::json::Node;
use crate::reason::ReasonCode;
use crate::report::Finding;

/// The members of a zip payload, whose safety the container already judged.
pub(super) trait Members {
    /// Every path of the directory, refused and doubled ones included.
    fn paths(&self) -> Vec<String>;
    /// The bytes of a member.
    ///
    /// # Errors
    /// Why it is not used.
    fn bytes(&self, path: &str) -> Result<Vec<u8>, ReasonCode>;
}

/// What an incident bundle comes to, without the walk of its events and the checks of its workflow records.
pub(super) struct Incident {
    /// `incidentFiles`.
    pub(super) checks: Vec<Check>,
    /// Warnings.
    pub(super) warnings: Vec<Finding>,
    /// The version of its list; none without a list.
    pub(super) version: Option<u64>,
}

/// Judges the list of an `incident_evidence` payload: the export manifest itself when it has `manifest_version`.
pub(super) fn judge(export_manifest: &Node<'_>, members: &dyn Members, subject: &str) -> Incident {
    let _ = (export_manifest, members.paths(), members.bytes(""), subject);
    Incident {
        checks: Vec::new(),
        warnings: Vec::new(),
        version: None,
    }
}

/// One checkpoint of `bracket_checkpoints.json`, as a pointer into that document.
pub(super) struct Bracket {
    /// Which side of the events.
    pub(super) side: Side,
    /// JSON pointer of the checkpoint object.
    pub(super) pointer: String,
}

/// Which side of the events a checkpoint stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The last one before.
    Before,
    /// The first one after.
    After,
}

/// Finds the brackets of `bracket_checkpoints.json`.
pub(super) fn brackets(document: &Node<'_>) -> Vec<Bracket> {
    let _ = document;
    Vec::new()
}
