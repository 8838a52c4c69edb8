//! The record types whose hash this program knows (`specs/nexart.md` 1.1).

/// A record type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RecordType {
    /// AI execution, and redacted reseals of one.
    Ai,
    /// Deterministic render.
    Code,
    /// One step of a governed run.
    GovernedStep,
    /// A whole governed run.
    GovernedRun,
    /// Project bundle.
    Project,
    /// Only a hash was stamped.
    HashOnly,
}

impl RecordType {
    /// The type that a `bundleType` names; none for what this version does not know.
    pub(super) fn of(bundle_type: &str) -> Option<RecordType> {
        Some(match bundle_type {
            "cer.ai.execution.v1" | "signed-redacted-reseal" => RecordType::Ai,
            "cer.codemode.render.v1" => RecordType::Code,
            "cer.governed.execution.step.v1" => RecordType::GovernedStep,
            "cer.governed.execution.v1" => RecordType::GovernedRun,
            "cer.project.bundle.v1" => RecordType::Project,
            "hash-only-timestamp" => RecordType::HashOnly,
            _ => return None,
        })
    }

    /// Whether the record has no `snapshot` by design.
    pub(super) fn is_governed(self) -> bool {
        matches!(self, RecordType::GovernedStep | RecordType::GovernedRun)
    }
}
