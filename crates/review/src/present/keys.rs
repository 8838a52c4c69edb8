//! Keys and nodes.

use evidence::{Confirmation, Ecosystem, KeyOrigin, KeySeen, KeyState, Report};

use crate::view::{Choice, Fact, KeyProposal, KeyView, KeysView, NodeView, OutcomeView, PeriodView};
use crate::words::sentence::{count, length, number};
use crate::words::{WAYS, key_state};

use super::summary::Context;
use super::text::{label, local_time, time, time_to_the_second, visible};

/// Every key of the report, in order; its place in this order is its handle.
fn all(report: &Report) -> impl Iterator<Item = &KeySeen> {
    report.parts.iter().flat_map(|part| &part.keys)
}

/// The key behind a handle.
#[must_use]
pub fn key_at(report: &Report, key: u64) -> Option<&KeySeen> {
    all(report).nth(usize::try_from(key).ok()?)
}

/// The confirmed keys that signatures of this run fit.
fn signers(report: &Report) -> Vec<&KeySeen> {
    let mut found: Vec<&KeySeen> = Vec::new();
    for key in all(report).filter(|key| key.state == KeyState::Confirmed && key.signatures > 0) {
        if !found.iter().any(|other| other.fingerprint == key.fingerprint) {
            found.push(key);
        }
    }
    found
}

/// Who signed, when the key is confirmed: "key k1 of nexart-node-prod-1", "2 keys in your key book".
#[must_use]
pub fn signer_label(report: &Report) -> Option<String> {
    match signers(report).as_slice() {
        [] => None,
        [only] => Some(key_label(only)),
        many => Some(format!("{} in your key book", count(length(many.len()), "key", "keys"))),
    }
}

/// How the only signer's key was confirmed: "confirmed by M. Okafor on 2026-09-15".
pub(super) fn confirmed_in_short(report: &Report) -> Option<String> {
    let [only] = signers(report)[..] else { return None };
    Some(match only.confirmed.as_ref()? {
        Confirmation::Given(_) => "given for this run".to_owned(),
        Confirmation::KeyBook { by, at, .. } => format!("confirmed by {} on {}", label(by), day(at)),
    })
}

/// The day of a time, UTC; what is no time stays as it is.
fn day(at: &str) -> String {
    let at = time(at);
    at.split_once(' ').map(|(day, _)| day.to_owned()).unwrap_or(at)
}

/// How a key was confirmed, as facts.
fn confirmed(confirmation: &Confirmation) -> Vec<Fact> {
    match confirmation {
        Confirmation::Given(None) => vec![fact("Confirmed", "given for this run".to_owned(), false)],
        Confirmation::Given(Some(name)) => vec![fact(
            "Confirmed",
            format!("given for this run: {}", visible(name)),
            false,
        )],
        Confirmation::KeyBook { issuer, by, how, at } => vec![
            fact("Name in the key book", visible(issuer), false),
            fact("Confirmed by", visible(by), false),
            fact("How", in_words(how), false),
            Fact {
                hint: local_time(at),
                ..fact("Confirmed at", time_to_the_second(at), false)
            },
        ],
    }
}

/// A way of confirming as the key book writes it, "phone: Ms Berg", in words: "By phone, …: Ms Berg".
fn in_words(how: &str) -> String {
    let (way, detail) = how.split_once(':').unwrap_or((how, ""));
    let way = WAYS.iter().find(|(id, _)| *id == way).map_or(way, |(_, words)| words);
    match detail.trim() {
        "" => visible(way),
        detail => format!("{}: {}", visible(way), visible(detail)),
    }
}

/// The ways of confirming a key, for the page.
#[must_use]
pub fn ways() -> Vec<Choice> {
    let choice = |(id, label): &(&str, &str)| Choice {
        id: (*id).to_owned(),
        label: (*label).to_owned(),
    };
    WAYS.iter().map(choice).collect()
}

fn key_label(key: &KeySeen) -> String {
    match (&key.key_id, &key.signs_for) {
        (Some(id), Some(who)) => format!("key {} of {}", label(id), label(who)),
        (Some(id), None) => format!("key {}", label(id)),
        (None, Some(who)) => format!("the key of {}", label(who)),
        (None, None) => "a key in your key book".to_owned(),
    }
}

/// What a key comes to, for icon and badge: a key that no signature needs decides nothing.
pub(super) fn key_outcome(key: &KeySeen) -> OutcomeView {
    match (key.state, key.signatures) {
        (KeyState::Confirmed, _) => OutcomeView::Pass,
        (KeyState::Conflict, _) => OutcomeView::Fail,
        (KeyState::OutsideWindow | KeyState::Revoked, 1..) => OutcomeView::Fail,
        (KeyState::SuppliedBySender | KeyState::Malformed | KeyState::NotAtHand, 1..) => OutcomeView::Undetermined,
        (_, 0) => OutcomeView::Skipped,
    }
}

