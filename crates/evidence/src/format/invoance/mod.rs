//! Invoance signed audit logs and the other Invoance proofs (`specs/invoance.md`).

mod event;
mod exhibit;
mod keys;
mod proofs;

pub(crate) use exhibit::exhibit;
