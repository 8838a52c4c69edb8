import type { TickView } from '../bindings/TickView';

// Where things lie on a ribbon, and what keys do there. Pure sums over places; lengths in px.

/** The width of a ribbon in the parts in which the back end gives places. */
export const UNITS = 100_000;
/** Px that two marks need to be told apart. */
export const FINEST = 3;
/** No mark that needs a look is drawn narrower than this. */
export const NARROWEST = 5;

/** How many places a ribbon of this width has. */
export function columns(width: number): number {
  return Math.max(1, Math.min(400, Math.floor(width / FINEST)));
}

/** A text and where its middle stands; the line to its mark starts at `mark`. */
export type Placed = { label: string; x: number; mark: number };

/** The texts that fit on one line, in the order in which they are given: what comes first has the first choice. */
export function fitting(texts: TickView[], width: number, letter: number): Placed[] {
  const placed: (Placed & { half: number })[] = [];
  for (const { at, label } of texts) {
    const half = (label.length * letter) / 2;
    const mark = (at * width) / UNITS;
    const x = Math.max(half, Math.min(width - half, mark));
    if (placed.every((other) => Math.abs(other.x - x) > other.half + half + letter)) placed.push({ label, x, mark, half });
  }
  return placed;
}

/** A stretch drawn at least as wide as can be seen, about its middle. */
export function widened(left: number, width: number): { x: number; w: number } {
  const w = Math.max(width, NARROWEST);
  return { x: left + (width - w) / 2, w };
}

/** What a key does on a ribbon. */
export type RibbonAction = 'next' | 'previous' | 'first' | 'last' | 'on' | 'back' | 'nearer' | 'farther' | 'all' | 'open';

const KEYS: Record<string, RibbonAction> = {
  ArrowRight: 'next',
  ArrowLeft: 'previous',
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
  PageDown: 'on',
  PageUp: 'back',
  '+': 'nearer',
  '=': 'nearer',
  '-': 'farther',
  '0': 'all',
  Enter: 'open',
  ' ': 'open',
};

/** The action of a key press; nothing where the press belongs to somebody else. */
export function actionOf(press: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): RibbonAction | undefined {
  return press.ctrlKey || press.metaKey || press.altKey ? undefined : KEYS[press.key];
}
