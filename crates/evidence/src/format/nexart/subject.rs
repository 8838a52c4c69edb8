//! One record with what travels around it: wrapper, attestation block, receipts from elsewhere.

use super::kind::is_placeholder;
use super::record_type::RecordType;
use crate::json::{Bounds, Node};
use crate::reason::ReasonCode;

/// A record and everything that speaks about it.
#[derive(Debug, Clone)]
pub(super) struct Subject<'n, 'a> {
    /// The record itself.
    pub(super) cer: &'n Node<'a>,
    /// The object around it that carries receipt, signature and envelope: package, or `proof.meta` of a listing.
    pub(super) package: Option<&'n Node<'a>>,
    /// Receipts from elsewhere in the pack.
    pub(super) receipts: Vec<&'n Node<'a>>,
    /// Why a receipt from elsewhere could not be read.
    pub(super) receipt_not_read: Option<ReasonCode>,
    /// Why something of the pack was not read, which may hold what is missing here.
    pub(super) elsewhere_not_read: Option<ReasonCode>,
    /// What a text inside it may hold: a receipt that is kept as text.
    pub(super) bounds: Bounds,
    /// Folder of the artifact, without a trailing slash.
    pub(super) folder: &'n str,
    /// The JSON around it is ambiguous or unreadable.
    pub(super) corrupt: bool,
}

/// Where an attestation stands and what it holds (1.5).
#[derive(Debug, Clone, Copy)]
pub(super) struct Attestation<'n, 'a> {
    /// The object that holds `receipt`, or the legacy stamp.
    pub(super) block: &'n Node<'a>,
    /// The receipt, when there is one.
    pub(super) receipt: Option<&'n Node<'a>>,
}

impl<'n, 'a> Subject<'n, 'a> {
    /// A record by itself.
    pub(super) fn alone(cer: &'n Node<'a>) -> Subject<'n, 'a> {
        Subject {
            cer,
            package: None,
            receipts: Vec::new(),
            receipt_not_read: None,
            elsewhere_not_read: None,
            bounds: Bounds::default(),
            folder: "",
            corrupt: false,
        }
    }

    /// The record at a JSON pointer of a document, with the object around it that speaks about it (1.2, 1.3).
    pub(super) fn at_pointer(root: &'n Node<'a>, pointer: &str) -> Option<Subject<'n, 'a>> {
        let package = wrapper_of(pointer).and_then(|around| root.pointer(&around));
        Some(Subject {
            package,
            ..Subject::alone(root.pointer(pointer)?)
        })
    }

    /// A string member of the record.
    pub(super) fn text(&self, name: &str) -> Option<&'n str> {
        self.cer.get(name).and_then(Node::as_str)
    }

    /// A string at a JSON pointer of the record.
    pub(super) fn at(&self, pointer: &str) -> Option<&'n str> {
        self.cer.pointer(pointer).and_then(Node::as_str)
    }

    /// The hash as the record states it.
    pub(super) fn stated_hash(&self) -> Option<&'n str> {
        match self.record_type() {
            Some(RecordType::Project) => self.at("/integrity/projectHash"),
            _ => self.text("certificateHash"),
        }
    }

    /// The record's type; none when absent or not known.
    pub(super) fn record_type(&self) -> Option<RecordType> {
        self.text("bundleType").and_then(RecordType::of)
    }

    /// The execution id: AI, code; step id of a governed step; project id.
    pub(super) fn execution_id(&self) -> Option<&'n str> {
        match self.record_type() {
            Some(RecordType::GovernedStep | RecordType::GovernedRun) => self.at("/step/stepId"),
            Some(RecordType::Project) => self.text("projectBundleId"),
            _ => self.at("/snapshot/executionId"),
        }
    }

    /// The attestation block: the first place that has a receipt; else a legacy stamp (1.5).
    pub(super) fn attestation(&self) -> Option<Attestation<'n, 'a>> {
        let meta = self.cer.get("meta");
        let inner = meta.and_then(|meta| meta.get("attestation"));
        let top = self.cer.get("attestation");
        let places = [self.package, inner, top, meta, Some(self.cer)];
        for block in places.into_iter().flatten() {
            let receipt = block
                .get("receipt")
                .filter(|receipt| !receipt.is_null() && !is_placeholder(receipt));
            if receipt.is_some() {
                return Some(Attestation { block, receipt });
            }
        }
        if let Some(receipt) = self.project_receipt() {
            return Some(Attestation {
                block: receipt,
                receipt: Some(receipt),
            });
        }
        let stamp = [inner, top].into_iter().flatten().find(|block| block.is_object())?;
        Some(Attestation {
            block: stamp,
            receipt: None,
        })
    }

    /// A project's `nodeReceipt`, in the bundle or beside it (4.4).
    pub(super) fn project_receipt(&self) -> Option<&'n Node<'a>> {
        if self.record_type() != Some(RecordType::Project) {
            return None;
        }
        [Some(self.cer), self.package]
            .into_iter()
            .flatten()
            .filter_map(|holder| holder.get("nodeReceipt"))
            .find(|receipt| !receipt.is_null() && !is_placeholder(receipt))
    }

    /// The mode of the attestation: `full`, `redacted_reseal`, `hash-only`, as stated.
    pub(super) fn mode(&self) -> Option<&'n str> {
        self.attestation()
            .and_then(|attestation| attestation.block.get("mode"))
            .or_else(|| self.cer.pointer("/meta/attestation/mode"))
            .and_then(Node::as_str)
    }

    /// Where the record's envelope lies: package members, else under `meta` (section 6).
    pub(super) fn envelope(&self) -> Option<Envelope<'n, 'a>> {
        let in_package = self.package.and_then(|package| Envelope::within(package, false));
        in_package.or_else(|| self.cer.get("meta").and_then(|meta| Envelope::within(meta, true)))
    }

    /// Whether this is a redacted reseal (7.1).
    pub(super) fn is_reseal(&self) -> bool {
        self.text("bundleType") == Some("signed-redacted-reseal")
            || self.mode() == Some("redacted_reseal")
            || self.at("/provenance/kind") == Some("redacted_reseal")
            || self.at("/meta/provenance/kind") == Some("redacted_reseal")
    }
}

/// Where the object that speaks about a record lies: around it, or beside it in the node's listing.
pub(super) fn wrapper_of(pointer: &str) -> Option<String> {
    let around = ["/cer", "/bundle"]
        .into_iter()
        .find_map(|member| pointer.strip_suffix(member));
    let listed = || Some(format!("{}/meta", pointer.strip_suffix("/proofJson")?));
    around.map(str::to_owned).or_else(listed)
}

/// A verification envelope and its signature.
#[derive(Debug, Clone, Copy)]
pub(super) struct Envelope<'n, 'a> {
    /// The envelope's metadata.
    pub(super) metadata: &'n Node<'a>,
    /// The signature member.
    pub(super) signature: Option<&'n Node<'a>>,
    /// Whether it stands in the legacy place, under `meta`.
    pub(super) legacy: bool,
}

impl<'n, 'a> Envelope<'n, 'a> {
    fn within(holder: &'n Node<'a>, legacy: bool) -> Option<Envelope<'n, 'a>> {
        let metadata = holder
            .get("verificationEnvelope")
            .filter(|metadata| !metadata.is_null());
        let signature = holder
            .get("verificationEnvelopeSignature")
            .filter(|signature| !signature.is_null());
        metadata.map(|metadata| Envelope {
            metadata,
            signature,
            legacy,
        })
    }
}
