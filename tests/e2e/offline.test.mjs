// Nothing leaves: a listener on this computer counts connections while the page and hostile evidence try to make one.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import test from "node:test";
import { setTimeout as nap } from "node:timers/promises";

import { id, sampleIn, started, unpack, verdict, view, withApp, withFolder } from "./app.mjs";
import { until } from "./webdriver.mjs";

/** Long enough for a connection to a port of this computer, many times over. */
const PATIENCE = 700;

/** Runs `job` with the address of a listener, and returns how many connections it met. */
async function connections(job) {
  let count = 0;
  const server = net.createServer((socket) => {
    count += 1;
    socket.destroy();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  try {
    await job(`127.0.0.1:${server.address().port}`);
    await nap(PATIENCE);
  } finally {
    server.close();
  }
  return count;
}

test("the listener notices a connection", async () => {
  const count = await connections((address) => {
    const [host, port] = address.split(":");
    net.connect(Number(port), host).on("error", () => {});
  });
  assert.equal(count, 1);
});

// Each is a script for the page; the address of the listener is its first argument.
const ATTEMPTS = {
  fetch: "fetch('http://' + arguments[0]).catch(() => {})",
  request: "const r = new XMLHttpRequest(); r.onerror = () => {}; r.open('GET', 'http://' + arguments[0]); r.send()",
  beacon: "navigator.sendBeacon('http://' + arguments[0], 'x')",
  "web socket": "new WebSocket('ws://' + arguments[0])",
  "event source": "new EventSource('http://' + arguments[0])",
  picture: "new Image().src = 'http://' + arguments[0] + '/x.png'",
  script: "add('script', { src: 'http://' + arguments[0] + '/x.js' })",
  "module script": "import('http://' + arguments[0] + '/x.js').catch(() => {})",
  worker: "new Worker('http://' + arguments[0] + '/x.js')",
  "style sheet": "add('link', { rel: 'stylesheet', href: 'http://' + arguments[0] + '/x.css' })",
  prefetch: "add('link', { rel: 'prefetch', href: 'http://' + arguments[0] + '/x' })",
  preload: "add('link', { rel: 'preload', as: 'image', href: 'http://' + arguments[0] + '/x' })",
  preconnect: "add('link', { rel: 'preconnect', href: 'http://' + arguments[0] })",
  "name look-up": "add('link', { rel: 'dns-prefetch', href: 'http://' + arguments[0] })",
  manifest: "add('link', { rel: 'manifest', href: 'http://' + arguments[0] + '/x' })",
  icon: "add('link', { rel: 'icon', href: 'http://' + arguments[0] + '/x' })",
  font: "new FontFace('x', `url(http://${arguments[0]}/x.woff2)`).load().catch(() => {})",
  frame: "add('iframe', { src: 'http://' + arguments[0] })",
  object: "add('object', { data: 'http://' + arguments[0] })",
  embed: "add('embed', { src: 'http://' + arguments[0] })",
  video: "add('video', { src: 'http://' + arguments[0] + '/x.mp4', autoplay: true })",
  form: "const f = add('form', { action: 'http://' + arguments[0], method: 'post' }); f.submit()",
  "new window": "window.open('http://' + arguments[0])",
  "link to a new window": "add('a', { href: 'http://' + arguments[0], target: '_blank', textContent: 'x' }).click()",
  "link with a ping": "add('a', { href: '#', ping: 'http://' + arguments[0], textContent: 'x' }).click()",
  "peer connection": "new RTCPeerConnection({ iceServers: [{ urls: 'stun:' + arguments[0] }] }).createDataChannel('x')",
  navigation: "location.href = 'http://' + arguments[0]",
};

const ADD = "const add = (name, what) => document.body.appendChild(Object.assign(document.createElement(name), what));";

test(
  "the page itself cannot make a connection",
  withApp([], async (app, context) => {
    await started(app);
    for (const [name, script] of Object.entries(ATTEMPTS)) {
      await context.test(name, async () => {
        const count = await connections((address) =>
          app.run(`${ADD} try { ${script} } catch (refused) { return String(refused); }`, address),
        );
        assert.equal(count, 0);
        assert.equal(await app.run("return location.origin"), "tauri://localhost");
      });
    }
    assert.equal(await app.count(id("start")), 1, "the page is still there");
  }),
);

test(
  "the sender's page, shown in its frame, cannot make a connection",
  withFolder(async (folder) => {
    const count = await connections(async (address) => {
      const pack = hostilePack(folder, address);
      await withApp([pack], async (app) => {
        await openSendersPage(app);
        await nap(PATIENCE);
      })();
    });
    assert.equal(count, 0);
  }),
);

test(
  "the sender's page runs no script and keeps no link",
  withFolder(async (folder) => {
    const pack = hostilePack(folder, "127.0.0.1:9");
    await withApp([pack], async (app) => {
      await openSendersPage(app);
      assert.equal(await app.attribute("iframe", "sandbox"), "");
      assert.match(await app.attribute("iframe", "src"), /^evidence:\/\/localhost\/\d+\/\d+$/);
      await nap(PATIENCE);
      assert.equal(await app.run("return window.reached ?? null"), null);
      await app.enterFrame(id("sender-frame"));
      assert.equal(await app.text("h1"), "Verified", "its text is shown");
      assert.equal(await app.count("a, img, script, link, form, iframe, object, [style], [onload]"), 0);
      await app.leaveFrame();
    })();
  }),
);

test(
  "a frame of the evidence scheme answers nothing but a sender's page",
  withApp(["--sample=failed"], async (app) => {
    await verdict(app, "failed.zip");
    for (const address of ["evidence://localhost/1/0", "evidence://localhost/99/0", "evidence://localhost/../etc/passwd"]) {
      const text = await app.runLater(
        "const done = arguments[1]; fetch(arguments[0]).then((r) => r.text().then((t) => done(r.status + t)), () => done('refused'))",
        address,
      );
      assert.equal(text, "refused", address);
    }
  }),
);

async function openSendersPage(app) {
  await verdict(app, "hostile");
  await view(app, "files");
  await app.click(`${id("file")}[data-record="evidence-summary.html"]`);
  await until("the frame", () => app.count(id("sender-frame")));
}

/** The sample with a summary page that tries everything a page can. */
function hostilePack(folder, address) {
  const pack = join(folder, "hostile");
  unpack(sampleIn(folder, "verified"), pack);
  const to = `http://${address}`;
  writeFileSync(
    join(pack, "evidence-summary.html"),
    `<!doctype html><html><head><title>Summary</title>
<meta http-equiv="refresh" content="0;url=${to}/refresh">
<base href="${to}/">
<link rel="preconnect" href="${to}"><link rel="dns-prefetch" href="${to}"><link rel="prefetch" href="${to}/p">
<link rel="stylesheet" href="${to}/s.css"><link rel="icon" href="${to}/i.png">
<style>@import url("${to}/i.css"); body { background: url("${to}/b.png"); } @font-face { font-family: x; src: url("${to}/f.woff"); } h1 { font-family: x; }</style>
<script>parent.reached = 1; fetch("${to}/f")</script><script src="${to}/x.js"></script></head>
<body style="background: url(${to}/style.png)" onload="parent.reached = 2; fetch('${to}')">
<h1>Verified</h1><table background="${to}/t.png"><tr><td>3 of 3</td></tr></table>
<img src="${to}/a.png" srcset="${to}/b.png 2x" onerror="parent.reached = 3"><svg><image href="${to}/v.png"/><script>parent.reached = 4</script></svg>
<object data="${to}/o"></object><embed src="${to}/e"><video src="${to}/v.mp4" poster="${to}/v.png" autoplay></video><audio src="${to}/a.mp3" autoplay></audio>
<iframe src="${to}/frame"></iframe><iframe srcdoc="<script>top.reached = 5</script>"></iframe>
<a href="${to}" target="_blank" ping="${to}/ping">link</a><form action="${to}"><input autofocus onfocus="parent.reached = 6"><button>go</button></form>
<math><a xlink:href="javascript:parent.reached = 7">x</a></math></body></html>`,
  );
  return pack;
}
