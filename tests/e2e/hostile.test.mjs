// Summary pages that try one thing each, shown one after the other in the real window: nothing is reached, nothing
// opens, nothing moves, and what is left of them is text.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import net from "node:net";
import { join, resolve } from "node:path";
import test from "node:test";
import { setTimeout as nap } from "node:timers/promises";

import { id, sampleIn, unpack, verdict, view, withApp, withFolder } from "./app.mjs";
import { until } from "./webdriver.mjs";

/** Long enough for a connection to a port of this computer. */
const PATIENCE = 250;

// `TO` is the address of the listener.
const PAGES = {
  fetch: "<script>fetch('TO/fetch')</script>",
  "fetch in a handler": "<body onload=\"fetch('TO/load')\"><p onmouseover=\"fetch('TO/over')\">hover</p>",
  request: "<script>const r = new XMLHttpRequest(); r.open('GET', 'TO/x'); r.send()</script>",
  beacon: "<script>navigator.sendBeacon('TO', 'x')</script>",
  "web socket": "<script>new WebSocket('TO'.replace('http', 'ws'))</script>",
  picture: '<img src="TO/a.png" srcset="TO/b.png 2x"><picture><source srcset="TO/c.png"></picture>',
  "broken picture": "<img src=x onerror=\"location='TO/onerror'\">",
  frame: '<iframe src="TO/frame"></iframe><frameset><frame src="TO/f2"></frameset>',
  "frame with a document": "<iframe srcdoc=\"<script>top.location='TO/srcdoc'</script><img src='TO/in.png'>\"></iframe>",
  form: '<form id=f action="TO/form" method=post><input name=a value=b></form><script>f.submit()</script>',
  "form with a button": '<form><button formaction="TO/button" autofocus>Go on</button></form>',
  "picture as a button": '<form action="TO/form"><input type=image src="TO/i.png"></form>',
  "meta refresh": '<meta http-equiv="refresh" content="0;url=TO/refresh">',
  "meta policy": "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src *\"><img src=\"TO/a.png\">",
  link: '<a id=l href="TO/link">Open the full report</a><script>l.click()</script>',
  "link to a new window": '<a href="TO/link" target="_blank" ping="TO/ping">Open the full report</a>',
  "link that is a script": "<a href=\"JaVaScRiPt:top.location='TO'\">x</a>",
  "link to a file": '<a href="file:///etc/passwd">x</a>',
  "link to the page": '<a href="tauri://localhost/">x</a>',
  "new window": "<script>window.open('TO/window')</script>",
  navigation: "<script>location = 'TO/navigation'</script>",
  "navigation of the whole window": "<script>top.location = 'TO/top'</script>",
  base: '<base href="TO/"><img src="relative.png"><a href="relative">x</a>',
  svg: '<svg onload="fetch(\'TO/svg\')"><image href="TO/v.png"/><use href="TO/u.svg#a"/><script>fetch("TO/s")</script></svg>',
  "svg with a frame": '<svg><foreignObject><iframe src="TO/foreign"></iframe></foreignObject></svg>',
  mathml: '<math><mtext><table><mglyph><style><img src=TO/m onerror=fetch("TO/m2")></style></mglyph></table></mtext></math>',
  "style sheet": '<link rel="stylesheet" href="TO/s.css"><style>@import url("TO/i.css");</style>',
  "style with a picture": '<style>body { background: url("TO/b.png") } p { list-style: url(TO/l.png) }</style><p>text</p>',
  "style of an element": '<div style="background:url(TO/p.png);position:fixed;inset:0">VERIFIED</div>',
  font: '<style>@font-face { font-family: x; src: url("TO/f.woff2") } p { font-family: x }</style><p>text</p>',
  object: '<object data="TO/object"></object><object data="data:text/html,<script>fetch(\'TO/o\')</script>"></object>',
  embed: '<embed src="TO/embed"><applet code="TO/a"></applet>',
  media: '<video src="TO/v.mp4" poster="TO/p.png" autoplay></video><audio src="TO/a.mp3" autoplay></audio><track src="TO/t">',
  hints: '<link rel="preconnect" href="TO"><link rel="prefetch" href="TO/p"><link rel="dns-prefetch" href="TO">',
  manifest: '<link rel="manifest" href="TO/m.json"><link rel="icon" href="TO/i.png">',
  template: "<template><img src='TO/t.png'></template><noscript><img src='TO/n.png'></noscript>",
  comment: '<!--<img src="--><img src=TO/c onerror=fetch("TO/c2")>">',
  "text area": "<textarea></textarea><script>fetch('TO/t')</script>",
  dialog: "<dialog open>VERIFIED</dialog><details open ontoggle=\"fetch('TO/d')\"><summary>x</summary></details>",
  "message to the page": "<script>parent.postMessage({ cmd: 'open_dialog' }, '*'); parent.reached = 1</script>",
  "command of the program": "<script>(window.__TAURI_INTERNALS__ || parent.__TAURI_INTERNALS__).invoke('start')</script>",
};

