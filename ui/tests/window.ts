import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach } from 'vitest';
import { install, type Wishes } from '../mock/backend';
import { session } from '../src/lib/session.svelte';
import App from '../src/App.svelte';

let app: ReturnType<typeof mount> | undefined;

/** Opens the whole window on the mock back end before each test. */
export function withWindow(wishes: Wishes = {}): void {
  beforeEach(async () => {
    install(wishes);
    document.body.innerHTML = '<div id="app"></div>';
    document.documentElement.lang = 'en';
    document.title = 'Sealcheck';
    Object.assign(session, { screen: 'start', reviews: [], current: undefined, notes: [], note: undefined, dialog: undefined, drag: undefined, trouble: undefined, copied: '', finding: false });
    app = mount(App, { target: document.getElementById('app') as HTMLElement });
    await settle();
  });
  afterEach(async () => {
    if (app) await unmount(app);
    app = undefined;
  });
}

/** Lets the page answer. */
export async function settle(milliseconds = 0): Promise<void> {
  for (let round = 0; round < 5; round++) {
    await new Promise((resolve) => setTimeout(resolve, milliseconds / 5));
    flushSync();
  }
}

/** All elements with this test id. */
export function all(testid: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`[data-testid="${testid}"]`)];
}

/** The element with this test id. */
export function one(testid: string, place = 0): HTMLElement {
  const found = all(testid)[place];
  if (!found) throw new Error(`no ${testid} (${place}) in: ${document.body.textContent}`);
  return found;
}

export async function click(testid: string, place = 0): Promise<void> {
  one(testid, place).click();
  await settle();
}

export async function type(testid: string, text: string): Promise<void> {
  const field = one(testid) as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await settle(150);
}

export async function key(name: string, more: KeyboardEventInit = {}, target: Element = document.activeElement ?? document.body): Promise<void> {
  target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more }));
  await settle();
}
