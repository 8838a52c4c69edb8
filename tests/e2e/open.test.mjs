// Every way a pack comes in, each through the real window.
import assert from "node:assert/strict";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";

import { PROGRAM, SAMPLES, id, started, verdict, view, withApp, withFolder } from "./app.mjs";
import { answerOpenDialog, cancelDialog, drag, startAgain } from "./desktop.mjs";
import { App, until } from "./webdriver.mjs";

const sample = (name) => join(SAMPLES, `${name}.zip`);

test(
  "a pack named on the command line is checked",
  withApp([sample("failed")], async (app) => {
    assert.equal(await verdict(app, "failed.zip"), "failed");
  }),
);

test(
  "a file address on the command line is decoded",
  withFolder(async (folder) => {
    const pack = join(folder, "a pack with blanks.zip");
    copyFileSync(sample("failed"), pack);
    await withApp([pathToFileURL(pack).href], async (app) => {
      assert.equal(await verdict(app, "a pack with blanks.zip"), "failed");
    })();
  }),
);

test(
  "a second start hands its pack to the first window and leaves",
  withApp([], async (app) => {
    await started(app);
    const again = startAgain(PROGRAM, ["failed.zip"], SAMPLES);
    assert.equal(again.status, 0, again.stderr);
    assert.equal(await verdict(app, "failed.zip"), "failed");
  }),
);

test(
  "a pack chosen in the native dialog is checked",
  withApp([], async (app) => {
    await started(app);
    await app.click(id("open-file"));
    await answerOpenDialog("Open evidence", sample("failed"));
    assert.equal(await verdict(app, "failed.zip"), "failed");
  }),
);

test(
  "a folder chosen in the native dialog is one pack",
  withFolder(async (folder) => {
    const pack = join(folder, "export");
    mkdirSync(pack);
    copyFileSync(sample("failed"), join(pack, "inner.zip"));
    await withApp([], async (app) => {
      await started(app);
      await app.click(id("open-folder"));
      await answerOpenDialog("Open evidence folder", pack);
      await verdict(app, "export");
    })();
  }),
);

test(
  "a dialog that is cancelled changes nothing",
  withApp([], async (app) => {
    await started(app);
    await app.click(id("open-file"));
    await cancelDialog("Open evidence");
    await app.click(id("open-file"));
    await cancelDialog("Open evidence");
    assert.equal(await app.count(id("start")), 1);
    assert.equal(await app.count(id("trouble")), 0);
  }),
);

test(
  "a file dropped from another program is checked",
  withApp([], async (app) => {
    await started(app);
    await drag([sample("failed")]);
    assert.equal(await verdict(app, "failed.zip"), "failed");
  }),
);

test(
  "files held over the window are counted, and nothing is opened when they leave",
  withApp([], async (app) => {
    await started(app);
    let said;
    await drag([sample("failed"), sample("verified")], {
      release: false,
      over: async () => {
        said = await until("the hint", () => app.text(id("drop-hint")));
      },
    });
    assert.match(said, /Drop to check 2 items/);
    await until("the hint to go", async () => (await app.count(id("drop-hint"))) === 0);
    assert.equal(await app.count(id("start")), 1);
  }),
);

for (const [name, expected] of [["verified", "verified"], ["failed", "failed"], ["undecided", "undecided"]]) {
  test(
    `the built-in sample ${name} comes to ${expected} with the samples' own keys`,
    withApp([], async (app) => {
      await started(app);
      await app.click(id(`sample-${name}`));
      assert.equal(await verdict(app), expected);
    }),
  );
}

test("the same sample opened as a file is not decided: its key is in no key book of the reviewer's", async () => {
  const app = await App.open(PROGRAM, [sample("verified")]);
  try {
    assert.equal(await verdict(app, "verified.zip"), "undecided");
    await view(app, "keys");
  } finally {
    await app.close();
  }
});
