import type { RecordQuery } from '../bindings/RecordQuery';
import type { RecordRow } from '../bindings/RecordRow';
import type { RecordsView } from '../bindings/RecordsView';
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
    return this.search !== '' || this.verdict !== undefined;
  }

  /** Loads the table and, if wanted, goes to a record. */
  async load(record?: number): Promise<void> {
    const view = await this.view.ask(this.#ask());
    if (!view) return;
    this.sort = this.#numberColumn();
    await this.rows.restart();
    if (record !== undefined) this.goTo(record);
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

  clear(): void {
    this.search = '';
    this.verdict = undefined;
    this.#restart();
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

  /** Opens a record by its number; filters and order give way, so that it is in the table. */
  goTo(record: number): void {
    this.opened = record;
    this.active = record - 1;
    if (!this.filtered && this.sort === this.#numberColumn() && !this.descending) return;
    this.search = '';
    this.verdict = undefined;
    this.sort = this.#numberColumn();
    this.descending = false;
    void this.rows.restart();
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

  /** The first column holds the record numbers, so its order is the report's. */
  #numberColumn(): string {
    return this.view.value?.columns[0]?.key ?? '';
  }

  #restart(): void {
    clearTimeout(this.#pause);
    this.active = -1;
    void this.rows.restart();
  }

  #query(start: number, count: number, request: number): RecordQuery {
    const { search, sort, descending } = this;
    return { request, start, count, search, verdict: this.verdict ?? null, sort, descending };
  }
}
