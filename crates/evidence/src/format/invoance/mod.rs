//! Invoance signed audit logs and the other Invoance proofs (`specs/invoance.md`).
//!
//! [`survey`](log::survey) finds what lies where; then the rows of all logs pass once, judged on all cores
//! ([`event`], [`keys`]), into the sequence of each organisation; the other proofs are judged one by one ([`proofs`]).

mod event;
mod exhibit;
mod keys;
mod log;
mod proofs;

pub(crate) use exhibit::exhibit;
pub(crate) use log::{glance, verify};
