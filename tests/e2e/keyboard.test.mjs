// Every view and dialog is reached, used and left with keys alone, and at every stop the focus can be seen.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

import { PROGRAM, id, sampleIn, started, verdict, view, withApp, withFolder } from "./app.mjs";
import { answerOpenDialog, answerSaveDialog, cancelDialog, startAgain } from "./desktop.mjs";
import { appears, assertFocus, focused, goes, railTo, regionTo, tabTo, write } from "./keyboard.mjs";
import { until } from "./webdriver.mjs";

test(
  "Ctrl+O opens a pack, and the focus goes to its verdict",
  withFolder(async (folder) => {
    const pack = sampleIn(folder, "failed");
    await withApp([], async (app) => {
      await started(app);
      await app.press("Control+o");
      await answerOpenDialog("Open evidence", pack);
      assert.equal(await verdict(app, "failed.zip"), "failed");
      await assertFocus(app, "view-summary");
    })();
  }),
);

test(
  "Ctrl+Shift+O asks for a folder",
  withApp([], async (app) => {
    await started(app);
    await app.press("Control+Shift+o");
    await cancelDialog("Open evidence folder");
    assert.equal(await app.count(id("start")), 1);
  }),
);

test(
  "a sample is started from the start page with Tab and Enter",
  withApp([], async (app) => {
    await started(app);
    await tabTo(app, "sample-verified");
    await app.press("Enter");
    assert.equal(await verdict(app, "verified.zip"), "verified");
    await assertFocus(app, "view-summary");
  }),
);

test(
  "F6 goes through the parts of the window and Shift+F6 back",
  withApp(["--sample=failed"], async (app) => {
    await verdict(app, "failed.zip");
    const visited = [];
    for (let press = 0; press < 4; press++) {
      await app.press("F6");
      const { region, unseen } = await focused(app);
      assert.equal(unseen, null, `the focus in ${region} can be seen`);
      visited.push(region);
    }
    const round = ["header", "rail", "main", "footer"];
    const turned = round.indexOf(visited[0]);
    assert.deepEqual(visited, [...round.slice(turned), ...round.slice(0, turned)]);
    await app.press("Shift+F6");
    assert.equal((await focused(app)).region, visited[2]);
  }),
);

test(
  "keys pressed after a click show the focus as well",
  withApp(["--sample=failed"], async (app) => {
    await verdict(app, "failed.zip");
    await view(app, "records");
    await appears(app, "record");
    for (const region of ["main", "footer", "header", "rail"]) await regionTo(app, region);
    await app.click(id("find"));
    await app.press("Tab");
    assert.equal((await focused(app)).unseen, null);
  }),
);

test(
  "the rail leads to each view by arrows and Enter",
  withApp(["--sample=failed"], async (app) => {
    await verdict(app, "failed.zip");
    for (const view of ["checks", "records", "keys", "manifest", "files", "summary"]) {
      await railTo(app, view);
      assert.equal(await app.attribute(id(`rail-${view}`), "aria-current"), "page");
    }
  }),
);

test(
  "the next step of the verdict is taken with Enter, and leads to the opened check",
  withApp(["--sample=failed"], async (app) => {
    await verdict(app, "failed.zip");
    await regionTo(app, "main");
    await tabTo(app, "copy-sentence");
    await tabTo(app, "next-step", "Shift+Tab");
    await app.press("Enter");
    await appears(app, "comparison");
    await assertFocus(app, "check-toggle");
  }),
);

test(
  "a check is opened and closed, and the checks are filtered",
  withApp(["--sample=failed"], async (app) => {
    await verdict(app, "failed.zip");
    await railTo(app, "checks");
    await regionTo(app, "main");
    await assertFocus(app, "filter-all");
    await app.press("ArrowRight");
    await assertFocus(app, "filter-fail");
    await app.press("Enter");
    const outcomes = () =>
      app.run("return [...new Set([...document.querySelectorAll(arguments[0])].map((one) => one.dataset.outcome))]", id("check"));
    assert.deepEqual(await until("the mismatches", async () => ((await outcomes()).length === 1 ? outcomes() : null)), ["fail"]);
    await tabTo(app, "check-toggle");
    await app.press("Enter");
    await appears(app, "check-detail");
    await assertFocus(app, "check-toggle");
    assert.equal(await app.attribute(id("check-toggle"), "aria-expanded"), "true");
    await tabTo(app, "show-work");
    await tabTo(app, "check-toggle", "Shift+Tab");
    await app.press("Space");
    await goes(app, "check-detail");
    await assertFocus(app, "check-toggle");
  }),
);

