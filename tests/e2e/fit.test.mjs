// No text is cut: at 200 % zoom, and when every word is one and a half times as long as ours.
import assert from "node:assert/strict";
import test from "node:test";

import { id, started, verdict, view, withApp } from "./app.mjs";
import { until } from "./webdriver.mjs";

const VIEWS = ["summary", "checks", "records", "keys", "manifest", "files"];

/** Makes every stretch of our own text longer by half; the evidence's own, marked not to be translated, stays. */
const STRETCH = `
  const done = (window.stretched ??= new WeakSet());
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const own = !node.parentElement.closest('[translate="no"], code, bdi, script, style, kbd');
    if (own && /[a-z]{3}/.test(node.data) && !done.has(node)) node.data = node.data.replace(/[A-Za-z]{2,}/g, (word) => word + word.slice(0, Math.ceil(word.length / 2)));
    done.add(node);
  }`;

/**
 * Text that lies outside a box that hides what sticks out. Text with an ellipsis may be cut where it is complete
 * elsewhere: in the title of the box, or in the pane beside a table.
 */
const CUT = `
  const hides = (style) => [style.overflowX, style.overflowY].some((one) => one === 'hidden' || one === 'clip');
  const excused = (box) => box.closest('[role="grid"], .vh, [title], [aria-hidden]') || getComputedStyle(box).textOverflow === 'ellipsis' && box.title;
  const cut = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (!node.data.trim() || !node.parentElement.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = range.getBoundingClientRect();
    if (text.width === 0) continue;
    for (let box = node.parentElement; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.overflowX === 'auto' || style.overflowY === 'auto' || style.overflowX === 'scroll') break;
      if (!hides(style)) continue;
      const edge = box.getBoundingClientRect();
      const out = text.right > edge.right + 1.5 || text.left < edge.left - 1.5 || text.bottom > edge.bottom + 1.5;
      if (out && !excused(box)) cut.push(node.data.trim().slice(0, 60) + ' <' + box.tagName.toLowerCase() + '.' + box.className + '>');
      break;
    }
  }
  return [...new Set(cut)];`;

/** Text that lies beyond the window's right edge, where nothing scrolls to it. */
const BEYOND = `
  return document.documentElement.scrollWidth > innerWidth + 1 ? [document.documentElement.scrollWidth + ' px wide in ' + innerWidth] : [];`;

async function fits(app, where) {
  assert.deepEqual(await app.run(CUT), [], where);
  assert.deepEqual(await app.run(BEYOND), [], where);
}

async function zoomTo(app, percent) {
  await app.run("localStorage.setItem('zoom', arguments[0]); location.reload()", String(percent));
  await until("the size of the text", () => app.run("return document.documentElement.style.fontSize === arguments[0]", `${percent}%`));
  await started(app);
}

/** Opens a sample and looks at every view of it. */
async function everyView(app, sample, prepare) {
  await app.click(id(`sample-${sample}`));
  await verdict(app, `${sample}.zip`);
  for (const name of VIEWS) {
    await view(app, name);
    await until("the view to be filled", () => app.run("return !document.querySelector('[aria-busy=true]')"));
    if (name === "checks") {
      await app.click(id("check-toggle"));
      await until("the opened check", () => app.count(id("check-detail")));
    }
    await prepare();
    await fits(app, `${sample}, ${name}`);
  }
  await app.click(id("home"));
  await started(app);
}

for (const sample of ["verified", "failed", "undecided"]) {
  test(
    `at 200 % nothing of the sample ${sample} is cut`,
    withApp([], async (app) => {
      await zoomTo(app, 200);
      await fits(app, "start");
      await everyView(app, sample, () => undefined);
    }),
  );

  test(
    `with words half as long again nothing of the sample ${sample} is cut`,
    withApp([], async (app) => {
      await started(app);
      await everyView(app, sample, () => app.run(STRETCH));
    }),
  );
}
