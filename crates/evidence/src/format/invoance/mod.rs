//! Invoance signed audit logs and the other Invoance proofs (`specs/invoance.md`).

mod event;
mod keys;
mod proofs;
