//! Kinds of evidence and of files. The names come from the engine as text, so an unknown one is shown as it is.

/// What the kind of evidence is called, from the report's format id.
#[must_use]
pub fn format_name(id: &str) -> String {
    match id {
        "nexart.evidence-pack" => "NexArt evidence pack",
        "nexart.cer" | "nexart.record" => "NexArt record",
        "nexart.cer-package" => "NexArt record with its receipt",
        "nexart.project" | "nexart.project-bundle" => "NexArt project",
        "nexart.steps" | "nexart.node-steps" => "NexArt list of governed steps",
        "nexart.records" => "NexArt records",
        "keel.export" => "Keel signed export",
        "invoance.audit-log" | "invoance.export" => "Invoance audit log",
        "several" | "mixed" => "Evidence of several kinds",
        "unknown" | "" => "Not a known kind of evidence",
        other => other,
    }
    .to_owned()
}

/// What a file was recognised as.
#[must_use]
pub fn file_role(role: &str) -> String {
    let kind = role.rsplit('.').next().unwrap_or(role);
    match kind {
        "cer" | "record" => "Record",
        "records" => "Records",
        "package" | "cer-package" | "cerPackage" => "Record with its receipt",
        "wrapper" | "lookup" => "Record in a wrapper",
        "project" | "project-bundle" | "projectBundle" => "Project",
        "steps" | "node-steps" | "nodeSteps" => "List of governed steps",
        "keys" | "key-set" | "keySet" | "node-metadata" | "nodeMetadata" => "List of keys",
        "manifest" => "List of records",
        "snapshot" | "verification-snapshot" | "verificationSnapshot" => "Sender's saved result",
        "audit-report" | "auditReport" => "Audit report of the sender",
        "project-export" | "projectExport" => "Project summary of the sender",
        "receipt" | "bare-receipt" | "bareReceipt" => "Receipt",
        "placeholder" => "Placeholder without content",
        "renderer-example" | "rendererExample" => "Renderer example",
        "summary" | "summary-page" | "summaryPage" | "html" => "Summary page of the sender",
        "readme" => "Read-me of the sender",
        "notes" | "reviewer-notes" | "reviewerNotes" => "Reviewer's notes",
        "payload" => "Export",
        "notRecognised" => "Not recognised",
        "ignored" => "Not read: added by the operating system",
        "refused" => "Refused",
        _ => return role.to_owned(),
    }
    .to_owned()
}

/// Whether a check covers a file's content.
#[must_use]
pub fn cover(role: &str, covered: bool) -> &'static str {
    match (role, covered) {
        ("refused", _) => "not used",
        ("ignored", _) => "not read",
        (_, true) => "covered by a check",
        (_, false) => "not covered",
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
        "hash-only-timestamp" => "Fingerprint only",
        other => other,
    }
    .to_owned()
}
