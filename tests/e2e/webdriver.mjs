// A WebDriver client: only what the tests need, no packages.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import net from "node:net";
import { setTimeout as nap } from "node:timers/promises";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** Keys that stand for no character, as the protocol numbers them. */
const KEYS = {
  Tab: "\uE004",
  Enter: "\uE007",
  Shift: "\uE008",
  Control: "\uE009",
  Escape: "\uE00C",
  Space: " ",
  PageUp: "\uE00E",
  PageDown: "\uE00F",
  End: "\uE010",
  Home: "\uE011",
  ArrowLeft: "\uE012",
  ArrowUp: "\uE013",
  ArrowRight: "\uE014",
  ArrowDown: "\uE015",
  F6: "\uE036",
};

/** The middle of an element, unless something else lies over it or it cannot be used yet. */
const MIDDLE = `
  const element = document.querySelector(arguments[0]);
  if (!element || element.disabled) return null;
  element.scrollIntoView({ block: "nearest", inline: "nearest" });
  const box = element.getBoundingClientRect();
  const [x, y] = [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
  const hit = document.elementFromPoint(x, y);
  return hit && (element.contains(hit) || hit.contains(element)) ? [x, y] : null;`;

/** Waits until `question` answers with something truthy, and returns that. */
export async function until(what, question, ms = 20000) {
  const end = Date.now() + ms;
  let last;
  while (Date.now() < end) {
    try {
      const answer = await question();
      if (answer) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    await nap(50);
  }
  throw new Error(`gave up waiting for ${what}: ${last?.message ?? JSON.stringify(last)}`);
}

/** One start of the program, driven through WebKit's own driver. */
export class App {
  static async open(program, words = [], environment = {}) {
    const app = new App();
    const port = await freePort();
    app.driver = spawn("WebKitWebDriver", [`--port=${port}`], {
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...environment, TAURI_WEBVIEW_AUTOMATION: "true" },
    });
    app.address = `http://127.0.0.1:${port}`;
    await until("the driver", async () => (await fetch(`${app.address}/status`)).ok);
    const own = { "webkitgtk:browserOptions": { binary: program, args: words } };
    const session = await app.call("POST", "/session", { capabilities: { alwaysMatch: own } });
    app.address += `/session/${session.sessionId}`;
    return app;
  }

  async call(method, path, body) {
    const response = await fetch(this.address + path, {
      method,
      signal: AbortSignal.timeout(30000),
      headers: { "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const { value } = await response.json();
    if (value?.error) throw new Error(`${value.error}: ${value.message}`);
    return value;
  }

  async find(selector) {
    const found = await this.call("POST", "/element", { using: "css selector", value: selector });
    return found[ELEMENT];
  }

  /** The text of an element as it is laid out; null while there is no such element. */
  text(selector) {
    return this.run("return document.querySelector(arguments[0])?.innerText ?? null", selector);
  }

  /** Clicks with the pointer, as soon as the middle of the element is what a person would hit. */
  async click(selector) {
    const place = await until(`${selector} to be clickable`, () => this.run(MIDDLE, selector));
    const pointer = { type: "pointer", id: "mouse", parameters: { pointerType: "mouse" } };
    const [x, y] = place;
    const actions = [
      { type: "pointerMove", duration: 0, x, y },
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ];
    await this.call("POST", "/actions", { actions: [{ ...pointer, actions }] });
  }

  /** Types into a field, in place of what it held. */
  async type(selector, text) {
    const element = await until(selector, () => this.find(selector));
    // The driver scrolls the page, and not what scrolls inside it.
    await this.run("document.querySelector(arguments[0]).scrollIntoView({ block: 'nearest' })", selector);
    await this.call("POST", `/element/${element}/clear`, {});
    await this.call("POST", `/element/${element}/value`, { text });
  }

  /** Chooses the option of this value in a list. */
  async choose(selector, value) {
    await until(selector, () => this.count(`${selector} option[value="${value}"]`));
    await this.run(
      "const list = document.querySelector(arguments[0]); list.value = arguments[1]; list.dispatchEvent(new Event('change', { bubbles: true }))",
      selector,
      value,
    );
  }

  /** Presses keys one after the other: `"Tab"`, `"Control+o"`, `"a"`. */
  async press(...presses) {
    for (const press of presses) {
      const held = press.split(/\+(?=.)/).map((name) => KEYS[name] ?? name);
      const down = held.map((value) => ({ type: "keyDown", value }));
      const up = held.toReversed().map((value) => ({ type: "keyUp", value }));
      await this.call("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions: [...down, ...up] }] });
    }
  }

  /** Runs a script in the page; `arguments` are the words after it. */
  run(script, ...words) {
    return this.call("POST", "/execute/sync", { script, args: words });
  }

  /** Runs a function of ours in the page; it can see nothing but its arguments. */
  inPage(job, ...words) {
    return this.run(`return (${job})(...arguments)`, ...words);
  }

  /** The same for a script that calls back: its last argument is the function to call. */
  runLater(script, ...words) {
    return this.call("POST", "/execute/async", { script, args: words });
  }

  /** Goes into a frame: what follows is about its document. */
  async enterFrame(selector) {
    await this.call("POST", "/frame", { id: { [ELEMENT]: await this.find(selector) } });
  }

  leaveFrame() {
    return this.call("POST", "/frame/parent", {});
  }

  attribute(selector, name) {
    return this.run("return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? null", selector, name);
  }

  count(selector) {
    return this.run("return document.querySelectorAll(arguments[0]).length", selector);
  }

  /** A picture of the page, after two frames: the first may still be the one before. */
  async picture() {
    await this.runLater(
      "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 120)))",
    );
    return Buffer.from(await this.call("GET", "/screenshot"), "base64");
  }

  async close() {
    const children = descendants(this.driver.pid);
    try {
      await this.call("DELETE", "");
    } catch {
      // The program may be gone already; what is left of it is ended below.
    }
    // The next start would hand its files to one that is still closing: wait until it is gone.
    const end = Date.now() + 5000;
    while (children.some(alive) && Date.now() < end) await nap(20);
    for (const child of children.filter(alive)) process.kill(child, "SIGKILL");
    this.driver.kill();
    await nap(30);
  }
}

/** Every process that a process started, and those that these started. */
export function descendants(pid) {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(/\s+/).filter(Boolean);
    return children.map(Number).flatMap((child) => [child, ...descendants(child)]);
  } catch {
    return [];
  }
}

export function alive(pid) {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((done) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