/// Keys and nodes.
#[must_use]
pub fn keys(report: &Report, context: &Context) -> KeysView {
    let keys: Vec<KeyView> = all(report)
        .enumerate()
        .map(|(at, key)| key_view(length(at), key))
        .collect();
    KeysView {
        sentence: sentence(report),
        empty: if keys.is_empty() {
            "No key in this pack. No record here is signed. Ask the sender to include receipt.json.".to_owned()
        } else {
            String::new()
        },
        keys,
        nodes: report
            .parts
            .iter()
            .flat_map(|part| &part.node_metadata)
            .map(node)
            .collect(),
        key_book: format!(
            "Key book {}, {}",
            visible(context.key_book),
            count(context.key_book_keys, "key", "keys")
        ),
    }
}

fn sentence(report: &Report) -> String {
    let total = length(all(report).count());
    if total == 0 {
        return "No key is used.".to_owned();
    }
    let of = |state: KeyState| length(all(report).filter(|key| key.state == state).count());
    let counted: Vec<String> = [
        (of(KeyState::Confirmed), "confirmed"),
        (of(KeyState::SuppliedBySender), "only from the pack"),
        (of(KeyState::Conflict), "against your key book"),
        (of(KeyState::OutsideWindow), "not in use at the signed time"),
        (of(KeyState::Revoked), "withdrawn"),
        (of(KeyState::Malformed), "not readable"),
    ]
    .into_iter()
    .filter(|(value, _)| *value > 0)
    .map(|(value, words)| format!("{} {words}", number(value)))
    .collect();
    format!("{}: {}.", count(total, "key", "keys"), counted.join(", "))
}

fn key_view(handle: u64, key: &KeySeen) -> KeyView {
    let (origin, origin_label) = origin(key);
    KeyView {
        key: handle,
        outcome: key_outcome(key),
        name: name(key),
        key_id: key.key_id.as_deref().map(label).unwrap_or_default(),
        fingerprint: key.fingerprint.clone(),
        public_key: published(key).map(str::to_owned),
        origin: origin.to_owned(),
        origin_label: origin_label.to_owned(),
        used_for: match key.signatures {
            0 => "no signature of this pack".to_owned(),
            many => count(many, "signature", "signatures"),
        },
        sentence: key_state(key.state).sentence.to_owned(),
        facts: facts(key),
        period: period(key),
        can_confirm: key.state == KeyState::SuppliedBySender && key.fingerprint.is_some(),
    }
}

/// The raw key of an issuer that publishes it as it is: its page shows no fingerprint to compare.
fn published(key: &KeySeen) -> Option<&str> {
    key.public_key
        .as_deref()
        .filter(|_| key.ecosystem == Ecosystem::Invoance)
}

/// A key in the spelling of its issuer's key page: base64url without padding.
fn base64url(hex: &str) -> Option<String> {
    let raw = data_encoding::HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).ok()?;
    Some(data_encoding::BASE64URL_NOPAD.encode(&raw))
}

/// A key that is not confirmed has no name: it is called by where it lies.
fn name(key: &KeySeen) -> String {
    match key.state {
        KeyState::Confirmed => crate::words::sentence::first_upper(&key_label(key)),
        KeyState::SuppliedBySender
        | KeyState::Conflict
        | KeyState::OutsideWindow
        | KeyState::Revoked
        | KeyState::Malformed => format!("Key in {}", label(&key.source)),
        KeyState::NotAtHand => match &key.key_id {
            Some(id) => format!("Key named {}", label(id)),
            None => "Key without a name".to_owned(),
        },
    }
}

fn origin(key: &KeySeen) -> (&'static str, &'static str) {
    match (key.origin, &key.public_key, key.state) {
        (KeyOrigin::KeyBook, ..) => ("keyBook", "in your key book"),
        (KeyOrigin::Pack, None, state) if state != KeyState::Malformed => ("absent", "not at hand"),
        (KeyOrigin::Pack, ..) => ("sender", "supplied by the sender"),
    }
}

