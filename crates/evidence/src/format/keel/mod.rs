//! Keel signed exports (`specs/keel.md`).
//!
//! [`survey`] looks at the artifacts and [`pairing`] says which payload belongs to which manifest; then every export,
//! checkpoint and bundle is verified as if alone.

mod adapter;
mod anchor;
mod chain;
mod checkpoint;
mod closure;
mod content;
mod diagnosis;
mod encoding;
mod evidence_bundle;
mod exhibit;
mod export;
mod head;
mod incident;
mod keys;
mod labels;
mod legacy_json;
mod manifest;
mod manifest_card;
mod moment;
mod native;
mod output;
mod pairing;
mod part;
mod payload;
mod record;
mod survey;
mod workflow;
mod zipped;

pub(crate) use adapter::{Reserved, reserve, verify};
pub(crate) use exhibit::exhibit;
