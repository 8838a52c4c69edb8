/** Text sizes, in percent. */
export const ZOOMS = [80, 90, 100, 110, 125, 150, 175, 200] as const;

/** How the page looks; kept on this computer, part of no evidence. */
export type Theme = 'system' | 'light' | 'dark';

/** The reader's own settings of the page. */
class Settings {
  zoom = $state(100);
  theme = $state<Theme>('system');

  constructor() {
    const zoom = Number(localStorage.getItem('zoom'));
    if (ZOOMS.some((step) => step === zoom)) this.zoom = zoom;
    const theme = localStorage.getItem('theme');
    if (theme === 'light' || theme === 'dark') this.theme = theme;
  }

  /** The height of a table row, in whole px, as engines lay tables out. */
  get row(): number {
    return Math.round((28 * this.zoom) / 100);
  }

  /** The next larger or smaller text size. */
  zoomBy(steps: 1 | -1): void {
    const at = ZOOMS.findIndex((step) => step === this.zoom);
    this.zoom = ZOOMS[Math.max(0, Math.min(ZOOMS.length - 1, at + steps))] ?? 100;
  }

  /** Puts the settings on the page and keeps them. */
  apply(root: HTMLElement): void {
    root.style.fontSize = `${this.zoom}%`;
    remeasure(document.getElementById('app'));
    if (this.theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = this.theme;
    localStorage.setItem('zoom', String(this.zoom));
    localStorage.setItem('theme', this.theme);
  }
}

/** Chromium judges container queries in rem anew only when the container itself changes, so it is made to. */
function remeasure(container: HTMLElement | null): void {
  if (!container) return;
  container.style.width = 'calc(100% - 1px)';
  void container.offsetWidth;
  container.style.width = '';
}

export const settings = new Settings();
