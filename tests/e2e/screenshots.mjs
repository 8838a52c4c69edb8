// Pictures of every screen of the real window, in both themes: `node screenshots.mjs WIDTHxHEIGHT`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { PROGRAM, afresh, started } from "./app.mjs";
import { x } from "./desktop.mjs";
import { inTheme } from "./measure.mjs";
import { SCREENS, go, packsIn } from "./screens.mjs";
import { App } from "./webdriver.mjs";

const size = process.argv[2] ?? "1280x800";
const [width, height] = size.split("x");
const out = join(process.env.OUT ?? "out", "screenshots");
mkdirSync(out, { recursive: true });
const only = process.env.SCREENS?.split(",");

const folder = mkdtempSync(join(tmpdir(), "sealcheck-pictures-"));
const app = await App.open(PROGRAM, []);
try {
  await started(app);
  fillScreen();
  const packs = packsIn(folder);
  for (const name of Object.keys(SCREENS).filter((one) => !only || only.includes(one))) {
    await go(app, name, packs);
    for (const theme of ["light", "dark"]) {
      await inTheme(app, theme);
      const file = join(out, `${name}-${theme}-${size}.png`);
      writeFileSync(file, await app.picture());
      console.log(file);
    }
  }
  await afresh(app);
} finally {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Takes the window to the screen's whole size, without a frame. */
function fillScreen() {
  const [window] = x("search", "--sync", "--onlyvisible", "--name", "^Sealcheck$").split("\n");
  x("windowmove", window, "0", "0");
  x("windowsize", "--sync", window, width, height);
}
