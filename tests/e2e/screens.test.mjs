// On every screen, in both themes: axe finds nothing, colours stand out enough, and no text is cut, neither at the largest
// size nor with words half as long again.
import assert from "node:assert/strict";
import test from "node:test";

import { withApp, withFolder } from "./app.mjs";
import { axeFaults, contrastFaults, cutFaults, inTheme, sideways, stretchWords } from "./measure.mjs";
import { SCREENS, go, packsIn } from "./screens.mjs";

const STEPS_TO_LARGEST = ["Control++", "Control++", "Control++", "Control++", "Control++"];
/** A check that is under way does not wait for a measurement. */
const FLEETING = ["checking"];

const only = process.env.SCREENS?.split(",");

test(
  "every screen",
  withFolder(async (folder, context) => {
    await withApp([], async (app) => {
      const packs = packsIn(folder);
      for (const name of Object.keys(SCREENS).filter((one) => !only || only.includes(one))) {
        await context.test(name, () => measure(app, name, packs));
      }
    })(context);
  }),
);

/** Everything about one screen is measured, then judged: one fault does not hide another. */
async function measure(app, name, packs) {
  const found = {};
  const note = (what, faults) => {
    if (faults.length > 0) found[what] = faults;
  };
  await go(app, name, packs);
  for (const theme of ["light", "dark"]) {
    await inTheme(app, theme);
    note(`axe, ${theme}`, await axeFaults(app));
    note(`contrast, ${theme}`, await contrastFaults(app));
    if (FLEETING.includes(name)) break;
  }
  note("cut", await cutFaults(app));
  note("sideways", await scrolled(app));
  if (!FLEETING.includes(name)) {
    await app.press(...STEPS_TO_LARGEST);
    assert.equal(await app.run("return document.documentElement.style.fontSize"), "200%");
    note("cut at 200 %", await cutFaults(app));
    note("sideways at 200 %", await scrolled(app));
    await app.press("Control+0");
    await stretchWords(app);
    note("cut with longer words", await cutFaults(app));
    note("sideways with longer words", await scrolled(app));
  }
  assert.deepEqual(found, {});
}

async function scrolled(app) {
  const by = await sideways(app);
  return by > 0 ? [`by ${by} px`] : [];
}
