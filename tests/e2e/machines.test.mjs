// Odd machines: a person without a home, and languages whose letters and numbers trip programs up.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

import { id, sampleIn, verdict, withApp, withFolder } from "./app.mjs";

const HOMELESS = { HOME: undefined, XDG_CONFIG_HOME: undefined, XDG_DATA_HOME: undefined, XDG_STATE_HOME: undefined, XDG_CACHE_HOME: undefined };

test(
  "without a home a pack is checked, and its case file lies beside it",
  withFolder(async (folder) => {
    await withApp([sampleIn(folder, "failed")], async (app) => {
      assert.equal(await verdict(app, "failed.zip"), "failed");
      assert.ok(existsSync(join(folder, "failed.zip.sealnote")));
    }, folder, { environment: HOMELESS })();
  }),
);

for (const language of ["tr_TR.UTF-8", "ar_EG.UTF-8", "de_DE.UTF-8"]) {
  test(
    `in ${language} the result reads as everywhere`,
    withFolder(async (folder) => {
      const pack = sampleIn(folder, "failed");
      const words = async (environment) => {
        let said;
        await withApp([pack], async (app) => {
          assert.equal(await verdict(app, "failed.zip"), "failed");
          said = await app.text(id("view-summary"));
          assert.equal(await app.run("return getComputedStyle(document.body).direction"), "ltr");
        }, folder, { environment })();
        return said;
      };
      assert.equal(await words({ LC_ALL: language, LANG: language, LANGUAGE: language.slice(0, 2) }), await words({}));
    }),
  );
}
