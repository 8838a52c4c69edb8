// What a person does outside the page: dialogs, dragging, a second start of the program.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { setTimeout as nap } from "node:timers/promises";

/** Runs xdotool and returns what it printed. */
export function x(...words) {
  const result = spawnSync("xdotool", words, { encoding: "utf8", timeout: 20000 });
  if (result.status !== 0) throw new Error(`xdotool ${words.join(" ")}: ${result.stderr || result.error || result.status}`);
  return result.stdout.trim();
}

/** Waits for a window by its title and gives it the keyboard. */
export async function focus(title) {
  const [window] = x("search", "--sync", "--onlyvisible", "--name", `^${title}`).split("\n");
  x("windowactivate", "--sync", window);
  await nap(300);
  return window;
}

/** Answers a native open dialog with a path. */
export async function answerOpenDialog(title, path) {
  await focus(title);
  x("key", "--clearmodifiers", "ctrl+l");
  await nap(300);
  x("key", "--clearmodifiers", "ctrl+a");
  x("type", "--delay", "12", path);
  await nap(400);
  // The dialog completes what is typed, here by the name of something inside a folder: that end is marked, and goes.
  x("key", "Delete");
  x("key", "Return");
}

/** Answers a native save dialog with a path: its name field has the keyboard when it opens. */
export async function answerSaveDialog(title, path) {
  await focus(title);
  x("key", "--clearmodifiers", "ctrl+a");
  x("type", "--delay", "12", path);
  await nap(300);
  x("key", "Return");
}

/** Closes a native dialog without an answer. */
export async function cancelDialog(title) {
  await focus(title);
  x("key", "Escape");
}

/** Drags files from another program over the window; `release` drops them there, else they leave again. */
export async function drag(paths, { release = true, over } = {}) {
  const source = spawn("/usr/bin/python3", ["tests/e2e/dragsource.py", ...paths], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await Promise.race([once(source.stdout, "data"), once(source, "exit").then(() => fail("the drag source ended"))]);
    await nap(150);
    move(1150, 100);
    await nap(60);
    x("mousedown", "1");
    await nap(120);
    for (let step = 1; step <= 12; step++) {
      move(1150 - step * 55, 100 + step * 22);
      await nap(25);
    }
    await nap(200);
    if (over) await over();
    if (!release) {
      for (let step = 12; step >= 0; step--) {
        move(1150 - step * 55, 100 + step * 22);
        await nap(25);
      }
    }
    x("mouseup", "1");
    await nap(150);
  } finally {
    source.kill();
  }
}

function fail(message) {
  throw new Error(message);
}

function move(left, top) {
  x("mousemove", String(left), String(top));
}

/** Starts the program again on the same desktop, and waits for it to leave. */
export function startAgain(program, words, directory) {
  return spawnSync(program, words, { cwd: directory, encoding: "utf8", timeout: 30000 });
}

/** What lies on the desktop's clipboard, as another program gets it. */
export function clipboard() {
  const result = spawnSync("/usr/bin/python3", ["tests/e2e/clipboard.py"], { encoding: "utf8", timeout: 10000 });
  if (result.status !== 0) throw new Error(`the clipboard could not be read: ${result.stderr}`);
  return result.stdout;
}
