// What a reviewer takes along to check by other means: the work of a check, a value compared, a sentence copied, a key book.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

import { id, sampleIn, verdict, view, withApp, withFolder } from "./app.mjs";
import { answerOpenDialog, answerSaveDialog, clipboard } from "./desktop.mjs";
import { appears } from "./keyboard.mjs";
import { until } from "./webdriver.mjs";

/** Saves the work of the first check of this kind, runs its commands in its folder, and returns what each said. */
async function workOf(app, folder, key) {
  await view(app, "checks");
  await app.click(`${id("check")}[data-key^="${key}"] ${id("check-toggle")}`);
  await app.click(id("show-work"));
  await appears(app, "work-step");
  const commands = await app.run(
    "return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText.trim())",
    `${id("work-step")} pre`,
  );
  await app.click(id("save-work"));
  await answerOpenDialog("Save the files of this check", folder);
  await appears(app, "exported");
  return commands.map((command) => {
    const { stdout, stderr, status } = spawnSync("sh", ["-c", command], { cwd: folder, encoding: "utf8" });
    return { command, status, said: stdout + stderr };
  });
}

for (const sample of ["verified", "failed"]) {
  test(
    `the work of a content check of the sample ${sample} can be repeated with a checksum program`,
    withFolder(async (folder) => {
      await withApp([`--sample=${sample}`], async (app) => {
        await verdict(app, `${sample}.zip`);
        const results = await workOf(app, folder, "bundleIntegrity");
        const sums = results.filter(({ command }) => command.includes("sha256sum"));
        assert.ok(sums.length > 0, "a checksum program is among the commands");
        const [computed, compared] = sums;
        const promised = (await app.text(id("work-dialog"))).match(/[0-9a-f]{64}/)[0];
        assert.ok(computed.said.startsWith(promised), "the program computes the digest that is shown");
        assert.equal(compared.status === 0, sample === "verified", compared.said);
      })();
    }),
  );
}

test(
  "the work of a signature check can be repeated with openssl",
  withFolder(async (folder) => {
    await withApp(["--sample=verified"], async (app) => {
      await verdict(app, "verified.zip");
      const results = await workOf(app, folder, "nodeSignature");
      const verified = results.filter(({ command }) => command.includes("openssl"));
      assert.ok(verified.length > 0, "openssl is among the commands");
      for (const { command, status, said } of verified) assert.equal(status, 0, `${command}: ${said}`);
      assert.match(verified.map(({ said }) => said).join(), /Signature Verified Successfully/);
      // The same with one byte changed: the command can fail.
      const signed = readdirSync(folder).find((name) => verified.at(-1).command.includes(`-in ${name}`));
      const bytes = readFileSync(join(folder, signed));
      bytes[0] ^= 1;
      writeFileSync(join(folder, signed), bytes);
      assert.notEqual(spawnSync("sh", ["-c", verified.at(-1).command], { cwd: folder }).status, 0);
    })();
  }),
);

test(
  "a digest is compared with a pasted value and with a file",
  withFolder(async (folder) => {
    const pack = sampleIn(folder, "failed");
    const other = sampleIn(folder, "verified");
    await withApp([pack], async (app) => {
      await verdict(app, "failed.zip");
      const ours = await app.attribute(id("pack-sha256"), "data-sha256");
      await app.press("Control+k");
      await appears(app, "palette-search");
      await app.press(..."compare", "Enter");
      await appears(app, "compare-dialog");
      const outcome = (wanted) =>
        until(`the outcome ${wanted}`, async () => (await app.attribute(id("compare-result"), "data-outcome")) === wanted);
      await app.type(id("compare-given"), `SHA256:${ours.toUpperCase().match(/.{8}/g).join(" ")}`);
      await outcome("pass");
      await app.type(id("compare-given"), ours.replace(/.$/, (last) => (last === "0" ? "1" : "0")));
      await outcome("fail");
      assert.match(await app.text(id("compare-result")), /64/);
      await app.click(id("compare-file"));
      await answerOpenDialog("Compare with a file", pack);
      await outcome("pass");
      await app.click(id("compare-file"));
      await answerOpenDialog("Compare with a file", other);
      await outcome("fail");
    })();
  }),
);

