//! Names that meet: equal, equal on some disks, or equal to the eye.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use caseless::Caseless as _;
use unicode_normalization::UnicodeNormalization as _;

use crate::reason::ReasonCode;

/// One name to compare.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Label<'a> {
    /// The path, `/` between segments.
    pub(crate) path: &'a str,
    /// Whether it names a folder.
    pub(crate) folder: bool,
    /// Whether the path was spelled otherwise before it was read (backslashes).
    pub(crate) respelled: bool,
}

/// What was found about the names at `members` (indices of the list that was given).
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Meeting {
    /// `duplicate` as given, `PATH_COLLISION`, `PATH_FILE_DIR_CONFLICT` or, as a remark, `PATH_CONFUSABLE`.
    pub(crate) code: ReasonCode,
    /// Which names.
    pub(crate) members: Vec<usize>,
}

/// Every meeting among `labels`; `duplicate` is the container's code for the same name twice.
///
/// Memory is 12 bytes a name: names are compared in full only where the hash of their loosest form is equal.
pub(crate) fn meetings(labels: &[Label<'_>], duplicate: ReasonCode) -> Vec<Meeting> {
    let mut keys: Vec<(u64, u32)> = Vec::with_capacity(labels.len());
    for (index, label) in (0_u32..).zip(labels) {
        keys.push((hash(label.path), index));
    }
    let mut folders: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
    for folder in parents(labels) {
        folders.entry(hash(folder)).or_default().push(folder);
    }
    keys.sort_unstable();
    let mut meetings = Vec::new();
    for group in keys.chunk_by(|left, right| left.0 == right.0) {
        let implied = group.first().and_then(|(hash, _)| folders.get(hash));
        if group.len() == 1 && implied.is_none() {
            continue;
        }
        let members: Vec<usize> = group
            .iter()
            .filter_map(|(_, index)| usize::try_from(*index).ok())
            .collect();
        let implied = implied.map(Vec::as_slice).unwrap_or_default();
        meetings.extend(compare(labels, &members, implied, duplicate));
    }
    meetings
}

/// Every folder that a path passes through.
fn parents<'a>(labels: &[Label<'a>]) -> BTreeSet<&'a str> {
    let mut folders = BTreeSet::new();
    let mut last = "";
    for label in labels {
        let Some((mut parent, _)) = label.path.rsplit_once('/') else {
            continue;
        };
        if parent == last {
            continue;
        }
        last = parent;
        while folders.insert(parent) {
            match parent.rsplit_once('/') {
                Some((above, _)) => parent = above,
                None => break,
            }
        }
    }
    folders
}

/// Compares the names whose loosest forms have one hash, among them `implied` folders without an entry of their own.
fn compare(labels: &[Label<'_>], members: &[usize], implied: &[&str], duplicate: ReasonCode) -> Vec<Meeting> {
    let implied: BTreeSet<String> = implied.iter().map(|folder| disk_form(folder)).collect();
    let mut by_disk: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for index in members {
        if let Some(label) = labels.get(*index) {
            by_disk.entry(disk_form(label.path)).or_default().push(*index);
        }
    }
    let mut meetings = Vec::new();
    let mut by_eye: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (form, members) in by_disk {
        by_eye.entry(eye_form(&form)).or_default().extend(members.first());
        if let Some(code) = same_on_disk(labels, &members, implied.contains(&form), duplicate) {
            meetings.push(Meeting { code, members });
        }
    }
    for members in by_eye.into_values().filter(|members| members.len() > 1) {
        let code = ReasonCode::PathConfusable;
        meetings.push(Meeting { code, members });
    }
    meetings
}

/// What names that are one name on some disk come to.
fn same_on_disk(
    labels: &[Label<'_>],
    same: &[usize],
    implied_folder: bool,
    duplicate: ReasonCode,
) -> Option<ReasonCode> {
    let group: Vec<&Label<'_>> = same.iter().filter_map(|index| labels.get(*index)).collect();
    let first = group.first()?;
    let files = group.iter().filter(|label| !label.folder).count();
    let folders = group.len().saturating_sub(files);
    if files > 0 && (folders > 0 || implied_folder) {
        return Some(ReasonCode::PathFileDirConflict);
    }
    if group.len() < 2 {
        return None;
    }
    let one_spelling = group
        .iter()
        .all(|label| (label.path, label.respelled) == (first.path, first.respelled));
    Some(if one_spelling {
        duplicate
    } else {
        ReasonCode::PathCollision
    })
}

/// Equal forms are one file on a disk that folds case or composes accents.
fn disk_form(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    let folded = path.nfc().flat_map(|character| {
        let ligature = is_ligature(character).then_some(character);
        let others = ligature.is_none().then_some(character);
        ligature.into_iter().chain(others.into_iter().default_case_fold())
    });
    folded.nfc().collect()
}

/// Latin and Armenian ligatures: full folding takes them apart, no disk does.
fn is_ligature(character: char) -> bool {
    matches!(character, '\u{fb00}'..='\u{fb06}' | '\u{fb13}'..='\u{fb17}')
}

/// Equal forms look alike.
fn eye_form(disk_form: &str) -> String {
    if disk_form.is_ascii() {
        return disk_form.to_owned();
    }
    let dotted = disk_form
        .chars()
        .map(|character| if character == 'ı' { 'i' } else { character });
    dotted.nfkc().default_case_fold().nfkc().collect()
}

/// A hash of the loosest form. It decides nothing: equal hashes are compared in full.
fn hash(path: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    eye_form(&disk_form(path)).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(paths: &[&str]) -> Vec<ReasonCode> {
        let labels: Vec<Label<'_>> = paths
            .iter()
            .map(|path| Label {
                path: path.trim_end_matches('/'),
                folder: path.ends_with('/'),
                respelled: false,
            })
            .collect();
        meetings(&labels, ReasonCode::ZipDuplicateName)
            .iter()
            .map(|meeting| meeting.code)
            .collect()
    }

    #[test]
    fn different_names_do_not_meet() {
        assert_eq!(codes(&["a.json", "b.json", "d/a.json", "d/"]), []);
    }

    #[test]
    fn one_name_twice_is_a_duplicate() {
        assert_eq!(codes(&["a.json", "b", "a.json"]), [ReasonCode::ZipDuplicateName]);
    }

    #[test]
    fn case_and_composition_collide() {
        assert_eq!(codes(&["a.json", "A.json"]), [ReasonCode::PathCollision]);
        assert_eq!(codes(&["r\u{e9}", "re\u{301}"]), [ReasonCode::PathCollision]);
        assert_eq!(codes(&["straße", "STRASSE"]), [ReasonCode::PathCollision]);
    }

    #[test]
    fn ligature_and_dotless_i_are_only_confusable() {
        assert_eq!(codes(&["fi.json", "\u{fb01}.json"]), [ReasonCode::PathConfusable]);
        assert_eq!(codes(&["file", "f\u{131}le"]), [ReasonCode::PathConfusable]);
    }

    #[test]
    fn a_file_cannot_be_a_folder_too() {
        assert_eq!(codes(&["a", "a/"]), [ReasonCode::PathFileDirConflict]);
        assert_eq!(codes(&["a", "A/b"]), [ReasonCode::PathFileDirConflict]);
    }
}
