//! The walk over a tar: headers, and what each of them is about.

use super::header::{BLOCK, Header, invalid};
use super::pax::Pax;
use super::tape::{Tape, content, filling, truncated};
use crate::container::fault::Fault;
use crate::container::limits::Limits;
use crate::container::listing::{Listed, Listing};
use crate::container::names;
use crate::container::open::{Halt, unless_cancelled};
use crate::container::store::Place;
use crate::reason::ReasonCode;
use crate::run::Progress;

/// Largest pax header or long name that is read.
const LONGEST_ABOUT: u64 = 1024 * 1024;

/// What fits a header's own size field.
const LARGEST_OCTAL: u64 = 0o77_777_777_777;

/// One walk.
pub(super) struct Walk<'a> {
    limits: &'a Limits,
    name: &'a str,
    progress: &'a Progress,
    listing: Listing<'a>,
    entries: u64,
    total: u64,
    /// What stands before its entry and is about it.
    about: About,
    /// A global header changes what every later entry is.
    overridden: bool,
}

/// Headers about the entry that follows them.
#[derive(Debug, Default)]
struct About {
    pax: Option<Pax>,
    long_name: Option<Vec<u8>>,
    fault: Option<Fault>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(limits: &'a Limits, name: &'a str, progress: &'a Progress) -> Walk<'a> {
        Walk {
            limits,
            name,
            progress,
            listing: Listing::new(limits, name, super::DUPLICATE),
            entries: 0,
            total: 0,
            about: About::default(),
            overridden: false,
        }
    }

    /// Walks from the first header to the end of the file.
    pub(super) fn run(mut self, tape: &mut impl Tape) -> Result<Listed, Halt> {
        loop {
            unless_cancelled(self.progress)?;
            let block = tape.block()?.ok_or_else(truncated)?;
            if is_zero(&block) {
                break;
            }
            let header = Header::parse(&block)?;
            self.header(tape, &header)?;
        }
        self.ending(tape)?;
        Ok(self.listing.finish()?)
    }

    /// A second block of zeros, and nothing but zeros behind it.
    fn ending(&self, tape: &mut impl Tape) -> Result<(), Halt> {
        if self.about.pax.is_some() || self.about.long_name.is_some() {
            return Err(invalid("a pax header or long name without its entry").into());
        }
        let mut block = tape.block()?.ok_or_else(truncated)?;
        loop {
            unless_cancelled(self.progress)?;
            if !is_zero(&block) {
                let detail = "something follows the end of the archive";
                return Err(Fault::new(ReasonCode::TarTrailingData, detail).into());
            }
            match tape.block()? {
                Some(next) => block = next,
                None => return Ok(()),
            }
        }
    }

    fn header(&mut self, tape: &mut impl Tape, header: &Header) -> Result<(), Halt> {
        match header.kind {
            b'x' => {
                let pax = Pax::parse(&about(tape, header)?)?;
                let fault = pax.repeated();
                let twice = self
                    .about
                    .pax
                    .replace(pax)
                    .is_some()
                    .then(|| conflict("two pax headers for one entry"));
                self.about.add(fault.or(twice));
            }
            b'g' => self.global(&Pax::parse(&about(tape, header)?)?),
            b'L' => {
                let mut name = about(tape, header)?;
                name.truncate(name.iter().position(|byte| *byte == 0).unwrap_or(name.len()));
                let twice = self.about.long_name.replace(name).is_some();
                self.about.add(twice.then(|| conflict("two long names for one entry")));
            }
            // The target of a link, which is refused when it comes.
            b'K' => drop(about(tape, header)?),
            _ => self.entry(tape, header)?,
        }
        Ok(())
    }

    fn global(&mut self, pax: &Pax) {
        self.overridden |= !pax.is_only_comment();
        self.listing.refuse(self.name, &conflict("a global pax header"));
    }

    fn entry(&mut self, tape: &mut impl Tape, header: &Header) -> Result<(), Halt> {
        let about = std::mem::take(&mut self.about);
        let size = size(header, about.pax.as_ref())?;
        self.count(size)?;
        let (name, mut fault) = self.named(header, &about);
        fault = fault
            .or_else(|| about.fault.clone())
            .or_else(|| self.kind(header, &about, &name));
        if is_without_data(header.kind) && size > 0 {
            return Err(invalid(&format!("{name}: a link or device with data")).into());
        }
        let place = if fault.is_none() {
            tape.keep(size)?
        } else {
            tape.skip(size)?;
            Place::Nowhere
        };
        tape.skip(filling(size))?;
        if header.kind == b'5' {
            self.listing.folder(&name, fault);
        } else {
            self.listing.file(&name, size, place, fault);
        }
        Ok(())
    }

    fn count(&mut self, size: u64) -> Result<(), Fault> {
        self.entries = self.entries.saturating_add(1);
        self.total = self.total.saturating_add(size);
        if self.entries > self.limits.entries {
            let detail = format!("more than {} entries", self.limits.entries);
            return Err(Fault::new(ReasonCode::LimitEntryCount, detail));
        }
        if self.total > self.limits.total_size {
            let detail = format!("more than {} bytes together", self.limits.total_size);
            return Err(Fault::new(ReasonCode::LimitTotalSize, detail));
        }
        Ok(())
    }

    /// The entry's name, from where it stands: pax, GNU long name, or the header itself.
    fn named(&mut self, header: &Header, about: &About) -> (String, Option<Fault>) {
        let pax = about.pax.as_ref().and_then(Pax::path);
        let bytes = pax.or(about.long_name.as_deref()).unwrap_or(&header.name);
        match names::decode(bytes, pax.is_some()) {
            Ok((name, remark)) => {
                if let Some(code) = remark {
                    self.listing
                        .remark(code, &name, "the archive does not say how the name is encoded");
                }
                (name, None)
            }
            Err(code) => {
                let name = String::from_utf8_lossy(bytes).into_owned();
                (name, Some(Fault::new(code, "the name says it is UTF-8 and is not")))
            }
        }
    }

    /// Why an entry of this type is not used, if so.
    fn kind(&self, header: &Header, about: &About, name: &str) -> Option<Fault> {
        if self.overridden {
            return Some(conflict("a global pax header stands before it"));
        }
        if about.pax.as_ref().is_some_and(|pax| pax.path().is_some()) && about.long_name.is_some() {
            return Some(conflict("a pax path and a GNU long name"));
        }
        let sparse = about.pax.as_ref().is_some_and(Pax::is_sparse);
        let regular = matches!(header.kind, b'0' | 0) && !name.ends_with('/');
        let folder = header.kind == b'5' && header.size == 0;
        ((!regular && !folder) || sparse).then(|| {
            let detail = format!("type {}", char::from(header.kind).escape_default());
            Fault::new(ReasonCode::TarEntryType, detail)
        })
    }
}

impl About {
    fn add(&mut self, fault: Option<Fault>) {
        self.fault = self.fault.take().or(fault);
    }
}

/// The data of a header that is about another entry.
fn about(tape: &mut impl Tape, header: &Header) -> Result<Vec<u8>, Halt> {
    if header.size > LONGEST_ABOUT {
        return Err(invalid("a pax header or long name over 1 MiB").into());
    }
    content(tape, header.size)
}

/// How much data follows. Readers that do not know pax would look for the next header elsewhere, so a pax size is taken
/// only where the header's own field cannot say it, or says the same.
fn size(header: &Header, pax: Option<&Pax>) -> Result<u64, Fault> {
    match pax.map(Pax::size).transpose()?.flatten() {
        Some(size) if size == header.size || size > LARGEST_OCTAL => Ok(size),
        Some(size) => Err(conflict(&format!("{size} bytes by pax, {} by the header", header.size))),
        None => Ok(header.size),
    }
}

/// Links, devices and pipes have no data; a size there is read differently by different readers.
fn is_without_data(kind: u8) -> bool {
    matches!(kind, b'1'..=b'6')
}

fn is_zero(block: &[u8; BLOCK]) -> bool {
    block.iter().all(|byte| *byte == 0)
}

fn conflict(detail: &str) -> Fault {
    Fault::new(ReasonCode::TarPaxConflict, detail)
}
