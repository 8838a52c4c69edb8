// Working with keys alone: where the focus is, that it can be seen, and how it gets elsewhere.
import assert from "node:assert/strict";

import { id } from "./app.mjs";
import { until } from "./webdriver.mjs";

/** More presses of Tab than any screen has controls. */
const ENOUGH = 80;

/** What has the focus: its test id (or what else names it) and whether a person can see that it has it. */
export const focused = (app) => app.inPage(look);

/** Waits until the control of this test id has the focus, and asserts that it shows. */
export async function assertFocus(app, name) {
  let last;
  await until(`the focus on ${name}`, async () => {
    last = await focused(app);
    return last.name === name;
  }).catch((error) => {
    throw new Error(`${error.message}: it is on ${JSON.stringify(last)}`);
  });
  assert.deepEqual(last.unseen, null, `the focus on ${name} can be seen`);
}

/** Presses Tab (or Shift+Tab) until the control of this test id has the focus; at every stop the focus must show. */
export async function tabTo(app, name, key = "Tab") {
  const stops = [];
  for (let press = 0; press < ENOUGH; press++) {
    await app.press(key);
    const now = await focused(app);
    assert.equal(now.unseen, null, `the focus on ${now.name} can be seen`);
    if (now.name === name) return;
    stops.push(now.name);
  }
  throw new Error(`Tab never came to ${name}, only to ${stops.join(", ")}`);
}

/** Types a text where the focus is. */
export const write = (app, text) => app.press(...text);

/** Waits until something of a test id is there, or gone. */
export const appears = (app, name) => until(`${name} to appear`, () => app.count(id(name)));
export const goes = (app, name) => until(`${name} to go`, async () => (await app.count(id(name))) === 0);

/** Goes to a view by the rail, with keys alone: F6 until the rail has the focus, then arrows, then Enter. */
export async function railTo(app, view) {
  await regionTo(app, "rail");
  for (let press = 0; press < 6 && (await focused(app)).name !== `rail-${view}`; press++) await app.press("ArrowDown");
  await assertFocus(app, `rail-${view}`);
  await app.press("Enter");
  await appears(app, `view-${view}`);
}

/** Presses F6 until a part of the window holds the focus. */
export async function regionTo(app, region, key = "F6") {
  const seen = [];
  for (let press = 0; press < 6; press++) {
    await app.press(key);
    const now = await focused(app);
    assert.equal(now.unseen, null, `the focus on ${now.name} can be seen`);
    if (now.region === region) return now;
    seen.push(now.region);
  }
  throw new Error(`${key} never came to ${region}, only to ${seen.join(", ")}`);
}

function look() {
  const active = document.activeElement;
  if (!active || active === document.body) return { name: "nothing", region: null, unseen: "nothing has the focus" };
  // A table shows its focus on the row at hand.
  const shows = active.getAttribute("role") === "grid" ? active.querySelector("[aria-selected='true']") ?? active : active;
  const style = getComputedStyle(shows);
  const box = shows.getBoundingClientRect();
  const width = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
  const inSight = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  return {
    name: active.dataset.testid ?? active.getAttribute("aria-label") ?? active.textContent.trim().slice(0, 40),
    region: active.closest("[data-region]")?.dataset.region ?? null,
    selected: active.querySelector("[aria-selected='true']")?.dataset.record ?? null,
    unseen: width >= 2 ? (inSight ? null : "it lies outside the window") : `its outline is ${width} px wide`,
  };
}
