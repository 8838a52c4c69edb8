// Signed exports: what the signature proves and what is only claimed, the chain, its checkpoints, what the rows say.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, renameSync } from "node:fs";
import { join, resolve } from "node:path";
import test from "node:test";

import { confirmKey, exportIn, id, trustIn, verdict, view, withApp, withFolder } from "./app.mjs";
import { answerOpenDialog } from "./desktop.mjs";
import { axeFaults } from "./measure.mjs";
import { zip } from "./packs.mjs";
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

test(
  "the time of a checkpoint counts once the root of its authority is confirmed",
  withFolder(async (folder) => {
    trustIn(folder);
    const pack = exportIn(folder, "checkpoint_stamped");
    await withApp([pack], async (app) => {
      assert.equal(await verdict(app), "verified");
      assert.equal(await app.attribute(id("stamp"), "data-outcome"), "undetermined");
      assert.match(await app.text(id("stamp")), /by an authority that is not confirmed/);
      assert.deepEqual(await axeFaults(app), []);
    }, folder)();
    await withApp([], (app) => confirmRoot(app), folder)();
    await withApp([pack], async (app) => {
      assert.equal(await verdict(app), "verified");
      assert.equal(await app.attribute(id("stamp"), "data-outcome"), "pass");
      assert.match(await app.text(id("stamp")), /Existed at 20[\s\S]*Leads to the root[\s\S]*Sealcheck test root[\s\S]*not checked offline/);
    }, folder)();
    await withApp([], async (app) => {
      await app.click(id("open-key-book"));
      await app.click(`${id("authorities")} ${id("remove-key")}`);
      await app.click(id("remove-confirm"));
      await until("the root to go", async () => (await app.count(`${id("authorities")} ${id("key-book-entry")}`)) === 0);
    }, folder)();
  }),
);

/** Imports the root of the fixtures' authority and confirms it, after a wrong end was refused. */
async function confirmRoot(app) {
  await app.click(id("open-key-book"));
  await app.click(id("import-authority"));
  await answerOpenDialog("Import a root certificate", resolve("tests/fixtures/keel/keys/tsa.pem"));
  const shown = await until("the fingerprint", () => app.text(id("proposal-fingerprint")));
  const end = shown.replace(/\s/g, "").match(/[0-9a-f]{8}(?![0-9a-f])/)[0];
  assert.match(await app.text(id("confirm-key-dialog")), /SHA-256 of the certificate[\s\S]*Sealcheck test root[\s\S]*Valid to/);
  assert.deepEqual(await axeFaults(app), []);
  await app.click(id("confirm-next"));
  await app.type(id("confirm-by"), "R. Viewer");
  await app.type(id("confirm-detail"), "Its web page, fetched today");
  await app.click(id("confirm-next"));
  await app.type(id("confirm-last"), "00000000");
  await app.click(id("confirm-next"));
  await until("the refusal", () => app.count(`${id("trouble")}[data-code="LAST_CHARACTERS_DIFFER"]`));
  await app.type(id("confirm-last"), end);
  await app.click(id("confirm-next"));
  await until("the root in the key book", () => app.count(`${id("authorities")} ${id("key-book-entry")}`));
  assert.match(await app.text(id("authorities")), /Sealcheck test root[\s\S]*R\. Viewer/);
  assert.deepEqual(await axeFaults(app), []);
}

test(
  "a key manifest dropped together with its export is one pack with it, and its key counts once it is confirmed",
  withFolder(async (folder) => {
    const pack = exportIn(folder, "keys_of_the_sender_beside_the_export");
    const files = readdirSync(pack).map((name) => join(pack, name));
    await withApp(files, async (app) => {
      assert.equal(await verdict(app), "undecided");
      assert.match(await app.text(id("pack-name")), /and 2 more$/);
      await view(app, "keys");
      assert.match(await app.text(id("key-card")), /supplied by the sender/);
      await confirmKey(app, (fingerprint) => fingerprint.slice(-8));
      await app.click(id("rail-summary"));
      await until("the verdict to change", async () => (await verdict(app)) === "verified");
    })();
  }),
);

test(
  "a zip that holds an export and its manifest is checked like the two files",
  withFolder(async (folder) => {
    trustIn(folder);
    const archive = zip(exportIn(folder, "events_as_lines"), join(folder, "handed-over.zip"));
    await withApp([archive], async (app) => {
      assert.equal(await verdict(app), "verified");
      assert.match(await app.text(id("proved")), /SHA-256[\s\S]*Key id/);
    }, folder)();
  }),
);

test(
  "a payload that was compressed again has failed, and the cause is named",
  withExport("payload_compressed_again", async (app) => {
    assert.equal(await verdict(app), "failed");
    await app.click(id("next-step"));
    assert.match(await until("the reason", () => app.text(id("check-detail"))), /a program on the way unpacked, compressed or saved it again/);
  }),
);

test(
  "of several exports in one folder each has a result of its own",
  withFolder(async (folder) => {
    trustIn(folder);
    const both = join(folder, "both");
    mkdirSync(both);
    for (const name of ["events_as_lines", "payload_bit_flipped", "usage"]) renameSync(exportIn(folder, name), join(both, name));
    await withApp([both], async (app) => {
      assert.equal(await verdict(app), "failed");
      const parts = await app.run("return [...document.querySelectorAll(arguments[0])].map((part) => part.dataset.verdict)", id("part"));
      assert.deepEqual(parts, ["failed", "verified", "verified"]);
      assert.match(await app.text(id("parts")), /3 pieces of evidence[\s\S]*payload_bit_flipped\//);
      assert.deepEqual(await axeFaults(app), []);
    }, folder)();
  }),
);
