// The window as the tests meet it: by the test ids of `ui/README.md`.
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";

import { App, until } from "./webdriver.mjs";

/** The program under test. */
export const PROGRAM = process.env.APP ?? fail("APP names no program: run the tests by `cargo xtask test`");
const SAMPLES = resolve("crates/review/samples");

/** The selector of a test id. */
export const id = (name) => `[data-testid="${name}"]`;

/** The settings, keys and recent reviews of a person who has their folders there. */
const person = (folder) => ({
  XDG_CONFIG_HOME: join(folder, "config"),
  XDG_DATA_HOME: join(folder, "data"),
  XDG_STATE_HOME: join(folder, "state"),
  XDG_CACHE_HOME: join(folder, "cache"),
});

/**
 * A test that starts the program with these words and closes it again: as a new person, or as the one of `home`. `program`
 * is what is started in its place, `environment` what it is told besides.
 */
export function withApp(words, job, home, { program = PROGRAM, environment = {} } = {}) {
  return async (context) => {
    if (!home) return withFolder((fresh) => withApp(words, job, fresh, { program, environment })(context))();
    const app = await App.open(program, words, { ...person(home), ...environment });
    try {
      await job(app, context);
    } finally {
      await app.close();
    }
  };
}

/** A test with an empty folder of its own. */
export function withFolder(job) {
  return async (...words) => {
    const folder = mkdtempSync(join(tmpdir(), "sealcheck-e2e-"));
    try {
      await job(folder, ...words);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

/** Copies a built-in sample into a folder: a case file comes to lie beside it. */
export function sampleIn(folder, name, as = `${name}.zip`) {
  const pack = join(folder, as);
  copyFileSync(join(SAMPLES, `${name}.zip`), pack);
  return pack;
}

/** Copies the pack of an Invoance fixture into a folder: its one file, or a folder of files. */
export function logIn(folder, name) {
  const fixture = resolve("tests/fixtures/invoance", name);
  const file = JSON.parse(readFileSync(join(fixture, "case.json"), "utf8")).pack;
  const pack = join(folder, `${name}${extname(file)}`);
  cpSync(join(fixture, file), pack, { recursive: true });
  return pack;
}

const KEEL = resolve("tests/fixtures/keel");

/** Copies the pack of a Keel fixture into a folder. */
export function exportIn(folder, name) {
  const pack = join(folder, name);
  cpSync(join(KEEL, name, "pack"), pack, { recursive: true });
  return pack;
}

/** Gives the person of a folder the keys of the Keel fixtures, as confirmed by them. */
export function trustIn(folder) {
  const { keys } = JSON.parse(readFileSync(join(KEEL, "keys/root.json"), "utf8"));
  const entries = keys.map((key) => ({
    issuer: "Keel of the fixtures",
    ecosystem: "keel",
    keyId: key.key_id,
    algorithm: "Ed25519",
    publicKey: Buffer.from(key.public_key.slice("ed25519:".length), "base64").toString("hex"),
    purpose: key.purpose,
    source: "root.json",
    confirmedBy: "R. Viewer",
    confirmedHow: "signedLetter: of the tests",
    confirmedAt: "2026-11-01T09:00:00Z",
    validFrom: key.valid_from,
    validTo: key.valid_to,
  }));
  const home = join(folder, "data/sealcheck");
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "keybook.json"), JSON.stringify({ schema: "sealcheck.keybook/1", name: "Tests", entries }));
}

/** Unpacks a zip into a folder. */
export function unpack(zip, folder) {
  const result = spawnSync("/usr/bin/python3", ["-m", "zipfile", "-e", zip, folder], { encoding: "utf8" });
  if (result.status !== 0) throw new Error(`${zip} could not be unpacked: ${result.stderr}`);
}

/** Waits for the start page. */
export const started = (app) => until("the start page", () => app.count(id("start")));

/** Loads the page anew: every pack is forgotten, what the person keeps stays. */
export async function afresh(app) {
  await app.run("window.before = true; location.reload()");
  // The page asks for these facts once it hears of packs that arrive.
  await until("the new start page", async () => !(await app.run("return window.before")) && app.count(id("start-facts")));
}

/** Waits for the verdict of the pack that is shown. */
export function verdict(app, name) {
  return until(`the verdict of ${name ?? "the pack"}`, async () => {
    if (name && (await app.text(id("pack-name"))) !== name) return null;
    return app.attribute(id("verdict"), "data-verdict");
  });
}

/** Opens a view by the rail. */
export async function view(app, name) {
  await app.click(id(`rail-${name}`));
  await until(`the view ${name}`, () => app.count(id(`view-${name}`)));
}

/** Goes through the three steps of confirming the key that is shown, and types `last` at their end. */
export async function confirmKey(app, last) {
  await view(app, "keys");
  await app.click(id("confirm-key"));
  const shown = await until("the fingerprint", () => app.text(id("proposal-fingerprint")));
  const fingerprint = shown.replace(/\s/g, "").match(/[0-9a-f]{64}/)[0];
  await app.click(id("confirm-next"));
  await app.type(id("confirm-issuer"), "Harbour Lane node");
  await app.type(id("confirm-by"), "R. Viewer");
  await app.type(id("confirm-detail"), "Read out by Ms Berg");
  await app.click(id("confirm-next"));
  await app.type(id("confirm-last"), last(fingerprint));
  await app.click(id("confirm-next"));
}

function fail(message) {
  throw new Error(message);
}
