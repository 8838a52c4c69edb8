//! The page for people: static text and a table, nothing that runs or loads. It is as unsigned as the list.

use super::super::choice::Item;
use super::super::error::PackError;
use super::super::write::Building;
use super::plan::Plan;
use crate::present::visible;
use crate::words;
use crate::words::sentence::count;

/// Rows of the table; the list has them all.
const ROWS: usize = 1_000;

/// Writes the page.
pub(super) fn write(plans: &[Plan<'_>], building: &mut Building<'_>) -> Result<(), PackError> {
    let order = building.order;
    let records: Vec<&Item> = plans
        .iter()
        .flat_map(|plan| plan.units.iter().flat_map(|unit| &unit.items).chain(&plan.missing))
        .copied()
        .collect();
    let total = u64::try_from(records.len()).unwrap_or(u64::MAX);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Evidence summary</title></head>\n\
         <body>\n\
         <h1>Evidence summary</h1>\n\
         <p>{} written with Sealcheck {} on {} by {}. Chosen by: {}.</p>\n\
         <p>Nothing on this page is signed. It says what one computer found with the keys it had; check the records \
         again. What was left out stands in manifest.json.</p>\n\
         <table>\n<tr><th>Execution id</th><th>Certificate hash</th><th>Created</th><th>Result</th><th>Why</th></tr>\n",
        count(total, "record", "records"),
        env!("CARGO_PKG_VERSION"),
        text(order.exported_at),
        text(order.exported_by),
        text(order.selection),
    );
    for item in records.iter().take(ROWS) {
        row(item, &mut page);
    }
    page.push_str("</table>\n");
    if records.len() > ROWS {
        let rest = u64::try_from(records.len() - ROWS).unwrap_or(u64::MAX);
        page.push_str(&format!("<p>And {}.</p>\n", count(rest, "record", "records")));
    }
    page.push_str("</body>\n</html>\n");
    let name = building.contents.free("", "evidence-summary", ".html");
    Ok(building.contents.add(name, page.as_bytes())?)
}

fn row(item: &Item, page: &mut String) {
    let Some(cer) = item.cer() else { return };
    let cells = [
        cer.execution_id.as_deref().unwrap_or("not stated"),
        cer.hash.as_deref().unwrap_or(&item.id),
        cer.created_at.as_deref().unwrap_or("not stated"),
        words::record_verdict(item.verdict),
        &cer.codes.join(", "),
    ];
    page.push_str("<tr>");
    for cell in cells {
        page.push_str(&format!("<td>{}</td>", text(cell)));
    }
    page.push_str("</tr>\n");
}

/// A value from the evidence: hidden characters made visible, and nothing of it markup.
fn text(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for character in visible(value).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_value_is_markup() {
        assert_eq!(text("<b onx='1'>&\""), "&lt;b onx=&#39;1&#39;&gt;&amp;&quot;");
    }
}
