//! Keel signed exports (`specs/keel.md`).

mod chain;
mod checkpoint;
mod closure;
mod incident;
mod legacy_json;
mod moment;
