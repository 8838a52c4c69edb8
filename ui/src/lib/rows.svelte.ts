import { SvelteMap } from 'svelte/reactivity';
import type { CommandError } from '../bindings/CommandError';
import { asCommandError } from './ipc';

/** Rows per page; the back end gives no more at once. */
export const PAGE = 200;
/** Pages kept; older ones are asked for again. */
const KEPT = 10;

/** A page of rows as the back end gives it. */
export type Page<T> = { start: number; matching: number; rows: T[] };
/** Asks the back end for one page. */
export type Fetch<T> = (start: number, count: number, request: number) => Promise<Page<T>>;

/**
 * The rows of a long table: fetched a page at a time, kept for a while, shown by number.
 *
 * After `restart` only answers to newer requests count; until the first of them arrives the old rows stay.
 */
export class Rows<T> {
  matching = $state(0);
  /** False until the first page has come. */
  known = $state(false);
  pending = $state(false);
  /** Counts the questions that were answered: a new one starts at the top of the table. */
  version = $state(0);
  error = $state.raw<CommandError | undefined>();
  #pages = new SvelteMap<number, T[]>();
  #asked = new Set<number>();
  #request = 0;
  #oldest = 0;
  #stale = $state(false);
  #fetch: Fetch<T>;

  constructor(fetch: Fetch<T>) {
    this.#fetch = fetch;
  }

  /** Asks anew, because the question changed; `fetch` reads the question when it is called. */
  restart(): Promise<void> {
    this.#oldest = this.#request + 1;
    this.#asked.clear();
    this.#stale = true;
    return this.#load(0);
  }

  /** Fetches anew what is at hand: the rows changed, the question did not. */
  refresh(): void {
    if (this.#stale) return;
    this.#oldest = this.#request + 1;
    this.#asked.clear();
    for (const page of [...this.#pages.keys()]) void this.#load(page);
  }

  /** The row at this place, when it is at hand. */
  at(index: number): T | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Fetches what is not at hand of these rows. */
  ensure(first: number, count: number): void {
    if (this.#stale || count === 0) return;
    const last = Math.floor((first + count - 1) / PAGE);
    for (let page = Math.floor(first / PAGE); page <= last; page++) {
      if (!this.#pages.has(page)) void this.#load(page);
    }
  }

  async #load(page: number): Promise<void> {
    if (this.#asked.has(page)) return;
    this.#asked.add(page);
    const request = ++this.#request;
    this.pending = true;
    try {
      const answer = await this.#fetch(page * PAGE, PAGE, request);
      if (request >= this.#oldest) this.#keep(page, answer);
    } catch (thrown) {
      if (request >= this.#oldest) this.error = asCommandError(thrown);
    } finally {
      if (request >= this.#oldest) {
        this.#asked.delete(page);
        this.pending = this.#asked.size > 0;
      }
    }
  }

  #keep(page: number, answer: Page<T>): void {
    if (this.#stale) {
      this.#pages.clear();
      this.#stale = false;
      this.version += 1;
    }
    this.error = undefined;
    this.known = true;
    this.matching = answer.matching;
    this.#pages.delete(page);
    this.#pages.set(page, answer.rows);
    const eldest = this.#pages.keys().next().value;
    if (this.#pages.size > KEPT && eldest !== undefined) this.#pages.delete(eldest);
  }
}
