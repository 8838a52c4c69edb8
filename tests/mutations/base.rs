//! The good packs: every fixture that is verified.

use std::fs;
use std::path::{Path, PathBuf};

use evidence::{
    Authority, Ecosystem, Exhibit, KeyBook, Layer, Limits, Pack, Policy, Progress, Record, RecordPlace, Report,
    SuppliedKeys, Verdict,
};
use serde_json::Value;

/// A good pack with what the reviewer brings to it.
pub(crate) struct Base {
    /// Format and case.
    pub(crate) name: String,
    /// The files, by their path below the case's folder.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// What of the case's folder is opened.
    pub(crate) pack: String,
    book: KeyBook,
    policy: Policy,
    /// What a check of it says.
    pub(crate) good: Checked,
}

/// A checked pack.
pub(crate) struct Checked {
    pub(crate) report: Report,
    pub(crate) records: Vec<Record>,
    /// The records taken apart.
    pub(crate) exhibits: Vec<Exhibit>,
}

impl Base {
    /// The format's name.
    pub(crate) fn ecosystem(&self) -> &'static str {
        self.good
            .report
            .format
            .id
            .split('.')
            .next()
            .map_or("", |name| match name {
                "nexart" => "nexart",
                "keel" => "keel",
                _ => "invoance",
            })
    }

    /// Checks a pack with the same trust; taken apart only where it is verified.
    pub(crate) fn check(&self, path: &Path) -> Checked {
        self.check_within(path, &Limits::default())
    }

    /// The same within other limits.
    pub(crate) fn check_within(&self, path: &Path, limits: &Limits) -> Checked {
        check(path, &self.book, &self.policy, limits)
    }
}

fn check(path: &Path, book: &KeyBook, policy: &Policy, limits: &Limits) -> Checked {
    let progress = Progress::default();
    let pack = Pack::open_within(&[path.to_owned()], limits, &progress).unwrap();
    let mut records = Vec::new();
    let report = evidence::verify(&pack, book, policy, &progress, &mut records).unwrap();
    let exhibits = match report.verdict {
        Verdict::Verified => records.iter().map(|record| taken_apart(&pack, record)).collect(),
        Verdict::Failed | Verdict::Indeterminate | Verdict::NotEvidence | Verdict::Error => Vec::new(),
    };
    Checked {
        report,
        records,
        exhibits,
    }
}

fn taken_apart(pack: &Pack, record: &Record) -> Exhibit {
    let place = RecordPlace {
        ecosystem: record.ecosystem,
        source: record.source.clone(),
        attached: record.attached.clone(),
        keys: Vec::new(),
    };
    evidence::exhibit(pack, &place).unwrap()
}

/// Every good pack of every format.
pub(crate) fn all() -> Vec<Base> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    let mut bases = Vec::new();
    for (name, ecosystem) in [
        ("nexart", Ecosystem::NexArt),
        ("keel", Ecosystem::Keel),
        ("invoance", Ecosystem::Invoance),
    ] {
        let mut cases: Vec<PathBuf> = fs::read_dir(root.join(name))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        cases.sort();
        let before = bases.len();
        bases.extend(
            cases
                .iter()
                .filter_map(|folder| base(&root.join(name), folder, ecosystem)),
        );
        assert!(bases.len() - before > 30, "too few good packs of {name}");
    }
    bases
}

fn base(root: &Path, folder: &Path, ecosystem: Ecosystem) -> Option<Base> {
    let case: Value = serde_json::from_slice(&fs::read(folder.join("case.json")).ok()?).unwrap();
    let book = book(&root.join("keys"), &case, ecosystem);
    let policy = Policy {
        scope: case["scope"].as_str().map(|scope| scope.parse().unwrap()),
        require: texts(&case["require"]).map(layer).collect(),
        ..Policy::default()
    };
    let pack = case["pack"].as_str().unwrap().to_owned();
    let good = check(&folder.join(&pack), &book, &policy, &Limits::default());
    if good.report.verdict != Verdict::Verified {
        return None;
    }
    let mut files = Vec::new();
    gather(folder, &folder.join(&pack), &mut files);
    let case = folder.file_name().unwrap().to_string_lossy();
    Some(Base {
        name: format!("{}/{case}", ecosystem.as_str()),
        files,
        pack,
        book,
        policy,
        good,
    })
}

fn gather(root: &Path, path: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    if path.is_dir() {
        let mut below: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        below.sort();
        for path in below {
            gather(root, &path, files);
        }
        return;
    }
    let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
    files.push((name, fs::read(path).unwrap()));
}

fn book(keys: &Path, case: &Value, ecosystem: Ecosystem) -> KeyBook {
    let mut book = KeyBook::default();
    for name in texts(&case["keys"]) {
        let bytes = fs::read(keys.join(name)).unwrap();
        let value: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        if value["schema"] == "sealcheck.keybook/1" {
            book.entries
                .extend(serde_json::from_value::<Vec<evidence::KeyEntry>>(value["entries"].clone()).unwrap());
        } else {
            let name = name.to_owned();
            book.supplied.push(SuppliedKeys { name, ecosystem, bytes });
        }
    }
    for name in texts(&case["authorities"]) {
        let bytes = fs::read(keys.join(name)).unwrap();
        let name = name.to_owned();
        book.authorities.push(Authority { name, bytes });
    }
    book
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn layer(name: &str) -> Layer {
    name.parse().unwrap()
}
