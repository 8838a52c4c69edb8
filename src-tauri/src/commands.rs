//! What the page may ask for. Each command names packs by token; none takes a path.

pub(crate) mod opening;
