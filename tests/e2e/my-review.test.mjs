// A whole piece of work in the real window: stated, sampled, answered, concluded, signed with a key made here, saved, opened
// again; and the finished note checked by others: our command line, OpenSSL, and this window on another desk.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import test from "node:test";
import { setTimeout as nap } from "node:timers/promises";

import { id, sampleIn, started, verdict, view, withApp, withFolder } from "./app.mjs";
import { answerOpenDialog, answerSaveDialog, drag } from "./desktop.mjs";
import { until } from "./webdriver.mjs";

const PASSPHRASE = "correct horse battery";
const NOTE = "failed.zip.review.json";

/** Waits until the page says that a section is saved, which it says only once it is on the disk. */
const saved = (app, name) => until(`${name} to be saved`, async () => (await app.attribute(id(`saved-${name}`), "data-state")) === "saved");

/** Saves a section and waits for it. */
async function save(app, name) {
  await app.click(id(`save-${name}`));
  await saved(app, name);
}

/** Chooses in a list of the page as a person does with the keyboard: the page hears the change. */
async function choose(app, testid, value) {
  await app.inPage(
    (selector, chosen) => {
      const list = document.querySelector(selector);
      list.value = chosen;
      list.dispatchEvent(new Event("change", { bubbles: true }));
    },
    id(testid),
    value,
  );
}

const state = (app, section) => app.text(id(`state-${section}`));

/** States engagement, custody, procedure; the first act asks for the name. */
async function states(app) {
  await app.type(id("note-name"), "J. Lindqvist");
  await app.type(id("engagement-client"), "Harbour Lane Ltd");
  await app.type(id("engagement-controls"), "AC-2\uE007AU-10");
  await save(app, "engagement");
  assert.equal(await state(app, "engagement"), "stated");
  await app.click(id("add-custody"));
  await app.type(id("custody-receivedFrom"), "B. Sender");
  await app.type(id("custody-receivedAt"), "2026-09-16 14:00");
  await save(app, "custody");
  assert.equal(await state(app, "custody"), "1 hand-over");
  await app.type(id("procedure-objective"), "Whether the records are as they were signed.");
  await save(app, "procedure");
}

/** Answers the first question of the checklist that is suggested. */
async function answers(app) {
  await app.click(id("choose-checklist"));
  await until("the questions", () => app.count(id("question")));
  const first = `${id("question")}:first-child`;
  await app.click(`${first} ${id("answer-no")}`);
  await until("the answer", async () => (await app.attribute(first, "data-value")) === "no");
  await app.type(`${first} ${id("answer-remark")}`, "Only the e-mail is on file.");
  await save(app, "answer");
  assert.equal(await state(app, "checklist"), "1 of 13 answered");
}

/** Draws a sample with a seed of its own and returns the numbers. */
async function samples(app) {
  await choose(app, "sample-method", "allFailures");
  await app.type(id("sample-size"), "1");
  await app.type(id("sample-seed"), "2026-Q3");
  await app.click(id("draw-sample"));
  await until("the sample", () => app.count(id("sample-row")));
  return app.attribute(id("sample"), "data-numbers");
}

/** Proposes exceptions and changes the first. */
async function excepts(app) {
  await app.click(id("propose-exceptions"));
  await until("the exceptions", () => app.count(id("exception")));
  await app.click(id("edit-exception"));
  await choose(app, "exception-severity", "high");
  await app.type(id("exception-owner"), "M. Okafor");
  await app.click(id("save-exception"));
  await until("the change", () => app.count(`${id("exception")}[data-severity="high"]`));
  await app.click(id("add-contradicting"));
  await app.type(id("contradicting-text"), "The sender's own saved results say verified.");
  await save(app, "contradicting");
}

async function concludes(app) {
  await app.type(id("conclusion-text"), "Records 1 and 3 are as they were signed. Record 2 is not used.");
  await choose(app, "conclusion-reliance", "mayRelyWithLimits");
  await app.click(`${id("limit")} input`);
  await save(app, "conclusion");
  await app.type(id("retention-until"), "2033-12-31");
  await save(app, "retention");
}

