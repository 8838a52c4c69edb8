//! Member names that are equal, or that a reader could take for equal.

use std::hash::{DefaultHasher, Hasher as _};

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;

use super::flaws::Flaws;
use super::{Member, Text};
use crate::reason::ReasonCode;

/// Up to this many members each name is compared with each: quicker than sorting, and no one can make it slow.
const FEW: usize = 24;

/// Names that occur twice (`JSON_DUPLICATE_KEY`) or differ only in case or composition (`JSON_KEY_CONFUSABLE`).
pub(super) fn examine(members: &[Member<'_>], flaws: &mut Flaws) {
    if members.len() <= FEW && members.iter().all(|member| is_ascii(&member.name)) {
        compare_each(members, flaws);
    } else {
        compare_hashed(members, flaws);
    }
}

/// Bytes of memory that [`examine`] takes for so many members.
pub(super) fn memory(members: usize) -> usize {
    if members <= FEW { 0 } else { members.saturating_mul(32) }
}

fn is_ascii(name: &Text<'_>) -> bool {
    name.as_str().is_some_and(str::is_ascii)
}

fn compare_each(members: &[Member<'_>], flaws: &mut Flaws) {
    let mut marks = 0_u64;
    for (index, member) in members.iter().enumerate() {
        let mark = mark(&member.name);
        if marks & mark != 0 {
            let earlier = members.get(..index).unwrap_or_default();
            let code = earlier
                .iter()
                .filter_map(|other| likeness(&other.name, &member.name))
                .min();
            if let Some(code) = code {
                flaws.push(code, member.name_span.start());
            }
        }
        marks |= mark;
    }
}

/// One of 64 bits, the same one for names that are alike: spares most comparisons.
fn mark(name: &Text<'_>) -> u64 {
    let bytes = name.as_str().unwrap_or_default().as_bytes();
    let fold = |byte: Option<&u8>| u64::from(byte.copied().unwrap_or(0) | 0x20);
    let length = u64::try_from(bytes.len()).unwrap_or(0);
    let mixed = length.wrapping_mul(37) ^ fold(bytes.first()).wrapping_mul(11) ^ fold(bytes.last()).wrapping_mul(5);
    1 << (mixed % 64)
}

/// How two ASCII names are alike; `JSON_DUPLICATE_KEY` orders before `JSON_KEY_CONFUSABLE`.
fn likeness(one: &Text<'_>, other: &Text<'_>) -> Option<ReasonCode> {
    let (one, other) = (one.as_str()?, other.as_str()?);
    if one.len() != other.len() || !one.eq_ignore_ascii_case(other) {
        None
    } else if one == other {
        Some(ReasonCode::JsonDuplicateKey)
    } else {
        Some(ReasonCode::JsonKeyConfusable)
    }
}

/// Sorts the hashes of the names rather than the names: what has the same hash is then compared in full.
fn compare_hashed(members: &[Member<'_>], flaws: &mut Flaws) {
    let mut buffer = String::new();
    let mut hashes: Vec<(u64, usize)> = Vec::with_capacity(members.len());
    for (index, member) in members.iter().enumerate() {
        fold(&member.name, &mut buffer);
        let mut hasher = DefaultHasher::new();
        hasher.write(buffer.as_bytes());
        hashes.push((hasher.finish(), index));
    }
    hashes.sort_unstable();
    let mut groups: Vec<&[(u64, usize)]> = hashes
        .chunk_by(|(one, _), (other, _)| one == other)
        .filter(|group| group.len() > 1)
        .collect();
    groups.sort_unstable_by_key(|group| group.first().map(|(_, index)| index));
    for group in groups {
        let group = group.iter().filter_map(|(_, index)| members.get(*index));
        compare_group(group.collect(), flaws);
    }
}

/// Compares members whose names have the same hash, and so most likely the same form.
fn compare_group(mut group: Vec<&Member<'_>>, flaws: &mut Flaws) {
    let (mut form, mut other) = (String::new(), String::new());
    while let Some(first) = group.first() {
        fold(&first.name, &mut form);
        let (mut alike, different): (Vec<_>, Vec<_>) = group.into_iter().partition(|member| {
            fold(&member.name, &mut other);
            form == other
        });
        compare_alike(&mut alike, flaws);
        group = different;
    }
}

/// Names of one form: equal, or confusable.
fn compare_alike(members: &mut [&Member<'_>], flaws: &mut Flaws) {
    fn name<'m>(member: &'m Member<'_>) -> (Option<&'m [u16]>, Option<&'m str>) {
        (member.name.lone_units(), member.name.as_str())
    }
    members.sort_by(|a, b| name(a).cmp(&name(b)));
    for pair in members.windows(2) {
        let [a, b] = pair else { continue };
        let (first, second) = (a.name_span.start(), b.name_span.start());
        if a.name == b.name {
            flaws.push(ReasonCode::JsonDuplicateKey, second);
        } else {
            flaws.push(ReasonCode::JsonKeyConfusable, first.max(second));
        }
    }
}

/// Writes the form in which names that differ only in composition or case are equal (Unicode, canonical caseless
/// matching).
fn fold(name: &Text<'_>, form: &mut String) {
    form.clear();
    let name = name.lossy();
    if name.is_ascii() {
        form.push_str(&name);
        form.make_ascii_lowercase();
    } else {
        form.extend(name.nfd().default_case_fold().nfd());
    }
}
