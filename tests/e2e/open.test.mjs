// Every way a pack comes in, each through the real window.
import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";

import { PROGRAM, id, sampleIn, started, unpack, verdict, withApp, withFolder } from "./app.mjs";
import { answerOpenDialog, cancelDialog, drag, startAgain } from "./desktop.mjs";
import { until } from "./webdriver.mjs";

test(
  "a pack named on the command line is checked",
  withFolder(async (folder) => {
    await withApp([sampleIn(folder, "failed")], async (app) => {
      assert.equal(await verdict(app, "failed.zip"), "failed");
    })();
  }),
);

test(
  "a file address on the command line is decoded",
  withFolder(async (folder) => {
    const pack = sampleIn(folder, "failed", "a pack with blanks.zip");
    await withApp([pathToFileURL(pack).href], async (app) => {
      assert.equal(await verdict(app, "a pack with blanks.zip"), "failed");
    })();
  }),
);

test(
  "a second start hands its pack to the first window and leaves",
  withFolder(async (folder) => {
    sampleIn(folder, "failed");
    await withApp([], async (app) => {
      await started(app);
      const again = startAgain(PROGRAM, ["failed.zip"], folder);
      assert.equal(again.status, 0, again.stderr);
      assert.equal(await verdict(app, "failed.zip"), "failed");
    })();
  }),
);

test(
  "a pack chosen in the native dialog is checked",
  withFolder(async (folder) => {
    const pack = sampleIn(folder, "failed");
    await withApp([], async (app) => {
      await started(app);
      await app.click(id("open-file"));
      await answerOpenDialog("Open evidence", pack);
      assert.equal(await verdict(app, "failed.zip"), "failed");
    })();
  }),
);

test(
  "a folder chosen in the native dialog is one pack",
  withFolder(async (folder) => {
    const pack = join(folder, "export");
    unpack(sampleIn(folder, "failed"), pack);
    await withApp([], async (app) => {
      await started(app);
      await app.click(id("open-folder"));
      await answerOpenDialog("Open evidence folder", pack);
      assert.equal(await verdict(app, "export"), "failed");
    })();
  }),
);

test(
  "a dialog that is cancelled changes nothing",
  withApp([], async (app) => {
    await started(app);
    for (let time = 0; time < 2; time++) {
      await app.click(id("open-file"));
      await cancelDialog("Open evidence");
    }
    assert.equal(await app.count(id("start")), 1);
    assert.equal(await app.count(id("trouble")), 0);
  }),
);

test(
  "a file dropped from another program is checked",
  withFolder(async (folder) => {
    const pack = sampleIn(folder, "failed");
    await withApp([], async (app) => {
      await started(app);
      await drag([pack]);
      assert.equal(await verdict(app, "failed.zip"), "failed");
    })();
  }),
);

test(
  "several archives dropped together are a pack each",
  withFolder(async (folder) => {
    const packs = [sampleIn(folder, "failed"), sampleIn(folder, "verified")];
    await withApp([], async (app) => {
      await started(app);
      await drag(packs);
      await until("both packs", async () => (await app.count(id("pack"))) === 2);
    })();
  }),
);

test(
  "files held over the window are counted, and nothing is opened when they leave",
  withFolder(async (folder) => {
    const packs = [sampleIn(folder, "failed"), sampleIn(folder, "verified")];
    await withApp([], async (app) => {
      await started(app);
      let said;
      await drag(packs, {
        release: false,
        over: async () => {
          said = await until("the hint", () => app.text(id("drop-hint")));
        },
      });
      assert.match(said, /Drop to check 2 items/);
      await until("the hint to go", async () => (await app.count(id("drop-hint"))) === 0);
      assert.equal(await app.count(id("start")), 1);
    })();
  }),
);

for (const name of ["verified", "failed", "undecided"]) {
  test(
    `the built-in sample ${name} comes to ${name} with the samples' own keys`,
    withApp([], async (app) => {
      await started(app);
      await app.click(id(`sample-${name}`));
      assert.equal(await verdict(app, `${name}.zip`), name);
    }),
  );
}

test(
  "the same sample opened as a file is not decided: its key is in no key book of the reviewer's",
  withFolder(async (folder) => {
    await withApp([sampleIn(folder, "verified")], async (app) => {
      assert.equal(await verdict(app, "verified.zip"), "undecided");
    })();
  }),
);

test(
  "a recent review is offered after a restart and opens again",
  withFolder(async (folder) => {
    await withApp([sampleIn(folder, "failed")], (app) => verdict(app, "failed.zip"), folder)();
    await withApp([], async (app) => {
      await started(app);
      await app.click(`${id("recent")} button`);
      assert.equal(await verdict(app, "failed.zip"), "failed");
    }, folder)();
  }),
);

test(
  "a file that is not there is an error and no verdict about evidence",
  withFolder(async (folder) => {
    await withApp([join(folder, "absent.zip")], async (app) => {
      assert.equal(await verdict(app, "absent.zip"), "error");
    })();
  }),
);
