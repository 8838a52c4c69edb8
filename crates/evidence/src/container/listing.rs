//! The list of what a container holds: names tested, duplicates and litter sorted out.

use super::fault::Fault;
use super::limits::Limits;
use super::names;
use super::names::collision::{Label, Meeting, meetings};
use super::notes::Notes;
use super::store::Place;
use crate::pack::{Artifact, ArtifactState};
use crate::reason::ReasonCode;

/// A list that is being made, entry by entry.
#[derive(Debug)]
pub(crate) struct Listing<'a> {
    limits: &'a Limits,
    subject: &'a str,
    duplicate: ReasonCode,
    items: Vec<Item>,
    notes: Notes,
}

#[derive(Debug)]
struct Item {
    path: String,
    size: u64,
    place: Place,
    state: ArtifactState,
    folder: bool,
    respelled: bool,
}

/// A finished list: artifacts and where each lies, sorted by path bytes, and the notes.
#[derive(Debug)]
pub(crate) struct Listed {
    /// The artifacts.
    pub(crate) artifacts: Vec<Artifact>,
    /// Where each lies.
    pub(crate) places: Vec<Place>,
    /// What was refused and remarked.
    pub(crate) notes: Notes,
}

impl<'a> Listing<'a> {
    /// An empty list of the pack named `subject`; `duplicate` is the container's code for one name twice.
    pub(crate) fn new(limits: &'a Limits, subject: &'a str, duplicate: ReasonCode) -> Listing<'a> {
        Listing {
            limits,
            subject,
            duplicate,
            items: Vec::new(),
            notes: Notes::default(),
        }
    }

    /// Makes room for so many entries at once.
    pub(crate) fn expect(&mut self, count: usize) {
        self.items.reserve_exact(count);
    }

    /// Adds a file. Whatever is wrong with it, `fault` or its name, it stays in the list as refused.
    pub(crate) fn file(&mut self, name: &str, size: u64, place: Place, fault: Option<Fault>) {
        self.item(name, false, size, place, fault);
    }

    /// Adds the file that was dropped by itself: the person's own disk named it, so no rule of names applies.
    pub(crate) fn dropped_file(&mut self, name: &str, size: u64, place: Place) {
        let item = Item {
            path: name.to_owned(),
            size,
            place,
            state: ArtifactState::Readable,
            folder: false,
            respelled: false,
        };
        self.push(item, None);
    }

    /// Adds a folder that has an entry of its own.
    pub(crate) fn folder(&mut self, name: &str, fault: Option<Fault>) {
        self.item(name, true, 0, Place::Nowhere, fault);
    }

    /// Refuses what has no place among the files: a folder that is not entered, say.
    pub(crate) fn refuse(&mut self, subject: &str, fault: &Fault) {
        self.notes.refuse(self.limits, subject, fault);
    }

    /// One remark.
    pub(crate) fn remark(&mut self, code: ReasonCode, subject: &str, detail: impl Into<String>) {
        self.notes.remark(self.limits, code, subject, detail);
    }

    fn item(&mut self, name: &str, folder: bool, size: u64, place: Place, mut fault: Option<Fault>) {
        let mut path = name.to_owned();
        let mut respelled = false;
        match names::check(name, self.limits) {
            Ok(checked) => {
                for code in checked.remarks {
                    respelled |= code == ReasonCode::PathBackslash;
                    self.notes.remark(self.limits, code, &checked.path, name);
                }
                path = checked.path;
            }
            Err(code) => fault = fault.or(Some(Fault::new(code, ""))),
        }
        let item = Item {
            path,
            size,
            place,
            state: ArtifactState::Readable,
            folder,
            respelled,
        };
        self.push(item, fault);
    }

    fn push(&mut self, mut item: Item, fault: Option<Fault>) {
        if let Some(fault) = fault.or_else(|| self.too_large(item.size)) {
            self.refuse(&item.path, &fault);
            item.state = ArtifactState::Refused(fault.code);
        }
        self.items.push(item);
    }

    fn too_large(&self, size: u64) -> Option<Fault> {
        (size > self.limits.entry_size).then(|| {
            let detail = format!("{size} bytes, the limit is {}", self.limits.entry_size);
            Fault::new(ReasonCode::LimitEntrySize, detail)
        })
    }

    /// Sorts out duplicates and litter.
    ///
    /// # Errors
    /// `PACK_EMPTY` when there is no file to look at, refused ones included.
    pub(crate) fn finish(mut self) -> Result<Listed, Fault> {
        self.meet();
        self.set_litter_aside();
        self.items.retain(|item| !item.folder);
        if self.items.iter().all(|item| item.state == ArtifactState::Ignored) {
            return Err(Fault::new(ReasonCode::PackEmpty, "there is no file in it"));
        }
        self.notes.finish(self.limits, self.subject);
        self.items
            .sort_by(|left, right| left.path.as_bytes().cmp(right.path.as_bytes()));
        let (artifacts, places) = self.items.into_iter().map(Item::parts).unzip();
        Ok(Listed {
            artifacts,
            places,
            notes: self.notes,
        })
    }

    /// Refuses every name that is there twice or meets another one: none of them is used.
    fn meet(&mut self) {
        let labels: Vec<Label<'_>> = self.items.iter().map(Item::label).collect();
        for meeting in meetings(&labels, self.duplicate) {
            self.meeting(&meeting);
        }
    }

    fn meeting(&mut self, meeting: &Meeting) {
        let paths: Vec<&str> = self.members(meeting).map(|item| item.path.as_str()).take(5).collect();
        let subject = paths.first().map(|path| (*path).to_owned()).unwrap_or_default();
        let detail = format!("{} entries: {}", meeting.members.len(), paths.join(", "));
        if meeting.code == ReasonCode::PathConfusable {
            self.notes.remark(self.limits, meeting.code, &subject, detail);
            return;
        }
        self.notes
            .refuse(self.limits, &subject, &Fault::new(meeting.code, detail));
        for index in &meeting.members {
            if let Some(item) = self.items.get_mut(*index) {
                item.state = ArtifactState::Refused(meeting.code);
            }
        }
    }

    fn members<'b>(&'b self, meeting: &'b Meeting) -> impl Iterator<Item = &'b Item> {
        meeting.members.iter().filter_map(|index| self.items.get(*index))
    }

    /// Files that operating systems leave behind are listed and not read.
    fn set_litter_aside(&mut self) {
        let mut names = Vec::new();
        let mut count: u64 = 0;
        for item in &mut self.items {
            if item.folder || item.state != ArtifactState::Readable || !is_litter(&item.path) {
                continue;
            }
            item.state = ArtifactState::Ignored;
            count = count.saturating_add(1);
            if names.len() < 10 {
                names.push(item.path.clone());
            }
        }
        if count > 0 {
            let detail = format!("{count} files: {}", names.join(", "));
            self.notes
                .remark(self.limits, ReasonCode::PackIgnoredFiles, self.subject, detail);
        }
    }
}

