// Pictures of every view of the real window, in both themes: `node screenshots.mjs WIDTHxHEIGHT`.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { PROGRAM, id, started, verdict, view } from "./app.mjs";
import { x } from "./desktop.mjs";
import { App, until } from "./webdriver.mjs";

const size = process.argv[2] ?? "1280x800";
const [width, height] = size.split("x");
const folder = join(process.env.OUT ?? "out", "screenshots");
mkdirSync(folder, { recursive: true });

/** What a result has beside its first page. */
const VIEWS = ["checks", "records", "keys", "manifest", "files"];
const SAMPLES = ["verified", "failed", "undecided"];

const app = await App.open(PROGRAM, []);
try {
  await started(app);
  fillScreen();
  for (const theme of ["light", "dark"]) {
    await app.run("localStorage.setItem('theme', arguments[0]); location.reload()", theme);
    await until("the theme", async () => (await app.attribute("html", "data-theme")) === theme);
    await started(app);
    await keep(theme, "start");
    for (const sample of SAMPLES) {
      await app.click(id(`sample-${sample}`));
      await verdict(app, `${sample}.zip`);
      await keep(theme, `${sample}-summary`);
      if (sample === "failed") await everyView(theme);
      await app.click(id("home"));
      await started(app);
    }
  }
} finally {
  await app.close();
}

async function everyView(theme) {
  for (const name of VIEWS) {
    await view(app, name);
    await keep(theme, name);
  }
  await view(app, "checks");
  await app.click(id("check-toggle"));
  await until("the opened check", () => app.count(id("check-detail")));
  await keep(theme, "check-opened");
  await view(app, "records");
  await app.click(id("record"));
  await until("the record", () => app.count(id("record-pane")));
  await keep(theme, "record");
}

/** Takes the window to the screen's whole size, without a frame. */
function fillScreen() {
  const [window] = x("search", "--sync", "--onlyvisible", "--name", "^Sealcheck$").split("\n");
  x("windowmove", window, "0", "0");
  x("windowsize", "--sync", window, width, height);
}

async function keep(theme, name) {
  const file = join(folder, `${name}-${theme}-${size}.png`);
  writeFileSync(file, await app.picture());
  console.log(file);
}
