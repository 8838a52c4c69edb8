//! Which payload belongs to which manifest (`specs/keel.md` 1): by content, and only where that fails by name.

use std::collections::{BTreeSet, HashMap};

use super::manifest::Manifest;
use super::survey::{Looked, Seen, path_of};
use crate::pack::Pack;

/// A manifest with its payload.
#[derive(Debug)]
pub(super) struct Pair {
    /// The manifest, by its place among what was looked at.
    pub(super) manifest: usize,
    /// The payload; none where there is nothing that could be it.
    pub(super) payload: Option<usize>,
    /// Further files with the same bytes as the payload.
    pub(super) copies: Vec<usize>,
}

/// In a folder with more manifests than this that found no payload by its content, only `X.manifest.json` is paired by
/// name: what else could be meant is anybody's guess.
const GUESSED: usize = 100;

/// Pairs every manifest.
pub(super) fn pair(pack: &Pack, looked: &[Looked]) -> Vec<Pair> {
    let is_manifest = |seen: &Seen| matches!(seen, Seen::Manifest(_) | Seen::Broken(..));
    let contents = by_digest(looked);
    let mut taken = BTreeSet::new();
    let mut pairs: Vec<Pair> = (0..)
        .zip(looked)
        .filter(|(_, looked)| is_manifest(&looked.seen))
        .map(|(manifest, _)| by_content(looked, &contents, manifest, &mut taken))
        .collect();
    let mut names = Names::of(pack, looked, &pairs, &taken);
    for pair in pairs.iter_mut().filter(|pair| pair.payload.is_none()) {
        pair.payload = names.take(pair.manifest);
    }
    pairs
}

/// The files of each digest, as it must be written.
fn by_digest(looked: &[Looked]) -> HashMap<String, Vec<usize>> {
    let mut contents: HashMap<String, Vec<usize>> = HashMap::new();
    for (position, looked) in looked.iter().enumerate() {
        if let Some((digest, _)) = looked.shipped {
            contents.entry(digest.prefixed()).or_default().push(position);
        }
    }
    contents
}

/// The files whose digest is the stated hash; the first of several is the payload.
fn by_content(
    looked: &[Looked],
    contents: &HashMap<String, Vec<usize>>,
    manifest: usize,
    taken: &mut BTreeSet<usize>,
) -> Pair {
    let stated = looked.get(manifest).and_then(|looked| looked.seen.as_manifest());
    let fitting = stated.and_then(|manifest| contents.get(&manifest.content_hash));
    let mut copies = fitting
        .into_iter()
        .flatten()
        .copied()
        .filter(|position| *position != manifest);
    let payload = copies.next();
    let copies: Vec<usize> = copies.take(GUESSED).collect();
    taken.extend(payload.iter().chain(&copies));
    Pair {
        manifest,
        payload,
        copies,
    }
}

/// Files that a manifest names as workflow siblings: never its payload.
fn sibling_names(looked: &[Looked]) -> BTreeSet<String> {
    let manifests = looked.iter().filter_map(|looked| looked.seen.as_manifest());
    manifests.flat_map(super::workflow::sibling_names).collect()
}

/// Files that found no manifest by their content, by name and folder.
struct Names<'p> {
    pack: &'p Pack,
    looked: &'p [Looked],
    by_path: HashMap<&'p str, usize>,
    by_folder: HashMap<&'p str, BTreeSet<usize>>,
    /// Manifests without a payload, by folder.
    open: HashMap<&'p str, usize>,
    free: BTreeSet<usize>,
    manifests: usize,
}

