//! The page *My review*: engagement, custody, procedure, checklist, sample, exceptions, conclusion, sign-off.

use serde::{Deserialize, Serialize};

page_types! {
    /// What the page *My review* shows.
    pub struct ReviewPage {
    }
}
