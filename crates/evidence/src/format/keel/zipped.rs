//! A payload that is a zip: read in memory, its members shown as sections (`specs/keel.md` 4 and 8).

use super::chain::Watched;
use super::content::{Asked, Content, Shown};
use super::incident;
use super::manifest::Manifest;
use super::output::Output;
use super::payload::{Layout, Text, Trouble};
use crate::check::{Check, CheckId, Outcome};
use crate::json;
use crate::json::stream::{Place, Values};
use crate::pack::{Pack, Refusal};
use crate::reason::ReasonCode;
use crate::report::Finding;
use crate::run::Stopped;

/// The zip of an export, opened.
pub(super) struct Zipped<'p> {
    /// Its members.
    pub(super) pack: Pack,
    /// The payload's path.
    pub(super) path: &'p str,
}

/// What stands between the path of a zip and that of its member.
pub(super) const INSIDE: &str = "!/";

impl<'p> Zipped<'p> {
    /// Opens the payload.
    pub(super) fn open(pack: &'p Pack, index: usize, path: &'p str) -> Result<Zipped<'p>, Trouble> {
        let inner = pack.inside(index).map_err(|refusal| Trouble::refused(&refusal))?;
        if inner.refused_whole {
            let why = inner.refusals.first().map(Trouble::refused);
            return Err(why.unwrap_or_else(|| Trouble::unreadable("")));
        }
        Ok(Zipped { pack: inner, path })
    }

    /// The bytes of a member that is parsed whole; none where there is no such member.
    ///
    /// # Errors
    /// Why it is not used.
    pub(super) fn member(&self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let index = self.pack.artifacts.iter().position(|artifact| artifact.path == name);
        let content = index.map(|index| self.pack.read(index)).transpose()?;
        Ok(content.map(|content| content.bytes))
    }

    /// Whether there is a member of this name, used or not.
    fn has(&self, name: &str) -> bool {
        self.pack.artifacts.iter().any(|artifact| artifact.path == name)
    }

    /// The members that are not used, by the spec's codes.
    pub(super) fn safety(&self) -> Vec<Check> {
        let backslash = |finding: &&Finding| finding.code == ReasonCode::PathBackslash;
        let spelled = self
            .pack
            .findings
            .iter()
            .filter(backslash)
            .map(|finding| Refusal::new(finding.code, finding.subject.clone(), finding.detail.clone()));
        let mut checks: Vec<Check> = Vec::new();
        for refusal in self.pack.refusals.iter().cloned().chain(spelled) {
            let outcome = unsafe_member(refusal.code);
            let detail = format!("{} {} {}", refusal.code, refusal.subject, refusal.detail);
            match checks.iter_mut().find(|check| check.outcome == outcome) {
                Some(check) => check.details.push(("item", detail.trim_end().to_owned())),
                None => {
                    checks.push(Check::new(CheckId::Container, self.path, outcome).detail("item", detail.trim_end()))
                }
            }
        }
        checks
    }

    /// Reads every member that has rows. The chain is that of `governance_events.jsonl`.
    pub(super) fn read(
        &self,
        asked: &Asked<'_>,
        watched: &[Watched],
        output: &mut Output<'_, '_>,
    ) -> Result<Content, Stopped> {
        let events = self.has(EVENTS);
        let mut whole = if events {
            Content::default()
        } else {
            Content::without_chain(self.path, ReasonCode::ExportStructureInvalid, asked)
        };
        for (index, artifact) in self.pack.artifacts.iter().enumerate() {
            let path = format!("{}{INSIDE}{}", self.path, artifact.path);
            let text = Text {
                pack: &self.pack,
                index,
                path: &path,
            };
            let walked = artifact.path == EVENTS;
            let asked = Asked {
                chain: asked.chain && walked,
                closures: asked.closures && walked,
                watched: if walked { watched } else { &[] },
                ..*asked
            };
            if artifact.state == crate::pack::ArtifactState::Readable && has_rows(&artifact.path) {
                whole.absorb(text.read_member(&asked, output)?, walked);
            }
        }
        whole.shape = Shown::Zip;
        whole.counted = None;
        Ok(whole)
    }
}