impl<'p> Names<'p> {
    fn of(pack: &'p Pack, looked: &'p [Looked], pairs: &[Pair], taken: &BTreeSet<usize>) -> Names<'p> {
        let mut names = Names {
            pack,
            looked,
            by_path: HashMap::new(),
            by_folder: HashMap::new(),
            open: HashMap::new(),
            free: BTreeSet::new(),
            manifests: 0,
        };
        for pair in pairs.iter().filter(|pair| pair.payload.is_none()) {
            names.manifests = names.manifests.saturating_add(1);
            let open = names.open.entry(names.folder(pair.manifest)).or_default();
            *open = open.saturating_add(1);
        }
        if names.manifests == 0 {
            return names;
        }
        let siblings = sibling_names(looked);
        for (position, looked) in looked.iter().enumerate() {
            let possible = matches!(looked.seen, Seen::Payload | Seen::Other) && !taken.contains(&position);
            if possible && !siblings.contains(base(names.path(position))) {
                names.by_path.insert(names.path(position), position);
                names
                    .by_folder
                    .entry(names.folder(position))
                    .or_default()
                    .insert(position);
                names.free.insert(position);
            }
        }
        names
    }

    fn path(&self, position: usize) -> &'p str {
        let index = self.looked.get(position).map(|looked| looked.index);
        index.map(|index| path_of(self.pack, index)).unwrap_or_default()
    }

    fn folder(&self, position: usize) -> &'p str {
        self.path(position).rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The payload of a manifest, which is then no longer free; what could not be read may be that of several.
    fn take(&mut self, manifest: usize) -> Option<usize> {
        let found = self.by_name(manifest)?;
        if self.is_unread(found) {
            return Some(found);
        }
        self.free.remove(&found);
        self.by_path.remove(self.path(found));
        if let Some(beside) = self.by_folder.get_mut(self.folder(found)) {
            beside.remove(&found);
        }
        Some(found)
    }

    fn is_unread(&self, position: usize) -> bool {
        let looked = self.looked.get(position);
        looked.is_some_and(|looked| looked.shipped.is_none())
    }

    /// `X.manifest.json` with `X`; a lone manifest with a lone file, beside it or anywhere; the one file whose extension is
    /// what the labels say. Where that would be a guess, a file that could not be read comes before one that was read and
    /// does not fit.
    fn by_name(&self, manifest: usize) -> Option<usize> {
        let stem = self.path(manifest).strip_suffix(".manifest.json");
        if let Some(found) = stem.and_then(|path| self.by_path.get(path)) {
            return Some(*found);
        }
        let folder = self.folder(manifest);
        let open = self.open.get(folder).copied().unwrap_or(0);
        if open > GUESSED {
            return None;
        }
        let none = BTreeSet::new();
        let beside = self.by_folder.get(folder).unwrap_or(&none);
        let (alone_beside, alone) = (open == 1, self.manifests == 1);
        let unread = |among: &BTreeSet<usize>| among.iter().copied().find(|file| self.is_unread(*file));
        let unread = unread(beside).or_else(|| unread(&self.free).filter(|_| alone));
        if unread.is_some() {
            return unread;
        }
        only(beside)
            .filter(|_| alone_beside)
            .or_else(|| only(&self.free).filter(|_| alone))
            .or_else(|| self.by_extension(manifest, beside))
            .or_else(|| self.by_extension(manifest, &self.free).filter(|_| alone))
    }

    fn by_extension(&self, manifest: usize, among: &BTreeSet<usize>) -> Option<usize> {
        let manifest = self.looked.get(manifest)?.seen.as_manifest()?;
        let mut fitting = among.iter().filter(|file| fits(manifest, base(self.path(**file))));
        let found = fitting.next().copied();
        found.filter(|_| fitting.next().is_none())
    }
}

fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn only(list: &BTreeSet<usize>) -> Option<usize> {
    list.first().copied().filter(|_| list.len() == 1)
}

/// Whether a file name ends as the labels say.
fn fits(manifest: &Manifest, name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    if name.ends_with(".zip") {
        return manifest.is_type("access_review") || manifest.is_type("incident_evidence");
    }
    let Some(format) = manifest.format.as_deref() else {
        return false;
    };
    let (stem, gzip) = match name.strip_suffix(".gz") {
        Some(stem) => (stem, true),
        None => (name.as_str(), false),
    };
    stem.ends_with(&format!(".{format}")) && manifest.compressed.is_none_or(|compressed| compressed == gzip)
}
