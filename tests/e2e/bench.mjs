// How long a person waits: from start to the first painted page, and from a dropped file to its verdict.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { PROGRAM, id, sampleIn, started, verdict } from "./app.mjs";
import { drag } from "./desktop.mjs";
import { App, descendants } from "./webdriver.mjs";

const TIMES = 10;
/** What the first page and the verdict of a small pack may take, in ms. */
const LIMITS = { paint: 1500, verdict: 300 };

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
  const [paints, verdicts] = [[], []];
  for (let time = 0; time < TIMES; time++) {
    const pack = sampleIn(folder, "failed", `pack-${time}.zip`);
    const app = await App.open(PROGRAM, []);
    try {
      await started(app);
      const painted = await app.run(
        "return performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime",
      );
      paints.push(painted - startOf(app));
      await app.run(WATCH);
      await drag([pack]);
      await verdict(app, `pack-${time}.zip`);
      verdicts.push(await app.run("return window.answered - window.dropped"));
    } finally {
      await app.close();
    }
  }
  const withinLimits = [
    say("start of the program to its first painted page", paints, LIMITS.paint),
    say("files let go to the verdict in the page", verdicts, LIMITS.verdict),
  ];
  if (!withinLimits.every(Boolean)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** When the program was started, in ms since 1970: the kernel counts from the start of the computer in hundredths. */
function startOf(app) {
  const stat = descendants(app.driver.pid)
    .map((pid) => readFileSync(`/proc/${pid}/stat`, "latin1"))
    .find((line) => line.includes(`(${basename(PROGRAM).slice(0, 15)})`));
  const ticks = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
  const uptime = Number(readFileSync("/proc/uptime", "latin1").split(" ")[0]);
  return Date.now() - (uptime - ticks / 100) * 1000;
}

/** Prints the times, and whether the one in the middle is within its limit. */
function say(what, times, limit) {
  const sorted = times.map(Math.round).sort((a, b) => a - b);
  const middle = Math.round((sorted[TIMES / 2 - 1] + sorted[TIMES / 2]) / 2);
  console.log(`${what}: min ${sorted[0]}, median ${middle}, max ${sorted.at(-1)} ms of ${TIMES} (limit ${limit} ms)`);
  return middle <= limit;
}
