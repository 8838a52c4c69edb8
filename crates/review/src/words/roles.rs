//! Kinds of evidence and of files. The names come from the engine as text, so an unknown one is shown as it is.

use evidence::Verdict;

/// What the kind of evidence is called, from the report's format id.
#[must_use]
pub fn format_name(id: &str) -> String {
    match id {
        "nexart.evidence-pack" => "NexArt evidence pack",
        "nexart.record" => "NexArt record",
        "invoance.audit-log" => "Invoance audit log",
        "invoance.proof" => "Invoance proof",
        "keel.export" => "Keel signed export",
        "keel.checkpoint" => "Keel checkpoint",
        "keel.evidenceBundle" => "Keel evidence bundle",
        "keel.scopeState" => "Keel scope state",
        "keel.keyStatus" => "Keel key status",
        "keel.voiceSession" => "Keel voice session",
        "keel.authorityInventory" => "Keel authority inventory",
        "keel.coSignature" => "Keel co-signature",
        "keel.workChain" => "Keel work chain",
        "keel.permitPack" => "Keel permit pack",
        "keel.mcpReview" => "Keel review journey",
        "several" => "Evidence of several kinds",
        "unknown" => "Not a known kind of evidence",
        other => other,
    }
    .to_owned()
}

/// What a file was recognised as.
#[must_use]
pub fn file_role(role: &str) -> String {
    match role {
        "nexart.cer" => "Record",
        "nexart.package" => "Record with its receipt",
        "nexart.lookup" => "Record in a wrapper",
        "nexart.project" => "Project",
        "nexart.steps" => "List of governed steps",
        "nexart.list" => "List of several kinds",
        "nexart.receipt" => "Receipt",
        "nexart.keySet" => "List of keys",
        "nexart.manifest" => "List of records",
        "nexart.snapshot" => "Sender's saved result",
        "nexart.auditReport" => "Audit report of the sender",
        "nexart.projectExport" | "nexart.projectCsv" => "Project summary of the sender",
        "nexart.placeholder" => "Placeholder without content",
        "nexart.renderer" => "Renderer example",
        "invoance.log" => "Audit log",
        "invoance.page" => "Pages of an audit log",
        "invoance.csv" => "Audit log as a table",
        "invoance.integrityResponse" => "Statement of the service",
        "invoance.verifyResponse" => "Saved answers of the service",
        "invoance.keys" => "List of keys",
        "invoance.exportJob" => "Export job",
        "invoance.attestation" => "AI attestation",
        "invoance.anchor" => "Document anchor",
        "invoance.ledgerEvent" => "Ledger event",
        "invoance.trace" => "Trace proof",
        "invoance.original" => "Content that a proof is about",
        "keel.payload" => "Export file",
        "keel.manifest" => "Manifest of an export",
        "keel.keyManifest" => "List of keys",
        "keel.checkpoint" => "Checkpoint",
        "keel.workflowEvidence" => "Workflow evidence beside an export",
        "keel.evidenceBundle" => "Evidence in one file",
        "keel.scopeState" => "Scope state (not evaluated)",
        "keel.keyStatus" => "Key status (not evaluated)",
        "keel.voiceSession" => "Voice session (not evaluated)",
        "keel.authorityInventory" => "Authority inventory (not evaluated)",
        "keel.coSignature" => "Co-signature (not evaluated)",
        "keel.workChain" => "Work chain (not evaluated)",
        "keel.permitPack" => "Permit pack (not evaluated)",
        "keel.mcpReview" => "Review journey (not evaluated)",
        "senderPage" => "Page written by the sender",
        "readMe" => "Read-me of the sender",
        "reviewerNotes" => "Reviewer's notes",
        "notRecognised" => "Not recognised",
        "ignored" => "Not read: added by the operating system",
        "refused" => "Refused",
        other => other,
    }
    .to_owned()
}

/// Whether a check covers a file's content, and what that check came to.
#[must_use]
pub fn cover(role: &str, verdict: Option<Verdict>) -> &'static str {
    match (role, verdict) {
        ("refused", _) => "not used",
        ("ignored", _) => "not read",
        (_, Some(Verdict::Verified)) => "covered, verified",
        (_, Some(Verdict::Failed)) => "covered, mismatch",
        (_, Some(Verdict::Indeterminate | Verdict::Error)) => "covered, undecided",
        (_, Some(Verdict::NotEvidence) | None) => "not covered",
    }
}

/// What a record's type is called.
#[must_use]
pub fn record_type(bundle_type: &str) -> String {
    match bundle_type {
        "cer.ai.execution.v1" => "AI execution",
        "cer.codemode.render.v1" => "Code render",
        "cer.governed.execution.step.v1" => "Governed step",
        "cer.governed.execution.v1" => "Governed run",
        "cer.project.bundle.v1" => "Project",
        "signed-redacted-reseal" => "Shortened copy, sealed again",
        "invoance.audit/1" => "Audit event",
        "attestation" => "AI attestation",
        "anchor" => "Document anchor",
        "ledger" => "Ledger event",
        "trace" => "Trace proof",
        "hash-only-timestamp" => "Fingerprint only",
        "governance_event" | "governance_events" => "Governance event",
        "permit" | "permits" => "Permit",
        "permit_sample" => "Permit (sample)",
        "usage" | "usage_ledgers" => "Usage row",
        "policy_change" => "Policy change",
        "active_policy" => "Policy in force",
        "governed_requests" => "Governed request",
        "governance_decision_snapshots" => "Snapshot of a decision",
        "permit_attestations" => "Attestation of a permit",
        "summary" => "Summary of the issuer",
        other => other,
    }
    .to_owned()
}
