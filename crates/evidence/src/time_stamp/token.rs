//! A time-stamp token: CMS signed data (RFC 5652) around what the authority signed.

use der::Tag;
use der::asn1::ObjectIdentifier;

use super::element::{Element, Elements, Malformed, context, context_primitive};
use super::hash::HashAlgorithm;
use super::info::Info;

/// The longest token that is read.
const LONGEST: usize = 1 << 20;
/// The most certificates that a token may carry.
const MOST_CERTIFICATES: usize = 10;

const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";
pub(super) const TST_INFO: &str = "1.2.840.113549.1.9.16.1.4";

/// A token, cut apart.
#[derive(Debug)]
pub(super) struct Token<'t> {
    /// The bytes whose hash is among the signed attributes.
    pub(super) content: &'t [u8],
    pub(super) info: Info<'t>,
    /// The certificates that came with it.
    pub(super) certificates: Vec<&'t [u8]>,
    pub(super) signer: Signer<'t>,
}

/// The one signer.
#[derive(Debug)]
pub(super) struct Signer<'t> {
    pub(super) id: SignerId<'t>,
    pub(super) digest: HashAlgorithm,
    /// The signed attributes, with the tag under which they are signed.
    pub(super) attributes: Vec<u8>,
    /// The `AlgorithmIdentifier` of the signature.
    pub(super) algorithm: Element<'t>,
    pub(super) signature: &'t [u8],
}

/// How the signer's certificate is named.
#[derive(Debug)]
pub(super) enum SignerId<'t> {
    /// Its issuer and its serial number, as they stand in it.
    IssuerAndSerial { issuer: &'t [u8], serial: &'t [u8] },
    /// Its subject key identifier.
    KeyIdentifier(&'t [u8]),
}

/// What a response came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is none.
    Malformed,
    /// The authority did not grant a token.
    Rejected,
}

impl From<Malformed> for Refusal {
    fn from(_: Malformed) -> Refusal {
        Refusal::Malformed
    }
}

/// The token inside a response, or the bytes themselves when they are a token.
pub(super) fn inside_response(bytes: &[u8]) -> Result<&[u8], Refusal> {
    if bytes.len() > LONGEST {
        return Err(Refusal::Malformed);
    }
    let mut fields = Elements::only(bytes)?.tagged(Tag::Sequence)?.inside()?;
    let Some(status) = fields.optional(Tag::Sequence)? else {
        return Ok(bytes);
    };
    let status: u32 = status.inside()?.expect(Tag::Integer)?.read()?;
    if status > 1 {
        return Err(Refusal::Rejected);
    }
    let token = fields.expect(Tag::Sequence)?.raw;
    fields.end()?;
    Ok(token)
}

impl<'t> Token<'t> {
    pub(super) fn read(bytes: &'t [u8]) -> Result<Token<'t>, Malformed> {
        if bytes.len() > LONGEST {
            return Err(Malformed);
        }
        let signed = content(Elements::only(bytes)?, SIGNED_DATA)?;
        let mut fields = Elements::only(signed)?.tagged(Tag::Sequence)?.inside()?;
        fields.expect(Tag::Integer)?;
        fields.expect(Tag::Set)?;
        let octets = content(fields.expect(Tag::Sequence)?, TST_INFO)?;
        let content = Elements::only(octets)?.tagged(Tag::OctetString)?.content;
        let certificates = match fields.optional(context(0))? {
            Some(set) => certificates(set)?,
            None => Vec::new(),
        };
        fields.optional(context(1))?;
        let mut signers = fields.expect(Tag::Set)?.inside()?;
        let signer = signers.expect(Tag::Sequence)?;
        signers.end()?;
        fields.end()?;
        Ok(Token {
            content,
            info: Info::read(content)?,
            certificates,
            signer: Signer::read(signer)?,
        })
    }
}

/// The content of a `ContentInfo` or `EncapsulatedContentInfo` of this type.
fn content<'t>(info: Element<'t>, kind: &str) -> Result<&'t [u8], Malformed> {
    let mut fields = info.tagged(Tag::Sequence)?.inside()?;
    let found: ObjectIdentifier = fields.expect(Tag::ObjectIdentifier)?.read()?;
    let content = fields.expect(context(0))?.content;
    fields.end()?;
    if found.to_string() == kind {
        Ok(content)
    } else {
        Err(Malformed)
    }
}

/// The X.509 certificates of a set; other kinds are passed over.
fn certificates(set: Element<'_>) -> Result<Vec<&[u8]>, Malformed> {
    let mut elements = set.inside()?;
    let mut found = Vec::new();
    while !elements.is_at_end() {
        let element = elements.next()?;
        if element.tag == Tag::Sequence {
            found.push(element.raw);
        }
        if found.len() > MOST_CERTIFICATES {
            return Err(Malformed);
        }
    }
    Ok(found)
}

impl<'t> Signer<'t> {
    fn read(info: Element<'t>) -> Result<Signer<'t>, Malformed> {
        let mut fields = info.inside()?;
        fields.expect(Tag::Integer)?;
        let id = SignerId::read(fields.next()?)?;
        let digest = HashAlgorithm::of(fields.next()?)?;
        let attributes = fields.expect(context(0))?;
        let algorithm = fields.expect(Tag::Sequence)?;
        let signature = fields.expect(Tag::OctetString)?.content;
        fields.optional(context(1))?;
        fields.end()?;
        Ok(Signer {
            id,
            digest,
            attributes: as_set(attributes.raw),
            algorithm,
            signature,
        })
    }
}

/// The same element under the tag of a set, as it is signed (RFC 5652, 5.4).
fn as_set(raw: &[u8]) -> Vec<u8> {
    let mut bytes = raw.to_vec();
    if let Some(tag) = bytes.first_mut() {
        *tag = 0x31;
    }
    bytes
}

impl<'t> SignerId<'t> {
    fn read(id: Element<'t>) -> Result<SignerId<'t>, Malformed> {
        if id.tag == context_primitive(0) {
            return Ok(SignerId::KeyIdentifier(id.content));
        }
        let mut fields = id.tagged(Tag::Sequence)?.inside()?;
        let issuer = fields.expect(Tag::Sequence)?.raw;
        let serial = fields.expect(Tag::Integer)?.content;
        fields.end()?;
        Ok(SignerId::IssuerAndSerial { issuer, serial })
    }
}
