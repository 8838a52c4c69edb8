//! The rows that stayed behind, as ranges of numbers with a digest over their hashes; and the same for people.

use std::collections::BTreeMap;

use evidence::{Digest, Hasher};
use serde::Serialize;

use super::super::choice::Item;
use super::super::error::PackError;
use super::super::left_out;
use super::super::write::{Building, Origin};
use crate::present::visible;
use crate::words::sentence::count;

/// Ranges of one organisation that are listed one by one; more is more than anybody reads, and they become one.
const RANGES: usize = 10_000;

/// In the form of an export job, so that whoever opens the pack is told that it was filtered.
#[derive(Serialize)]
struct Job<'a> {
    format: &'static str,
    status: &'static str,
    filters: BTreeMap<&'static str, &'a str>,
    row_count: u64,
    sealcheck: Own<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Own<'a> {
    tool: &'static str,
    exported_at: &'a str,
    exported_by: &'a str,
    selection: &'a str,
    sources: Vec<left_out::Taken<'a>>,
    /// What `sha256` of a range is over.
    omitted_digest: &'static str,
    omitted_ranges: Vec<Range>,
    /// Those without organisation or number.
    omitted_others: Vec<Other>,
    omitted_files: Vec<left_out::FileLeftOut<'a>>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Range {
    org_id: String,
    from: i64,
    to: i64,
    count: u64,
    sha256: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Other {
    id: String,
    payload_hash: Option<String>,
}

const OMITTED_DIGEST: &str = "SHA-256 over the lines `<number>  <payload hash, or - where there is none>` of the rows \
                              of a range, each ended by LF";

/// Writes `selection.json` and `README.txt`.
pub(super) fn write(origins: &[Origin<'_>], building: &mut Building<'_>) -> Result<(), PackError> {
    let order = building.order;
    let (ranges, others) = rows(origins);
    let omitted: u64 = ranges.iter().map(|range| range.count).sum();
    let job = Job {
        format: "ndjson",
        status: "ready",
        filters: BTreeMap::from([("sealcheck_selection", order.selection)]),
        row_count: building.rows,
        sealcheck: Own {
            tool: concat!("sealcheck@", env!("CARGO_PKG_VERSION")),
            exported_at: order.exported_at,
            exported_by: order.exported_by,
            selection: order.selection,
            sources: left_out::sources(origins),
            omitted_digest: OMITTED_DIGEST,
            omitted_ranges: ranges,
            omitted_others: others,
            omitted_files: left_out::files(origins, &building.used),
        },
    };
    let readme = readme(building, omitted, &job.sealcheck);
    let text = serde_json::to_string_pretty(&job).map_err(std::io::Error::other)?;
    let name = building.contents.free("", "selection", ".json");
    building.contents.add(name, text.as_bytes())?;
    let name = building.contents.free("", "README", ".txt");
    Ok(building.contents.add(name, readme.as_bytes())?)
}

fn readme(building: &Building<'_>, omitted: u64, own: &Own<'_>) -> String {
    let mut text = format!(
        "These rows were taken out of a larger log with Sealcheck. They are byte for byte as they came.\n\n\
         Chosen by: {}\nWritten: {}\nLeft out: {}\n\n\
         So this is a filtered export: what is missing between two numbers proves nothing.\n\
         selection.json lists what was left out, with digests. Nobody signed it.\n",
        visible(own.selection),
        count(building.rows, "row", "rows"),
        count(
            omitted.saturating_add(own.omitted_others.len().try_into().unwrap_or(u64::MAX)),
            "row",
            "rows"
        ),
    );
    for range in own.omitted_ranges.iter().take(100) {
        let org = visible(&range.org_id);
        text.push_str(&format!("  {org}: {} to {}, {}\n", range.from, range.to, range.sha256));
    }
    text
}

/// The rows that were not taken: neither chosen, nor in a file that was taken whole.
fn rows(origins: &[Origin<'_>]) -> (Vec<Range>, Vec<Other>) {
    let mut numbered: BTreeMap<&str, Vec<(i64, Option<Digest>)>> = BTreeMap::new();
    let mut others = Vec::new();
    for origin in origins {
        let whole = super::Log::of(origin).whole;
        let stays = |item: &&Item| !item.chosen && !whole.contains(item.source.path.as_str());
        for item in origin.choice.items.iter().filter(stays) {
            let Some(row) = item.row() else { continue };
            match (&row.org, row.number) {
                (Some(org), Some(number)) => numbered.entry(org).or_default().push((number, row.hash)),
                _ => others.push(Other {
                    id: item.id.clone(),
                    payload_hash: row.hash.map(|hash| hash.to_hex()),
                }),
            }
        }
    }
    let ranges = numbered.into_iter().flat_map(|(org, rows)| ranges(org, rows));
    (ranges.collect(), others)
}

fn ranges(org: &str, mut rows: Vec<(i64, Option<Digest>)>) -> Vec<Range> {
    rows.sort_unstable_by_key(|(number, hash)| (*number, hash.map(|hash| hash.to_hex())));
    let runs: Vec<&[(i64, Option<Digest>)]> = rows
        .chunk_by(|one, next| next.0.checked_sub(one.0).is_some_and(|step| step <= 1))
        .collect();
    if runs.len() > RANGES {
        return range(org, &rows).into_iter().collect();
    }
    runs.into_iter().filter_map(|run| range(org, run)).collect()
}

fn range(org: &str, rows: &[(i64, Option<Digest>)]) -> Option<Range> {
    let mut hasher = Hasher::new();
    for (number, hash) in rows {
        let hash = hash.map_or_else(|| "-".to_owned(), |hash| hash.to_hex());
        hasher.update(format!("{number}  {hash}\n").as_bytes());
    }
    let digest: Digest = hasher.finish();
    Some(Range {
        org_id: org.to_owned(),
        from: rows.first()?.0,
        to: rows.last()?.0,
        count: crate::words::sentence::length(rows.len()),
        sha256: digest.to_hex(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_one_range_with_a_digest_that_anybody_can_repeat() {
        let [a, b, c] = ["a", "b", "c"].map(|text| Digest::of(text.as_bytes()));
        let found = ranges("o", vec![(7, Some(c)), (2, Some(b)), (1, Some(a)), (2, None)]);
        let digest = |lines: &str| Digest::of(lines.as_bytes()).to_hex();
        let shown: Vec<_> = found
            .iter()
            .map(|range| (range.from, range.to, range.count, range.sha256.clone()))
            .collect();
        let first = digest(&format!("1  {a}\n2  -\n2  {b}\n"));
        assert_eq!(shown, [(1, 2, 3, first), (7, 7, 1, digest(&format!("7  {c}\n")))]);
    }

    #[test]
    fn too_many_ranges_become_one() {
        let rows = (0..=RANGES)
            .map(|number| (2 * i64::try_from(number).unwrap(), None))
            .collect();
        let found = ranges("o", rows);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].from, found[0].count), (0, 10_001));
    }
}