/** Signs as preparer with a new key, and returns the key's fingerprint. */
async function signs(app, folder) {
  await app.click(id("sign-preparer"));
  await app.type(id("sign-title"), "Senior auditor");
  await app.click(id("sign-with-key"));
  await app.click(id("new-key"));
  await app.type(id("new-passphrase"), PASSPHRASE);
  await app.type(id("new-passphrase-again"), PASSPHRASE);
  await app.click(id("create-key"));
  await answerSaveDialog("Save your new key", join(folder, "anna.pem"));
  const shown = await until("the fingerprint", () => app.text(id("key-fingerprint")));
  assert.match(await app.text(id("sign-confirm")), /You are signing the review as J\. Lindqvist\. After this, changes need a reason/);
  await app.click(id("sign-agree"));
  await app.click(id("sign-submit"));
  await until("the sign-off", () => app.count(`${id("role")}[data-role="preparer"][data-signed="true"]`));
  return shown.replace(/\s/g, "").match(/[0-9a-f]{64}/)[0];
}

/** Saves the finished note and returns it. */
async function saves(app, path) {
  // The page settles after a signature: what could be changed before no longer can.
  await nap(500);
  await app.click(id("save-note"));
  await answerSaveDialog("Save finished note", path);
  await until("what was written", () => app.count(id("exported")));
  const bytes = readFileSync(path);
  const said = (await app.text(id("exported"))).replace(/\s/g, "");
  assert.ok(said.includes(createHash("sha256").update(bytes).digest("hex")), "the digest that is shown is that of the file");
  return JSON.parse(bytes.toString("utf8"));
}

/** What `sealcheck note verify` says, and how it ends. */
function verify(...words) {
  const result = spawnSync(process.env.CLI, ["note", "verify", "--format", "json", ...words], { encoding: "utf8" });
  return { status: result.status, report: result.stdout ? JSON.parse(result.stdout) : result.stderr };
}

const codes = ({ report }) => report.checks.filter((check) => check.outcome === "FAIL").map((check) => check.reasonCode);

/** The signature of a note's first sign-off, by OpenSSL and the documented steps. */
function opensslAccepts(note, folder, key) {
  const { envelope } = note.review.signoffs[0].signature;
  const payload = Buffer.from(envelope.payload, "base64");
  const signed = Buffer.concat([Buffer.from(`DSSEv1 28 ${envelope.payloadType} ${payload.length} `), payload]);
  writeFileSync(join(folder, "signed.bin"), signed);
  writeFileSync(join(folder, "signature.bin"), Buffer.from(envelope.signatures[0].sig, "base64"));
  const words = ["pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in", join(folder, "signed.bin"), "-sigfile", join(folder, "signature.bin")];
  return spawnSync("openssl", words, { encoding: "utf8" }).status === 0;
}

/** A piece of work, finished: made once, looked at by every test. */
async function finished(folder) {
  const pack = sampleIn(folder, "failed");
  const made = { pack, path: join(folder, NOTE) };
  await withApp(
    [pack],
    async (app) => {
      await verdict(app, "failed.zip");
      await view(app, "myReview");
      await states(app);
      await answers(app);
      made.numbers = await samples(app);
      await excepts(app);
      await concludes(app);
      made.fingerprint = await signs(app, folder);
      made.note = await saves(app, made.path);
    },
    folder,
  )();
  return made;
}

