//! Which payload belongs to which manifest (`specs/keel.md` 1): by content, and only where that fails by name.

use std::collections::BTreeSet;

use super::manifest::Manifest;
use super::survey::{Looked, Seen};
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

/// Pairs every manifest. `free` are the files that may be payloads: no manifests, and nothing with a form of its own.
pub(super) fn pair(pack: &Pack, looked: &[Looked]) -> Vec<Pair> {
    let is_manifest = |seen: &Seen| matches!(seen, Seen::Manifest(_) | Seen::Broken(..));
    let manifests: Vec<usize> = positions(looked, |looked| is_manifest(&looked.seen));
    let mut taken = BTreeSet::new();
    let mut pairs: Vec<Pair> = manifests
        .iter()
        .map(|manifest| by_content(looked, *manifest, &mut taken))
        .collect();
    let siblings = sibling_names(looked);
    for number in 0..pairs.len() {
        let Some(manifest) = pairs
            .get(number)
            .filter(|pair| pair.payload.is_none())
            .map(|pair| pair.manifest)
        else {
            continue;
        };
        let names = Names { pack, looked };
        let free = |position: usize| {
            !taken.contains(&position)
                && !siblings.contains(names.base(position))
                && looked.get(position).is_some_and(|looked| may_be_payload(&looked.seen))
        };
        let open = pairs
            .iter()
            .filter(|pair| pair.payload.is_none())
            .map(|pair| pair.manifest);
        let found = names.by_name(manifest, &open.collect::<Vec<_>>(), &free);
        if let (Some(found), Some(pair)) = (found, pairs.get_mut(number)) {
            taken.insert(found);
            pair.payload = Some(found);
        }
    }
    pairs
}

fn positions(looked: &[Looked], test: impl Fn(&Looked) -> bool) -> Vec<usize> {
    let numbered = looked.iter().enumerate();
    numbered
        .filter(|(_, looked)| test(looked))
        .map(|(position, _)| position)
        .collect()
}

fn may_be_payload(seen: &Seen) -> bool {
    matches!(seen, Seen::Payload | Seen::Other)
}

/// Files that a manifest names as workflow siblings: never its payload.
fn sibling_names(looked: &[Looked]) -> BTreeSet<String> {
    let manifests = looked.iter().filter_map(|looked| looked.seen.as_manifest());
    manifests.flat_map(super::workflow::sibling_names).collect()
}

/// The files whose digest is the stated hash, exactly as it must be written. Of several, the one beside the manifest.
fn by_content(looked: &[Looked], manifest: usize, taken: &mut BTreeSet<usize>) -> Pair {
    let stated = looked.get(manifest).and_then(|looked| looked.seen.as_manifest());
    let hash = stated.map(|manifest| manifest.content_hash.as_str());
    let equal = |looked: &Looked| {
        let digest = looked.shipped.map(|(digest, _)| digest.prefixed());
        digest.is_some() && digest.as_deref() == hash
    };
    let mut copies = positions(looked, equal)
        .into_iter()
        .filter(|position| *position != manifest);
    let payload = copies.next();
    let copies: Vec<usize> = copies.collect();
    taken.extend(payload.iter().chain(&copies));
    Pair {
        manifest,
        payload,
        copies,
    }
}

struct Names<'p> {
    pack: &'p Pack,
    looked: &'p [Looked],
}

impl<'p> Names<'p> {
    fn path(&self, position: usize) -> &'p str {
        let index = self.looked.get(position).map(|looked| looked.index);
        index
            .and_then(|index| self.pack.artifacts.get(index))
            .map(|artifact| artifact.path.as_str())
            .unwrap_or_default()
    }

    fn folder(&self, position: usize) -> &'p str {
        self.path(position).rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    fn base(&self, position: usize) -> &'p str {
        let path = self.path(position);
        path.rsplit('/').next().unwrap_or(path)
    }

    /// `X.manifest.json` with `X`; a lone manifest with a lone file, beside it or anywhere; the one file whose extension is
    /// what the labels say.
    fn by_name(&self, manifest: usize, open: &[usize], free: &dyn Fn(usize) -> bool) -> Option<usize> {
        let free: Vec<usize> = (0..self.looked.len()).filter(|position| free(*position)).collect();
        let folder = self.folder(manifest);
        let beside: Vec<usize> = free
            .iter()
            .copied()
            .filter(|file| self.folder(*file) == folder)
            .collect();
        let named = self.base(manifest).strip_suffix(".manifest.json");
        let by_stem = named.and_then(|name| beside.iter().copied().find(|file| self.base(*file) == name));
        let alone_beside = open.iter().filter(|other| self.folder(**other) == folder).count() == 1;
        by_stem
            .or_else(|| only(&beside).filter(|_| alone_beside))
            .or_else(|| only(&free).filter(|_| open.len() == 1))
            .or_else(|| self.by_extension(manifest, &beside))
            .or_else(|| self.by_extension(manifest, &free).filter(|_| open.len() == 1))
    }

    fn by_extension(&self, manifest: usize, among: &[usize]) -> Option<usize> {
        let Some(Seen::Manifest(manifest)) = self.looked.get(manifest).map(|looked| &looked.seen) else {
            return None;
        };
        let fits: Vec<usize> = among
            .iter()
            .copied()
            .filter(|file| fits(manifest, self.base(*file)))
            .collect();
        only(&fits)
    }
}

fn only(list: &[usize]) -> Option<usize> {
    if let [only] = list { Some(*only) } else { None }
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
