// What is handed over: written through the native save dialog, and read back from the disk byte for byte.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
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
  // What an earlier export wrote is still told until this one has.
  await until("what was written", () => app.count(`${id("exported")}[data-file="${basename(path)}"]`));
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
      const about = readFileSync(join(folder, "records.csv.about.txt"), "utf8");
      assert.match(about, /Rows written: 4 of 4 records/);
      assert.match(about, /bodySha256 of the full report: [0-9a-f]{64}/);
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

/** What a program says about a file. */
function read(program, words) {
  const result = spawnSync(program, words, { encoding: "utf8", maxBuffer: 1 << 26 });
  assert.equal(result.status, 0, `${program}: ${result.stderr}`);
  return result.stdout;
}

/** SHA-256 of the result in the full report of the same run, which every other export quotes. */
async function bodySha256(app, folder) {
  const path = join(folder, "full.json");
  await app.click(id("export-report"));
  return JSON.parse(await save(app, "Save full report", path)).bodySha256;
}

/** Chooses one more kind in the dialog that is open. */
async function chooseAnother(app, kind) {
  await app.click(id(`export-${kind}`));
  await until("the choice", () => app.run("return document.querySelector(arguments[0])?.checked", id(`export-${kind}`)));
}

test(
  "the report to file is a tagged PDF that another program reads, with the digest of the result on each page",
  withFolder(async (folder) => {
    await withApp(["--sample=failed"], async (app) => {
      await verdict(app, "failed.zip");
      await choose(app, "pdf");
      const path = join(folder, "report.pdf");
      await save(app, "Save report to file", path);
      const text = read("pdftotext", ["-layout", path, "-"]);
      const digest = await bodySha256(app, folder);
      assert.match(text, /Problem found\./);
      const pages = text.split("\f").filter((page) => page.trim() !== "");
      assert.ok(pages.length > 4);
      pages.forEach((page, at) => {
        assert.ok(page.includes(`Page ${at + 1} of ${pages.length}`), `page ${at + 1}`);
        assert.ok(page.includes(`${digest.slice(0, 8)} … ${digest.slice(56)}`), `digest on page ${at + 1}`);
      });
      const about = read("pdfinfo", [path]);
      assert.match(about, /Tagged:\s+yes/);
      assert.match(about, /JavaScript:\s+no/);
      for (const line of read("pdffonts", [path]).trim().split("\n").slice(2)) {
        assert.match(line, /\+IBMPlex(Sans|Mono).* yes yes yes /, line);
      }
    })();
  }),
);

test(
  "the short report leaves the records to the full one",
  withFolder(async (folder) => {
    await withApp(["--sample=failed"], async (app) => {
      await verdict(app, "failed.zip");
      await choose(app, "html");
      await app.click(id("export-profile-short"));
      const short = await save(app, "Save report to read", join(folder, "short.html"));
      await app.click(id("export-profile-full"));
      const full = await save(app, "Save report to read", join(folder, "full.html"));
      const sections = (html) => [...html.matchAll(/<section id="s(\d+)">/g)].map((found) => Number(found[1]));
      assert.deepEqual(sections(short), [1, 2, 3, 4, 5, 13]);
      assert.deepEqual(sections(full), Array.from({ length: 14 }, (_, at) => at + 1));
      assert.doesNotMatch(full, /<script|<link|<img|src=/i);
      assert.match(full, /default-src &#39;none&#39;|default-src 'none'/);
      const digest = await bodySha256(app, folder);
      assert.ok(full.replace(/<[^>]*>/g, "").includes(digest));
    })();
  }),
);

test(
  "the workbook opens in another program: About first, every record, true numbers, no formula",
  withFolder(async (folder) => {
    await withApp(["--sample=failed"], async (app) => {
      await verdict(app, "failed.zip");
      await choose(app, "xlsx");
      const path = join(folder, "workbook.xlsx");
      await save(app, "Save workbook", path);
      const digest = await bodySha256(app, folder);
      const book = JSON.parse(read("/usr/bin/python3", ["tests/e2e/workbook.py", path]));
      assert.equal(Object.keys(book.sheets)[0], "About");
      assert.deepEqual(book.formulas, []);
      const about = new Map(book.sheets.About.map(([label, value]) => [label, value]));
      assert.equal(about.get("bodySha256"), digest);
      assert.equal(about.get("Records"), "4 of 4 records written");
      const [heading, ...records] = book.sheets.Records;
      assert.equal(heading[0], "Record");
      assert.deepEqual(records.map((row) => row[0]), [1, 2, 3, 4]);
      assert.equal(book.frozen.Records, "A2");
    })();
  }),
);

test(
  "the reviewer's note stands in the report",
  withFolder(async (folder) => {
    await withApp([sampleIn(folder, "failed")], async (app) => {
      await verdict(app, "failed.zip");
      await app.click(id("open-notes"));
      await app.type(id("note-name"), "Jana Lindqvist");
      await app.type(id("note-text"), "Asked the vendor on <Monday>.");
      await app.type(id("note-tags"), "open");
      await app.click(id("note-save"));
      await until("the note", () => app.count(id("note-words")));
      await choose(app, "html");
      const html = await save(app, "Save report to read", join(folder, "report.html"));
      assert.ok(html.includes("Asked the vendor on &lt;Monday&gt;. [open]"));
      await chooseAnother(app, "pdf");
      const path = join(folder, "report.pdf");
      await save(app, "Save report to file", path);
      assert.ok(read("pdftotext", [path, "-"]).replace(/\s+/g, " ").includes("Asked the vendor on <Monday>. [open]"));
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
