//! The key that stands on a row.

use std::sync::{Arc, PoisonError};

use super::{KEPT, Keys};
use crate::json::Node;
use crate::signature::PublicKey;

/// A key met on a row.
#[derive(Debug)]
pub(in super::super) struct Met {
    pub(super) key: PublicKey,
    mixed_order: bool,
}

/// What stands on a row as its key.
#[derive(Debug, Clone)]
pub(in super::super) enum RowKey {
    /// Nothing.
    Absent,
    /// Something that is no key of this format.
    Unreadable,
    /// A key.
    Key(Arc<Met>),
}

impl RowKey {
    /// The key, if it can be read.
    pub(in super::super) fn key(&self) -> Option<&PublicKey> {
        match self {
            RowKey::Key(met) => Some(&met.key),
            RowKey::Absent | RowKey::Unreadable => None,
        }
    }

    /// Whether the key has a component of small order.
    pub(in super::super) fn is_mixed_order(&self) -> bool {
        matches!(self, RowKey::Key(met) if met.mixed_order)
    }
}

impl Keys {
    /// What stands on a row as its key: exactly 64 hex digits, either case.
    pub(in super::super) fn on_row(&self, node: Option<&Node<'_>>) -> RowKey {
        let Some(node) = node else { return RowKey::Absent };
        let Some(text) = node.as_str() else {
            return RowKey::Unreadable;
        };
        if text.is_empty() {
            return RowKey::Absent;
        }
        let Some(bytes) = hex::<32>(text) else {
            return RowKey::Unreadable;
        };
        match self.meet(&bytes) {
            Some(met) => RowKey::Key(met),
            None => RowKey::Unreadable,
        }
    }

    /// The one object of a key; none for bytes that are no key.
    fn meet(&self, bytes: &[u8; 32]) -> Option<Arc<Met>> {
        let met = self.met.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = met.get(bytes) {
            return Some(known.clone());
        }
        drop(met);
        let new = Met::of(PublicKey::from_bytes(bytes).ok()?);
        let mut met = self.met.write().unwrap_or_else(PoisonError::into_inner);
        if met.len() < KEPT {
            return Some(met.entry(*bytes).or_insert(new).clone());
        }
        Some(new)
    }
}

impl Met {
    pub(super) fn of(key: PublicKey) -> Arc<Met> {
        let mixed_order = key.is_mixed_order();
        Arc::new(Met { key, mixed_order })
    }
}

/// Exactly so many bytes as hex digits, either case, without prefix or blanks.
pub(in super::super) fn hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let encoding = data_encoding::HEXLOWER_PERMISSIVE;
    if encoding.decode_len(text.len()) != Ok(N) {
        return None;
    }
    encoding.decode_mut(text.as_bytes(), &mut bytes).ok()?;
    Some(bytes)
}
