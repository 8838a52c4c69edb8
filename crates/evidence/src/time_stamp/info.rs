//! What the authority signed: `TSTInfo` (RFC 3161, 2.4.2).

use der::Tag;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::element::{Element, Elements, Malformed, context};
use super::hash::HashAlgorithm;

/// The content of a token.
#[derive(Debug)]
pub(super) struct Info<'t> {
    pub(super) hash: HashAlgorithm,
    pub(super) imprint: &'t [u8],
    pub(super) serial: &'t [u8],
    pub(super) time: Timestamp,
}

impl<'t> Info<'t> {
    pub(super) fn read(bytes: &'t [u8]) -> Result<Info<'t>, Malformed> {
        let mut fields = Elements::only(bytes)?.tagged(Tag::Sequence)?.inside()?;
        let version: u8 = fields.expect(Tag::Integer)?.read()?;
        fields.expect(Tag::ObjectIdentifier)?;
        let mut imprint = fields.expect(Tag::Sequence)?.inside()?;
        let hash = HashAlgorithm::of(imprint.next()?)?;
        let hashed = imprint.expect(Tag::OctetString)?.content;
        imprint.end()?;
        let serial = fields.expect(Tag::Integer)?.content;
        let time = time(fields.expect(Tag::GeneralizedTime)?)?;
        for tag in [Tag::Sequence, Tag::Boolean, Tag::Integer, context(0), context(1)] {
            fields.optional(tag)?;
        }
        fields.end()?;
        if version != 1 {
            return Err(Malformed);
        }
        Ok(Info {
            hash,
            imprint: hashed,
            serial,
            time,
        })
    }
}

/// `YYYYMMDDHHMMSS`, perhaps a point and decimals, and `Z`.
fn time(element: Element<'_>) -> Result<Timestamp, Malformed> {
    let text = std::str::from_utf8(element.content).map_err(|_| Malformed)?;
    let clock = text.strip_suffix('Z').ok_or(Malformed)?;
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 14 || !digits(whole) || !digits(fraction) || fraction.len() > 9 {
        return Err(Malformed);
    }
    let format = format!("{whole}.{fraction}");
    let read = DateTime::strptime("%Y%m%d%H%M%S%.f", format).map_err(|_| Malformed)?;
    Ok(read.to_zoned(TimeZone::UTC).map_err(|_| Malformed)?.timestamp())
}
