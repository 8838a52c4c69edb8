// What is handed over: written through the native save dialog, and read back from the disk byte for byte.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { setTimeout as nap } from "node:timers/promises";

import { id, sampleIn, verdict, view, withApp, withFolder } from "./app.mjs";
import { answerOpenDialog, answerSaveDialog, cancelDialog, x } from "./desktop.mjs";
import { until } from "./webdriver.mjs";

const expected = (name) => readFileSync(join("tests/e2e/expected", name), "utf8");

/** A file without what differs from run to run: the time of export, and the program's own version. */
const lasting = (text) =>
  text
    .replace(/("exportedAt": ?)"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/, '$1"(time)"')
    .replace(/sealcheck@\d+\.\d+\.\d+/, "sealcheck@(version)");

/** Opens the export dialog and chooses one kind. */
async function choose(app, kind) {
  await app.click(id("open-export"));
  await app.click(id(`export-${kind}`));
  await until("the choice", () => app.run("return document.querySelector(arguments[0])?.checked", id(`export-${kind}`)));
}

/** Saves through the native dialog and returns what was written. */
async function save(app, title, path) {
  await app.click(id("export-save"));
  await answerSaveDialog(title, path);
  await until("what was written", () => app.count(id("exported")));
  const bytes = readFileSync(path);
  const said = (await app.text(id("exported"))).replace(/\s/g, "");
  const digest = createHash("sha256").update(bytes).digest("hex");
  assert.ok(said.includes(digest), "the digest that is shown is that of the file");
  return bytes.toString("utf8");
}

test(
  "the audit report of one record",
  withFolder(async (folder) => {
    await withApp(["--sample=verified"], async (app) => {
      await verdict(app, "verified.zip");
      await view(app, "records");
      await app.click(`${id("record")}[data-record="1"]`);
      await until("the record", () => app.count(id("record-pane")));
      await app.click(id("export-record"));
      await app.click(id("export-auditReport"));
      const text = await save(app, "Save audit report", join(folder, "report.json"));
      assert.equal(lasting(text), expected("audit-report.json"));
    })();
  }),
);

test(
  "an audit report of every record, in a folder of their own",
  withFolder(async (folder) => {
    await withApp(["--sample=verified"], async (app) => {
      await verdict(app, "verified.zip");
      await choose(app, "auditReport");
      await app.click(id("export-save"));
      await answerOpenDialog("Save audit reports in a folder", folder);
      await until("what was written", () => app.count(id("exported")));
      const [written] = readdirSync(folder).filter((name) => name.endsWith("audit-reports"));
      assert.equal(readdirSync(join(folder, written)).length, 4);
    })();
  }),
);

test(
  "the project summary",
  withFolder(async (folder) => {
    await withApp(["--sample=verified"], async (app) => {
      await verdict(app, "verified.zip");
      await choose(app, "projectCsv");
      const text = await save(app, "Save project summary", join(folder, "records.csv"));
      assert.equal(text, expected("records.csv"));
    })();
  }),
);

test(
  "the project summary for Excel",
  withFolder(async (folder) => {
    await withApp(["--sample=verified"], async (app) => {
      await verdict(app, "verified.zip");
      await choose(app, "projectCsvExcel");
      const text = await save(app, "Save project summary for Excel", join(folder, "records.csv"));
      assert.equal(text, expected("records-excel.csv"));
    })();
  }),
);

test(
  "the full report carries the verdict and the digest of the pack",
  withFolder(async (folder) => {
    await withApp(["--sample=failed"], async (app) => {
      await verdict(app, "failed.zip");
      await choose(app, "report");
      const report = JSON.parse(await save(app, "Save full report", join(folder, "report.json")));
      assert.equal(report.schema, "sealcheck.report/1");
      assert.equal(report.body.verdict, "FAILED");
      assert.equal(report.body.records.length, report.body.counts.records);
      assert.equal(report.body.input.sha256, await app.attribute(id("pack-sha256"), "data-sha256"));
    })();
  }),
);

test(
  "a save dialog that is cancelled writes nothing",
  withFolder(async (folder) => {
    await withApp([sampleIn(folder, "failed")], async (app) => {
      await verdict(app, "failed.zip");
      const before = readdirSync(folder);
      await choose(app, "projectCsv");
      await app.click(id("export-save"));
      await cancelDialog("Save project summary");
      assert.equal(await app.count(id("exported")), 0);
      assert.equal(await app.count(id("trouble")), 0);
      assert.deepEqual(readdirSync(folder), before);
    })();
  }),
);

test(
  "nothing is written over the pack",
  withFolder(async (folder) => {
    const pack = sampleIn(folder, "failed");
    const before = readFileSync(pack);
    await withApp([pack], async (app) => {
      await verdict(app, "failed.zip");
      await choose(app, "projectCsv");
      await app.click(id("export-save"));
      await answerSaveDialog("Save project summary", pack);
      await answerOverwrite(app);
      assert.deepEqual(readFileSync(pack), before);
    })();
  }),
);

/** The native dialog asks once more before it gives a name that exists: yes; then ours refuses. */
async function answerOverwrite(app) {
  await nap(500);
  x("key", "--clearmodifiers", "alt+r");
  await until("the refusal", () => app.count(`${id("trouble")}[data-code="INSIDE_PACK"]`));
}