test(
  "the table of records moves by arrows, pages, Home and End; Enter opens a record and Esc leads back",
  withApp(["--sample=failed"], async (app) => {
    await verdict(app, "failed.zip");
    await railTo(app, "records");
    await appears(app, "record");
    await regionTo(app, "main");
    const at = (record) => until(`row ${record}`, async () => (await focused(app)).selected === String(record));
    await tabToTable(app);
    for (const [key, record] of [["ArrowDown", 1], ["ArrowDown", 2], ["ArrowUp", 1], ["End", 4], ["Home", 1], ["PageDown", 4], ["PageUp", 1]]) {
      await app.press(key);
      await at(record);
      await assertFocus(app, "record-table");
    }
    await app.press("ArrowDown", "Enter");
    await until("record 2", async () => (await app.attribute(id("record-pane"), "data-record")) === "2");
    await app.press("ArrowDown");
    await until("record 3", async () => (await app.attribute(id("record-pane"), "data-record")) === "3");
    await app.press("Escape");
    await goes(app, "record-pane");
    await assertFocus(app, "record-table");
    await at(3);
  }),
);

test(
  "in the pane of a record Tab and arrows reach everything, and Esc leads back to its row",
  withApp(["--sample=failed"], async (app) => {
    await verdict(app, "failed.zip");
    await railTo(app, "records");
    await appears(app, "record");
    await tabToTable(app);
    await app.press("ArrowDown", "Enter");
    await appears(app, "record-fields");
    await regionTo(app, "pane");
    await tabTo(app, "tab-fields");
    await app.press("ArrowRight");
    await appears(app, "record-sealed");
    await assertFocus(app, "tab-sealed");
    await app.press("ArrowRight");
    await appears(app, "record-raw");
    await assertFocus(app, "tab-raw");
    await tabTo(app, "export-record");
    await app.press("Enter");
    await appears(app, "export-dialog");
    await app.press("Escape");
    await goes(app, "export-dialog");
    await assertFocus(app, "export-record");
    await app.press("Escape");
    await goes(app, "record-pane");
    await assertFocus(app, "record-table");
  }),
);

test(
  "Ctrl+F leads to the search, typing filters, Esc clears, and the verdicts filter by arrows",
  withApp(["--sample=failed"], async (app) => {
    await verdict(app, "failed.zip");
    await app.press("Control+f");
    await assertFocus(app, "record-search");
    await until("every record", async () => (await app.count(id("record"))) === 4);
    await write(app, "policy-gate");
    await until("the one found", async () => (await app.count(id("record"))) === 1);
    await app.press("Escape");
    await until("every record again", async () => (await app.count(id("record"))) === 4);
    await assertFocus(app, "record-search");
    await write(app, "zzzz");
    await appears(app, "no-records");
    await tabTo(app, "clear-filters");
    await app.press("Enter");
    await until("every record once more", async () => (await app.count(id("record"))) === 4);
    await app.press("Control+f");
    await tabTo(app, "verdict-filter-all");
    await app.press("ArrowRight");
    const { name } = await focused(app);
    assert.match(name, /^verdict-filter-(?!all)/);
    await app.press("Enter");
    await until("fewer records", async () => (await app.count(id("record"))) < 4);
  }),
);

test(
  "a column is sorted, and Ctrl+G goes to a record by its number",
  withApp(["--sample=failed"], async (app) => {
    await verdict(app, "failed.zip");
    await railTo(app, "records");
    await appears(app, "record");
    const first = () => app.attribute(id("record"), "data-record");
    const column = await app.run("return document.querySelector('[data-testid^=sort-]').dataset.testid");
    await tabTo(app, column);
    await app.press("Enter");
    await until("the last record first", async () => (await first()) === "4");
    await app.press("Control+g");
    await assertFocus(app, "go-to-input");
    await write(app, "3");
    await app.press("Enter");
    await until("record 3", async () => (await app.attribute(id("record-pane"), "data-record")) === "3");
    await goes(app, "go-to-dialog");
  }),
);

