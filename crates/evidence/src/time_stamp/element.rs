//! DER cut into elements, without decoding more than is asked for: what is signed are the bytes as they came.

use der::{Decode, Reader, SliceReader, Tag, TagNumber};

/// One element: its tag, its content, and both with the length as they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Element<'d> {
    pub(super) tag: Tag,
    pub(super) content: &'d [u8],
    pub(super) raw: &'d [u8],
}

/// What is no DER of the expected shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Malformed;

impl From<der::Error> for Malformed {
    fn from(_: der::Error) -> Malformed {
        Malformed
    }
}

/// Elements one after another.
pub(super) struct Elements<'d>(SliceReader<'d>);

impl<'d> Elements<'d> {
    /// The elements of these bytes.
    pub(super) fn of(bytes: &'d [u8]) -> Result<Elements<'d>, Malformed> {
        Ok(Elements(SliceReader::new(bytes)?))
    }

    /// The one element that these bytes are, nothing behind it.
    pub(super) fn only(bytes: &'d [u8]) -> Result<Element<'d>, Malformed> {
        let mut elements = Elements::of(bytes)?;
        let element = elements.next()?;
        elements.end()?;
        Ok(element)
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.0.is_finished()
    }

    /// That nothing follows.
    pub(super) fn end(self) -> Result<(), Malformed> {
        Ok(self.0.finish()?)
    }

    pub(super) fn next(&mut self) -> Result<Element<'d>, Malformed> {
        let raw = self.0.tlv_bytes()?;
        let any = der::asn1::AnyRef::from_der(raw)?;
        Ok(Element {
            tag: der::Tagged::tag(&any),
            content: any.value(),
            raw,
        })
    }

    /// The next element, which must have this tag.
    pub(super) fn expect(&mut self, tag: Tag) -> Result<Element<'d>, Malformed> {
        self.next()?.tagged(tag)
    }

    /// The next element if it has this tag.
    pub(super) fn optional(&mut self, tag: Tag) -> Result<Option<Element<'d>>, Malformed> {
        if self.is_at_end() || Tag::peek(&self.0)? != tag {
            return Ok(None);
        }
        self.next().map(Some)
    }
}

impl<'d> Element<'d> {
    /// This element, which must have this tag.
    pub(super) fn tagged(self, tag: Tag) -> Result<Element<'d>, Malformed> {
        if self.tag == tag { Ok(self) } else { Err(Malformed) }
    }

    /// The elements inside.
    pub(super) fn inside(self) -> Result<Elements<'d>, Malformed> {
        Elements::of(self.content)
    }

    /// Decodes it.
    pub(super) fn read<T: Decode<'d, Error = der::Error>>(self) -> Result<T, Malformed> {
        Ok(T::from_der(self.raw)?)
    }
}

/// A context-specific tag, constructed.
pub(super) fn context(number: u32) -> Tag {
    Tag::ContextSpecific {
        constructed: true,
        number: TagNumber(number),
    }
}

/// A context-specific tag, primitive.
pub(super) fn context_primitive(number: u32) -> Tag {
    Tag::ContextSpecific {
        constructed: false,
        number: TagNumber(number),
    }
}
