// Without the driver, the kernel's own guard is on: every internet socket that any of the program's processes asks for is
// refused.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { setTimeout as nap } from "node:timers/promises";

import { PROGRAM, sampleIn, withFolder } from "./app.mjs";
import { x } from "./desktop.mjs";
import { alive, descendants } from "./webdriver.mjs";

/** Starts the program under strace, lets it show a pack for a while, and returns its lines about sockets. */
async function socketCalls(folder, environment = {}) {
  const log = join(folder, "calls");
  const words = ["-f", "-qq", "-e", "trace=socket,connect", "-o", log, PROGRAM, sampleIn(folder, "failed")];
  const traced = spawn("strace", words, { stdio: "inherit", env: { ...process.env, ...environment } });
  try {
    x("search", "--sync", "--onlyvisible", "--name", "^Sealcheck");
    await nap(4000);
  } finally {
    const started = descendants(traced.pid);
    for (const process_ of started.filter(alive)) process.kill(process_, "SIGTERM");
    await new Promise((gone) => traced.once("exit", gone));
  }
  return readFileSync(log, "utf8").split("\n");
}

test(
  "no process of the program gets an internet socket",
  withFolder(async (folder) => {
    const calls = await socketCalls(folder);
    assert.ok(calls.some((call) => call.includes("AF_UNIX")), "strace saw the display being reached");
    const internet = calls.filter((call) => /socket\(AF_INET6?,/.test(call));
    assert.deepEqual(internet.filter((call) => !call.includes("EACCES")), []);
    assert.deepEqual(calls.filter((call) => /connect\(.*AF_INET/.test(call)), []);
  }),
);
