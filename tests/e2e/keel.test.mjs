// Signed exports: what the signature proves and what is only claimed, the chain, its checkpoints, what the rows say.
import assert from "node:assert/strict";
import test from "node:test";

import { exportIn, id, trustIn, verdict, view, withApp, withFolder } from "./app.mjs";
import { axeFaults } from "./measure.mjs";
import { until } from "./webdriver.mjs";

/** A test with the pack of a Keel fixture, by a person whose key book has the keys of the fixtures. */
const withExport = (name, job) =>
  withFolder(async (folder) => {
    trustIn(folder);
    await withApp([exportIn(folder, name)], job, folder)();
  });

test(
  "a governance export is verified, and tells apart what is proved, what is claimed and what the rows say",
  withExport("events_as_lines", async (app) => {
    assert.equal(await verdict(app), "verified");
    assert.match(await app.text(id("proved")), /SHA-256[\s\S]*sha256:[0-9a-f]{64}[\s\S]*Key id/);
    assert.match(await app.text(id("claimed")), /not signed[\s\S]*Export type[\s\S]*governance_events/);
    assert.match(await app.text(id("content")), /Decisions and outcomes[\s\S]*allow/);
    assert.deepEqual(await axeFaults(app), []);

    const count = Number(await app.text(id("content-link")));
    await app.click(id("content-link"));
    await until("the rows of that count", async () => (await app.text(id("records-foot"))).includes(`${count} of 6 shown`));
    assert.match(await app.text(id("record-table")), /Number[\s\S]*Event[\s\S]*Decision[\s\S]*Resource/);
    await app.click(id("record"));
    assert.match(await until("the record", () => app.text(id("record-fields"))), /Covered by the record hash[\s\S]*Not covered by the record hash[\s\S]*signature over the export covers every byte/);
    assert.deepEqual(await axeFaults(app), []);

    await view(app, "checks");
    assert.equal(await app.count(`${id("step")}[data-outcome="pass"]`), 4);
    assert.deepEqual(await axeFaults(app), []);
  }),
);

test(
  "without a confirmed key the same export is undecided",
  withFolder(async (folder) => {
    await withApp([exportIn(folder, "events_as_lines")], async (app) => {
      assert.equal(await verdict(app), "undecided");
      assert.match(await app.text(id("proved")), /Not yet who signed/);
      await view(app, "checks");
      assert.equal(await app.count(`${id("step")}[data-outcome="undetermined"]`), 2);
    })();
  }),
);

test(
  "an incident bundle stands between two checkpoints",
  withExport("incident", async (app) => {
    assert.equal(await verdict(app), "verified");
    assert.equal(await app.count(id("checkpoint")), 2);
    await view(app, "timeline");
    assert.match(await until("the chain", () => app.text(id("sequence-answer"))), /No link broken/);
    // The window continues the head before it; between its end and the head after it lie entries that are not here.
    await until("the checkpoints", () => app.count(id("anchor")));
    assert.equal(await app.count(`${id("anchor")}[data-outcome="pass"]`), 1);
    assert.equal(await app.count(`${id("anchor")}[data-outcome="skipped"]`), 1);
    assert.deepEqual(await axeFaults(app), []);
  }),
);

test(
  "a row that was left out breaks the chain, and is found on the ribbon and in its table",
  withExport("row_left_out", async (app) => {
    await verdict(app);
    await view(app, "timeline");
    assert.match(await until("the chain", () => app.text(id("sequence-answer"))), /Chain broken/);
    assert.equal(await app.text(`${id("sum")}[data-state="unlinked"] b`), "1");
    assert.deepEqual(await axeFaults(app), []);
  }),
);
