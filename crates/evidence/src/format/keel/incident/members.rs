//! The members of a zip payload (`specs/keel.md` 8).

use crate::json::Bounds;
use crate::reason::ReasonCode;

/// The members of a zip payload, whose structure the container already judged.
pub(in super::super) trait Members {
    /// The paths that can be used.
    fn paths(&self) -> Vec<String>;

    /// What a JSON text among them may hold.
    fn bounds(&self) -> Bounds;

    /// The bytes of a member.
    ///
    /// # Errors
    /// Why it is not used.
    fn bytes(&self, path: &str) -> Result<Vec<u8>, ReasonCode>;

    /// Hands over the lines of a member one by one, with their numbers from 1; blank ones are left out.
    ///
    /// # Errors
    /// Why it is not used, or why it could not be read to its end.
    fn lines(&self, path: &str, each: &mut dyn FnMut(u64, &[u8])) -> Result<(), ReasonCode>;
}
