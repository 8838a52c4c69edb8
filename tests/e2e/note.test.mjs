// The review note in the real window: written, decided, taken back, and there again whatever ended the program.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readlinkSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import test from "node:test";

import { PROGRAM, id, sampleIn, verdict, view, withApp, withFolder } from "./app.mjs";
import { focus, x } from "./desktop.mjs";
import { axeFaults, contrastFaults, inTheme } from "./measure.mjs";
import { assertFocus, tabTo, write } from "./keyboard.mjs";
import { alive, descendants, until } from "./webdriver.mjs";

/** A test with a copy of the failed sample in a folder of its own, and a person who lives beside it. */
const withPack = (job) =>
  withFolder(async (folder) => {
    const packs = join(folder, "packs");
    mkdirSync(packs);
    const pack = sampleIn(packs, "failed");
    await job(pack, join(folder, "home"), packs);
  });

/** Opens the pack as this person and waits for its verdict. */
const opened = (pack, home, job, more) =>
  withApp(
    [pack],
    async (app) => {
      await verdict(app, "failed.zip");
      await job(app);
    },
    home,
    more,
  )();

/** Opens the notes on what is before the reader, unless they are open. */
async function openNotes(app) {
  if ((await app.count(id("notes"))) === 0) await app.click(id("open-notes"));
  await until("the notes", () => app.count(id("notes")));
}

/** Writes a note where the reader is; her name when she is asked for it. */
async function note(app, text, tags) {
  await openNotes(app);
  if (await app.count(id("note-name"))) await app.type(id("note-name"), "Jana Lindqvist");
  await app.type(id("note-text"), text);
  if (tags) await app.type(id("note-tags"), tags);
  await app.click(id("note-save"));
  await until(`the note “${text}”`, async () => (await words(app)).includes(text));
  assert.match(await app.text(id("note-saved")), /Saved \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/);
}

/** The words of the notes that are shown. */
const words = (app) => app.run("return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText)", id("note-words"));

async function decide(app, value, reason, save) {
  await app.choose(id("decision-value"), value);
  await app.type(id("decision-reason"), reason);
  await app.click(id(save));
}

/** Every note there is, by what it is about. */
async function everything(app) {
  await openNotes(app);
  await app.click(id("tab-all"));
  return app.inPage(() =>
    Object.fromEntries(
      [...document.querySelectorAll('[data-testid="note"]')].map((one) => [
        one.querySelector('[data-testid="note-about"]').innerText,
        one.querySelector('[data-testid="note-words"]').innerText,
      ]),
    ),
  );
}

