//! The raw request beside an attestation, against the hashes that were signed (`specs/invoance.md` 10).

use super::Beside;
use crate::canonical::write_string;
use crate::digest::Digest;
use crate::json::{self, Bounds, Node, Value};

/// What the files beside an attestation come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Request {
    /// The files that took part, by their position.
    pub(super) used: Vec<usize>,
    /// Signed hashes that a file recomputes to, by name.
    pub(super) equal: Vec<&'static str>,
    /// Signed hashes that the one raw request does not recompute to: name, signed, recomputed.
    pub(super) different: Vec<(&'static str, String, String)>,
    /// Several raw requests lie beside it and none is the signed one: which it should be, nothing says.
    pub(super) ambiguous: bool,
    /// The signed request, or a file for every signed hash, is there: no other file can say more.
    pub(super) settled: bool,
}

const INPUT: &str = "input_hash";
const OUTPUT: &str = "output_hash";
const PAYLOAD: &str = "payload_hash";

/// Compares the files beside an attestation with the hashes of its statement.
pub(super) fn compare(statement: &Node<'_>, beside: &[Beside<'_>]) -> Request {
    let signed = |name: &str| statement.get(name).and_then(Node::as_str);
    let mut request = Request::default();
    let mut candidates = Vec::new();
    for (position, file) in beside.iter().enumerate() {
        let hashes = hashes(file);
        if signed(PAYLOAD).is_some_and(|signed| hashes.payload().any(|hash| hash == signed)) {
            candidates = vec![(position, hashes)];
            break;
        }
        // The text alone, in a file of its own.
        let whole = [INPUT, OUTPUT]
            .into_iter()
            .filter(|name| signed(name).is_some_and(|signed| hashes.file.iter().any(|hash| hash == signed)));
        let before = request.equal.len();
        request.equal.extend(whole);
        if request.equal.len() > before {
            request.used.push(position);
        } else if hashes.compact.is_some() {
            candidates.push((position, hashes));
        }
    }
    match candidates.as_slice() {
        [] => {}
        [(position, hashes)] => request.hold(*position, hashes, &signed),
        _ => request.ambiguous = true,
    }
    let equal = |name: &&str| request.equal.contains(name);
    let there = |name: &&str| signed(name).is_none() || equal(name);
    request.settled = equal(&PAYLOAD) || [INPUT, OUTPUT, PAYLOAD].iter().all(there);
    request
}

impl Request {
    fn hold<'s>(&mut self, position: usize, hashes: &Hashes, signed: &impl Fn(&str) -> Option<&'s str>) {
        self.used.push(position);
        let parts = [(INPUT, &hashes.input), (OUTPUT, &hashes.output)];
        for (name, hash) in parts {
            if let (Some(hash), Some(signed)) = (hash, signed(name)) {
                self.tell(name, signed, hash.clone());
            }
        }
        if let Some(signed) = signed(PAYLOAD) {
            let equal = hashes.payload().find(|hash| *hash == signed);
            let shown = equal.or(hashes.compact.as_deref()).unwrap_or_default().to_owned();
            self.tell(PAYLOAD, signed, shown);
        }
    }

    fn tell(&mut self, name: &'static str, signed: &str, recomputed: String) {
        if signed == recomputed {
            self.equal.push(name);
        } else {
            self.different.push((name, signed.to_owned(), recomputed));
        }
    }
}

/// The hashes that one file gives.
#[derive(Debug)]
struct Hashes {
    /// Of its exact bytes, as shipped and decoded.
    file: [String; 2],
    /// Of its compact form, if it is a request.
    compact: Option<String>,
    input: Option<String>,
    output: Option<String>,
}

impl Hashes {
    /// The file's bytes first; only if those are not what was signed, its compact form.
    fn payload(&self) -> impl Iterator<Item = &str> {
        let file = self.file.iter().map(String::as_str);
        file.chain(self.compact.as_deref())
    }
}

fn hashes(file: &Beside<'_>) -> Hashes {
    let parsed = json::parse(json::without_bom(file.bytes), &Bounds::default()).ok();
    let request = parsed
        .as_ref()
        .map(|parsed| &parsed.root)
        .filter(|root| is_request(root));
    let payload = request.and_then(|request| request.get("payload"));
    let hash = |name: &str| {
        let text = payload.and_then(|payload| payload.get(name)).and_then(Node::as_str);
        text.map(|text| Digest::of(text.as_bytes()).to_hex())
    };
    Hashes {
        file: file.digests().map(|digest| digest.to_hex()),
        compact: request.and_then(compact).map(|bytes| Digest::of(&bytes).to_hex()),
        input: hash("input"),
        output: hash("output"),
    }
}

fn is_request(root: &Node<'_>) -> bool {
    root.get("type").is_some() && root.get("payload").is_some() && root.get("attestation_id").is_none()
}

/// The request in compact form: four members in this order, everything inside them in its own.
fn compact(request: &Node<'_>) -> Option<Vec<u8>> {
    let mut out = vec![b'{'];
    for name in ["type", "payload", "context", "subject"] {
        let Some(node) = request.get(name) else { continue };
        if out.len() > 1 {
            out.push(b',');
        }
        write_string(name, &mut out);
        out.push(b':');
        write(node, &mut out)?;
    }
    out.push(b'}');
    Some(out)
}

/// Without blanks, in the order of the text, numbers as they are written.
fn write(node: &Node<'_>, out: &mut Vec<u8>) -> Option<()> {
    match &node.value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(truth) => out.extend_from_slice(if *truth { b"true" } else { b"false" }),
        Value::Number(literal) => out.extend_from_slice(literal.as_bytes()),
        Value::String(text) => write_string(text.as_str()?, out),
        Value::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write(item, out)?;
            }
            out.push(b']');
        }
        Value::Object(members) => {
            out.push(b'{');
            for (index, member) in members.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_string(member.name.as_str()?, out);
                out.push(b':');
                write(&member.value, out)?;
            }
            out.push(b'}');
        }
    }
    Some(())
}
