// What is no evidence, or cannot be read: each gets a sentence of its own, and none of them a verdict about evidence.
import assert from "node:assert/strict";
import { mkdirSync, rmSync, truncateSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

import { PROGRAM, afresh, id, sampleIn, started, unpack, verdict, view, withApp, withFolder } from "./app.mjs";
import { drag, startAgain } from "./desktop.mjs";
import { appears } from "./keyboard.mjs";
import { expandingIn, fileIn, halfZipIn, largePackIn, lockedZipIn, longPageIn, notEvidenceIn, pictureIn } from "./packs.mjs";
import { until } from "./webdriver.mjs";

/** How each is made, what the verdict is, and what the page says of it. */
const REFUSED = {
  "an empty file": [(folder) => fileIn(folder, "empty.zip"), "error", /empty\.zip: there is nothing inside/],
  "an empty folder": [emptyFolderIn, "error", /nothing-here: there is nothing inside/],
  "half a zip": [halfZipIn, "error", /half\.zip: the file is not a complete ZIP archive/],
  "a zip with a password": [lockedZipIn, "error", /README\.txt: the file is password-protected/],
  "a picture renamed to a zip": [pictureIn, "error", /picture\.zip: the content is of another kind than the name says/],
  "a folder without evidence": [notEvidenceIn, "notEvidence", /holiday is readable, but it is not a kind of evidence pack/],
  "a file that is not there": [(folder) => join(folder, "absent.zip"), "error", /absent\.zip: it is not there/],
  "text that is no JSON": [(folder) => fileIn(folder, "letter.json", "hello"), "error", /letter\.json: /],
};

test(
  "what cannot be judged",
  withFolder(async (folder, context) => {
    await withApp([], async (app) => {
      for (const [name, [make, expected, says]] of Object.entries(REFUSED)) {
        await context.test(name, async () => {
          await afresh(app);
          assert.equal(startAgain(PROGRAM, [make(folder)]).status, 0);
          assert.equal(await verdict(app), expected);
          assert.match(await app.text(id("verdict-sentence")), says);
          assert.ok((await app.count(`${id("next-step")}, ${id("open-another")}`)) > 0, "something can be done next");
          if (expected === "error") assert.match(await app.text(id("verdict-sentence")), /says nothing about the evidence itself/);
        });
      }
    })(context);
  }),
);

test(
  "a limit that was met is raised for this pack, and the report says so",
  withFolder(async (folder) => {
    await withApp([expandingIn(folder)], async (app) => {
      assert.equal(await verdict(app, "expanding"), "undecided");
      assert.match(await app.text(id("verdict-sentence")), /the file expands far more than ordinary evidence does/);
      assert.match(await app.text(id("raise-limits")), /one file up to 1,000 : 1/);
      await app.click(id("raise"));
      const said = /limits raised: unpacked to packed size of one file up to 1,000 : 1/;
      await until("the new result", async () => said.test(await app.text(id("view-summary"))));
      assert.equal(await app.count(id("raise-limits")), 0);
      // What is left is the key, which nobody confirmed.
      assert.doesNotMatch(await app.text(id("verdict-sentence")), /expands/);
    })();
  }),
);

test(
  "a page that is too large is told, and shown once its limit is raised",
  withFolder(async (folder) => {
    const page = `${id("file")}[data-record="evidence-summary.html"]`;
    await withApp([longPageIn(folder, 20 * 2 ** 20 + 1)], async (app) => {
      assert.equal(await verdict(app, "long-page"), "failed", "no check reads the page");
      assert.match(await app.text(id("raise-limits")), /Size of the sender.s page up to 50 MiB/);
      await view(app, "files");
      await app.click(page);
      await until("a word about it", () => app.count(`${id("trouble")}[data-code="LIMIT_SUMMARY_SIZE"]`));
      assert.match(await app.text(id("trouble")), /evidence-summary\.html/);
      assert.equal(await app.count(id("sender-frame")), 0);

      await view(app, "summary");
      await app.click(id("raise"));
      await until("the new result", async () => /limits raised: size of the sender/.test(await app.text(id("view-summary"))));
      assert.equal(await app.count(id("raise-limits")), 0);
      await view(app, "files");
      await app.click(page);
      await until("the page", () => app.count(id("sender-frame")));
    })();
  }),
);

test(
  "several packs dropped at once are a list, each with its own result",
  withFolder(async (folder) => {
    const packs = [sampleIn(folder, "failed"), halfZipIn(folder), sampleIn(folder, "undecided")];
    await withApp([], async (app) => {
      await started(app);
      await drag(packs);
      await until("three results", async () => (await app.count(`${id("pack")}[data-state="done"]`)) === packs.length);
      const rows = await app.run(
        "return [...document.querySelectorAll(arguments[0])].map((row) => row.querySelector('bdi').innerText + ' ' + row.dataset.verdict).sort()",
        id("pack"),
      );
      assert.deepEqual(rows, ["failed.zip failed", "half.zip error", "undecided.zip undecided"]);
    })();
  }),
);

test(
  "a pack that is removed after its check: its record says so, and checking again does too",
  withFolder(async (folder) => {
    const pack = join(folder, "export");
    unpack(sampleIn(folder, "failed"), pack);
    await withApp([pack], async (app) => {
      assert.equal(await verdict(app, "export"), "failed");
      rmSync(pack, { recursive: true });
      await view(app, "records");
      await app.click(id("record"));
      await until("the sentence", async () => /moved, renamed or removed/.test(await app.text(id("record-pane"))));
      await app.press("Control+k");
      await appears(app, "palette-search");
      await app.press(..."check again", "Enter");
      await until("the new verdict", async () => (await app.attribute(id("verdict"), "data-verdict")) === "error");
      assert.match(await app.text(id("verdict-sentence")), /export: it is not there/);
    })();
  }),
);

test(
  "a pack that is cut off while it is read is not verified, and the page says what happened",
  withFolder(async (folder) => {
    const { pack } = largePackIn(folder);
    await withApp([pack], async (app) => {
      await until("progress", async () => Number((await app.text(id("records-done"))).replace(/\D/g, "")) > 0);
      truncateSync(pack, 1000);
      await until("the end", () => app.count(id("verdict")), 60000);
      assert.notEqual(await verdict(app), "verified");
      assert.match(await app.text(id("view-summary")), /changed while it was being read/);
    })();
  }),
);

test(
  "a recent review whose file is gone says so, and cannot be opened",
  withFolder(async (folder) => {
    const pack = sampleIn(folder, "failed");
    await withApp([pack], (app) => verdict(app, "failed.zip"), folder)();
    unlinkSync(pack);
    await withApp([], async (app) => {
      await started(app);
      const said = await until("the recent review", () => app.text(id("recent")));
      assert.match(said, /failed\.zip.*no longer there/s);
      assert.equal(await app.count(`${id("recent")} button`), 0);
    }, folder)();
  }),
);

function emptyFolderIn(folder) {
  const inner = join(folder, "nothing-here");
  mkdirSync(inner);
  return inner;
}
