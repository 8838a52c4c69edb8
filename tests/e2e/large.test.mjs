// A pack of many records: what a person meets while it is checked, and that its table has no blank place.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { id, verdict, view, withApp, withFolder } from "./app.mjs";
import { appears, assertFocus, goes, regionTo } from "./keyboard.mjs";
import { largePackIn } from "./packs.mjs";
import { descendants, until } from "./webdriver.mjs";

/** From a verdict to its first rows, and from a jump to the rows of its place. */
const ROWS_WITHIN = 1000;
/** From the last letter of a search to its rows; the page waits a moment for more letters. */
const ANSWER_WITHIN = 600;
/** From *Cancel* to the page that says so: 200 ms are promised, the rest is for a busy computer. */
const STOPS_WITHIN = 1000;
const MOST_ROWS = 120;

const number = (text) => Number(text.replace(/\D/g, ""));

test(
  "a long check shows its progress, and Esc stops it at once without a verdict",
  withMany(async (app, large) => {
    await appears(app, "checking");
    const seen = await until("progress", async () => {
      const done = number(await app.text(id("records-done")));
      return done > 0 && done < large.records ? done : null;
    });
    await until("more progress", async () => number(await app.text(id("records-done"))) > seen);
    assert.match(await app.text(id("elapsed")), /\d/);
    const start = performance.now();
    await app.press("Escape");
    await until("the end of the check", () => app.count(`${id("unfinished")}[data-state="cancelled"]`));
    const stopped = performance.now() - start;
    assert.ok(stopped < STOPS_WITHIN, `it took ${Math.round(stopped)} ms`);
    assert.equal(await app.count(id("verdict")), 0);
    await app.click(id("check-again"));
    await goes(app, "unfinished");
    // The run that was stopped may still be leaving, and the page of the new one comes after it.
    await until("the second cancelling", async () => {
      if ((await app.count(id("unfinished"))) > 0) return true;
      if ((await app.count(id("cancel"))) > 0) await app.click(id("cancel"));
      return false;
    });
    await app.click(id("close-pack"));
    await appears(app, "start");
  }),
);

test(
  "the result of many records",
  withMany(async (app, large, context) => {
    await until("the verdict", () => app.count(id("verdict")), 90000);
    assert.equal(await verdict(app), "failed");
    const start = performance.now();
    await view(app, "records");
    await fullOfRows(app, 1);
    context.diagnostic(`first rows after ${Math.round(performance.now() - start)} ms; ${memory(app)}`);
    await context.test("its table has every record within reach, and no blank place after any jump", () => jumps(app, large));
    await context.test("a search and a filter answer at once, with the right count", (inner) => searches(app, large, inner));
    await context.test("a record deep in it opens by its number, and the table stands at it", () => goesDeep(app, large));
  }),
);

/** A test that opens the pack of many records; `large` says what is true of it. */
function withMany(job) {
  return withFolder((folder, context) => {
    const large = largePackIn(folder);
    return withApp([large.pack], (app) => job(app, large, context))(context);
  });
}

async function jumps(app, large) {
  assert.equal(await app.attribute(id("record-table"), "aria-rowcount"), String(large.records + 1));
  await regionTo(app, "main");
  await assertFocus(app, "record-table");
  for (const [key, record] of [["End", large.records], ["PageUp"], ["Home", 1], ["PageDown"]]) {
    await app.press(key);
    await fullOfRows(app, record);
  }
  for (const share of [0.5, 0.123, 0.987, 0.3, 1, 0]) {
    await app.run(
      "const box = document.querySelector(arguments[0]); box.scrollTop = arguments[1] * (box.scrollHeight - box.clientHeight)",
      id("record-scroll"),
      share,
    );
    await fullOfRows(app);
  }
}

