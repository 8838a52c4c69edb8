//! A first pass over one large JSON document: its own members, and how many rows its lists hold.

use super::{Text, Trouble, bounds, row_bounds};
use crate::json::stream::{Members, Place};
use crate::json::{self, Node};
use crate::reason::ReasonCode;

/// Members that hold rows.
pub(super) const LISTS: &[&str] = &["records", "chain_entries"];

/// What a document says of itself beside its rows.
#[derive(Debug, Default)]
pub(in super::super) struct Document {
    pub(in super::super) schema: Option<String>,
    pub(in super::super) bundle_type: Option<String>,
    /// The literal of an integer, or what stands there otherwise.
    pub(in super::super) schema_version: Option<String>,
    pub(in super::super) include_chain_entries: bool,
    pub(in super::super) project_id: Option<String>,
    /// Rows of `records`; none where it has no such list.
    pub(in super::super) records: Option<u64>,
    /// Rows of the document's own `chain_entries`.
    pub(in super::super) entries: Option<u64>,
    /// A proof about what a filter left out.
    pub(in super::super) scope_proof: bool,
    /// Further signatures on a permit.
    pub(in super::super) slots: bool,
    /// Escaped lone surrogates outside the rows.
    pub(in super::super) lone_surrogate: bool,
    names: Vec<String>,
}

impl Document {
    /// `audit_export_bundle`.
    pub(in super::super) fn is_bundle(&self) -> bool {
        self.bundle_type.as_deref() == Some("audit_export_bundle")
    }

    /// `keel.governance_events/v1`.
    pub(in super::super) fn is_governance(&self) -> bool {
        self.schema.as_deref() == Some("keel.governance_events/v1")
    }

    /// A decision-centric bundle, by either of its names.
    pub(in super::super) fn is_evidence(&self) -> bool {
        matches!(
            self.schema.as_deref(),
            Some("keel.evidence/v1" | "keel.vanta.evidence/v1")
        )
    }

    /// Whether the document itself is a chain entry.
    pub(super) fn is_entry(&self) -> bool {
        let chain = ["sequence_number", "prev_hash", "record_hash"];
        chain
            .iter()
            .filter(|name| self.names.iter().any(|met| met == *name))
            .count()
            >= 2
    }

    fn member(&mut self, name: &str, node: &Node<'_>) {
        let text = || node.as_str().map(str::to_owned);
        match name {
            "schema" => self.schema = text(),
            "bundle_type" => self.bundle_type = text(),
            "schema_version" => self.schema_version = Some(node.as_number().unwrap_or("no number").to_owned()),
            "include_chain_entries" => self.include_chain_entries = node.as_bool() == Some(true),
            "project_id" => self.project_id = text(),
            "scope_faithfulness" => self.scope_proof = !node.is_null(),
            _ if super::read::is_slot(name, node) => self.slots = true,
            _ => {}
        }
    }
}

/// Reads a document once.
pub(super) fn survey(text: &Text<'_>) -> Result<Document, Trouble> {
    let reader = text
        .pack
        .reader(text.index)
        .map_err(|refusal| Trouble::refused(&refusal))?;
    let mut members = Members::new(reader, &bounds(text.pack.within()), LISTS);
    let mut document = Document::default();
    for piece in members.by_ref() {
        let piece = piece.map_err(|fault| Trouble::fault(&fault))?;
        if let Place::Element(index) = piece.chunk.place {
            let count = if piece.name == "records" {
                &mut document.records
            } else {
                &mut document.entries
            };
            *count = Some(index.saturating_add(1));
            continue;
        }
        let parsed =
            json::parse(&piece.chunk.text, &row_bounds(text.pack.within())).map_err(|fault| Trouble::fault(&fault))?;
        for flaw in &parsed.flaws {
            if flaw.code == ReasonCode::JsonDuplicateKey {
                return Err(Trouble {
                    code: ReasonCode::DuplicateJsonKey,
                    detail: format!("in member {}", piece.name),
                });
            }
            document.lone_surrogate |= flaw.code == ReasonCode::JsonLoneSurrogate;
        }
        document.member(&piece.name, &parsed.root);
    }
    for list in members.lists_met() {
        let count = if list == "records" {
            &mut document.records
        } else {
            &mut document.entries
        };
        *count = Some(count.unwrap_or(0));
    }
    document.names = members.names().to_vec();
    // Everything about the bytes has to be sound to their end.
    let end = members.into_reader().finish();
    end.map_err(|refusal| Trouble::refused(&refusal))?;
    Ok(document)
}
