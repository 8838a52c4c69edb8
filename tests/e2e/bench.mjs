// How long a person waits: from start to the painted first page, and from a dropped file to its verdict.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { PROGRAM, id, sampleIn, started, verdict } from "./app.mjs";
import { drag } from "./desktop.mjs";
import { App } from "./webdriver.mjs";

const TIMES = 5;

// When the verdict came into the page, and when files were last let go over the window, by the page's own clock.
const WATCH = `
  window.dropped = 0; window.answered = 0;
  new MutationObserver(() => {
    if (document.querySelector('[data-testid="verdict"]')) window.answered ||= performance.now();
    else if (!document.querySelector('[data-testid="drop-hint"]') && window.hinted) window.dropped ||= performance.now();
    window.hinted ||= Boolean(document.querySelector('[data-testid="drop-hint"]'));
  }).observe(document.body, { childList: true, subtree: true });`;

const folder = mkdtempSync(join(tmpdir(), "sealcheck-bench-"));
try {
  const [firstPage, painted, dropToVerdict] = [[], [], []];
  for (let time = 0; time < TIMES; time++) {
    const pack = sampleIn(folder, "failed", `pack-${time}.zip`);
    const start = performance.now();
    const app = await App.open(PROGRAM, []);
    try {
      await started(app);
      firstPage.push(performance.now() - start);
      painted.push(await app.run("return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"));
      await app.run(WATCH);
      await drag([pack]);
      await verdict(app, `pack-${time}.zip`);
      dropToVerdict.push(await app.run("return window.answered - window.dropped"));
    } finally {
      await app.close();
    }
  }
  say("start of the program to its first page, driver included", firstPage);
  say("start of the page to its first paint", painted);
  say("files let go to the verdict shown", dropToVerdict);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function say(what, times) {
  const sorted = [...times].sort((a, b) => a - b).map((time) => `${Math.round(time)}`);
  console.log(`${what}: ${sorted[Math.floor(TIMES / 2)]} ms in the middle of ${TIMES} (${sorted.join(", ")})`);
}
