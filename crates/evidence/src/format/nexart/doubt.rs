//! Which flaws of a JSON text make it mean different things to different readers (`specs/nexart.md` 2).

use crate::json::{FLAWS_KEPT, Flaw, Span};
use crate::reason::ReasonCode;

/// Flaws that make a JSON text mean different things to different readers.
pub(super) fn is_fatal(code: ReasonCode) -> bool {
    matches!(
        code,
        ReasonCode::JsonDuplicateKey | ReasonCode::JsonLoneSurrogate | ReasonCode::JsonNumberRange
    )
}

/// Whether a flaw lies inside a span.
pub(super) fn within(flaw: &Flaw, span: Span) -> bool {
    span.range().contains(&flaw.offset)
}

/// The first flaw inside `span` that makes it ambiguous. Where more flaws were met than are kept, all is doubtful.
pub(super) fn fatal_within(flaws: &[Flaw], span: Span) -> Option<ReasonCode> {
    let fatal = || flaws.iter().filter(|flaw| is_fatal(flaw.code));
    let overflow = fatal().nth(FLAWS_KEPT.saturating_sub(1));
    fatal()
        .find(|flaw| within(flaw, span))
        .or(overflow)
        .map(|flaw| flaw.code)
}