test(
  "files are found, opened and left",
  withApp(["--sample=failed"], async (app) => {
    await verdict(app, "failed.zip");
    await railTo(app, "files");
    await appears(app, "file");
    await app.press("Control+f");
    await assertFocus(app, "file-search");
    await write(app, "summary");
    await until("the one found", async () => (await app.count(id("file"))) === 1);
    await tabTo(app, "file-table");
    await app.press("ArrowDown", "Enter");
    await appears(app, "file-pane");
    await regionTo(app, "pane");
    await tabTo(app, "tab-page");
    await app.press("ArrowRight");
    await appears(app, "source");
    await tabTo(app, "compare-file-value", "Shift+Tab");
    await app.press("Enter");
    await assertFocus(app, "compare-given");
    await app.press("Escape");
    await assertFocus(app, "compare-file-value");
    await app.press("Escape");
    await goes(app, "file-pane");
    await assertFocus(app, "file-table");
  }),
);

test(
  "a key is confirmed in three steps, changes the verdict, and is removed from the key book again",
  withFolder(async (folder) => {
    await withApp([sampleIn(folder, "verified")], async (app) => {
      assert.equal(await verdict(app, "verified.zip"), "undecided");
      await railTo(app, "keys");
      await appears(app, "confirm-key");
      await tabTo(app, "confirm-key");
      await app.press("Enter");
      const shown = await until("the fingerprint", () => app.text(id("proposal-fingerprint")));
      const fingerprint = shown.replace(/\s/g, "").match(/[0-9a-f]{64}/)[0];
      await tabTo(app, "confirm-next");
      await app.press("Enter");
      await assertFocus(app, "confirm-way");
      await app.press("ArrowDown");
      for (const [field, text] of [["confirm-detail", "Ms Berg"], ["confirm-issuer", "Harbour node"], ["confirm-by", "R. Viewer"]]) {
        await tabTo(app, field);
        await app.press("Control+a");
        await write(app, text);
      }
      await app.press("Enter");
      await assertFocus(app, "confirm-last");
      await write(app, fingerprint.slice(-8));
      await app.press("Enter");
      await goes(app, "confirm-key-dialog");
      await appears(app, "rail-summary");
      await railTo(app, "summary");
      await until("the verdict to change", async () => (await verdict(app)) === "verified");

      await app.press("Control+k");
      await assertFocus(app, "palette-search");
      await write(app, "key book");
      await app.press("Enter");
      await appears(app, "key-book-entry");
      await tabTo(app, "remove-key");
      await app.press("Enter");
      await appears(app, "remove-key-dialog");
      await app.press("Escape");
      await goes(app, "remove-key-dialog");
      await assertFocus(app, "remove-key");
      await app.press("Enter");
      await appears(app, "remove-key-dialog");
      await tabTo(app, "remove-confirm");
      await app.press("Enter");
      await appears(app, "key-book-empty");
      await app.press("Escape");
      await goes(app, "view-key-book");
    })();
  }),
);

test(
  "an export is chosen and saved, and the focus returns",
  withFolder(async (folder) => {
    const path = join(folder, "report.pdf");
    await withApp(["--sample=verified"], async (app) => {
      await verdict(app, "verified.zip");
      await regionTo(app, "header");
      await tabTo(app, "open-export");
      await app.press("Enter");
      await assertFocus(app, "export-html");
      await app.press("ArrowDown");
      await assertFocus(app, "export-pdf");
      await tabTo(app, "export-save");
      await app.press("Enter");
      await answerSaveDialog("Save report to file", path);
      await appears(app, "exported");
      assert.ok(existsSync(path));
      await assertFocus(app, "export-save");
      await app.press("Escape");
      await goes(app, "export-dialog");
      await assertFocus(app, "open-export");
      await app.press("Control+e");
      await appears(app, "export-dialog");
    })();
  }),
);

