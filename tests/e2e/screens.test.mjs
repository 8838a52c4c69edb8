// On every screen, in both themes: axe finds nothing, colours stand out enough, and no text is cut, neither at the largest
// size nor with words half as long again.
import assert from "node:assert/strict";
import test from "node:test";

import { afresh, id, started, verdict, view, withApp, withFolder } from "./app.mjs";
import { axeFaults, contrastFaults, cutFaults, groundOf, inTheme, sidewaysFaults, stretchWords, withForcedRules } from "./measure.mjs";
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

test(
  "what is measured is noticed: faint text, text cut in a box, text leaving its box, a page that is too wide",
  withApp([], async (app) => {
    await started(app);
    await inTheme(app, "light");
    assert.deepEqual([await contrastFaults(app), await cutFaults(app), await sidewaysFaults(app)], [[], [], []]);
    const add = (text, style) =>
      app.run(
        "const one = document.createElement('p'); one.textContent = arguments[0]; one.style = arguments[1]; document.querySelector('main').append(one)",
        text,
        style,
      );
    await add("faint", "color: #aaaaaa");
    await add("sheared off on its right side", "width: 40px; overflow: hidden; white-space: nowrap");
    await add("leaving its box on its right side", "width: 40px; white-space: nowrap");
    await add("wide", "width: 4000px");
    assert.match((await contrastFaults(app)).join(), /^[^,]*faint[^,]*$/);
    const cut = (await cutFaults(app)).join();
    assert.match(cut, /sheared/);
    assert.match(cut, /leaving/);
    assert.match((await sidewaysFaults(app)).join(), / by \d+ px/);
  }),
);

test(
  "the sender's page can be read in both themes",
  withFolder(async (folder, context) => {
    await withApp([], async (app) => {
      await go(app, "file-page", packsIn(folder));
      for (const theme of ["light", "dark"]) {
        await inTheme(app, theme);
        const ground = await groundOf(app, id("sender-frame"));
        await app.enterFrame(id("sender-frame"));
        assert.match(await app.text("h1"), /how it was decided/);
        assert.deepEqual(await contrastFaults(app, ground), [], theme);
        await app.leaveFrame();
      }
    })(context);
  }),
);

// WebKitGTK knows no forced colours and the driver cannot ask for them. What can be seen to: verdicts differ by shape, icons
// are drawn in the colour of the text beside them, and the rules for forced colours, once they hold, mark what is chosen.
test(
  "without our colours, shapes tell the verdicts apart and what is chosen is marked",
  withApp([], async (app) => {
    const shapes = [];
    for (const sample of ["verified", "failed", "undecided"]) {
      await afresh(app);
      await app.click(id(`sample-${sample}`));
      await verdict(app, `${sample}.zip`);
      shapes.push(await app.attribute(`${id("verdict")} use`, "href"));
    }
    assert.equal(new Set(shapes).size, shapes.length, `${shapes}`);
    const outcomes = await app.run(
      "return [...document.querySelectorAll(arguments[0])].map((tile) => [tile.dataset.outcome, tile.querySelector('use').getAttribute('href')])",
      "[data-testid^='tile-'][data-outcome]",
    );
    assert.ok(outcomes.length >= 3);
    assert.equal(new Set(outcomes.map(([outcome]) => outcome)).size, new Set(outcomes.map(([, shape]) => shape)).size);
    await view(app, "checks");
    await view(app, "records");
    await app.click(id("record"));
    const before = await app.inPage(chosenLooks);
    await withForcedRules(app);
    const forced = await app.inPage(chosenLooks);
    for (const name of Object.keys(forced)) assert.notEqual(forced[name], before[name], `${name} has a look of its own in forced colours`);
  }),
);

/** How a chosen row, a pressed filter and the current view are painted. */
function chosenLooks() {
  const ground = (selector, pseudo) => getComputedStyle(document.querySelector(selector), pseudo).backgroundColor;
  return {
    row: ground("[data-testid='record'][aria-selected='true'] td"),
    filter: ground("[aria-pressed='true']"),
    view: ground("[data-testid='rail-records']", "::before"),
  };
}

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
  note("sideways", await sidewaysFaults(app));
  if (!FLEETING.includes(name)) {
    await app.press(...STEPS_TO_LARGEST);
    assert.equal(await app.run("return document.documentElement.style.fontSize"), "200%");
    note("cut at 200 %", await cutFaults(app));
    note("sideways at 200 %", await sidewaysFaults(app));
    await app.press("Control+0");
    await stretchWords(app);
    note("cut with longer words", await cutFaults(app));
    note("sideways with longer words", await sidewaysFaults(app));
  }
  assert.deepEqual(found, {});
}
