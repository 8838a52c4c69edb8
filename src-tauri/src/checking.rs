//! temp
pub(crate) struct Review;