/// The member whose rows are a chain.
const EVENTS: &str = "governance_events.jsonl";

fn has_rows(name: &str) -> bool {
    [".jsonl", ".csv"]
        .iter()
        .any(|end| name.to_ascii_lowercase().ends_with(end))
}

impl Text<'_> {
    /// A member of a zip: lines, whatever else they look like, or comma-separated values.
    fn read_member(&self, asked: &Asked<'_>, output: &mut Output<'_, '_>) -> Result<Content, Stopped> {
        if self.path.to_ascii_lowercase().ends_with(".csv") {
            return Content::read(self, None, asked, output);
        }
        Content::of_layout(self, &Layout::Lines, asked, output)
    }
}

/// What a refused member comes to.
fn unsafe_member(code: ReasonCode) -> Outcome {
    let doubled = [
        ReasonCode::ZipDuplicateName,
        ReasonCode::PathCollision,
        ReasonCode::PathFileDirConflict,
    ];
    let special = [ReasonCode::ZipSymlink, ReasonCode::ZipSpecialFile];
    // Bounds of ours, and no rule of the format.
    let bounds = [ReasonCode::PathTooLong, ReasonCode::PathTooDeep];
    if doubled.contains(&code) {
        Outcome::Fail(ReasonCode::ZipDuplicateMember)
    } else if bounds.contains(&code) {
        Outcome::Undetermined(code)
    } else if special.contains(&code) || code.as_str().starts_with("PATH_") {
        Outcome::Fail(ReasonCode::ZipUnsafePath)
    } else {
        Outcome::Undetermined(ReasonCode::PayloadUnreadable)
    }
}

impl incident::Members for Zipped<'_> {
    fn paths(&self) -> Vec<String> {
        self.pack
            .artifacts
            .iter()
            .map(|artifact| artifact.path.clone())
            .collect()
    }

    fn bounds(&self) -> json::Bounds {
        self.pack.within().json()
    }

    fn bytes(&self, path: &str) -> Result<Vec<u8>, ReasonCode> {
        let index = self.pack.artifacts.iter().position(|artifact| artifact.path == path);
        let content = self.pack.read(index.ok_or(ReasonCode::IoNotFound)?);
        content.map(|content| content.bytes).map_err(|refusal| refusal.code)
    }

    fn lines(&self, path: &str, each: &mut dyn FnMut(u64, &[u8])) -> Result<(), ReasonCode> {
        let index = self.pack.artifacts.iter().position(|artifact| artifact.path == path);
        let reader = self.pack.reader(index.ok_or(ReasonCode::IoNotFound)?);
        let mut values = Values::lines(reader.map_err(|refusal| refusal.code)?, &self.pack.within().stream());
        for value in values.by_ref() {
            let chunk = match value {
                Ok(chunk) => chunk,
                // The reader knows why.
                Err(fault) if fault.code == ReasonCode::IoReadFailed => break,
                Err(fault) => return Err(fault.code),
            };
            if let (Place::Line(line), false) = (chunk.place, chunk.text.trim_ascii().is_empty()) {
                each(line, &chunk.text);
            }
        }
        values.into_reader().finish().map(drop).map_err(|refusal| refusal.code)
    }
}

/// The list of an incident bundle, judged.
pub(super) fn incident(manifest: &Manifest, zipped: &Zipped<'_>) -> Option<Check> {
    let parsed = json::parse(&manifest.text, &json::Bounds::default());
    let parsed = parsed.ok()?;
    let judged = incident::judge(&parsed.root, zipped, zipped.path);
    let version = judged
        .version
        .map_or_else(|| "none".to_owned(), |version| version.to_string());
    Some(judged.check.detail("listVersion", version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_of_ours_on_names_accuses_nobody() {
        for code in [ReasonCode::PathTooLong, ReasonCode::PathTooDeep] {
            assert_eq!(unsafe_member(code), Outcome::Undetermined(code));
        }
        let unsafe_path = Outcome::Fail(ReasonCode::ZipUnsafePath);
        assert_eq!(unsafe_member(ReasonCode::PathTraversal), unsafe_path);
    }
}
