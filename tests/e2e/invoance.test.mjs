// A log with a hole: what it comes to depends on what the reviewer says that it covers.
import assert from "node:assert/strict";
import test from "node:test";

import { confirmKey, id, logIn, verdict, view, withApp, withFolder } from "./app.mjs";
import { axeFaults } from "./measure.mjs";
import { until } from "./webdriver.mjs";

/** A test with a log whose event 7 of 12 was left out, and whose key is confirmed. */
const withLog = (job) =>
  withFolder(async (folder) => {
    await withApp([logIn(folder, "hole_scope_not_stated")], async (app) => {
      await verdict(app);
      await confirmKey(app, (fingerprint) => fingerprint.slice(-8));
      await until("the key to be confirmed", async () => (await app.count(`${id("key-card")}[data-origin="keyBook"]`)) > 0 || (await app.count(id("view-summary"))) > 0);
      await view(app, "summary");
      await job(app, folder);
    })();
  });

/** States what the export covers, and waits for the answer to stand on its tile. */
async function state(app, scope, words) {
  await app.click(id("change-scope"));
  await app.click(id(`scope-${scope}`));
  await app.click(id("scope-submit"));
  await until(`the scope ${scope}`, async () => (await app.text(id("tile-scope"))).includes(`You stated: ${words}.`));
}

const complete = (app) => app.text(id("tile-2"));

test(
  "one log, three statements of what it covers, three right answers",
  withLog(async (app) => {
    assert.equal(await verdict(app), "undecided");
    assert.match(await complete(app), /Number 7 is absent between 1 and 12/);
    await until("the question", () => app.count(id("scope-question")));
    assert.deepEqual(await axeFaults(app), []);

    await app.click(id("scope-full"));
    await app.click(id("state-scope"));
    await until("a mismatch", async () => (await verdict(app)) === "failed");
    assert.match(await complete(app), /Records missing\.[\s\S]*Number 7 is absent between 1 and 12 \(1 record\)/);
    assert.equal(await app.count(id("scope-question")), 0);

    await state(app, "filtered", "a filtered selection");
    assert.equal(await verdict(app), "verified");
    assert.match(await complete(app), /Not answered by a filtered export\./);

    await state(app, "time_range", "a time range");
    assert.equal(await verdict(app), "undecided");
    assert.match(await complete(app), /Number 7 is absent/);

    await state(app, "unknown", "not known");
    assert.equal(await verdict(app), "undecided");
  }),
);

test(
  "the rows of a log are filtered by what they say and found by their numbers",
  withLog(async (app) => {
    await view(app, "records");
    const heads = await app.text(id("record-table"));
    assert.match(heads, /Number[\s\S]*Time UTC, claimed[\s\S]*Action[\s\S]*Actor[\s\S]*Targets/);
    await app.click(id("pick-action"));
    await until("the values", () => app.count(id("value")));
    assert.deepEqual(await axeFaults(app), []);
    const action = (await app.text(`${id("value")} code`)).trim();
    await app.click(id("value"));
    await until("the filter", async () => (await app.text(id("records-foot"))).includes("of 11 shown"));
    assert.ok((await app.text(id("pick-action"))).includes(action));
    await app.click(id("unpick-action"));
    await until("every record", async () => (await app.text(id("records-foot"))).includes("11 in all"));

    await app.click(id("go-to-number"));
    await app.type(id("go-to-input"), "8");
    await until("both meanings", async () => (await app.count(id("go-to-row"))) === 2);
    await app.click(id("go-to-row"));
    assert.match(await until("the record", () => app.text(id("record-pane"))), /sequence number 8/);
  }),
);

test(
  "why another tool answers otherwise is told with both fingerprints",
  withFolder(async (folder) => {
    await withApp([logIn(folder, "marks_that_others_escape")], async (app) => {
      await verdict(app);
      await view(app, "records");
      await app.click(id("record"));
      await until("the explanation", () => app.count(id("other-tools")));
      await app.click(`${id("other-tools")} summary`);
      const [ours, theirs] = [await app.text(id("our-hash")), await app.text(id("their-hash"))];
      assert.match(ours.replace(/\s/g, ""), /[0-9a-f]{64}/);
      assert.notEqual(ours, theirs);
      assert.deepEqual(await axeFaults(app), []);
    })();
  }),
);

test(
  "the service's own answer stands beside ours, value by value",
  withFolder(async (folder) => {
    await withApp([logIn(folder, "hole_that_the_statement_denies")], async (app) => {
      await verdict(app);
      await view(app, "manifest");
      assert.match(await until("the statement", () => app.text(id("statement"))), /Nobody signed it/);
      assert.ok((await app.count(`${id("statement-row")}[data-outcome="undetermined"]`)) > 0);
      assert.match(await app.text(id("no-manifest")), /An audit log comes without one/);
      assert.deepEqual(await axeFaults(app), []);
    })();
  }),
);
