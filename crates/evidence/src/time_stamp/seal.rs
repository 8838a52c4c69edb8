//! The authority's seal: the signed attributes, and the signature over them (RFC 5652, 5.4; RFC 3161, 2.4.2).

use der::Tag;
use der::asn1::ObjectIdentifier;
use rustls_pki_types::CertificateDer;
use webpki::EndEntityCert;

use super::algorithm::{Named, named};
use super::certificate::Certificate;
use super::element::{Element, Elements, Malformed};
use super::hash::HashAlgorithm;
use super::token::{TST_INFO, Token};

const CONTENT_TYPE: &str = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST: &str = "1.2.840.113549.1.9.4";
const SIGNING_CERTIFICATE: &str = "1.2.840.113549.1.9.16.2.12";
const SIGNING_CERTIFICATE_V2: &str = "1.2.840.113549.1.9.16.2.47";

/// What is wrong with a seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// It does not fit.
    Invalid(&'static str),
    /// It rests on SHA-1.
    Weak,
    /// By an algorithm that we do not know.
    Unknown,
}

impl From<Malformed> for Broken {
    fn from(_: Malformed) -> Broken {
        Broken::Invalid("the signed attributes cannot be read")
    }
}

/// Checks the seal of a token by the certificate of its signer.
pub(super) fn check(token: &Token<'_>, certificate: &Certificate<'_>) -> Result<(), Broken> {
    let signer = &token.signer;
    match signer.digest {
        HashAlgorithm::Sha1 => return Err(Broken::Weak),
        HashAlgorithm::Other => return Err(Broken::Unknown),
        HashAlgorithm::Sha256 | HashAlgorithm::Sha384 | HashAlgorithm::Sha512 => {}
    }
    let attributes = Attributes::read(&signer.attributes)?;
    let kind: ObjectIdentifier = attributes
        .required(CONTENT_TYPE)?
        .tagged(Tag::ObjectIdentifier)?
        .read()?;
    if kind.to_string() != TST_INFO {
        return Err(Broken::Invalid("the signed content type is not that of a time stamp"));
    }
    let stated = attributes.required(MESSAGE_DIGEST)?.tagged(Tag::OctetString)?.content;
    if signer.digest.hash(token.content).as_deref() != Some(stated) {
        return Err(Broken::Invalid("the content is not the one whose hash was signed"));
    }
    attributes.name(certificate)?;
    signature(token, certificate)
}

fn signature(token: &Token<'_>, certificate: &Certificate<'_>) -> Result<(), Broken> {
    let signer = &token.signer;
    let candidates = match named(signer.algorithm, signer.digest)? {
        Named::Known(candidates) => candidates,
        Named::Weak => return Err(Broken::Weak),
        Named::Unknown => return Err(Broken::Unknown),
    };
    let raw = CertificateDer::from(certificate.raw);
    let key = EndEntityCert::try_from(&raw).map_err(|_| Broken::Unknown)?;
    let mut known = false;
    for candidate in candidates {
        match key.verify_signature(candidate, &signer.attributes, signer.signature) {
            Ok(()) => return Ok(()),
            Err(webpki::Error::InvalidSignatureForPublicKey) => known = true,
            Err(_) => {}
        }
    }
    Err(if known {
        Broken::Invalid("the signature does not fit")
    } else {
        Broken::Unknown
    })
}

/// The signed attributes: type and value, each type once and each with one value.
struct Attributes<'a>(Vec<(String, Element<'a>)>);

impl<'a> Attributes<'a> {
    fn read(set: &'a [u8]) -> Result<Attributes<'a>, Broken> {
        let mut elements = Elements::only(set)?.inside()?;
        let mut found: Vec<(String, Element<'a>)> = Vec::new();
        while !elements.is_at_end() {
            let mut attribute = elements.expect(Tag::Sequence)?.inside()?;
            let kind: ObjectIdentifier = attribute.expect(Tag::ObjectIdentifier)?.read()?;
            let kind = kind.to_string();
            let mut values = attribute.expect(Tag::Set)?.inside()?;
            let value = values.next()?;
            if [
                CONTENT_TYPE,
                MESSAGE_DIGEST,
                SIGNING_CERTIFICATE,
                SIGNING_CERTIFICATE_V2,
            ]
            .contains(&kind.as_str())
            {
                values.end()?;
                if found.iter().any(|(known, _)| *known == kind) {
                    return Err(Broken::Invalid("a signed attribute is there twice"));
                }
            }
            attribute.end()?;
            found.push((kind, value));
        }
        Ok(Attributes(found))
    }

    fn get(&self, kind: &str) -> Option<Element<'a>> {
        self.0.iter().find(|(known, _)| known == kind).map(|(_, value)| *value)
    }

    fn required(&self, kind: &str) -> Result<Element<'a>, Broken> {
        self.get(kind).ok_or(Broken::Invalid("a signed attribute is missing"))
    }

    /// That the certificate is the one that the attributes name, by SHA-1 (RFC 2634) or by a better hash (RFC 5035).
    fn name(&self, certificate: &Certificate<'_>) -> Result<(), Broken> {
        let old = self.get(SIGNING_CERTIFICATE);
        let new = self.get(SIGNING_CERTIFICATE_V2);
        if old.is_none() && new.is_none() {
            return Err(Broken::Invalid("the signed attributes name no certificate"));
        }
        let by = [(old, HashAlgorithm::Sha1), (new, HashAlgorithm::Sha256)];
        for (value, default) in by {
            let Some(value) = value else { continue };
            let (hash, stated) = certificate_hash(value, default)?;
            if hash.hash(certificate.raw).as_deref() != Some(stated) {
                return Err(Broken::Invalid("the signed attributes name another certificate"));
            }
        }
        Ok(())
    }
}

/// The first certificate hash of a `SigningCertificate` or `SigningCertificateV2`, and its algorithm.
fn certificate_hash<'a>(value: Element<'a>, default: HashAlgorithm) -> Result<(HashAlgorithm, &'a [u8]), Malformed> {
    let mut list = value.tagged(Tag::Sequence)?.inside()?.expect(Tag::Sequence)?.inside()?;
    let mut first = list.expect(Tag::Sequence)?.inside()?;
    let hash = match first.optional(Tag::Sequence)? {
        Some(algorithm) => HashAlgorithm::of(algorithm)?,
        None => default,
    };
    Ok((hash, first.expect(Tag::OctetString)?.content))
}