test(
  "notes on pack, record, field and check, decisions for one and for all, are there when the pack is opened again",
  withPack(async (pack, home) => {
    await opened(pack, home, async (app) => {
      await note(app, "Came by courier.", "custody, courier");
      await view(app, "records");
      await app.click(id("record"));
      await note(app, "Not as the node signed it.");
      await app.click(id("note-change"));
      await app.type(id("note-text"), "Not as the node signed it; the original was asked for.");
      await app.click(id("note-save"));
      await until("the change", async () => (await words(app))[0].endsWith("was asked for."));
      const [field] = await app.run("return [...document.querySelectorAll(arguments[0] + ' option')].map((one) => one.value).filter(Boolean)", id("note-part"));
      await app.choose(id("note-part"), field);
      await until("the field", async () => (await app.attribute(id("notes"), "data-place")).startsWith("field/1/"));
      await note(app, "This field alone.");
      await app.choose(id("note-part"), "");
      await app.click(id("decide"));
      await decide(app, "moreEvidence", "The original was asked for.", "decide-save");
      await until("the decision", () => app.count(`${id("decision")}[data-value="moreEvidence"]`));
      await until("it in the row", async () => /More evidence needed/.test(await app.text(id("row-review"))));

      await app.click(id("close-record"));
      await app.click(id("verdict-filter-undecided"));
      await until("two records", async () => (await app.count(id("record"))) === 2);
      assert.match(await app.text(id("decide-shown")), /Decide on the 2 records shown/);
      await app.click(id("decide-shown"));
      await decide(app, "accepted", "As signed.", "decide-shown-save");
      await until("both rows", async () => (await app.count(`${id("row-review")}[title="Accepted"]`)) === 2);
      await app.click(id("verdict-filter-all"));
      await app.click(id("pick-review"));
      await app.click(`${id("value")}:nth-child(3)`);
      await until("one record without a decision", async () => (await app.count(id("record"))) === 1);

      await view(app, "checks");
      await app.click(id("check-toggle"));
      await note(app, "Compared by hand.");
      assert.match(await app.attribute(id("notes"), "data-place"), /^check\//);
      await note(app, "A slip of the pen.");
      await app.click(id("note-undo"));
      await until("it to go", async () => !(await words(app)).includes("A slip of the pen."));
    });
    await opened(pack, home, async (app) => {
      assert.equal(await app.text(`${id("open-notes")} span`), "4");
      const all = await everything(app);
      assert.deepEqual(Object.values(all).sort(), ["Came by courier.", "Compared by hand.", "Not as the node signed it; the original was asked for.", "This field alone."]);
      assert.equal(all["Whole pack"], "Came by courier.");
      assert.equal(await app.count(id("decision")), 2);
      await app.click(id("tab-history"));
      await until("the history", async () => /History checked: 10 entries hold together/.test(await app.text(id("history-sentence"))));
      assert.equal(await app.count(`${id("history-entry")}[data-taken-back="true"]`), 1);
      // The name was asked for once.
      await app.click(id("tab-here"));
      assert.equal(await app.count(id("note-name")), 0);
      await app.click(id("rail-records"));
      await until("the marks in the table", async () => /More evidence needed/.test(await app.text(id("view-records"))));
    });
  }),
);

test(
  "a window that is closed leaves the case file beside the pack, and nothing else",
  withPack(async (pack, home, packs) => {
    await opened(pack, home, async (app) => {
      await note(app, "Seen.");
      const running = descendants(app.driver.pid).filter(isTheProgram);
      await focus("Sealcheck");
      x("key", "alt+F4");
      await until("the program to end", () => !running.some(alive));
      assert.deepEqual(readdirSync(packs).sort(), ["failed.zip", "failed.zip.sealnote"]);
    });
  }),
);

test(
  "a pack that was moved finds its note again, and other bytes under its name do not",
  withPack(async (pack, home, packs) => {
    await opened(pack, home, (app) => note(app, "Seen."));
    const elsewhere = join(packs, "elsewhere");
    mkdirSync(elsewhere);
    copyFileSync(pack, join(elsewhere, "failed.zip"));
    await opened(join(elsewhere, "failed.zip"), home, async (app) => assert.deepEqual(await everything(app), { "Whole pack": "Seen." }));
    sampleIn(packs, "verified", "failed.zip");
    await opened(pack, home, async (app) => {
      assert.deepEqual(await everything(app), {});
      const differs = await app.text(id("note-other"));
      assert.match(differs, /failed\.zip\.sealnote is about other bytes: [\d,]+ bytes then, [\d,]+ bytes now; SHA-256 .* then, .* now\. It was left as it is\./);
    });
  }),
);

test(
  "a program that is killed while a note is typed loses nothing that was saved, and offers the text again",
  withPack(async (pack, home) => {
    await opened(pack, home, async (app) => {
      await note(app, "Saved before the end.");
      await app.click(id("note-text"));
      await write(app, "Half a sentence that");
      await until("the draft on the disk", () => app.count(`${id("draft-state")}[data-kept="kept"]`));
      await write(app, " nobody e");
      for (const pid of descendants(app.driver.pid).filter(isTheProgram)) process.kill(pid, "SIGKILL");
    });
    await opened(pack, home, async (app) => {
      const offered = await until("the text", () => app.text(id("note-unfinished")));
      assert.match(offered, /Left unfinished .* UTC, on the whole pack:\s+Half a sentence that/);
      await app.click(id("note-go-on"));
      assert.deepEqual(await words(app), ["Saved before the end."]);
      const typed = await app.run("return document.querySelector(arguments[0]).value", id("note-text"));
      assert.match(typed, /^Half a sentence that/);
      await app.click(id("note-save"));
      await until("both", async () => (await words(app)).length === 2);
    });
    await opened(pack, home, async (app) => {
      assert.equal(await app.count(id("note-unfinished")), 0);
      await openNotes(app);
      await until("both", async () => (await words(app)).length === 2);
    });
  }),
);

test(
  "a note in a folder that goes away says so, keeps the words on the screen, and saves them once it is back",
  withPack(async (pack, home, packs) => {
    await opened(pack, home, async (app) => {
      await note(app, "Before.");
      renameSync(packs, `${packs}.away`);
      await app.type(id("note-text"), "Words that stay.");
      await app.click(id("note-save"));
      const said = await until("the message", () => app.text(id("trouble")));
      assert.match(said, /^The (note's folder cannot be written; nothing was changed|case file cannot be opened)\./);
      assert.match(await app.text(id("note-saved")), /The last change was not saved/);
      assert.equal(await app.run("return document.querySelector(arguments[0]).value", id("note-text")), "Words that stay.");
      renameSync(`${packs}.away`, packs);
      await app.click(id("note-save"));
      await until("the words", async () => (await words(app)).includes("Words that stay."));
    });
    await opened(pack, home, async (app) => {
      await openNotes(app);
      await until("both", async () => (await words(app)).length === 2);
    });
  }),
);

test(
  "beside a pack in a folder that cannot be written, the note is kept in the data folder",
  withPack(async (pack, home, packs) => {
    const program = readOnly(packs, home);
    await opened(
      pack,
      home,
      async (app) => {
        await note(app, "From a read-only folder.");
        assert.match(await app.text(id("case-file")), /Case file saved: failed\.zip\.sealnote/);
      },
      { program },
    );
    assert.deepEqual(readdirSync(packs), ["failed.zip"]);
    assert.ok(readdirSync(join(home, "data/sealcheck/cases")).includes("failed.zip.sealnote"));
    await opened(pack, home, async (app) => assert.deepEqual(await everything(app), { "Whole pack": "From a read-only folder." }), { program });
  }),
);

test(
  "on a disk that is full the words stay on the screen, and what was saved is there",
  withPack(async (pack, home) => {
    const disk = join(home, "disk");
    mkdirSync(disk, { recursive: true });
    const program = script(home, `mount -t tmpfs -o size=2m small '${disk}' && cp '${pack}' '${disk}/failed.zip'`);
    await opened(
      join(disk, "failed.zip"),
      home,
      async (app) => {
        await note(app, "While there was room.");
        const long = "long ".repeat(600_000);
        await app.run(
          "const field = document.querySelector(arguments[0]); field.value = arguments[1]; field.dispatchEvent(new Event('input', { bubbles: true }))",
          id("note-text"),
          long,
        );
        const said = await until("the message", () => app.count(`${id("draft-state")}[data-kept="lost"]`).then((lost) => lost && app.text(id("draft-state"))));
        assert.match(said, /Not kept\. The disk is full; nothing was changed\. Your text is still here\./);
        await app.click(id("note-save"));
        await until("the refusal", () => app.count(`${id("trouble")}[data-code="IO_DISK_FULL"]`));
        assert.equal(await app.run("return document.querySelector(arguments[0]).value.length", id("note-text")), long.length);
        assert.deepEqual(await words(app), ["While there was room."]);
        await app.type(id("note-text"), "A short one still fits.");
        await app.click(id("note-save"));
        await until("the short one", async () => (await words(app)).length === 2);
      },
      { program },
    );
  }),
);

test(
  "the same pack in a second program can be read there, with words, and written again once the first has gone",
  withPack(async (pack, home) => {
    const bus = await secondBus();
    try {
      await opened(pack, home, async (first) => {
        await note(first, "From the first.");
        await opened(
          pack,
          home,
          async (second) => {
            assert.match(await second.text(id("case-file")), /open in another window/);
            assert.deepEqual(await everything(second), { "Whole pack": "From the first." });
            assert.match(await second.text(id("note-read-only")), /The note is open in another window \(.*since .* UTC\); it can be read here\./);
            await second.click(id("tab-here"));
            assert.equal(await second.count(id("note-text")), 0);
            await first.close();
            await second.click(id("note-again"));
            await until("the verdict anew", async () => (await second.count(id("note-read-only"))) === 0 && second.count(id("verdict")));
            await note(second, "From the second.");
          },
          { environment: { DBUS_SESSION_BUS_ADDRESS: bus.address } },
        );
      });
    } finally {
      bus.end();
    }
  }),
);

test(
  "with keys alone: open the notes, write, decide, and close them again",
  withPack(async (pack, home) => {
    await opened(pack, home, async (app) => {
      await app.press("Control+Shift+N");
      await assertFocus(app, "note-text");
      await write(app, "By keys.");
      await app.press("Control+Enter");
      await assertFocus(app, "note-name");
      await write(app, "Jana");
      await tabTo(app, "note-save");
      await app.press("Enter");
      await until("the note", async () => (await words(app)).includes("By keys."));
      await tabTo(app, "decide", "Shift+Tab");
      await app.press("Enter");
      await until("the form", () => app.count(id("decision-value")));
      await tabTo(app, "decision-value", "Shift+Tab");
      await app.press("Escape");
      await until("the notes to close", async () => (await app.count(id("notes"))) === 0);
      await assertFocus(app, "view-summary");
    });
  }),
);

test(
  "notes, decision and history pass axe and stand out in both themes",
  withPack(async (pack, home) => {
    await opened(pack, home, async (app) => {
      await note(app, "Seen.", "follow up");
      await app.click(id("decide"));
      for (const tab of ["here", "all", "history"]) {
        await app.click(id(`tab-${tab}`));
        for (const theme of ["light", "dark"]) {
          await inTheme(app, theme);
          assert.deepEqual([await axeFaults(app), await contrastFaults(app)], [[], []], `${tab}, ${theme}`);
        }
      }
    });
  }),
);

/** Whether a process is the program itself, and none of the window system's helpers. */
function isTheProgram(pid) {
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`)) === basename(PROGRAM);
  } catch {
    return false;
  }
}

/** The program in a world where a folder cannot be written; for those who may write everywhere, that takes a mount. */
function readOnly(folder, home) {
  if (process.getuid() !== 0) {
    chmodSync(folder, 0o555);
    return PROGRAM;
  }
  return script(home, `mount --bind '${folder}' '${folder}' && mount -o remount,ro,bind '${folder}'`);
}

/** The program after something was mounted for it alone. */
function script(home, prepare) {
  const unshare = process.getuid() === 0 ? "unshare --mount" : "unshare --map-root-user --mount";
  mkdirSync(home, { recursive: true });
  const file = join(home, "sealcheck-app");
  writeFileSync(file, `#!/bin/sh\nexec ${unshare} sh -c "${prepare} && exec '${PROGRAM}' \\"\\$@\\"" sh "$@"\n`);
  chmodSync(file, 0o755);
  return file;
}

/** A session bus of its own: a second start there is a program of its own. */
async function secondBus() {
  const daemon = spawn("dbus-daemon", ["--session", "--nofork", "--print-address"], { stdio: ["ignore", "pipe", "ignore"] });
  const [line] = await once(daemon.stdout, "data");
  return { address: line.toString().trim(), end: () => daemon.kill() };
}
