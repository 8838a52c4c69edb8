// Every view, dialog and state of the window, and how a person comes there from the start page.
import { resolve } from "node:path";
import { setTimeout as nap } from "node:timers/promises";

import { PROGRAM, afresh, exportIn, id, logIn, sampleIn, verdict } from "./app.mjs";
import { startAgain } from "./desktop.mjs";
import { expandingIn, halfZipIn, largePackIn, notEvidenceIn, strangePackIn } from "./packs.mjs";
import { until } from "./webdriver.mjs";

/**
 * A screen: the pack it begins with (`sample`: a built-in one, `packs`: made for it), what is done there, and what must be
 * there in the end. A step clicks a test id (`record#3`: the fourth of its kind), types (`record-search=zzz`), chooses in a
 * list (`decision-value~rejected`), presses a key (`key:?`) or waits (`!note`); after a `?` it is taken where its control is.
 */
export const SCREENS = {
  "start": { shows: "start-facts" },
  "glossary": { steps: ["open-glossary"], shows: "term" },
  "shortcuts": { steps: ["key:?"], shows: "shortcuts-dialog" },
  "key-book": { steps: ["open-key-book"], shows: "key-book-empty" },
  "list": { packs: "several", shows: "pack" },
  "verified": { sample: "verified", shows: "shows" },
  "failed": { sample: "failed", shows: "points" },
  "undecided": { sample: "undecided", shows: "shows" },
  "not-evidence": { packs: "notEvidence", shows: "files-peek" },
  "error": { packs: "half", shows: "open-another" },
  "checks": { sample: "failed", steps: ["rail-checks"], shows: "check" },
  "checks-filtered": { sample: "failed", steps: ["rail-checks", "filter-undetermined"], shows: "view-checks" },
  "check-failed": { sample: "failed", steps: ["next-step"], shows: "comparison" },
  "check-passed": { sample: "verified", steps: ["rail-checks", "check-toggle"], shows: "what-found" },
  "records": { sample: "failed", steps: ["rail-records"], shows: "record" },
  "record": { sample: "failed", steps: ["rail-records", "record#1"], shows: "cover-covered" },
  "record-sealed": { sample: "verified", steps: ["rail-records", "record#1", "tab-sealed"], shows: "record-sealed" },
  "record-raw": { sample: "failed", steps: ["rail-records", "record#1", "tab-raw"], shows: "source" },
  "records-none": { sample: "failed", steps: ["rail-records", "record-search=zzzz"], shows: "no-records" },
  "records-many": { packs: "large", steps: ["rail-records"], shows: "record" },
  "go-to-record": { sample: "failed", steps: ["rail-records", "go-to-number"], shows: "go-to-input" },
  "timeline": { packs: "statement", steps: ["rail-timeline"], shows: "event-bars" },
  "timeline-near": { packs: "statement", steps: ["rail-timeline", "run#1"], shows: "ribbon-open" },
  "timeline-numbers": { packs: "statement", steps: ["rail-timeline", "events-table"], shows: "event-table" },
  "timeline-organisations": { packs: "organisations", steps: ["rail-timeline"], shows: "sequence" },
  "notes": { sample: "failed", steps: ["open-notes"], shows: "note-form" },
  "notes-name-missing": { sample: "failed", steps: ["open-notes", "note-text=Asked for the original.", "note-save"], shows: "note-name" },
  "notes-written": { sample: "failed", steps: writing("Name differs from our February copy. Asked for the original."), shows: "note" },
  "notes-record": { sample: "failed", steps: ["rail-records", "record#1", ...writing("Not as the node signed it.")], shows: "note-part" },
  "notes-decided": { sample: "failed", steps: ["rail-records", "record#1", ...writing("Seen."), ...deciding(), "decide-save"], shows: "decision" },
  "notes-all": { sample: "failed", steps: [...writing("Seen."), "tab-all"], shows: "note-about" },
  "notes-history": { sample: "failed", steps: [...writing("Seen."), "tab-history"], shows: "history-entry" },
  "notes-check": { sample: "failed", steps: ["next-step", "note-check"], shows: "note-form" },
  "decide-shown": { sample: "failed", steps: ["rail-records", "decide-shown", ...deciding().slice(1)], shows: "decide-shown-save" },
  "keys": { sample: "verified", steps: ["rail-keys"], shows: "key-card" },
  "keys-undecided": { sample: "undecided", steps: ["rail-keys"], shows: "confirm-key" },
  "keys-none": { packs: "notEvidence", steps: ["rail-keys"], shows: "no-keys" },
  "confirm-1": { sample: "undecided", steps: ["rail-keys", "confirm-key"], shows: "proposal-fingerprint" },
  "confirm-2": { sample: "undecided", steps: ["rail-keys", "confirm-key", "confirm-next"], shows: "confirm-way" },
  "confirm-3": { sample: "undecided", steps: [...toLastStep(), "confirm-last=0000000"], shows: "confirm-last" },
  "confirm-refused": { sample: "undecided", steps: [...toLastStep(), "confirm-last=00000000", "confirm-next"], shows: "trouble" },
  "manifest": { sample: "failed", steps: ["rail-manifest"], shows: "manifest-row" },
  "manifest-none": { packs: "notEvidence", steps: ["rail-manifest"], shows: "no-manifest" },
  "files": { sample: "failed", steps: ["rail-files"], shows: "file" },
  "files-none": { sample: "failed", steps: ["rail-files", "file-search=zzzz"], shows: "no-files" },
  "file-text": { sample: "failed", steps: ["rail-files", "file#2"], shows: "source" },
  "file-page": { sample: "failed", steps: ["rail-files", "file#1"], shows: "sender-frame" },
  "my-review": { sample: "failed", steps: ["rail-myReview"], shows: "save-conclusion" },
  "my-review-stated": { sample: "failed", steps: [...stating(), "go-exceptions", "edit-exception"], shows: "exception-form" },
  "my-review-sample": { sample: "failed", steps: [...named(), "sample-seed=2026-Q3", "draw-sample"], shows: "sample-row" },
  "my-review-sign": { sample: "failed", steps: [...concluding(), "sign-preparer", "sign-title=Auditor", "sign-with-key", "new-key"], shows: "new-passphrase" },
  "my-review-signed": { sample: "failed", steps: [...concluding(), "sign-preparer", "sign-title=Auditor", "sign-agree", "sign-submit"], shows: "reopen" },
  "handed-note": { packs: "note", until: "note-verdict", shows: "note-check" },
  "export": { sample: "failed", steps: ["open-export"], shows: "export-profile-full" },
  "hand-over": { sample: "failed", steps: ["rail-records", "save-records"], shows: "hand-over-size" },
  "compare": { sample: "failed", steps: ["next-step", "compare-value", "compare-given=SHA256:3d2255bf 75e4c345"], shows: "compare-result" },
  "work": { sample: "failed", steps: ["next-step", "show-work"], shows: "work-step" },
  "palette": { sample: "failed", steps: ["key:Control+k"], shows: "command-glossary" },
  "long-names": { packs: "long", shows: "points" },
  "long-names-records": { packs: "long", steps: ["rail-records", "record#1"], shows: "record-fields" },
  "long-names-keys": { packs: "long", steps: ["rail-keys"], shows: "key-card" },
  "long-names-files": { packs: "long", steps: ["rail-files", "file#4"], shows: "source" },
  "right-to-left": { packs: "rightToLeft", shows: "points" },
  "right-to-left-records": { packs: "rightToLeft", steps: ["rail-records", "record#1"], shows: "record-fields" },
  "right-to-left-manifest": { packs: "rightToLeft", steps: ["rail-manifest"], shows: "manifest-row" },
  "right-to-left-files": { packs: "rightToLeft", steps: ["rail-files", "file#4"], shows: "source" },
  "log": { packs: "log", shows: "scope-question" },
  "log-scope": { packs: "log", steps: ["change-scope"], shows: "scope-submit" },
  "log-records": { packs: "log", steps: ["rail-records"], shows: "record" },
  "log-values": { packs: "log", steps: ["rail-records", "pick-action"], shows: "value" },
  "log-filtered": { packs: "log", steps: ["rail-records", "pick-action", "value", "record"], shows: "record-fields" },
  "log-go-to": { packs: "log", steps: ["rail-records", "go-to-number", "go-to-input=5"], shows: "go-to-row" },
  "log-record": { packs: "escaped", steps: ["rail-records", "record", "other-tools-title"], shows: "other-tools" },
  "log-keys": { packs: "log", steps: ["rail-keys"], shows: "public-key" },
  "log-checks": { packs: "log", steps: ["rail-checks"], shows: "check" },
  "log-statement": { packs: "statement", steps: ["rail-manifest"], shows: "statement-row" },
  "export-said": { packs: "events", shows: "content" },
  "export-unconfirmed": { packs: "labels", shows: "signed-export" },
  "export-records": { packs: "scopes", steps: ["rail-records"], shows: "record" },
  "export-record": { packs: "events", steps: ["rail-records", "record#1"], shows: "cover-notCovered" },
  "export-checks": { packs: "events", steps: ["rail-checks"], shows: "step" },
  "export-chain": { packs: "incident", steps: ["rail-timeline"], shows: "anchor" },
  "export-chain-broken": { packs: "brokenChain", steps: ["rail-timeline"], shows: "sum" },
  "export-checkpoint": { packs: "incident", shows: "checkpoint" },
  "export-bundle": { packs: "bundle", shows: "content" },
  "limit-met": { packs: "expanding", shows: "raise-limits" },
  "checking": { packs: "large", until: "checking", shows: "records-done" },
  "cancelled": { packs: "large", until: "checking", steps: ["cancel"], shows: "unfinished" },
};

