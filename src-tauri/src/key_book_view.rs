//! The key book as the page shows it.

use std::path::Path;

use evidence::{EcosystemName, KeyEntry, RootCertificate};
use review::keybook_file::{AuthorityEntry, KeyBookFile, Suggestion, WAYS, suggestions};
use review::present::{self, local_time, time_to_the_second, visible};
use review::view::{Fact, KeyBookEntryView, KeyBookView, KeyProposal};
use review::words;

/// The reviewer's keys, and the published ones that are not among them yet.
pub(crate) fn key_book(book: &KeyBookFile, place: &Path) -> KeyBookView {
    let unconfirmed = |suggestion: &Suggestion| {
        !book
            .entries()
            .iter()
            .any(|entry| entry.public_key == suggestion.public_key)
    };
    KeyBookView {
        name: visible(&book.name),
        sha256: book.digest().map(|digest| digest.to_hex()),
        place: visible(&place.to_string_lossy()),
        entries: (0..)
            .zip(book.entries())
            .map(|(index, entry)| entry_view(index, entry))
            .collect(),
        authorities: (0..)
            .zip(book.authorities())
            .map(|(index, entry)| authority_view(index, entry))
            .collect(),
        authorities_sentence: words::TIME_STAMP_ROOTS.to_owned(),
        suggestions: (0..)
            .zip(suggestions())
            .filter(|(_, suggestion)| unconfirmed(suggestion))
            .map(|(index, suggestion)| suggestion_view(index, &suggestion))
            .collect(),
        ways: present::ways(),
    }
}

fn entry_view(index: u32, entry: &KeyEntry) -> KeyBookEntryView {
    let optional = |label: &str, text: &Option<String>| text.as_deref().map(|text| fact(label, text));
    let dated = |label: &str, text: &Option<String>| text.as_deref().map(|text| time_fact(label, text));
    let mut facts = vec![fact("Evidence of", ecosystem(entry.ecosystem))];
    facts.extend(optional("Key id", &entry.key_id));
    facts.extend((!entry.signs_for.is_empty()).then(|| fact("Signs for", &entry.signs_for.join(", "))));
    facts.extend(optional("Purpose", &entry.purpose));
    facts.push(fact("Came from", &entry.source));
    facts.extend(confirmed(
        &entry.confirmed_by,
        &entry.confirmed_how,
        &entry.confirmed_at,
    ));
    facts.extend(dated("Valid from", &entry.valid_from));
    facts.extend(dated("Valid to", &entry.valid_to));
    facts.extend(dated("Withdrawn at", &entry.revoked_at));
    facts.extend(optional("Withdrawn because", &entry.revoked_reason));
    KeyBookEntryView {
        index,
        name: visible(&entry.issuer),
        fingerprint: entry.fingerprint().to_hex(),
        facts,
    }
}

/// Who confirmed an entry, how and when.
fn confirmed(by: &str, how: &str, at: &str) -> Vec<Fact> {
    let (way, detail) = how.split_once(':').unwrap_or((how, ""));
    let way = WAYS.iter().find(|(id, _)| *id == way).map_or(way, |(_, words)| words);
    let mut facts = vec![fact("Confirmed by", by), fact("How", way)];
    facts.extend((!detail.trim().is_empty()).then(|| fact("In their words", detail.trim())));
    facts.push(time_fact("Confirmed at", at));
    facts
}

/// What the reviewer sees before confirming a root; `name` is that of its file.
pub(crate) fn root_proposal(root: &RootCertificate, name: &str, confirmed_by: &str) -> KeyProposal {
    let mut facts = certificate_facts(root);
    facts.push(fact("Came from", name));
    KeyProposal {
        key: 0,
        fingerprint: root.fingerprint().to_hex(),
        facts,
        issuer: visible(root.subject()),
        confirmed_by: confirmed_by.to_owned(),
        ways: present::ways(),
    }
}

fn authority_view(index: u32, entry: &AuthorityEntry) -> KeyBookEntryView {
    let mut facts = certificate_facts(&entry.certificate);
    facts.push(fact("Came from", &entry.source));
    facts.extend(confirmed(
        &entry.confirmed_by,
        &entry.confirmed_how,
        &entry.confirmed_at,
    ));
    KeyBookEntryView {
        index,
        name: visible(&entry.name),
        fingerprint: entry.fingerprint().to_hex(),
        facts,
    }
}

fn certificate_facts(root: &RootCertificate) -> Vec<Fact> {
    vec![
        fact("Issued to", root.subject()),
        time_fact("Valid from", root.valid_from()),
        time_fact("Valid to", root.valid_to()),
    ]
}

fn suggestion_view(index: u32, suggestion: &Suggestion) -> KeyBookEntryView {
    KeyBookEntryView {
        index,
        name: suggestion.issuer.to_owned(),
        fingerprint: suggestion.public_key.fingerprint().to_hex(),
        facts: [
            Some(fact("Evidence of", ecosystem(suggestion.ecosystem))),
            Some(fact("Key id", suggestion.key_id)),
            (!suggestion.signs_for.is_empty()).then(|| fact("Signs for", suggestion.signs_for)),
            suggestion.purpose.map(|purpose| fact("Purpose", purpose)),
            Some(fact("Came from", suggestion.source)),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

fn ecosystem(name: EcosystemName) -> &'static str {
    match name {
        EcosystemName::NexArt => "NexArt",
        EcosystemName::Keel => "Keel",
        EcosystemName::Invoance => "Invoance",
    }
}

fn fact(label: &str, value: &str) -> Fact {
    Fact {
        label: label.to_owned(),
        value: visible(value),
        from_evidence: false,
        hint: String::new(),
    }
}

fn time_fact(label: &str, at: &str) -> Fact {
    Fact {
        hint: local_time(at),
        ..fact(label, &time_to_the_second(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_published_key_is_suggested_until_it_is_confirmed() {
        let mut book = KeyBookFile::default();
        let before = key_book(&book, Path::new("keybook.json"));
        assert_eq!(before.suggestions.len(), suggestions().len());
        let suggestion = &suggestions()[0];
        let end = &suggestion.public_key.fingerprint().to_hex()[56..];
        let entry = suggestion.confirmed("R. Viewer", "phone: Ms Berg", "2026-11-25T09:00:00.000Z");
        book.add(entry, end).unwrap();
        let after = key_book(&book, Path::new("keybook.json"));
        assert_eq!(after.suggestions.len(), suggestions().len() - 1);
        let facts = &after.entries[0].facts;
        assert!(
            facts
                .iter()
                .any(|fact| fact.label == "In their words" && fact.value == "Ms Berg")
        );
    }
}
