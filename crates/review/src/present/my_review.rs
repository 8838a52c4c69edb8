//! The page *My review*.

use crate::acts::Case;
use crate::note::Note;
use crate::view::ReviewPage;

/// What the page shows of a note; of none where there is none.
#[must_use]
pub(super) fn review_page(_case: &Case<'_>, _note: Option<&Note>) -> ReviewPage {
    ReviewPage {}
}
