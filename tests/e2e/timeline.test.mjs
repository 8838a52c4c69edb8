// The timeline: which numbers of a log are there and which are not, by keyboard and by table, and what scope does to them.
import assert from "node:assert/strict";
import test from "node:test";

import { id, logIn, verdict, view, withApp, withFolder } from "./app.mjs";
import { assertFocus } from "./keyboard.mjs";
import { axeFaults, contrastFaults, inTheme } from "./measure.mjs";
import { until } from "./webdriver.mjs";

/** A test that opens a fixture and its timeline. */
function withLog(name, job) {
  return withFolder((folder, context) => {
    return withApp([logIn(folder, name)], async (app) => {
      await verdict(app);
      await view(app, "timeline");
      await until("the ribbon", () => app.count(id("mark")));
      await job(app, context);
    })(context);
  });
}

/** Every mark as it is read aloud. */
const marks = (app) =>
  app.run("return [...document.querySelectorAll(arguments[0])].map((mark) => mark.getAttribute('aria-label'))", id("mark"));
const chosen = (app) => app.run("return document.querySelector(arguments[0])?.getAttribute('aria-label') ?? ''", `${id("mark")}[aria-selected="true"]`);
const facts = (app) => app.run("return [...document.querySelectorAll(arguments[0])].map((fact) => fact.textContent)", id("fact"));

test(
  "a hole in a log is seen, named in words, and leads to the record before it, all by keyboard",
  withLog("one_event_left_out", async (app) => {
    const all = await marks(app);
    assert.deepEqual([all.length, all[6], all.at(-1)], [13, "7: missing", "After 12: not knowable"]);
    assert.match((await facts(app)).join("\n"), /^Records missing\. Number 7 is absent between 1 and 12 \(1 record\)\.\nThe end cannot be confirmed\./);
    assert.deepEqual(await axeFaults(app), []);
    await app.run("document.querySelector(arguments[0]).focus({ focusVisible: true })", id("ribbon"));
    await assertFocus(app, "ribbon");
    assert.equal(await chosen(app), "1: present");
    await app.press(...Array(6).fill("ArrowRight"));
    await until("the hole", async () => (await chosen(app)) === "7: missing");
    assert.match(await app.text(id("ribbon-told")), /7: missing\./);
    await app.press("End");
    await until("the end", async () => (await chosen(app)) === "After 12: not knowable");
    await app.press("Home", ...Array(6).fill("ArrowRight"), "Enter");
    await until("the record before it", async () => (await app.attribute(id("record-pane"), "data-record")) === "6");
  }),
);

test(
  "the table says what the ribbon shows, and its link leads to the record",
  withLog("hole_beside_a_row_that_fails", async (app) => {
    const rows = await app.run("return [...document.querySelectorAll(arguments[0])].map((row) => row.innerText.replace(/\\s+/g, ' ').trim())", id("run"));
    assert.match(rows.join("\n"), /missing 7 1 Between 2026-[-\d :and]+ UTC, claimed\. 6 before it\n/);
    assert.match(rows.join("\n"), /present, does not verify 9 1/);
    assert.match(rows.at(-1), /^not knowable after 12/);
    await app.click(`${id("run")}:nth-child(4) ${id("run-record")}`);
    await until("the record", () => app.count(id("record-pane")));
  }),
);

test(
  "the scope that the reviewer states changes what a hole comes to, and nothing else",
  withLog("one_event_left_out", async (app) => {
    const code = async () => [await app.text(id("sequence-code")), await app.attribute(id("sequence-answer"), "data-outcome")];
    assert.deepEqual(await code(), ["GAPS_UNEXPLAINED", "undetermined"]);
    for (const [scope, wanted, outcome] of [["full", "GAPS", "fail"], ["time_range", "GAPS_IN_TIME_RANGE", "undetermined"], ["filtered", "NOT_EVALUABLE_FILTERED", "skipped"]]) {
      await app.click(`${id("scope-question")} input[value="${scope}"]`);
      await app.click(id("state-scope"));
      await until(`the answer for ${scope}`, async () => (await app.text(id("sequence-code"))) === wanted);
      assert.deepEqual(await code(), [wanted, outcome]);
      assert.equal((await marks(app))[6], "7: missing");
    }
  }),
);

test(
  "the sender's answer stands beside ours, and the events beside their claimed times",
  withLog("hole_that_the_statement_denies", async (app) => {
    await until("the answer", () => app.count(id("statement-row")));
    assert.match(await app.text(id("statement")), /contiguous\s+yes\s+no/);
    assert.match(await app.text(id("events")), /11 events from 2026-[\s\S]*These times are claimed/);
    await app.click(id("show-action"));
    await until("the records of the action", () => app.count(id("record")));
    assert.match(await app.text(id("records-foot")), /of 11 shown/);
  }),
);

test(
  "each of several organisations has its own ribbon; nothing is wrong with either theme",
  withLog("two_organisations_hole_in_one", async (app) => {
    assert.equal(await app.count(id("sequence")), 2);
    assert.match((await facts(app))[0], /^Records missing/);
    await app.click(`${id("sequence")}:nth-child(2)`);
    await until("the other one", async () => (await facts(app))[0].startsWith("No gap seen."));
    for (const theme of ["light", "dark"]) {
      await inTheme(app, theme);
      assert.deepEqual(await contrastFaults(app), [], theme);
      assert.deepEqual(await axeFaults(app), [], theme);
    }
  }),
);

test(
  "evidence whose records have no numbers has no timeline",
  withApp(["--sample=failed"], async (app) => {
    await verdict(app, "failed.zip");
    assert.equal(await app.count(id("rail-timeline")), 0);
  }),
);