test(
  "a review is written, signed with a new key and saved; others check it, and an altered copy fails",
  withFolder(async (folder) => {
    const { pack, path, note, numbers, fingerprint } = await finished(folder);
    const { review } = note;
    assert.equal(review.status, "prepared");
    assert.deepEqual(review.engagement.controlRefs, ["AC-2", "AU-10"]);
    assert.equal(review.custody[0].receivedFrom, "B. Sender");
    assert.equal(review.checklist[0].answer.remark, "Only the e-mail is on file.");
    assert.equal(review.sample.selected, numbers);
    assert.equal(review.exceptions[0].severity, "high");
    assert.equal(review.signoffs[0].name, "J. Lindqvist");
    assert.equal(review.signoffs[0].signature.envelope.signatures[0].keyid, fingerprint);
    assert.equal(review.history.every((entry) => entry.actor === "J. Lindqvist"), true);

    // The key file is its owner's alone, and OpenSSL opens it with the passphrase.
    assert.equal(statSync(join(folder, "anna.pem")).mode & 0o777, 0o600);
    const key = spawnSync("openssl", ["pkey", "-in", join(folder, "anna.pem"), "-passin", `pass:${PASSPHRASE}`, "-pubout"], { encoding: "utf8" });
    assert.equal(key.stdout, readFileSync(join(folder, "anna.pub.pem"), "utf8"));

    // On a copy, with the pack: unchanged and complete; whose key it is nobody has confirmed.
    const copy = join(folder, "copy");
    mkdirSync(copy);
    const handed = join(copy, NOTE);
    copyFileSync(path, handed);
    const unknown = verify(handed, "--pack", pack);
    assert.equal(unknown.report.verdict, "INDETERMINATE", JSON.stringify(unknown.report.checks, null, 1));
    assert.equal(unknown.status, 3);
    assert.equal(unknown.report.questions.unchanged, "PASS");
    assert.equal(unknown.report.questions.complete, "PASS");
    const known = verify(handed, "--pack", pack, "--keys", join(folder, "anna.pub.pem"));
    assert.equal(known.report.verdict, "VERIFIED", JSON.stringify(known.report, null, 1));
    assert.equal(known.status, 0);
    assert.ok(opensslAccepts(note, copy, join(folder, "anna.pub.pem")));

    const altered = (name, alter) => {
      const changed = structuredClone(note);
      alter(changed);
      const file = join(copy, name);
      writeFileSync(file, JSON.stringify(changed));
      return verify(file, "--pack", pack, "--keys", join(folder, "anna.pub.pem"));
    };
    const conclusion = altered("conclusion.json", (changed) => (changed.review.conclusion.text = "All is well."));
    assert.deepEqual(codes(conclusion), ["NOTE_CONTENT_DIFFERS"]);
    const history = altered("history.json", (changed) => (changed.review.history.at(-2).detail.retention.until = "2027-01-01"));
    assert.ok(codes(history).includes("NOTE_ENTRY_CHANGED"), codes(history));
    const result = altered("result.json", (changed) => (changed.body.verdict = "VERIFIED"));
    assert.ok(codes(result).includes("NOTE_RESULT_CHANGED"), codes(result));
    const name = altered("name.json", (changed) => (changed.review.signoffs[0].name = "Somebody Else"));
    assert.ok(codes(name).includes("NOTE_SIGNATURE_INVALID"), codes(name));
    assert.equal(conclusion.status, 1);
  }),
);

test(
  "a note that is handed over is checked in the window: alone, with its pack, with another, and once its key is confirmed",
  withFolder(async (folder) => {
    const { pack, path, fingerprint } = await finished(folder);
    const desk = join(folder, "another-desk");
    mkdirSync(desk);
    const sentence = (app) => app.text(id("note-pack-sentence"));
    const shown = (app) => until("the note", () => app.attribute(id("note-verdict"), "data-verdict"));

    await withApp([path], async (app) => {
      assert.equal(await shown(app), "undecided");
      assert.match(await sentence(app), /not at hand/);
      assert.equal(await app.attribute(id("note-question-0"), "data-outcome"), "pass");
      assert.equal(await app.attribute(id("note-question-1"), "data-outcome"), "undetermined");
      assert.match(await app.text(id("note-conclusion")), /Record 2 is not used/);
      assert.ok((await app.count(id("history-entry"))) > 8);
      // It asks for the pack.
      await app.click(id("open-note-pack"));
      await answerOpenDialog("Open evidence", pack);
      await until("the pack to be found", async () => /it is the one/.test(await sentence(app)));
      assert.equal(await app.attribute(id("note-question-2"), "data-outcome"), "pass");
      // The reviewer confirms whose key it is.
      assert.ok((await app.text(id("signer-fingerprint"))).replace(/\s/g, "").includes(fingerprint));
      await app.click(id("confirm-reviewer"));
      await app.click(id("confirm-next"));
      await app.type(id("confirm-by"), "M. Okafor");
      await app.type(id("confirm-detail"), "Read out over the phone");
      await app.click(id("confirm-next"));
      await app.type(id("confirm-last"), fingerprint.slice(-8));
      await app.click(id("confirm-next"));
      await until("the note to be verified", async () => (await app.attribute(id("note-verdict"), "data-verdict")) === "verified");
      await app.click(id("show-note-pack"));
      assert.equal(await verdict(app, basename(pack)), "failed");
    }, desk)();

    // Dropped together with its pack, it finds it; with another pack it says so.
    await withApp([], async (app) => {
      await started(app);
      await drag([path, pack]);
      assert.ok(await shown(app));
      await until("the pack to be found", async () => /it is the one/.test(await sentence(app)));
      assert.equal(await shown(app), "verified");
    }, desk)();
    await withApp([path, sampleIn(desk, "verified")], async (app) => {
      await until("the other pack to be told", async () => (await shown(app)) === "failed" && /another one/.test(await sentence(app)));
      assert.equal(await app.count(`${id("note-check")}[data-code="NOTE_OTHER_PACK"]`), 1);
    }, desk)();

    // An altered copy fails with the words of the command line.
    const altered = join(desk, "altered.json");
    writeFileSync(altered, readFileSync(path, "utf8").replaceAll("Record 2 is not used.", "Record 2 is used too."));
    await withApp([altered], async (app) => {
      assert.equal(await shown(app), "failed");
      assert.equal(await app.count(`${id("note-check")}[data-code="NOTE_ENTRY_CHANGED"]`), 1);
    }, desk)();
  }),
);

