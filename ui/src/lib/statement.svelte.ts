import type { Act } from '../bindings/Act';
import type { CommandError } from '../bindings/CommandError';
import { asCommandError } from './ipc';
import { shaped } from './shaped';

/** Writes to the note: each promise is kept once the words are on the disk. */
export type Writer = {
  act: (act: Act, draft: string | null) => Promise<void>;
  draft: (place: string, text: string) => Promise<void>;
};

/** How far what was typed is. */
export type StatementState = 'kept' | 'typed' | 'saving' | 'saved' | 'failed';

/** Typing rests so long before it is kept as a draft. */
const REST = 500;

/** A part of the note that is typed as a whole and then saved: what stands in its fields, and what the note has. */
export class Statement<T> {
  readonly place: string;
  value = $state() as T;
  state = $state<StatementState>('kept');
  error = $state.raw<CommandError | undefined>();
  /** Whether what stands here was typed earlier and never saved. */
  restored = $state(false);
  #kept = $state.raw('');
  #writer: Writer;
  #act: (value: T) => Act;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(place: string, kept: T, act: (value: T) => Act, writer: Writer) {
    this.place = place;
    this.#act = act;
    this.#writer = writer;
    this.value = copy(kept);
    this.#kept = JSON.stringify(kept);
  }

  /** Goes on with what was being typed when the note was last open. */
  restore(sample: T, text: string | undefined): void {
    const draft = text === undefined ? undefined : shaped(sample, text);
    if (draft === undefined || JSON.stringify(draft) === this.#kept) return;
    this.value = draft;
    this.state = 'typed';
    this.restored = true;
  }

  /** The note has this now; it is shown unless something else is being typed. */
  adopt(kept: T): void {
    const text = JSON.stringify(kept);
    if (text === this.#kept) return;
    this.#kept = text;
    if (this.state === 'kept' || this.state === 'saved') this.value = copy(kept);
  }

  /** Something was typed: kept as a draft once the typing rests. */
  typed(): void {
    this.state = 'typed';
    this.error = undefined;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.keepDraft(), REST);
  }

  /** Keeps what was typed as a draft now, if it is not kept yet. */
  async keepDraft(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.state !== 'typed') return;
    try {
      await this.#writer.draft(this.place, JSON.stringify(this.value));
    } catch (thrown) {
      this.error = asCommandError(thrown);
    }
  }

  /** Puts it into the note; "saved" is said once it is on the disk. */
  async save(): Promise<boolean> {
    clearTimeout(this.#timer);
    const sent = copy(this.value);
    this.state = 'saving';
    this.error = undefined;
    try {
      await this.#writer.act(this.#act(sent), this.place);
      this.#kept = JSON.stringify(sent);
      this.restored = false;
      // What was typed meanwhile is not saved yet.
      if (JSON.stringify(this.value) === this.#kept) this.state = 'saved';
      else this.typed();
      return true;
    } catch (thrown) {
      this.error = asCommandError(thrown);
      this.state = 'failed';
      return false;
    }
  }

  /** Goes back to what the note has. */
  async discard(): Promise<void> {
    clearTimeout(this.#timer);
    this.value = JSON.parse(this.#kept) as T;
    this.state = 'kept';
    this.error = undefined;
    this.restored = false;
    try {
      await this.#writer.draft(this.place, '');
    } catch (thrown) {
      this.error = asCommandError(thrown);
    }
  }
}

/** What does not depend on what is stated. */
export type AnyStatement = Omit<Statement<unknown>, 'value' | 'adopt' | 'restore'>;

function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** The lines of a list without the empty ones. */
export function lines(typed: string[]): string[] {
  return typed.map((line) => line.trim()).filter(Boolean);
}
