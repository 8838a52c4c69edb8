// Records that are handed over: filtered, saved as a pack of their own, opened again in the same window.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

import { confirmKey, exportIn, id, logIn, sampleIn, trustIn, unpack, verdict, view, withApp, withFolder } from "./app.mjs";
import { answerOpenDialog, answerSaveDialog, cancelDialog } from "./desktop.mjs";
import { axeFaults } from "./measure.mjs";
import { until } from "./webdriver.mjs";

/** Saves what the dialog offers, and returns what it says of it. */
async function save(app, title, path) {
  await until("the offer", () => app.count(id("hand-over-size")));
  await app.click(id("hand-over-save"));
  await answerSaveDialog(title, path);
  await until("what was written", () => app.count(id("exported")));
  const said = await app.text(id("exported"));
  const digest = createHash("sha256").update(readFileSync(path)).digest("hex");
  assert.ok(said.replace(/\s/g, "").includes(digest), "the digest that is shown is that of the file");
  return said;
}

/** Opens a file through the native dialog, and returns its verdict. */
async function open(app, path, name) {
  await app.click(id("dialog-close"));
  await app.click(id("home"));
  await app.click(id("open-file"));
  await answerOpenDialog("Open evidence", path);
  return verdict(app, name);
}

const footer = (app) => app.text(id("records-foot"));

/** How many records there are, once they are known. */
const inAll = async (app) => Number((await until("the records", async () => /([1-9]\d*) in all/.exec(await footer(app))))[1]);

test(
  "filtered rows become a pack, and a record that does not match still does not",
  withFolder(async (folder) => {
    await withApp([sampleIn(folder, "failed")], async (app) => {
      assert.equal(await verdict(app, "failed.zip"), "failed");
      await app.click(id("open-notes"));
      await until("the notes", () => app.count(id("note-name")));
      await app.type(id("note-name"), "J. Lindqvist");
      await app.type(id("note-text"), "Handed to counsel.");
      await app.click(id("note-save"));
      await until("the note", () => app.count(id("note")));
      await view(app, "records");
      const total = await inAll(app);
      await app.click(id("verdict-filter-failed"));
      const shown = async () => Number(/(\d+) of \d+ shown/.exec(await footer(app))?.[1]);
      const rows = await until("fewer rows", async () => ((await shown()) < total ? shown() : null));
      assert.ok(rows > 0, `${rows} of ${total} rows are filtered`);
      await app.click(id("save-records"));
      await until("the offer", () => app.count(id("hand-over-size")));
      assert.equal(await app.text(id("hand-over-size")), `${rows} of ${total} records`);
      assert.deepEqual(await axeFaults(app), []);

      await app.click(id("hand-over-save"));
      await cancelDialog("Save as a pack");
      assert.equal(await app.count(id("exported")), 0);

      const said = await save(app, "Save as a pack", join(folder, "one.zip"));
      assert.match(said, new RegExp(`${rows} records? written of ${total} in the pack`));
      assert.match(said, /Problem found/);
      unpack(join(folder, "one.zip"), join(folder, "one"));
      const manifest = JSON.parse(readFileSync(join(folder, "one", "manifest.json"), "utf8"));
      assert.equal(manifest.exportedBy, "J. Lindqvist");
      assert.equal(await open(app, join(folder, "one.zip"), "one.zip"), "failed");
      await view(app, "records");
      await until("the rows", async () => (await footer(app)).includes(`${rows} in all`));
    })();
  }),
);

test(
  "a selection of a log opens as a filtered export, and a row is saved byte for byte",
  withFolder(async (folder) => {
    const log = logIn(folder, "lines_newest_first");
    await withApp([log], async (app) => {
      await verdict(app);
      await confirmKey(app, (fingerprint) => fingerprint.slice(-8));
      await until("the key to be confirmed", async () => (await app.count(`${id("key-card")}[data-origin="keyBook"]`)) > 0 || (await app.count(id("view-summary"))) > 0);
      await view(app, "records");
      await app.click(`${id("record")}[data-record="2"]`);
      await until("the record", () => app.count(id("record-pane")));
      await app.click(id("save-exact"));
      await save(app, "Save exact bytes", join(folder, "row.json"));
      assert.equal(readFileSync(join(folder, "row.json"), "utf8"), readFileSync(log, "utf8").split("\n")[1]);
      await app.click(id("dialog-close"));

      await app.click(id("save-record-pack"));
      const said = await save(app, "Save as a pack", join(folder, "row.zip"));
      assert.match(said, /1 record written of 12 in the pack/);
      assert.equal(await open(app, join(folder, "row.zip"), "row.zip"), "undecided");
      assert.match(await app.text(id("tile-2")), /filter/i);
    })();
  }),
);

test(
  "a Keel export is offered whole or not at all",
  withFolder(async (folder) => {
    trustIn(folder);
    await withApp(
      [exportIn(folder, "closure")],
      async (app) => {
        const before = await verdict(app, "closure");
        await view(app, "records");
        const total = await inAll(app);
        await app.click(`${id("record")}[data-record="1"]`);
        await until("the record", () => app.count(id("record-pane")));
        await app.click(id("save-record-pack"));
        await until("the refusal", () => app.count(id("hand-over-unavailable")));
        assert.match(await app.text(id("hand-over-unavailable")), /whole or not at all/);
        await app.click(id("dialog-close"));

        await app.click(id("save-records"));
        const said = await save(app, "Save as a pack", join(folder, "whole.zip"));
        assert.match(said, new RegExp(`${total} records written of ${total}`));
        assert.equal(await open(app, join(folder, "whole.zip"), "whole.zip"), before);
      },
      folder,
    )();
  }),
);

test(
  "nothing is written into the pack",
  withFolder(async (folder) => {
    const pack = exportIn(folder, "closure");
    await withApp([pack], async (app) => {
      await verdict(app, "closure");
      await view(app, "records");
      await app.click(id("save-records"));
      await until("the offer", () => app.count(id("hand-over-size")));
      await app.click(id("hand-over-save"));
      await answerSaveDialog("Save as a pack", join(pack, "inside.zip"));
      await until("the refusal", () => app.count(`${id("trouble")}[data-code="INSIDE_PACK"]`));
      assert.ok(!existsSync(join(pack, "inside.zip")));
    })();
  }),
);
