//! Member names that are equal, or that a reader could take for equal.

use std::borrow::Cow;

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
        compare_sorted(members, flaws);
    }
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
                flaws.push(code, member.name_span.start);
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

fn compare_sorted(members: &[Member<'_>], flaws: &mut Flaws) {
    let mut sorted: Vec<_> = members.iter().map(|member| (folded(&member.name), member)).collect();
    sorted.sort_by(|(one, a), (other, b)| {
        let names = one.cmp(other).then_with(|| a.name.cmp(&b.name));
        names.then_with(|| a.name_span.start.cmp(&b.name_span.start))
    });
    for pair in sorted.windows(2) {
        let [(one, a), (other, b)] = pair else { continue };
        if a.name == b.name {
            flaws.push(ReasonCode::JsonDuplicateKey, b.name_span.start);
        } else if one == other {
            flaws.push(ReasonCode::JsonKeyConfusable, a.name_span.start.max(b.name_span.start));
        }
    }
}

/// A form in which names that differ only in composition or case are equal (Unicode, canonical caseless matching).
fn folded<'n>(name: &'n Text<'_>) -> Cow<'n, str> {
    let name = name.lossy();
    if !name.is_ascii() {
        return Cow::Owned(name.nfd().default_case_fold().nfd().collect());
    }
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Owned(name.to_ascii_lowercase());
    }
    name
}