test(
  "comparing a value and showing the work are opened from a check, used and left",
  withApp(["--sample=failed"], async (app) => {
    await verdict(app, "failed.zip");
    await regionTo(app, "main");
    await tabTo(app, "next-step");
    await app.press("Enter");
    await appears(app, "comparison");
    await tabTo(app, "compare-value");
    await app.press("Enter");
    await assertFocus(app, "compare-given");
    await write(app, "00");
    await until("the answer", () => app.attribute(id("compare-result"), "data-outcome"));
    await app.press("Escape");
    await goes(app, "compare-dialog");
    await assertFocus(app, "compare-value");
    await tabTo(app, "show-work");
    await app.press("Enter");
    await appears(app, "work-step");
    await tabTo(app, "save-work");
    await app.press("Enter");
    await cancelDialog("Save the files of this check");
    await app.press("Escape");
    await goes(app, "work-dialog");
    await assertFocus(app, "show-work");
  }),
);

test(
  "the glossary, the shortcuts and the palette are opened, used and left",
  withApp([], async (app) => {
    await started(app);
    await tabTo(app, "open-glossary");
    await app.press("Enter");
    await assertFocus(app, "glossary-search");
    const terms = await until("the terms", () => app.count(id("term")));
    await write(app, "fingerprint");
    await until("fewer terms", async () => (await app.count(id("term"))) < terms);
    // The first Esc takes back what was typed, the next one closes.
    await app.press("Escape");
    await until("every term again", async () => (await app.count(id("term"))) === terms);
    await app.press("Escape");
    await goes(app, "glossary-dialog");
    await assertFocus(app, "open-glossary");
    await app.press("?");
    await appears(app, "shortcuts-dialog");
    await app.press("Escape");
    await goes(app, "shortcuts-dialog");
    await assertFocus(app, "open-glossary");
    await app.press("Control+k");
    await assertFocus(app, "palette-search");
    await app.press("ArrowDown", "ArrowDown", "ArrowUp");
    await write(app, "gloss");
    await until("the one command", async () => (await app.count("[role='option']")) === 1);
    await app.press("Enter");
    await assertFocus(app, "glossary-search");
  }),
);

test(
  "Tab stays inside an open dialog",
  withApp([], async (app) => {
    await started(app);
    await tabTo(app, "open-shortcuts");
    await app.press("Enter");
    await appears(app, "shortcuts-dialog");
    for (let press = 0; press < 6; press++) {
      await app.press("Tab");
      assert.equal(await app.run("return document.activeElement === document.body || document.activeElement.closest('dialog') !== null"), true);
    }
  }),
);

test(
  "several packs: one is shown from the list, and the list is reached again",
  withFolder(async (folder) => {
    const packs = [sampleIn(folder, "failed"), sampleIn(folder, "undecided")];
    await withApp([], async (app) => {
      await started(app);
      assert.equal(startAgain(PROGRAM, packs).status, 0);
      await until("both verdicts", async () => (await app.count(`${id("pack")}[data-state="done"]`)) === 2);
      await tabTo(app, "show-pack");
      await app.press("Enter");
      await verdict(app);
      await tabTo(app, "all-packs");
      await app.press("Enter");
      await appears(app, "pack-list");
      await tabTo(app, "close-pack");
      await app.press("Enter");
      await until("one pack", async () => (await app.count(id("pack"))) === 1);
    })();
  }),
);

test(
  "Ctrl+plus and Ctrl+minus change the size of the text, and Ctrl+0 takes it back",
  withApp([], async (app) => {
    await started(app);
    const size = () => app.run("return document.documentElement.style.fontSize");
    await app.press("Control++");
    assert.equal(await size(), "110%");
    await app.press("Control+-", "Control+-");
    assert.equal(await size(), "90%");
    await app.press("Control+0");
    assert.equal(await size(), "100%");
  }),
);

/** The table of records, from wherever the focus is in its view. */
async function tabToTable(app) {
  if ((await focused(app)).name !== "record-table") await tabTo(app, "record-table");
}
