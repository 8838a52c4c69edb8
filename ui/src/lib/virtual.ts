// Where the rows of a very long table lie. Pure sums over row numbers; all lengths in px.

/** Engines stop laying out somewhere above this; a longer table gets a shorter, proportional scroll bar. */
export const MAX_HEIGHT = 10_000_000;
/** Rows kept ready above and below what is seen. */
export const OVERSCAN = 12;
/** At most this many rows are in the document at a time. */
export const MAX_ROWS = 100;

/** The stretch of rows to show, and how far down the first of them lies. */
export type Stretch = { first: number; count: number; top: number };

/** How tall the scrolled area is. */
export function height(total: number, row: number): number {
  return Math.min(total * row, MAX_HEIGHT);
}

/** How many px of rows one px of the scroll bar stands for: 1 unless the table is too long. */
export function ratio(total: number, row: number, viewport: number): number {
  const travel = height(total, row) - viewport;
  return travel > 0 ? Math.max(1, (total * row - viewport) / travel) : 1;
}

/** The rows to show when the scroll bar stands at `scrollTop`. */
export function stretch(scrollTop: number, viewport: number, total: number, row: number): Stretch {
  const scale = ratio(total, row, viewport);
  const position = Math.max(0, Math.min(scrollTop * scale, total * row - viewport));
  const seen = Math.floor(position / row);
  const visible = Math.ceil(viewport / row) + 1;
  const spare = Math.max(0, Math.min(OVERSCAN, Math.floor((MAX_ROWS - visible) / 2)));
  const first = Math.max(0, seen - spare);
  const count = Math.max(0, Math.min(total - first, MAX_ROWS, visible + (seen - first) + spare));
  return { first, count, top: scrollTop - (position - first * row) };
}

/** Where the scroll bar must stand so that row `index` is seen; the place it has if it is seen already. */
export function scrollTo(index: number, scrollTop: number, viewport: number, total: number, row: number): number {
  const scale = ratio(total, row, viewport);
  const position = scrollTop * scale;
  const top = index * row;
  if (top < position) return top / scale;
  if (top + row > position + viewport) return (top + row - viewport) / scale;
  return scrollTop;
}

/** The row that a key leads to from row `at`; nothing for other keys. */
export function rowAfterKey(key: string, at: number, total: number, page: number): number | undefined {
  const last = total - 1;
  const steps: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: last,
  };
  const wanted = steps[key];
  return wanted === undefined ? undefined : Math.max(0, Math.min(last, wanted));
}
