//! Records that are handed over: as a pack of their own, or as their exact bytes.

use serde::{Deserialize, Serialize};

page_types! {
    /// What would be written, before anybody chooses where.
    pub struct HandOverView {
        /// "Save these records as a pack".
        pub title: String,
        /// What will lie in it.
        pub about: Vec<String>,
        /// "12 of 48 records".
        pub size: String,
        /// Proposed file name.
        pub file_name: String,
        /// Why it cannot be made; empty when it can.
        pub unavailable: String,
    }
}
