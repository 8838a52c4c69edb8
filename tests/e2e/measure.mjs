// What is measured in the page. Each function runs there by itself: it sees its arguments and the document.
import { readFileSync } from "node:fs";

const AXE = readFileSync("ui/node_modules/axe-core/axe.min.js", "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Waits until no colour is on its way to another: a page that has just come still fades in. */
const settled = (app) =>
  app.runLater(
    `const done = arguments[0];
     requestAnimationFrame(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => done()));`,
  );

/** What axe holds against the page, a line for each. */
export async function axeFaults(app) {
  await settled(app);
  await app.run(`if (!window.axe) { ${AXE} }`);
  return app.runLater(
    `const done = arguments[1];
     axe.run(document, { runOnly: arguments[0], resultTypes: ["violations"], iframes: false })
       .then((result) => done(result.violations.map((one) => one.id + ": " + one.nodes.map((node) => node.target.join(" ")).join(", "))),
             (error) => done([String(error)]))`,
    RULES,
  );
}

/** Text and icons whose colour stands out too little from what lies behind it, by the colours that were computed. */
export async function contrastFaults(app, ground = "rgb(255, 255, 255)") {
  await settled(app);
  return app.inPage(contrast, ground);
}

/** The colour on which a frame's page lies that paints no ground of its own. */
export const groundOf = (app, frame) =>
  app.inPage((selector) => {
    for (let at = document.querySelector(selector); at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/^rgba\(.*, 0\)$/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  }, frame);

/** Text that cannot be read to its end where it stands, and text that leaves its box. */
export const cutFaults = (app) => app.inPage(cuts);

/** Makes every word of ours one and a half times as long, as another language might. Words of the evidence stay. */
export const stretchWords = (app) => app.inPage(stretch);

/** Shows the page in a theme. */
export async function inTheme(app, theme) {
  await app.run("document.documentElement.dataset.theme = arguments[0]", theme);
  await settled(app);
}

/** Lets the rules for forced colours hold, though no colour is forced. */
export const withForcedRules = (app) =>
  app.inPage(() => {
    const turn = (rules) => {
      for (const rule of rules) {
        if (rule instanceof CSSMediaRule && rule.media.mediaText.includes("forced-colors")) rule.media.mediaText = "all";
        if (rule.cssRules) turn(rule.cssRules);
      }
    };
    for (const sheet of document.styleSheets) turn(sheet.cssRules);
  });

/** What can be scrolled sideways and should not: the page, its views, panes and dialogs. Wide tables and texts may. */
export const sidewaysFaults = (app) => app.inPage(sideways);

function contrast(ground) {
  const modal = [...document.querySelectorAll("dialog[open]")].at(-1);
  const faults = new Map();
  const walker = document.createTreeWalker(modal ?? document.body, NodeFilter.SHOW_ALL);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Text) judgeText(node);
    else if (node instanceof SVGSVGElement) judgeIcon(node);
    else if (node instanceof HTMLElement && node.matches("input, select, textarea")) judgeField(node);
  }
  return [...faults.values()];

  function judgeText(node) {
    const element = node.parentElement;
    if (!node.data.trim() || !isSeen(element) || isOff(element)) return;
    const style = getComputedStyle(element);
    const [size, weight] = [parseFloat(style.fontSize), Number(style.fontWeight)];
    const large = size >= 24 || (size >= 18.66 && weight >= 700);
    judge(element, style.color, large ? 3 : 4.5, node.data.trim().slice(0, 40));
  }

  function judgeIcon(icon) {
    // The programme's own sign is a picture of itself; a drawing of several colours is judged by its strokes.
    if (!isSeen(icon) || isOff(icon) || icon.querySelector('use[href="#app-icon"]')) return;
    if (icon.querySelector("use")) return judge(icon, getComputedStyle(icon).color, 3, "icon");
    for (const path of icon.querySelectorAll("path")) {
      const { stroke } = getComputedStyle(path);
      if (stroke.startsWith("rgb")) judge(icon, stroke, 3, `line ${path.classList[0]}`);
    }
  }

  function judgeField(field) {
    if (!isSeen(field) || isOff(field)) return;
    const style = getComputedStyle(field);
    if (field.type !== "radio" && field.type !== "checkbox") judge(field, style.borderTopColor, 3, "border", field.parentElement);
    if (field.value) judge(field, style.color, 4.5, "value");
    if (field.placeholder) judge(field, getComputedStyle(field, "::placeholder").color, 4.5, "placeholder");
  }

  function judge(element, colour, needed, what, behind = element) {
    // What is just being taken out of the page has no colour any more.
    if (colour === "") return;
    const ground = background(behind);
    const top = over(parse(colour), ground);
    const ratio = (Math.max(light(top), light(ground)) + 0.05) / (Math.min(light(top), light(ground)) + 0.05);
    if (ratio >= needed) return;
    const where = element.closest("[data-testid]")?.dataset.testid ?? "page";
    faults.set(`${where} ${what} ${colour}`, `${where}: ${what}: ${ratio.toFixed(2)} where ${needed} is needed`);
  }

  function isSeen(element) {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && element.checkVisibility({ visibilityProperty: true }) && !element.closest(".vh");
  }

  function isOff(element) {
    return element.closest(":disabled, [aria-disabled='true']") !== null;
  }

  /** The colour behind an element: its ancestors' grounds, laid over each other. */
  function background(element) {
    const grounds = [];
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor || "rgba(0, 0, 0, 0)");
      if (colour.alpha > 0) grounds.push(colour);
      if (colour.alpha === 1) break;
    }
    return grounds.reduceRight((below, above) => over(above, below), parse(ground));
  }

  function parse(text) {
    if (!/^rgba?\(/.test(text)) throw new Error(`a colour of another kind: "${text}"`);
    const [red, green, blue, alpha = 1] = text.match(/[\d.]+/g).map(Number);
    return { red, green, blue, alpha };
  }

  function over(above, below) {
    const mix = (part) => above[part] * above.alpha + below[part] * (1 - above.alpha);
    return { red: mix("red"), green: mix("green"), blue: mix("blue"), alpha: 1 };
  }

  function light({ red, green, blue }) {
    const [r, g, b] = [red, green, blue].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
}

function cuts() {
  // Cut on purpose, and offered in full elsewhere: by a title here or around it, or in the pane that the row opens.
  const INTENDED = ".clip, .ends .head, [role='grid'] td, [role='grid'] th, [data-testid='case-file']";
  const SLACK = 1.5;
  const modal = [...document.querySelectorAll("dialog[open]")].at(-1);
  const faults = new Set();
  const walker = document.createTreeWalker(modal ?? document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest(".vh, iframe, svg, option")) continue;
    judge(node, element);
  }
  for (const field of (modal ?? document).querySelectorAll("input[placeholder]")) judgePlaceholder(field);
  return [...faults];

  function judge(node, element) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
    if (boxes.length === 0) return;
    const left = Math.min(...boxes.map((box) => box.left));
    const right = Math.max(...boxes.map((box) => box.right));
    const top = Math.min(...boxes.map((box) => box.top));
    const bottom = Math.max(...boxes.map((box) => box.bottom));
    let [sideways, down] = [true, true];
    for (let at = element; at && at !== document.documentElement; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.display === "inline" || style.display === "contents") continue;
      const cut = [];
      const box = at.getBoundingClientRect();
      const clips = (way) => way === "hidden" || way === "clip";
      // The box that holds the text, and every box around it that hides what leaves it.
      const holds = at === element;
      if (sideways && (holds || clips(style.overflowX)) && (left < box.left - SLACK || right > box.right + SLACK)) cut.push("sideways");
      if (down && clips(style.overflowY) && (top < box.top - SLACK || bottom > box.bottom + SLACK)) cut.push("below");
      // What engines shorten themselves, they report as if it fitted.
      if (holds && style.textOverflow === "ellipsis" && at.scrollWidth > at.clientWidth + 1) cut.push("shortened");
      if (cut.length > 0) return say(node, at, cut);
      if (/auto|scroll/.test(style.overflowX)) sideways = false;
      if (/auto|scroll/.test(style.overflowY)) down = false;
      if (style.position === "fixed") return;
    }
  }

  function say(node, at, cut) {
    const words = node.data.trim();
    const intended = at.closest(INTENDED) ?? node.parentElement.closest(INTENDED);
    if (intended && offered(intended, words)) return;
    const where = at.closest("[data-testid]")?.dataset.testid ?? "page";
    faults.add(`${where} <${at.localName} class="${at.className}">: ${cut.join(" and ")}: ${words.slice(0, 60)}`);
  }

  function offered(element, words) {
    if (element.localName === "th") return true;
    const title = element.closest("[title]")?.title ?? "";
    return document.documentElement.dataset.stretched ? title !== "" : title.includes(words);
  }

  function judgePlaceholder(field) {
    const style = getComputedStyle(field);
    if (field.value || field.clientWidth === 0) return;
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${style.fontSize} ${style.fontFamily}`;
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (pen.measureText(field.placeholder).width > room + SLACK) faults.add(`${field.dataset.testid}: placeholder: ${field.placeholder}`);
  }
}

function sideways() {
  const MAY = "[data-testid$='-scroll'], pre, textarea, input, .frame";
  const scrolls = (element) =>
    element === document.scrollingElement || /auto|scroll/.test(getComputedStyle(element).overflowX);
  return [...document.querySelectorAll("html, body *")]
    .filter((element) => element.scrollWidth > element.clientWidth + 1 && !element.closest(MAY) && scrolls(element))
    .map((element) => `${element.dataset.testid ?? element.localName} by ${element.scrollWidth - element.clientWidth} px`);
}

function stretch() {
  // The evidence's own words and values, and the names of keys, are no words of ours.
  const NOT_OURS = "code, bdi, pre, kbd, dd, [translate='no'], .hash, [role='grid'] td, script, style, iframe, option";
  const longer = (word) => word + word.slice(0, Math.ceil(word.length / 2)).toLowerCase();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest(NOT_OURS)) continue;
    node.data = node.data.replace(/\p{L}[\p{L}’-]*/gu, longer);
  }
  for (const field of document.querySelectorAll("[placeholder]")) {
    field.placeholder = field.placeholder.replace(/\p{L}+/gu, longer);
  }
  document.documentElement.dataset.stretched = "true";
}
