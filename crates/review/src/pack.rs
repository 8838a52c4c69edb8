//! Records taken out of packs with what belongs to them, as a pack of their own: exact bytes, original signatures.
//!
//! ```text
//! packs -> choice -> plan -> contents (name, exact bytes) -> draft (zip or folder) -> checked again -> kept
//! ```
//!
//! NexArt records become an evidence pack (`specs/nexart.md` 9.2), built or cut down; rows of an Invoance log stay lines
//! of a log; a Keel export goes along whole or not at all, since one signature covers it. What was left out is listed by
//! digest. Before anything is kept the draft is checked by the engine: no record comes to another result in it.

mod agree;
mod choice;
mod contents;
mod cutter;
mod error;
mod exact;
mod invoance;
mod keel;
mod left_out;
mod names;
mod nexart;
mod write;

pub use choice::{Choice, Choosing};
pub use error::PackError;
pub use exact::{Exact, ExactBytes, exact_file_name};
pub use write::{Form, Order, Origin, Packed, pack};