async function searches(app, large, context) {
  const one = await answered(app, "inv-0012345", 1);
  assert.match(await app.text(id("record")), /0012345/);
  await answered(app, "", large.records);
  const many = await answered(app, "inv-00123", 100);
  context.diagnostic(`one found after ${one} ms, a hundred after ${many} ms, the pause for more letters included`);
  assert.ok(Math.max(one, many) < ANSWER_WITHIN, `${one} ms, ${many} ms`);
  await answered(app, "", large.records);
  await app.click(id("verdict-filter-failed"));
  await until("the failed ones", async () => (await matching(app)) === large.failed);
  assert.equal(await app.attribute(id("record-table"), "aria-rowcount"), String(large.failed + 1));
  await app.click(id("verdict-filter-all"));
  await fullOfRows(app, 1);
}

async function goesDeep(app, large) {
  const wanted = large.records - 1234;
  await app.press("Control+g");
  await appears(app, "go-to-input");
  await app.press(...String(wanted), "Enter");
  await goes(app, "go-to-dialog");
  await until("the record", async () => (await app.attribute(id("record-pane"), "data-record")) === String(wanted));
  await fullOfRows(app, wanted);
}

/** Waits until every place of the table that can be seen holds a record, and `record` if named. */
async function fullOfRows(app, record) {
  const start = performance.now();
  await until(`rows${record ? ` with record ${record}` : ""}`, () => app.inPage(isFull, String(record ?? "")));
  const took = performance.now() - start;
  assert.ok(took < ROWS_WITHIN, `the rows were there after ${Math.round(took)} ms`);
  assert.ok((await app.count(id("record"))) <= MOST_ROWS, "few rows are in the document");
}

/** Whether the rows cover the box from its head to its lower edge, each with the text of a record. */
function isFull(record) {
  const box = document.querySelector('[data-testid="record-scroll"]')?.getBoundingClientRect();
  const rows = [...document.querySelectorAll('[data-testid="record"]')];
  if (!box || rows.length === 0) return false;
  const head = document.querySelector('[data-testid="record-table"] thead').getBoundingClientRect();
  const inSight = rows.filter((row) => {
    const place = row.getBoundingClientRect();
    return place.bottom > head.bottom + 1 && place.top < box.bottom - 1;
  });
  const [top, bottom] = [inSight[0]?.getBoundingClientRect().top, inSight.at(-1)?.getBoundingClientRect().bottom];
  const covered = inSight.length > 10 && top <= head.bottom + 1 && bottom >= box.bottom - 20;
  const filled = inSight.every((row) => row.dataset.record && /inv-\d{7}/.test(row.textContent));
  const named = record === "" || inSight.some((row) => row.dataset.record === record);
  return covered && filled && named;
}

/** Types a search and returns how many ms passed until its count and rows were shown, by the page's own clock. */
async function answered(app, words, count) {
  await app.inPage(watchFoot, count.toLocaleString("en"));
  if (words === "") await app.inPage(clearSearch);
  else await app.type(id("record-search"), words);
  return until(`${count} found`, () => app.run("return window.footAfter && Math.round(window.footAfter)"));
}

function watchFoot(count) {
  window.footAfter = 0;
  let typed = 0;
  const field = document.querySelector('[data-testid="record-search"]');
  field.addEventListener("input", () => (typed = performance.now()));
  const look = () => {
    const foot = document.querySelector('[data-testid="records-foot"]').textContent;
    const rows = document.querySelectorAll('[data-testid="record"][data-record]').length;
    if (typed && rows > 0 && foot.match(/[\d,]+(?=\s+(of|in all))/)?.[0] === count) window.footAfter = performance.now() - typed;
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

function clearSearch() {
  const field = document.querySelector('[data-testid="record-search"]');
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

async function matching(app) {
  return number((await app.text(id("records-foot"))).match(/([\d,]+)\s+of/)?.[1] ?? "0");
}

/** The most memory that the program and the page's process have held, in MB. */
function memory(app) {
  const peaks = descendants(app.driver.pid).map((pid) => {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return [status.match(/^Name:\s*(\S+)/m)[1], Math.round(Number(status.match(/^VmHWM:\s*(\d+)/m)?.[1] ?? 0) / 1024)];
  });
  return peaks.filter(([, peak]) => peak > 40).map(([name, peak]) => `${name} ${peak} MB at most`).join(", ");
}