/** Opens the notes and writes one, with a name once it is asked for. */
function writing(text) {
  return ["open-notes", "?note-name=J. Lindqvist", `note-text=${text}`, "note-tags=follow up", "note-save", "!note"];
}

/** Opens the page of the review, with a name once it is asked for. */
function named() {
  return ["rail-myReview", "?note-name=J. Lindqvist"];
}

function stating() {
  return [...named(), "choose-checklist", "!question", "answer-no", "!answer-remark", "propose-exceptions", "!exception"];
}

function concluding() {
  return [...named(), "conclusion-text=Record 2 is not used.", "save-conclusion", '!saved-conclusion"][data-state="saved'];
}

function deciding() {
  return ["decide", "decision-value~moreEvidence", "decision-reason=The original was asked for."];
}

function toLastStep() {
  return ["rail-keys", "confirm-key", "confirm-next", "confirm-issuer=Node", "confirm-by=R", "confirm-detail=Ms Berg", "confirm-next"];
}

/** The packs that screens begin with, made in a folder. */
export function packsIn(folder) {
  return {
    several: [sampleIn(folder, "verified"), sampleIn(folder, "failed"), halfZipIn(folder, "cut.zip")],
    notEvidence: [notEvidenceIn(folder)],
    half: [halfZipIn(folder)],
    expanding: [expandingIn(folder)],
    long: [strangePackIn(folder, "long")],
    rightToLeft: [strangePackIn(folder, "rightToLeft")],
    log: [logIn(folder, "hole_scope_not_stated")],
    escaped: [logIn(folder, "marks_that_others_escape")],
    statement: [logIn(folder, "hole_that_the_statement_denies")],
    events: [exportIn(folder, "events_as_lines")],
    labels: [exportIn(folder, "chain_problem_admitted")],
    scopes: [exportIn(folder, "events_of_two_scopes")],
    incident: [exportIn(folder, "incident")],
    brokenChain: [exportIn(folder, "row_left_out")],
    bundle: [exportIn(folder, "closure")],
    note: [resolve("tests/fixtures/notes/failed.zip.review.json")],
    large: [largePackIn(folder).pack],
    organisations: [logIn(folder, "two_organisations_hole_in_one")],
  };
}

