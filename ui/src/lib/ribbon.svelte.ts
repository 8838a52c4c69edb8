import type { MarkView } from '../bindings/MarkView';
import type { RibbonStep } from '../bindings/RibbonStep';
import type { RibbonView } from '../bindings/RibbonView';
import type { StateView } from '../bindings/StateView';
import { Answer } from './answer.svelte';
import { ipc } from './ipc';
import type { RibbonAction } from './ribbon';

/** The ribbon of one sequence: the window that is shown, and the mark at hand. */
export class Ribbon {
  /** All of the sequence, for the strip above. */
  whole = new Answer<RibbonView>();
  /** The window. */
  shown = new Answer<RibbonView>();
  /** Place of the mark at hand; -1 for none. */
  active = $state(-1);
  #token: number;
  #sequence: number;
  #columns = 0;
  #request = 0;
  #onrecord: (record: number) => void;

  constructor(token: number, sequence: number, onrecord: (record: number) => void) {
    this.#token = token;
    this.#sequence = sequence;
    this.#onrecord = onrecord;
  }

  get view(): RibbonView | undefined {
    return this.shown.value;
  }

  /** The mark at hand. */
  get mark(): MarkView | undefined {
    return this.view?.marks[this.active];
  }

  /** Asks anew for a width that holds so many places. */
  async fit(columns: number): Promise<void> {
    if (columns === this.#columns) return;
    this.#columns = columns;
    void this.whole.ask(this.#ask('', '', 'all', 500));
    await this.step('stay');
  }

  /** Moves the window. `at` is a place in thousandths of the width: what stays where it is. */
  async step(step: RibbonStep, at = 500, keep: Kept | undefined = this.mark): Promise<void> {
    await this.#show(this.view?.first ?? '', this.view?.last ?? '', step, at, keep);
  }

  /** Zooms about the mark at hand, else about the middle. */
  zoom(step: 'nearer' | 'farther'): Promise<void> {
    const mark = this.mark;
    return this.step(step, mark ? Math.round((mark.left + mark.width / 2) / 100) : 500);
  }

  /** Shows these numbers among their neighbours, with the first of them at hand that is in this state. */
  around(kept: Kept): Promise<void> {
    return this.#show(kept.first, kept.last, 'around', 500, kept);
  }

  /** Opens what the mark at hand stands for: its record, or its numbers from nearer by. */
  async open(): Promise<void> {
    const mark = this.mark;
    if (!mark || mark.first === '') return;
    if (!mark.single) return this.around(mark);
    const record = await ipc.seat(this.#token, this.#sequence, mark.first);
    if (record !== null) this.#onrecord(record);
  }

  async act(action: RibbonAction): Promise<void> {
    switch (action) {
      case 'next':
        return this.#move(1);
      case 'previous':
        return this.#move(-1);
      case 'first':
        return this.#end(0);
      case 'last':
        return this.#end(1000);
      case 'on':
      case 'back':
        return this.step(action);
      case 'nearer':
      case 'farther':
        return this.zoom(action);
      case 'all':
        return this.step('all');
      case 'open':
        return this.open();
    }
  }

  /** To the mark beside; past the end of the window it moves on. */
  async #move(by: 1 | -1): Promise<void> {
    const view = this.view;
    if (!view) return;
    const next = Math.max(0, this.active) + (this.active < 0 ? 0 : by);
    if (next >= 0 && next < view.marks.length) {
      this.active = next;
      return;
    }
    const beyond = String(by > 0 ? BigInt(view.last) + 1n : BigInt(view.first) - 1n);
    if (!view.whole) await this.step(by > 0 ? 'on' : 'back', 500, { first: beyond, last: beyond });
  }

  async #end(at: 0 | 1000): Promise<void> {
    if (this.view?.whole === false) await this.step('centre', at);
    this.active = at === 0 ? 0 : (this.view?.marks.length ?? 0) - 1;
  }

  async #show(first: string, last: string, step: RibbonStep, at: number, keep: Kept | undefined): Promise<void> {
    const view = await this.shown.ask(this.#ask(first, last, step, at));
    if (view) this.active = keep?.first ? placeOf(keep, view.marks) : -1;
  }

  #ask(first: string, last: string, step: RibbonStep, at: number): Promise<RibbonView> {
    const request = ++this.#request;
    return ipc.ribbon(this.#token, { request, sequence: this.#sequence, first, last, step, at, columns: this.#columns });
  }
}

/** What stays at hand when the window changes: the first place in this state among these numbers. */
type Kept = { first: string; last: string; state?: StateView };

/** Numbers may be larger than the page can count. */
function placeOf(kept: Kept, marks: MarkView[]): number {
  const [first, last] = [BigInt(kept.first), BigInt(kept.last)];
  const holds = (mark: MarkView) => mark.first !== '' && BigInt(mark.last) >= first && BigInt(mark.first) <= last;
  const same = marks.findIndex((mark) => mark.state === kept.state && holds(mark));
  const some = same >= 0 ? same : marks.findIndex(holds);
  if (some >= 0) return some;
  return marks.findIndex((mark) => mark.first !== '' && BigInt(mark.first) > first) >= 0 ? 0 : marks.length - 1;
}
