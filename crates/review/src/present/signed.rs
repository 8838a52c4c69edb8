//! A signed export: what its signature proves, apart from what its manifest only claims (`specs/keel.md` 1.1 and 14).

use evidence::{Part, Report};
use serde::Deserialize;

use super::text::{claimed_time, is_time, label, local_time, visible};
use crate::view::{Fact, SignedView};

/// The two groups, as the report tells them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Groups {
    path: String,
    proved_by_signature: Proved,
    claimed_by_manifest: Vec<Label>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Proved {
    content_hash: Option<String>,
    key_id: Option<String>,
    key_fingerprint: Option<String>,
}

#[derive(Deserialize)]
struct Label {
    name: String,
    text: String,
    known: bool,
}

/// Every export that came with a manifest.
pub(crate) fn signed(report: &Report) -> Vec<SignedView> {
    report
        .parts
        .iter()
        .flat_map(|part| part.population.iter().map(move |entry| (part, entry)))
        .filter(|(_, entry)| entry.get("of").and_then(|of| of.as_str()) == Some("export"))
        .filter_map(|(part, entry)| Some(view(part, &Groups::deserialize(entry).ok()?)))
        .collect()
}

fn view(part: &Part, groups: &Groups) -> SignedView {
    let proved = &groups.proved_by_signature;
    let signed = proved.key_fingerprint.is_some() || proved.key_id.is_some();
    let stated = |label: &&Label| label.text != "null";
    let mut labels: Vec<&Label> = groups.claimed_by_manifest.iter().filter(stated).collect();
    labels.sort_by_key(|label| {
        KNOWN
            .iter()
            .position(|(name, _)| *name == label.name)
            .unwrap_or(KNOWN.len())
    });
    SignedView {
        path: visible(&groups.path),
        sentence: format!("{} and {}", label(&part.subject), label(&groups.path)),
        proved_title: "Proved by the signature".to_owned(),
        proved_note: match (&proved.content_hash, signed) {
            (Some(_), true) => "These bytes, and that the holder of this key signed their hash.",
            (Some(_), false) => {
                "Not yet who signed. The payload has the hash that the manifest states, and no more is shown."
            }
            (None, _) => "Nothing: the payload does not have the hash that the manifest states, or is not here.",
        }
        .to_owned(),
        proved: proved_facts(part, proved),
        claimed_note: "These labels are not signed. Anyone who handled the manifest could have changed them, and the \
                       signature would still fit."
            .to_owned(),
        claimed: labels
            .iter()
            .filter(|label| label.name != ERROR)
            .map(|label| claim(label))
            .collect(),
        chain_error: labels
            .iter()
            .find(|label| label.name == ERROR)
            .map(|label| visible(&label.text))
            .unwrap_or_default(),
    }
}

/// The label by which an issuer states a problem with its own chain.
const ERROR: &str = "chain_integrity.error";

fn proved_facts(part: &Part, proved: &Proved) -> Vec<Fact> {
    let facts = [
        ("Content", proved.content_hash.as_ref().map(|_| part.subject.as_str())),
        ("SHA-256", proved.content_hash.as_deref()),
        ("Key id", proved.key_id.as_deref()),
        ("Key fingerprint", proved.key_fingerprint.as_deref()),
    ];
    facts
        .into_iter()
        .filter_map(|(name, value)| Some(fact(name.to_owned(), value?)))
        .collect()
}

fn fact(label: String, value: &str) -> Fact {
    Fact {
        label,
        value: visible(value),
        from_evidence: true,
        hint: String::new(),
    }
}

/// The labels that every reader asks for first, in our words.
const KNOWN: [(&str, &str); 15] = [
    ("export_type", "Export type"),
    ("project_id", "Project"),
    ("record_count", "Records"),
    ("signed_at", "Signed"),
    ("format", "Format"),
    ("compressed", "Compressed"),
    ("export_id", "Export id"),
    ("filters_hash", "Hash of the filters"),
    ("chain_integrity.verified_at", "Chain checked by the issuer"),
    ("chain_integrity.chain_length", "Chain length"),
    ("chain_integrity.last_verified_hash", "Last hash of the chain"),
    ("key_id", "Key id"),
    ("public_key", "Key in the manifest"),
    ("keel_version", "Software version"),
    ("manifest_version", "Manifest version"),
];

/// A label, in our words where its name is known.
fn claim(stated: &Label) -> Fact {
    let known = KNOWN.iter().find(|(name, _)| *name == stated.name);
    let known = known.map_or("", |(_, words)| words);
    let name = match (known, stated.known) {
        ("", true) => label(&stated.name),
        ("", false) => format!("{} (not a known label)", label(&stated.name)),
        (known, _) => known.to_owned(),
    };
    let when = is_time(&stated.text);
    Fact {
        value: if when {
            claimed_time(&stated.text)
        } else {
            visible(&stated.text)
        },
        hint: if when { local_time(&stated.text) } else { String::new() },
        ..fact(name, "")
    }
}

#[cfg(test)]
mod tests {
    use crate::present::{fixtures, manifest, summary};
    use crate::view::ViewName;

    #[test]
    fn the_manifest_of_an_export_is_said_to_be_there_although_it_lists_no_records() {
        let mut case = fixtures::verified();
        for part in &mut case.report.parts {
            part.manifests.clear();
            part.population = vec![serde_json::json!({
                "of": "export",
                "path": "manifest.json",
                "provedBySignature": {},
                "claimedByManifest": [],
            })];
        }
        let summary = summary(&case.report, &case.groups, &case.context());
        let item = summary.rail.iter().find(|item| item.view == ViewName::Manifest);
        assert_eq!(item.unwrap().badge, "1");
        assert!(manifest(&case.report).empty.contains("lists no records"));
    }
}