impl Item {
    fn label(&self) -> Label<'_> {
        Label {
            path: &self.path,
            folder: self.folder,
            respelled: self.respelled,
        }
    }

    fn parts(self) -> (Artifact, Place) {
        let artifact = Artifact {
            path: self.path,
            size: self.size,
            gzip: false,
            state: self.state,
        };
        (artifact, self.place)
    }
}

/// Whether an operating system leaves such a file behind.
fn is_litter(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or(path);
    path.split('/').any(|segment| segment == "__MACOSX")
        || ["Thumbs.db", "desktop.ini", ".DS_Store"]
            .iter()
            .any(|name| last.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(names: &[&str]) -> Result<Listed, Fault> {
        let limits = Limits::default();
        let mut listing = Listing::new(&limits, "pack.zip", ReasonCode::ZipDuplicateName);
        for name in names {
            listing.file(name, 1, Place::Nowhere, None);
        }
        listing.finish()
    }

    #[test]
    fn artifacts_are_sorted_by_bytes() {
        let paths: Vec<String> = listed(&["b", "a/c", "a.b", "Z"])
            .unwrap()
            .artifacts
            .into_iter()
            .map(|artifact| artifact.path)
            .collect();
        assert_eq!(paths, ["Z", "a.b", "a/c", "b"]);
    }

    #[test]
    fn of_duplicate_names_none_is_used() {
        let listed = listed(&["a", "b", "a"]).unwrap();
        let states: Vec<ArtifactState> = listed.artifacts.iter().map(|artifact| artifact.state).collect();
        let refused = ArtifactState::Refused(ReasonCode::ZipDuplicateName);
        assert_eq!(states, [refused, refused, ArtifactState::Readable]);
    }

    #[test]
    fn litter_is_listed_and_remarked_once() {
        let listed = listed(&["a", "__MACOSX/._a", "d/.DS_Store"]).unwrap();
        assert_eq!(listed.artifacts[0].state, ArtifactState::Ignored);
        assert_eq!(listed.notes.findings.len(), 1);
    }

    #[test]
    fn litter_alone_is_an_empty_pack() {
        assert_eq!(listed(&[".DS_Store"]).unwrap_err().code, ReasonCode::PackEmpty);
    }
}