test(
  "what was typed and not saved is there after a crash, and says that it is not saved",
  withFolder(async (folder) => {
    const pack = sampleIn(folder, "failed");
    const WORDS = "Whether anything was left out.";
    await withApp([pack], async (app) => {
      await verdict(app, "failed.zip");
      await view(app, "myReview");
      await app.type(id("procedure-objective"), WORDS);
      await nap(1500);
      assert.equal(await app.attribute(id("saved-procedure"), "data-state"), "typed");
      // Another view and back: the words stay.
      await view(app, "summary");
      await view(app, "myReview");
      assert.equal(await app.run("return document.querySelector(arguments[0]).value", id("procedure-objective")), WORDS);
    }, folder)();
    await withApp([pack], async (app) => {
      await verdict(app, "failed.zip");
      await view(app, "myReview");
      await until("the words", async () => (await app.run("return document.querySelector(arguments[0])?.value", id("procedure-objective"))) === WORDS);
      assert.match(await app.text(id("saved-procedure")), /Not saved yet/);
      assert.equal(await state(app, "procedure"), "not stated yet");
      await app.click(id("discard-procedure"));
      await until("the draft to go", async () => (await app.attribute(id("saved-procedure"), "data-state")) === "kept");
    }, folder)();
    assert.ok(existsSync(`${pack}.sealnote`));
  }),
);

test(
  "a signed review is opened again with a reason, and the earlier version stands as superseded",
  withFolder(async (folder) => {
    const pack = sampleIn(folder, "failed");
    await withApp([pack], async (app) => {
      await verdict(app, "failed.zip");
      await view(app, "myReview");
      await app.type(id("note-name"), "J. Lindqvist");
      assert.equal(await app.run("return document.querySelector(arguments[0]).disabled", id("sign-preparer")), true);
      await app.type(id("conclusion-text"), "Not used.");
      await save(app, "conclusion");
      await app.click(id("sign-preparer"));
      await app.type(id("sign-title"), "Senior auditor");
      await app.click(id("sign-agree"));
      await app.click(id("sign-submit"));
      await until("the sign-off", () => app.count(`${id("role")}[data-role="preparer"][data-signed="true"]`));
      assert.equal(await app.count(id("save-engagement")), 0, "what was signed stays as it is");
      await app.click(id("sign-reviewer"));
      await app.type(id("sign-name"), "M. Okafor");
      await app.type(id("sign-title"), "Manager");
      await app.click(id("sign-agree"));
      await app.click(id("sign-submit"));
      await until("the second sign-off", () => app.count(`${id("role")}[data-role="reviewer"][data-signed="true"]`));
      await app.click(id("reopen"));
      await app.type(id("reopen-reason"), "The sender sent the original file.");
      await app.click(id("reopen-save"));
      await until("the earlier version", () => app.count(id("version")));
      assert.match(await app.text(id("version")), /Version 1, reviewed, superseded/);
      assert.match(await app.text(id("version")), /The sender sent the original file\./);
      assert.match(await app.text(id("standing")), /Draft of version 2/);
      const note = await saves(app, join(folder, NOTE));
      assert.deepEqual([note.review.version, note.review.versions.length, note.review.signoffs.length], [2, 1, 0]);
      const checked = verify(join(folder, NOTE), "--pack", pack);
      assert.equal(checked.report.verdict, "INDETERMINATE");
      assert.equal(checked.report.questions.unchanged, "PASS");
    }, folder)();
  }),
);