fn facts(key: &KeySeen) -> Vec<Fact> {
    let from_pack = key.origin == KeyOrigin::Pack;
    let mut facts = vec![
        fact("State", key_state(key.state).short.to_owned(), false),
        fact("Came from", visible(&key.source), from_pack),
    ];
    let ecosystem = match key.ecosystem {
        Ecosystem::NexArt => "NexArt",
        Ecosystem::Keel => "Keel",
        Ecosystem::Invoance => "Invoance",
    };
    facts.push(fact("Kind of evidence", ecosystem.to_owned(), false));
    let mut optional = |label: &str, value: Option<String>, from_evidence| {
        if let Some(value) = value {
            facts.push(fact(label, value, from_evidence));
        }
    };
    let signs_for = if from_pack {
        "Signs for, as it says"
    } else {
        "Signs for"
    };
    optional(signs_for, key.signs_for.as_deref().map(visible), from_pack);
    optional("Status, as stated", key.status.as_deref().map(visible), from_pack);
    if let Some(text) = published(key).and_then(base64url) {
        facts.push(fact("The key as its key page writes it", text, true));
    }
    facts.extend(key.confirmed.iter().flat_map(confirmed));
    if key.state == KeyState::SuppliedBySender {
        facts.push(fact("Key book", "No entry with these key bytes".to_owned(), false));
    }
    if key.valid_from.is_none() && key.valid_to.is_none() {
        facts.push(fact("Period", "No period came with this key".to_owned(), false));
    }
    facts
}

fn fact(label: &str, value: String, from_evidence: bool) -> Fact {
    Fact {
        label: label.to_owned(),
        value,
        from_evidence,
        hint: String::new(),
    }
}

fn period(key: &KeySeen) -> Option<PeriodView> {
    if key.valid_from.is_none() && key.valid_to.is_none() {
        return None;
    }
    let from = key.valid_from.as_deref();
    let to = key.valid_to.as_deref();
    Some(PeriodView {
        from: from.map_or_else(|| "no start stated".to_owned(), |at| format!("from {}", time(at))),
        to: to.map_or_else(|| "no end stated".to_owned(), |at| format!("to {}", time(at))),
        has_from: from.is_some(),
        has_to: to.is_some(),
        signed: signed(key),
        mark: mark(key),
    })
}

/// The times that the signatures state: always a claim.
fn signed(key: &KeySeen) -> String {
    match (key.first_signed.as_deref(), key.last_signed.as_deref()) {
        (Some(first), Some(last)) if first != last => {
            format!("signed {} to {}, claimed", time(first), time(last))
        }
        (Some(only), _) | (None, Some(only)) => format!("signed {}, claimed", time(only)),
        (None, None) => String::new(),
    }
}

/// Where the page draws a stated start and a stated end, in thousandths of the drawing.
const START: i64 = 155;
const END: i64 = 845;

/// Place of the last signing time on the drawing; where one side of the period is open, only the side of the other counts.
fn mark(key: &KeySeen) -> Option<u32> {
    let seconds = |text: Option<&String>| Some(text?.parse::<jiff::Timestamp>().ok()?.as_second());
    let signed = seconds(key.last_signed.as_ref().or(key.first_signed.as_ref()))?;
    let (from, to) = (seconds(key.valid_from.as_ref()), seconds(key.valid_to.as_ref()));
    let place = match (from, to) {
        (Some(from), Some(to)) if to > from => START + (END - START) * (signed - from) / (to - from),
        (Some(from), _) if signed < from => START / 2,
        (None, Some(to)) if signed > to => END + START / 2,
        (Some(_), _) | (None, Some(_)) => i64::midpoint(START, END),
        (None, None) => return None,
    };
    u32::try_from(place.clamp(20, 980)).ok()
}

/// A node as its own file describes it.
fn node(metadata: &serde_json::Value) -> NodeView {
    let text = |name: &str| metadata.get(name).and_then(|value| value.as_str());
    let mut facts = Vec::new();
    for (name, label) in [
        ("operator", "Operator, as stated"),
        ("activeKid", "Active key, as stated"),
        ("protocolVersion", "Protocol version, as stated"),
    ] {
        if let Some(value) = text(name) {
            facts.push(fact(label, visible(value), true));
        }
    }
    let listed = metadata
        .get("keys")
        .and_then(|keys| keys.as_array().map(|keys| length(keys.len())).or_else(|| keys.as_u64()));
    if let Some(listed) = listed {
        facts.push(fact("Keys listed", number(listed), true));
    }
    NodeView {
        title: text("nodeId").map_or_else(|| "Node without a name".to_owned(), label),
        path: text("path").or(text("source")).map(visible).unwrap_or_default(),
        facts,
    }
}

/// What the reviewer sees before confirming a key; none when the key cannot be confirmed.
#[must_use]
pub fn key_proposal(report: &Report, key: u64, confirmed_by: &str) -> Option<KeyProposal> {
    let seen = key_at(report, key)?;
    let fingerprint = seen.fingerprint.clone()?;
    if seen.state != KeyState::SuppliedBySender {
        return None;
    }
    let mut facts = facts(seen);
    if let Some(id) = &seen.key_id {
        facts.insert(0, fact("Key id", visible(id), true));
    }
    Some(KeyProposal {
        key,
        fingerprint,
        facts,
        issuer: seen.signs_for.as_deref().map(label).unwrap_or_default(),
        confirmed_by: confirmed_by.to_owned(),
        ways: ways(),
    })
}
