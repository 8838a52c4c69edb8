//! What holds for every row.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn any_event() -> impl Strategy<Value = Value> {
    (any_value(), any_value(), any::<String>(), any::<i64>()).prop_map(|(metadata, context, name, seq)| {
        let mut event = event();
        event["metadata"] = metadata;
        event["context"] = context;
        event["actor"]["name"] = json!(name);
        event["seq"] = json!(seq);
        event
    })
}

/// The same members, those of every object in reverse order.
fn reversed(node: &Node<'_>, out: &mut String) {
    match &node.value {
        json::Value::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .rev()
                .map(|member| {
                    let mut value = String::new();
                    reversed(&member.value, &mut value);
                    format!("{}: {value}", json!(member.name.as_str()))
                })
                .collect();
            out.push_str(&format!("{{ {} }}", members.join(" , ")));
        }
        json::Value::Array(items) => {
            let items: Vec<String> = items
                .iter()
                .map(|item| {
                    let mut value = String::new();
                    reversed(item, &mut value);
                    value
                })
                .collect();
            out.push_str(&format!("[{}]", items.join(",\n")));
        }
        json::Value::String(text) => out.push_str(&json!(text.as_str()).to_string()),
        json::Value::Number(literal) => out.push_str(literal),
        json::Value::Bool(truth) => out.push_str(&truth.to_string()),
        json::Value::Null => out.push_str("null"),
    }
}

proptest! {
    #[test]
    fn the_canonical_form_of_a_canonical_form_is_itself(event in any_event()) {
        let first = canonical_of(event.to_string().as_bytes()).expect("canonical bytes");
        prop_assert_eq!(canonical_of(&first), Some(first));
    }

    #[test]
    fn the_order_of_members_does_not_matter(event in any_event()) {
        let row = sign(event, &key(1)).to_string();
        let parsed = json::parse(row.as_bytes(), &Bounds::default()).expect("JSON");
        let mut turned = String::new();
        reversed(&parsed.root, &mut turned);
        prop_assert!(judged_text(&turned, &pinned(&[&key(1)])).valid);
    }

    #[test]
    fn one_changed_byte_of_the_signed_content_fails(event in any_event(), place in any::<prop::sample::Index>(), bit in 0..8_u32) {
        let row = sign(event, &key(1));
        let canonical = canonical_of(row.to_string().as_bytes()).expect("canonical bytes");
        let mut changed = canonical.clone();
        *place.get_mut(changed.as_mut_slice()) ^= 1 << bit;
        // The canonical form with the proof beside it, as a row of its own.
        let proof = |name: &str| format!("\"{name}\":{}", row[name]);
        let proofs = ["payload_hash", "signature", "signing_public_key"].map(proof).join(",");
        let mut text = changed.clone();
        if text.pop() == Some(b'}') {
            text.extend_from_slice(format!(",{proofs}}}").as_bytes());
            let judged = judge(&text, Source::default(), &pinned(&[&key(1)]), &Bounds::default());
            // A letter of a time may be written in either case: such a row says the same.
            prop_assert!(!judged.valid || judged.hash == Some(Digest::of(&canonical)));
        }
    }

    #[test]
    fn no_text_makes_judging_panic(text in any::<Vec<u8>>()) {
        let judged = judge(&text, Source::default(), &nothing_pinned(), &Bounds::default());
        prop_assert!(!judged.valid);
    }
}
