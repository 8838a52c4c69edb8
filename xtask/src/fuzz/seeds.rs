//! Inputs that fuzzing starts from: the fixtures, cut to what each target reads.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::places;

/// The largest seed.
const LARGEST: usize = 64 << 10;

/// Writes the seeds of a target into a folder.
pub(super) fn write(target: &str, folder: &Path) -> Result<()> {
    let seeds = match target {
        "nexart" | "keel" | "invoance" => packs(target)?,
        "zip" => files(|bytes| bytes.starts_with(b"PK"))?,
        "gz" => files(|bytes| bytes.starts_with(b"\x1f\x8b"))?,
        "lines" | "json" => files(|bytes| matches!(bytes.first(), Some(b'{' | b'[')))?,
        "time_stamp" => tokens()?,
        "tar" => vec![tar()],
        "keytext" => KEYS.iter().map(|text| text.as_bytes().to_vec()).collect(),
        _ => questions(),
    };
    for (number, seed) in seeds.iter().enumerate() {
        let path = folder.join(number.to_string());
        fs::write(&path, seed).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}

fn fixtures() -> PathBuf {
    places::root().join("tests/fixtures")
}

/// Every pack of a format as one input: `%%% ` and the name before each file, as `fuzz::folder` reads it.
fn packs(format: &str) -> Result<Vec<Vec<u8>>> {
    let mut packs = Vec::new();
    for case in sorted(&fixtures().join(format))? {
        let Ok(text) = fs::read(case.join("case.json")) else {
            continue;
        };
        let about: Value = serde_json::from_slice(&text)?;
        let pack = case.join(about.get("pack").and_then(Value::as_str).unwrap_or_default());
        let mut input = Vec::new();
        for file in below(&pack)? {
            let name = file.strip_prefix(&pack).ok().filter(|name| name.file_name().is_some());
            let name = name.unwrap_or_else(|| Path::new(file.file_name().unwrap_or_default()));
            input.extend_from_slice(format!("%%% {}\n", name.display()).as_bytes());
            input.extend(fs::read(&file)?);
            input.push(b'\n');
        }
        packs.push(input);
    }
    packs.retain(|input| input.len() <= LARGEST);
    Ok(packs)
}

/// Every file of the fixtures that begins like that.
fn files(wanted: fn(&[u8]) -> bool) -> Result<Vec<Vec<u8>>> {
    let mut found = Vec::new();
    for file in below(&fixtures())? {
        let bytes = fs::read(file)?;
        if wanted(&bytes) && bytes.len() <= LARGEST {
            found.push(bytes);
        }
    }
    Ok(found)
}

fn tokens() -> Result<Vec<Vec<u8>>> {
    let files = below(&fixtures().join("time-stamp"))?;
    files.iter().map(|file| Ok(fs::read(file)?)).collect()
}

fn below(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for path in sorted(path)? {
        files.extend(below(&path)?);
    }
    Ok(files)
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    paths.sort();
    Ok(paths)
}

/// One header of a file of two bytes, those, and the end; the target puts the sum right.
fn tar() -> Vec<u8> {
    let mut archive = vec![0; 4 * 512];
    for (at, text) in [
        (0, "a.json"),
        (100, "0000644"),
        (124, "00000000002"),
        (156, "0"),
        (257, "ustar"),
        (512, "{}"),
    ] {
        if let Some(place) = archive.get_mut(at..at + text.len()) {
            place.copy_from_slice(text.as_bytes());
        }
    }
    archive
}

const KEYS: [&str; 5] = [
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    "ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
    "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n",
];

/// What the page asks: the number of a command, of a review, and arguments (`fuzz_targets/ipc.rs`).
fn questions() -> Vec<Vec<u8>> {
    let rows = r#"{"request":1,"start":0,"count":50,"search":"a","verdict":null,"filters":[{"column":"app","value":"x"}],"sort":"number","descending":true}"#;
    let placed = format!("[{rows},1]");
    let asked = [
        (0, rows),
        (1, rows),
        (2, placed.as_str()),
        (3, r#"{"request":1,"start":0,"count":20,"search":""}"#),
        (
            4,
            r#"{"request":1,"sequence":0,"first":"1","last":"9","step":"zoomIn","at":500,"columns":100}"#,
        ),
        (5, r#"{"request":1,"sequence":0,"start":0,"count":10,"troubled":false}"#),
        (6, r#"["signature:fail:required",0]"#),
        (7, r#"[0,10,"cer"]"#),
        (8, "[0,0,10,true]"),
        (9, r#"["sha256:00","SHA256 00"]"#),
        (10, r#"["app",""]"#),
        (11, "page.html       <p>hello</p><script>x</script>"),
    ];
    let reviews = 0..4;
    let each = |(command, arguments): (u8, &str)| {
        let arguments = arguments.as_bytes().to_vec();
        reviews
            .clone()
            .map(move |review| [&[command, review], arguments.as_slice()].concat())
    };
    asked.into_iter().flat_map(each).collect()
}
