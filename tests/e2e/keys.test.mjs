// Confirming a key is the reviewer's own act, and the one that changes a verdict.
import assert from "node:assert/strict";
import test from "node:test";

import { confirmKey, id, sampleIn, verdict, view, withApp, withFolder } from "./app.mjs";
import { until } from "./webdriver.mjs";

test(
  "a confirmed key turns an undecided pack into a verified one, and stays after a restart",
  withFolder(async (folder) => {
    const pack = sampleIn(folder, "verified");
    await withApp([pack], async (app) => {
      assert.equal(await verdict(app, "verified.zip"), "undecided");
      await confirmKey(app, (fingerprint) => fingerprint.slice(-8));
      await app.click(id("rail-summary"));
      await until("the verdict to change", async () => (await verdict(app)) === "verified");
    }, folder)();
    await withApp([pack], async (app) => {
      assert.equal(await verdict(app, "verified.zip"), "verified");
      await view(app, "keys");
      assert.match(await app.text(id("key-card")), /Harbour Lane node/);
    }, folder)();
    await withApp([], async (app) => {
      await app.click(id("open-key-book"));
      await app.click(id("remove-key"));
      await app.click(id("remove-confirm"));
      await until("the entry to go", async () => (await app.count(id("key-book-entry"))) === 0);
    }, folder)();
    await withApp([pack], async (app) => {
      assert.equal(await verdict(app, "verified.zip"), "undecided");
    }, folder)();
  }),
);

test(
  "a key whose last characters were typed wrong is not added",
  withFolder(async (folder) => {
    await withApp([sampleIn(folder, "verified")], async (app) => {
      assert.equal(await verdict(app, "verified.zip"), "undecided");
      await confirmKey(app, (fingerprint) => (fingerprint.endsWith("0") ? "1" : "0").repeat(8));
      await until("the refusal", () => app.count(`${id("trouble")}[data-code="LAST_CHARACTERS_DIFFER"]`));
      await app.click(id("confirm-cancel"));
      await app.click(id("rail-summary"));
      assert.equal(await verdict(app), "undecided");
    })();
  }),
);