test(
  "sentences and digests are copied as they are shown",
  withApp(["--sample=failed"], async (app) => {
    await verdict(app, "failed.zip");
    const copied = (selector) => until("the mark of having copied", () => app.count(`${selector}[data-copied="true"]`));
    await app.click(id("copy-sentence"));
    await copied(id("copy-sentence"));
    const sentence = await app.attribute(id("copy-sentence"), "title");
    assert.equal(clipboard(), sentence);
    assert.match(sentence, /failed\.zip/);
    await app.click(id("copy-pack-sha256"));
    await copied(id("copy-pack-sha256"));
    assert.equal(clipboard(), `sha256:${await app.attribute(id("pack-sha256"), "data-sha256")}`);
    await app.click(id("next-step"));
    await app.click(id("copy-check-sentence"));
    await copied(id("copy-check-sentence"));
    assert.equal(clipboard(), await app.attribute(id("copy-check-sentence"), "title"));
  }),
);

test(
  "a key book is exported and imported by another person, key for key",
  withFolder(async (folder) => {
    const pack = sampleIn(folder, "verified");
    const file = join(folder, "book.json");
    const [first, second] = ["first", "second"].map((name) => join(folder, name));
    for (const home of [first, second]) mkdirSync(home);
    let fingerprint;
    await withApp([pack], async (app) => {
      await verdict(app, "verified.zip");
      await confirmKey(app);
      await app.click(id("rail-summary"));
      await until("the verdict to change", async () => (await verdict(app)) === "verified");
      await view(app, "keys");
      await app.click(id("open-key-book"));
      fingerprint = await until("the entry", () => app.attribute(id("key-book-entry"), "data-fingerprint"));
      await app.click(id("export-key-book"));
      await answerSaveDialog("Save key book", file);
      await appears(app, "exported");
    }, first)();
    await withApp([], async (app) => {
      await app.click(id("open-key-book"));
      await appears(app, "key-book-empty");
      await app.click(id("import-key-book"));
      await answerOpenDialog("Import a key book", file);
      await appears(app, "key-book-entry");
      assert.equal(await app.count(id("key-book-entry")), 1);
      assert.equal(await app.attribute(id("key-book-entry"), "data-fingerprint"), fingerprint);
    }, second)();
    await withApp([pack], async (app) => {
      assert.equal(await verdict(app, "verified.zip"), "verified");
    }, second)();
  }),
);

test(
  "a file that is no key book is refused with a sentence, and the key book stays",
  withFolder(async (folder) => {
    const file = join(folder, "book.json");
    writeFileSync(file, "{}");
    await withApp([], async (app) => {
      await app.click(id("open-key-book"));
      await appears(app, "key-book-empty");
      await app.click(id("import-key-book"));
      await answerOpenDialog("Import a key book", file);
      await appears(app, "trouble");
      assert.match(await app.text(id("trouble")), /\w{4,}.*\./);
      assert.equal(await app.count(id("key-book-entry")), 0);
    })();
  }),
);

/** Confirms the key that came with the pack. */
async function confirmKey(app) {
  await view(app, "keys");
  await app.click(id("confirm-key"));
  const shown = await until("the fingerprint", () => app.text(id("proposal-fingerprint")));
  await app.click(id("confirm-next"));
  for (const [field, text] of [["issuer", "Node"], ["by", "R. Viewer"], ["detail", "Ms Berg"]]) {
    await app.type(id(`confirm-${field}`), text);
  }
  await app.click(id("confirm-next"));
  await app.type(id("confirm-last"), shown.replace(/\s/g, "").match(/[0-9a-f]{64}/)[0].slice(-8));
  await app.click(id("confirm-next"));
}