/** Goes to a screen, from wherever the window is. */
export async function go(app, name, packs) {
  const screen = SCREENS[name];
  await afresh(app);
  if (screen.sample) {
    await app.click(id(`sample-${screen.sample}`));
    await verdict(app);
  } else if (screen.packs) {
    await arrive(app, packs[screen.packs], screen);
  }
  for (const step of screen.steps ?? []) await take(app, step);
  await until(`${screen.shows} on the screen ${name}`, () => app.count(id(screen.shows)));
  await still(app);
}

/** Hands packs to the window by a second start, and waits for their verdicts. */
async function arrive(app, paths, screen) {
  const again = startAgain(PROGRAM, paths);
  if (again.status !== 0) throw new Error(again.stderr);
  if (screen.until) await until(screen.until, () => app.count(id(screen.until)));
  else if (paths.length === 1) await until("the verdict", () => app.count(id("verdict")), 60000);
  else await until("every pack", async () => (await app.count(`${id("pack")}[data-state="done"]`)) === paths.length);
}

async function take(app, step) {
  if (step.startsWith("!")) return until(step, () => app.count(id(step.slice(1))));
  if (step.startsWith("?")) return (await app.count(id(step.slice(1).split("=")[0]))) && take(app, step.slice(1));
  const [, list, value] = step.match(/^([^=~]+)~(.*)$/) ?? [];
  if (list) return app.choose(id(list), value);
  if (step.startsWith("key:")) return app.press(step.slice(4));
  const [, name, text] = step.match(/^([^=]+)=(.*)$/) ?? [];
  if (name) return app.type(id(name), text);
  const [one, place = 0] = step.split("#");
  if (!place) return app.click(id(one));
  await app.click(`${id(one)}:nth-child(${Number(place) + 1})`);
}

/** Waits until the page has not changed for a while. */
async function still(app) {
  let before;
  await until("the page to come to rest", async () => {
    const now = await app.run("return document.body.innerHTML.replace(/data-testid=.(progress|elapsed|records-done).*?</g, '').length");
    const same = now === before;
    before = now;
    if (!same) await nap(60);
    return same;
  });
}
