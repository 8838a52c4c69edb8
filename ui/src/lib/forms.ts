import type { Act } from '../bindings/Act';
import type { Notes } from './notes.svelte';
import { type AnyStatement, Statement, type Writer } from './statement.svelte';

/** Every part of one note that is being typed: it stays when the reader looks at something else meanwhile. */
export class Forms {
  readonly writer: Writer;
  #statements = new Map<string, AnyStatement>();
  #notes: Notes;

  constructor(token: number, notes: Notes, keepDraft: (token: number, place: string, text: string) => Promise<void>) {
    this.#notes = notes;
    notes.flushToo(() => this.flush());
    this.writer = {
      act: async (act, draft) => {
        if (await notes.act(act, draft)) return;
        throw notes.error ?? { code: 'NAME_MISSING', message: 'Nothing is saved yet: type your name above, then save again.' };
      },
      draft: (place, text) => keepDraft(token, place, text),
    };
  }

  /** The statement at a place, made when it is first asked for; `sample` has the shape of what may stand there. */
  at<T>(place: string, kept: T, sample: T, act: (value: T) => Act): Statement<T> {
    const there = this.#statements.get(place);
    if (there) return there as Statement<T>;
    const made = new Statement<T>(place, kept, act, this.writer);
    made.restore(sample, this.draft(place));
    this.#statements.set(place, made);
    return made;
  }

  /** What was being typed at a place when the note was last open. */
  draft(place: string): string | undefined {
    return this.#notes.view?.drafts.find((draft) => draft.place === place)?.text;
  }

  /** Whether something at a place was typed and not saved. */
  isOpen(place: string): boolean {
    const there = this.#statements.get(place);
    return there ? there.state === 'typed' || there.state === 'failed' : this.draft(place) !== undefined;
  }

  /** The next one at this place begins anew. */
  drop(place: string): void {
    this.#statements.delete(place);
  }

  /** Keeps as drafts what was typed since the last rest. */
  async flush(): Promise<void> {
    await Promise.all([...this.#statements.values()].map((statement) => statement.keepDraft()));
  }
}

const all = new WeakMap<Notes, Forms>();

/** The forms of a note. */
export function formsOf(token: number, notes: Notes, keepDraft: (token: number, place: string, text: string) => Promise<void>): Forms {
  let forms = all.get(notes);
  if (!forms) all.set(notes, (forms = new Forms(token, notes, keepDraft)));
  return forms;
}
