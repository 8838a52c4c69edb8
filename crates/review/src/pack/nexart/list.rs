//! The list of the records (`specs/nexart.md` 9.4). What was left out stands under a member of our own, as what this
//! program adds to a report does (10.1): readers of the list pass over members that they do not know.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::error::PackError;
use super::super::left_out;
use super::super::write::{Building, Origin};
use super::plan::Plan;

/// Its path.
pub(super) const NAME: &str = "manifest.json";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Manifest<'a> {
    exported_at: &'a str,
    exported_by: &'a str,
    record_count: usize,
    export_scope: String,
    verification_tool: &'static str,
    records: Vec<Entry<'a>>,
    sealcheck: Own<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    execution_id: Option<&'a str>,
    certificate_hash: &'a str,
    bundle_type: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Own<'a> {
    selection: &'a str,
    sources: Vec<left_out::Taken<'a>>,
    /// Certificate hashes of the records that were left out; the place of one that states none.
    omitted_records: Vec<&'a str>,
    omitted_files: Vec<left_out::FileLeftOut<'a>>,
}

/// Writes the list.
pub(super) fn write(origins: &[Origin<'_>], plans: &[Plan<'_>], building: &mut Building<'_>) -> Result<(), PackError> {
    let order = building.order;
    let records = entries(plans);
    let manifest = Manifest {
        exported_at: order.exported_at,
        exported_by: order.exported_by,
        record_count: records.len(),
        export_scope: scope(plans),
        verification_tool: concat!("sealcheck@", env!("CARGO_PKG_VERSION")),
        sealcheck: Own {
            selection: order.selection,
            sources: left_out::sources(origins),
            omitted_records: omitted(origins, plans),
            omitted_files: left_out::files(origins, &building.used),
        },
        records,
    };
    let text = serde_json::to_string_pretty(&manifest).map_err(std::io::Error::other)?;
    let name = building.contents.free("", NAME, "");
    Ok(building.contents.add(name, text.as_bytes())?)
}

/// Each hash once. A record that states none cannot be listed: an entry without a hash is an entry without its record.
fn entries<'p>(plans: &'p [Plan<'_>]) -> Vec<Entry<'p>> {
    let mut listed = BTreeSet::new();
    let written = plans.iter().flat_map(|plan| &plan.units).flat_map(|unit| &unit.items);
    let written = written.filter(|item| item.id.starts_with("sha256:"));
    let missing = plans.iter().flat_map(|plan| &plan.missing);
    written
        .chain(missing)
        .filter(|item| listed.insert(item.id.as_str()))
        .map(|item| Entry {
            execution_id: item.cer().and_then(|cer| cer.execution_id.as_deref()),
            certificate_hash: &item.id,
            bundle_type: "full",
        })
        .collect()
}

/// The project, where all records are of one; it is the only scope that says something of the records themselves.
fn scope(plans: &[Plan<'_>]) -> String {
    let records = || plans.iter().flat_map(|plan| &plan.units).flat_map(|unit| &unit.items);
    let project = |item: &super::Item| item.cer().and_then(|cer| cer.project.clone());
    match records().next().and_then(|item| project(item)) {
        Some(first) if records().all(|item| project(item).as_ref() == Some(&first)) => format!("project:{first}"),
        _ => "selection".to_owned(),
    }
}

fn omitted<'o>(origins: &[Origin<'o>], plans: &[Plan<'_>]) -> Vec<&'o str> {
    let written = plans.iter().flat_map(|plan| &plan.units).flat_map(|unit| &unit.items);
    let along: BTreeSet<_> = written.filter(|item| !item.chosen).map(|item| &item.source).collect();
    let items = origins.iter().flat_map(|origin| &origin.choice.items);
    items
        .filter(|item| !item.chosen && item.cer().is_some() && !along.contains(&item.source))
        .map(|item| item.id.as_str())
        .collect()
}
