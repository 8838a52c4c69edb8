import type { RecordQuery } from '../bindings/RecordQuery';
import type { RecordRow } from '../bindings/RecordRow';
import type { RecordsView } from '../bindings/RecordsView';
import type { ValueRow } from '../bindings/ValueRow';
import type { VerdictView } from '../bindings/VerdictView';
import { Answer } from './answer.svelte';
import { asCommandError, ipc } from './ipc';
import { Rows } from './rows.svelte';

/** How long the reader must pause before a search is asked: enough to type on, too short to be waited for. */
const PAUSE = 40;

/** The records of one pack as the reader filters and sorts them, and the one that is open. */
export class RecordList {
  view = new Answer<RecordsView>();
  rows: Rows<RecordRow>;
  search = $state('');
  verdict = $state<VerdictView | undefined>();
  /** The value that each filtered column must have. */
  chosen = $state.raw<Record<string, ValueRow>>({});
  sort = $state('');
  descending = $state(false);
  /** Place of the row at hand, from 0; -1 for none. */
  active = $state(-1);
  /** The record in the pane, by its number. */
  opened = $state<number | undefined>();
  #token: number;
  #ask: () => Promise<RecordsView>;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(token: number, ask: () => Promise<RecordsView>) {
    this.#token = token;
    this.#ask = ask;
    this.rows = new Rows((start, count, request) => ipc.recordPage(token, this.#query(start, count, request)));
  }

  /** Whether some records are hidden. */
  get filtered(): boolean {
    return this.search !== '' || this.verdict !== undefined || Object.keys(this.chosen).length > 0;
  }

  /** Loads the table, filtered by these values, and, if wanted, goes to a record. */
  async load(record?: number, chosen: Record<string, ValueRow> = {}): Promise<void> {
    this.chosen = chosen;
    const view = await this.view.ask(this.#ask());
    if (!view) return;
    this.sort = view.sort;
    await this.rows.restart();
    if (record !== undefined) await this.goTo(record);
  }

  /** Searches once the reader pauses. */
  searchFor(words: string): void {
    this.search = words;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#restart(), PAUSE);
  }

  showOnly(verdict: VerdictView | undefined): void {
    this.verdict = verdict;
    this.#restart();
  }

  /** Keeps only the records with this value in a column; without one the column filters nothing. */
  choose(column: string, value: ValueRow | undefined): void {
    const { [column]: _, ...others } = this.chosen;
    this.chosen = value ? { ...others, [column]: value } : others;
    this.#restart();
  }

  clear(): void {
    this.#showAll();
    this.#restart();
  }

  #showAll(): void {
    this.search = '';
    this.verdict = undefined;
    this.chosen = {};
  }

  /** Sorts by this column; a second time the other way round. */
  sortBy(column: string): void {
    this.descending = this.sort === column && !this.descending;
    this.sort = column;
    this.#restart();
  }

  /** Moves to a row; when a record is open, the pane follows. */
  async activate(index: number): Promise<void> {
    this.active = index;
    if (this.opened === undefined) return;
    const record = this.rows.at(index)?.record ?? (await this.#recordAt(index));
    if (record !== undefined && this.active === index) this.opened = record;
  }

  open(record: number, index: number): void {
    this.active = index;
    this.opened = record;
  }

  /** The previous or next record in the order of the table. */
  async step(step: 1 | -1): Promise<void> {
    await this.activate(Math.max(0, Math.min(this.rows.matching - 1, this.active + step)));
  }

  /** Opens a record by its place in the report; filters that hide it give way. */
  async goTo(record: number): Promise<void> {
    this.opened = record;
    let place = await this.#placeOf(record);
    if (place === undefined && this.filtered) {
      this.#showAll();
      void this.rows.restart();
      place = await this.#placeOf(record);
    }
    if (this.opened === record) this.active = place ?? -1;
  }

  closePane(): void {
    this.opened = undefined;
  }

  /** The record at a place whose row is not at hand. */
  async #recordAt(index: number): Promise<number | undefined> {
    try {
      return (await ipc.recordAt(this.#token, this.#query(index, 1, 0))) ?? undefined;
    } catch (thrown) {
      this.rows.error = asCommandError(thrown);
      return undefined;
    }
  }

  /** Where a record stands in the table; nothing when it is filtered out. */
  async #placeOf(record: number): Promise<number | undefined> {
    try {
      return (await ipc.recordPlace(this.#token, this.#query(0, 1, 0), record)) ?? undefined;
    } catch (thrown) {
      this.rows.error = asCommandError(thrown);
      return undefined;
    }
  }

  #restart(): void {
    clearTimeout(this.#pause);
    this.active = -1;
    void this.rows.restart();
  }

  /** What the table shows, whatever its page. */
  get query(): RecordQuery {
    return this.#query(0, 1, 0);
  }

  #query(start: number, count: number, request: number): RecordQuery {
    const { search, sort, descending } = this;
    const filters = Object.entries(this.chosen).map(([column, one]) => ({ column, value: one.value }));
    return { request, start, count, search, verdict: this.verdict ?? null, filters, sort, descending };
  }
}
