// Packs that are made while the tests run: none of them is worth keeping, all are small but the one of many records.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

import { sampleIn, unpack } from "./app.mjs";

/** A zip of what a folder holds. */
export function zip(folder, archive) {
  const words = ["-m", "zipfile", "-c", resolve(archive), ...readdirSync(folder)];
  const result = spawnSync("/usr/bin/python3", words, { cwd: folder, encoding: "utf8" });
  if (result.status !== 0) throw new Error(`${archive} could not be packed: ${result.stderr}`);
  return archive;
}

/** A file of these bytes. */
export function fileIn(folder, name, bytes = "") {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** A folder that holds no evidence. */
export function notEvidenceIn(folder, name = "holiday") {
  const inner = join(folder, name);
  mkdirSync(inner);
  writeFileSync(join(inner, "letter.txt"), "Dear Sir or Madam, please find enclosed.\n");
  return inner;
}

/** A picture that bears the name of an archive. */
export function pictureIn(folder, name = "picture.zip") {
  return fileIn(folder, name, Buffer.from("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de", "hex"));
}

/** A folder with a sample and a file that unpacks to four hundred times its size. */
export function expandingIn(folder, name = "expanding") {
  const pack = join(folder, name);
  unpack(sampleIn(folder, "verified", "packed.zip"), pack);
  fileIn(pack, "notes.txt.gz", gzipSync(Buffer.from("the same line again\n".repeat(200_000))));
  return pack;
}

/** The folder of a sample whose page has so many bytes. */
export function longPageIn(folder, size, name = "long-page") {
  const pack = join(folder, name);
  unpack(sampleIn(folder, "failed", "packed.zip"), pack);
  const page = join(pack, "evidence-summary.html");
  writeFileSync(page, readFileSync(page, "utf8").padEnd(size, " "));
  return pack;
}

/** A sample of which only the first part arrived. */
export function halfZipIn(folder, name = "half.zip") {
  const path = sampleIn(folder, "verified", name);
  truncateSync(path, Math.floor(readFileSync(path).length / 2));
  return path;
}

/** A sample whose files are said to be locked with a password. */
export function lockedZipIn(folder, name = "locked.zip") {
  const path = sampleIn(folder, "verified", name);
  const bytes = readFileSync(path);
  for (const { central, local } of entries(bytes)) {
    bytes[central + 8] |= 1;
    bytes[local + 6] |= 1;
  }
  writeFileSync(path, bytes);
  return path;
}

/** Where the two headers of each entry of a zip start. */
function* entries(bytes) {
  const end = bytes.lastIndexOf("PK\x05\x06", undefined, "latin1");
  let central = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    yield { central, local: bytes.readUInt32LE(central + 42) };
    central += 46 + bytes.readUInt16LE(central + 28) + bytes.readUInt16LE(central + 30) + bytes.readUInt16LE(central + 32);
  }
}

const LONG = "quarterly-reassessment-of-every-affordability-decision-taken-under-the-interim-policy-of-the-northern-region";
const ARABIC = "تقرير مراجعة القروض السكنية للربع الثالث";
const HEBREW = "דוח ביקורת הלוואות 2041";

/** The names that a sender may choose, and that no lay-out may break on: very long, and written from right to left. */
export const STRANGE_NAMES = { long: `${LONG}-${LONG}`.slice(0, 200), rightToLeft: `${ARABIC} ${HEBREW}` };

/** A sample whose sender gave everything a strange name; the edits break its seals, so it fails. */
export function strangePackIn(folder, kind) {
  const name = STRANGE_NAMES[kind];
  const inside = join(folder, `${kind}-unpacked`);
  unpack(sampleIn(folder, "verified", `${kind}-sample.zip`), inside);
  const records = join(inside, "records");
  readdirSync(records)
    .sort()
    .forEach((record, place) => {
      rename(join(records, record, "cer.json"), record, `${name} ${place + 1}`);
      renameSync(join(records, record), join(records, `${name.slice(0, 100)} ${place + 1}`));
    });
  const manifest = join(inside, "manifest.json");
  for (const member of ["exportedBy", "exportScope"]) {
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace(new RegExp(`("${member}": ?)"[^"]*"`), `$1"${name}"`));
  }
  const node = join(inside, "node-metadata.json");
  writeFileSync(node, readFileSync(node, "utf8").replace(/("(?:operator|nodeId)": ?)"[^"]*"/g, `$1"${name}"`));
  const archive = zip(inside, join(folder, `${name.slice(0, 100)}.zip`));
  rmSync(inside, { recursive: true });
  return archive;
}

function rename(file, from, to) {
  writeFileSync(file, readFileSync(file, "utf8").replaceAll(from, to));
}

/** A copy of the pack of many records, and what is true of it: made by `cargo xtask fixtures --large`. */
export function largePackIn(folder) {
  const made = resolve(process.env.LARGE ?? "large/nexart-20000.zip");
  if (!existsSync(made)) throw new Error(`${made} is not there: make it by \`cargo xtask fixtures --large 20000\``);
  const pack = join(folder, "many.zip");
  copyFileSync(made, pack);
  const truth = JSON.parse(readFileSync(made.replace(/\.zip$/, ".truth.json"), "utf8"));
  return { pack, records: truth.records, failed: truth.failed };
}