/** The shared payloads, where they are. */
function shared() {
  const file = resolve("../shared/vectors/common/html/payloads.json");
  if (!existsSync(file)) return {};
  const { payloads } = JSON.parse(readFileSync(file, "utf8"));
  return Object.fromEntries(
    payloads.map(({ id, html }) => [`shared ${id}`, html.replaceAll(/(?:https?|wss):\/\/[a-z.]*example\.invalid/g, "TO")]),
  );
}

/** A sample with one file for each page. */
function packIn(folder, pages, address) {
  const pack = join(folder, "hostile");
  unpack(sampleIn(folder, "verified"), pack);
  mkdirSync(join(pack, "pages"));
  Object.values(pages).forEach((html, place) => {
    const page = `<!doctype html><html><head><title>Summary</title></head><body><h1>Summary</h1>${html}</body></html>`;
    writeFileSync(join(pack, "pages", `${place}.html`), page.replaceAll("TO", `http://${address}`));
  });
  return pack;
}

/** What may be left of a page: the reader's own tags, without any attribute. */
const LIVE = "a, img, picture, source, script, link, form, input, button, iframe, frame, object, embed, video, audio, svg, math, base, dialog, details, template, textarea, [style]:not(html), [onload], [onerror], [href], [src]";

test(
  "no page of the sender reaches anything, one by one",
  withFolder(async (folder, context) => {
    const pages = { ...PAGES, ...shared() };
    const reached = [];
    const server = net.createServer((socket) => {
      socket.once("data", (bytes) => reached.push(bytes.toString("latin1").split("\r\n")[0]));
      socket.on("error", () => {});
      reached.push("a connection");
      setTimeout(() => socket.destroy(), 50);
    });
    await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
    try {
      const pack = packIn(folder, pages, `127.0.0.1:${server.address().port}`);
      await withApp([pack], async (app) => {
        await verdict(app, "hostile");
        await view(app, "files");
        const names = Object.keys(pages);
        for (const [place, name] of names.entries()) {
          await context.test(name, () => shown(app, `pages/${place}.html`));
          assert.deepEqual(reached, [], name);
        }
        await nap(4 * PATIENCE);
        assert.deepEqual(reached, [], "nothing came late");
      })();
    } finally {
      server.close();
    }
  }),
);

/** Shows one page and looks at what is left of it. */
async function shown(app, path) {
  const frame = () => app.attribute(id("sender-frame"), "src");
  const before = await frame();
  await app.type(id("file-search"), path);
  const row = `${id("file")}[data-record="${path}"]`;
  await until(`${path} alone`, async () => (await app.count(id("file"))) === 1 && app.count(row));
  await app.click(row);
  await until("its own frame", async () => ![null, before].includes(await frame()));
  await nap(PATIENCE);
  assert.equal(await app.run("return location.origin"), "tauri://localhost", "the window is where it was");
  assert.equal(await app.run("return window.reached ?? null"), null, "no script reached the window");
  await app.enterFrame(id("sender-frame"));
  const left = await app.count(LIVE);
  const text = await app.text("h1");
  await app.leaveFrame();
  assert.equal(left, 0, "something live was left");
  assert.equal(text, "Summary", "its text is shown");
}
