// F6 moves between the parts of the window, in the order in which they are read.

/** The parts, in order; each stands once in the document or not at all. */
export const REGIONS = ['header', 'rail', 'main', 'pane', 'footer'] as const;

const FOCUSABLE =
  'a[href], button:not([disabled]):not([tabindex="-1"]), input:not([disabled]), select, textarea, [tabindex="0"]';

/** The parts that are there, in order. */
export function regions(root: ParentNode): HTMLElement[] {
  return REGIONS.flatMap((name) => [...root.querySelectorAll<HTMLElement>(`[data-region="${name}"]`)]);
}

/** The part after (or before) the one that holds `active`, round about. */
export function neighbour(root: ParentNode, active: Element | null, backwards: boolean): HTMLElement | undefined {
  const all = regions(root);
  const at = all.findIndex((region) => region.contains(active));
  if (at < 0) return backwards ? all.at(-1) : all[0];
  return all.at((at + (backwards ? -1 : 1)) % all.length);
}

/** Puts the focus where work goes on in this part: its current or first control, else the part itself. */
export function enter(region: HTMLElement): void {
  const current = region.querySelector<HTMLElement>('[aria-current="page"], [role="grid"]');
  const target = current ?? region.querySelector<HTMLElement>(FOCUSABLE) ?? region;
  // After a click, WebKit shows no ring for a focus that a script moves, unless it is told to.
  target.focus({ focusVisible: true });
}
