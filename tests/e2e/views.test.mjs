// Every view of a result: what it must say, and that assistive technology can read it.
import assert from "node:assert/strict";
import test from "node:test";

import { id, verdict, view, withApp } from "./app.mjs";
import { axeFaults } from "./measure.mjs";
import { until } from "./webdriver.mjs";

/** A sentence or value that each view of the sample must show. */
const SAYS = {
  summary: /Problem found\./,
  checks: /Unchanged\?[\s\S]*From whom\?[\s\S]*Complete\?/,
  records: /Governed step/,
  keys: /Sample attestation node|sample-node-1/,
  manifest: /Missing/,
  files: /evidence-summary\.html/,
};

for (const [name, says] of Object.entries(SAYS)) {
  test(
    `the view ${name} shows the sample, and axe finds nothing against it`,
    withApp(["--sample=failed"], async (app) => {
      await verdict(app, "failed.zip");
      await view(app, name);
      await until(`${name} to say ${says}`, async () => says.test(await app.text(id(`view-${name}`))));
      assert.deepEqual(await axeFaults(app), []);
    }),
  );
}

test(
  "the start page has nothing against it either",
  withApp([], async (app) => {
    await until("the start page", () => app.count(id("start")));
    assert.deepEqual(await axeFaults(app), []);
  }),
);

test(
  "a record opens with its fields by cover, what was sealed, and its text",
  withApp(["--sample=failed"], async (app) => {
    await verdict(app, "failed.zip");
    await view(app, "records");
    await app.click(id("record"));
    await until("the record", () => app.count(id("record-pane")));
    await until("the covered fields", () => app.count(id("cover-covered")));
    assert.match(await app.text(id("record-pane")), /la-2041-affordability/);
    assert.deepEqual(await axeFaults(app), []);
  }),
);

test(
  "a check opens with what was recorded beside what was recomputed",
  withApp(["--sample=failed"], async (app) => {
    await verdict(app, "failed.zip");
    await view(app, "checks");
    await app.click(id("check-toggle"));
    await until("the comparison", () => app.count(id("comparison")));
    const [recorded, recomputed] = [await app.text(id("expected")), await app.text(id("found"))];
    assert.match(recorded.replace(/\s/g, ""), /[0-9a-f]{64}/);
    assert.notEqual(recorded, recomputed);
    assert.deepEqual(await axeFaults(app), []);
  }),
);

test(
  "the counts of passed, mismatching, undecided and unchecked add up to the total",
  withApp(["--sample=failed"], async (app) => {
    await verdict(app, "failed.zip");
    const number = (text) => Number(text.match(/\d[\d,]*/)[0].replaceAll(",", ""));
    const outcomes = await app.run(
      "return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText)",
      `${id("counts")} .one`,
    );
    const total = (await app.text(id("counts"))).match(/([\d,]+) checks:/)[1];
    assert.equal(outcomes.length, 4);
    assert.equal(outcomes.map(number).reduce((sum, count) => sum + count), number(total));
  }),
);

test(
  "the page knows no path and has no way to the system but our commands",
  withApp(["--sample=failed"], async (app) => {
    await verdict(app, "failed.zip");
    assert.equal(await app.run("return typeof window.__TAURI__"), "undefined");
    assert.equal(
      await app.run("try { return eval('1') } catch (refused) { return refused.name }"),
      "EvalError",
      "no text becomes code",
    );
    const refused = await app.runLater(
      "const done = arguments[0]; __TAURI_INTERNALS__.invoke('plugin:window|close').then(() => done('done'), (error) => done(String(error)))",
    );
    assert.match(refused, /not allowed/);
    const unknown = await app.runLater(
      "const done = arguments[0]; __TAURI_INTERNALS__.invoke('summary', { token: 4711 }).then(() => done('done'), (error) => done(error.code))",
    );
    assert.equal(unknown, "PACK_NOT_OPEN");
  }),
);
