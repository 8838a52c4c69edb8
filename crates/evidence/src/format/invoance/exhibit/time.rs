//! A signed time: shown as it is signed, its unsigned spelling apart (`specs/invoance.md` 3.2).

use super::super::event::time::Moment;
use super::shown;
use crate::exhibit::{Cover, ExhibitField};
use crate::json::{Node, Value};

/// `YYYY-MM-DDThh:mm:ss`: less than that in common is chance.
const TO_THE_SECOND: usize = 19;

/// The field of a time as it is signed and, where it is written otherwise, the field of what is written.
pub(super) fn fields(pointer: String, value: &Node<'_>, fields: &mut Vec<ExhibitField>) {
    let written = shown(value);
    let signed = value.as_str().and_then(Moment::read).map(Moment::text);
    let span = value.span.range();
    let field = |pointer, value, cover, span| ExhibitField {
        pointer,
        value,
        cover,
        span,
    };
    match signed {
        Some(signed) if signed != written => {
            let end = span.start + covered(value, &signed);
            let apart = format!("{pointer} (as written)");
            fields.push(field(pointer, signed, Cover::Sealed, span.start..end));
            fields.push(field(apart, written, Cover::Unsealed, end..span.end));
        }
        Some(_) => fields.push(field(pointer, written, Cover::Sealed, span)),
        // What cannot be normalised cannot have been signed.
        None => fields.push(field(pointer, written, Cover::Unsealed, span)),
    }
}

/// How much of the literal, from its opening quote on, is what was signed.
fn covered(value: &Node<'_>, signed: &str) -> usize {
    let Value::String(text) = &value.value else { return 0 };
    let written = text.as_verbatim().unwrap_or_default();
    let common = written
        .bytes()
        .zip(signed.bytes())
        .take_while(|(one, other)| one == other)
        .count();
    if common < TO_THE_SECOND { 0 } else { 1 + common }
}
