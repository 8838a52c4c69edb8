// The summary on paper: through the desktop's own print dialog into a PDF, and by the rules that hold for print.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

import { PROGRAM, id, verdict, withApp, withFolder } from "./app.mjs";
import { focus, x } from "./desktop.mjs";
import { contrastFaults, cutFaults } from "./measure.mjs";
import { alive, descendants, until } from "./webdriver.mjs";

// Under the driver the dialog never opens, so this start is without it.
test(
  "Ctrl+P prints the summary to pages of A4",
  withFolder(async (folder) => {
    const cwd = join(folder, "out");
    mkdirSync(cwd);
    const program = spawn(PROGRAM, ["--sample=failed"], { cwd, stdio: "ignore", env: { ...process.env, HOME: cwd } });
    try {
      await until("the window", () => x("search", "--sync", "--onlyvisible", "--name", "^Sealcheck$"));
      await until("the print dialog", async () => {
        await focus("Sealcheck$");
        x("key", "--clearmodifiers", "ctrl+p");
        return x("search", "--onlyvisible", "--name", "^Print$");
      });
      await focus("Print$");
      x("key", "Tab");
      x("key", "space");
      const pages = await until("the pages", () => {
        x("key", "--clearmodifiers", "alt+p");
        return pdfIn(cwd);
      });
      assert.match(pages, /\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/, "A4");
      const count = Number(pages.match(/\/Count (\d+)/)[1]);
      assert.ok(count >= 1 && count <= 3, `${count} pages`);
      assert.match(pages, /BaseFont \/\w+\+IBM-?Plex-?Sans/, "in the window's own type");
    } finally {
      for (const child of [program.pid, ...descendants(program.pid)].filter(alive)) process.kill(child, "SIGTERM");
    }
  }),
);

test(
  "on paper there are no controls, nothing is cut, and black on white carries the verdict",
  withApp(["--sample=failed"], async (app) => {
    await verdict(app, "failed.zip");
    await app.run("document.documentElement.dataset.theme = 'dark'");
    await app.inPage(asOnPaper);
    assert.equal(await app.run("return getComputedStyle(document.body).backgroundColor"), "rgb(255, 255, 255)");
    assert.equal(await app.run("return getComputedStyle(document.body).color"), "rgb(0, 0, 0)");
    const controls = await app.run(
      "return [...document.querySelectorAll('.btn, input, .no-print')].filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 80))",
    );
    assert.deepEqual(controls, []);
    assert.match(await app.text(id("verdict-word")), /Problem found/);
    assert.deepEqual(await cutFaults(app), []);
    assert.deepEqual(await contrastFaults(app), []);
    assert.ok(await app.run("return document.querySelector(arguments[0]).checkVisibility()", id("pack-sha256")), "the digest of the pack is on it");
  }),
);

/** The one whole PDF that lies in a folder or in those inside it; nothing before it is written to its end. */
function pdfIn(folder) {
  const found = readdirSync(folder, { recursive: true }).find((name) => name.endsWith(".pdf"));
  if (!found || statSync(join(folder, found)).size === 0) return null;
  const text = readFileSync(join(folder, found), "latin1");
  return text.trimEnd().endsWith("%%EOF") ? text : null;
}

/** Lets the rules for paper hold on the screen, and those for the screen not: the driver cannot print. */
function asOnPaper() {
  const turn = (rules) => {
    for (const rule of rules) {
      if (rule instanceof CSSMediaRule) {
        const [paper, screen] = [/\bprint\b/, /\bscreen\b/].map((kind) => kind.test(rule.media.mediaText));
        if (paper) rule.media.mediaText = "all";
        else if (screen) rule.media.mediaText = "not all";
      }
      if (rule.cssRules) turn(rule.cssRules);
    }
  };
  for (const sheet of document.styleSheets) turn(sheet.cssRules);
}
