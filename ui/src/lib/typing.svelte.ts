import type { CommandError } from '../bindings/CommandError';
import { asCommandError } from './ipc';

/** How long a pause in typing is, in ms: then the text is put on the disk. */
const PAUSE = 400;

/** How far a text is: nothing typed, not on the disk yet, on the disk, or refused by it. */
export type Kept = 'empty' | 'typing' | 'kept' | 'lost';

/** A text that is being typed. It is kept on the disk at each pause, and stays on the screen whatever happens there. */
export class Typing {
  text = $state('');
  kept = $state<Kept>('empty');
  /** Why the last try to keep it failed. */
  error = $state.raw<CommandError | undefined>();
  /** When it was left unfinished, if it was there when the note was opened. */
  since = $state('');
  #keep: (text: string) => Promise<void>;
  #pause: ReturnType<typeof setTimeout> | undefined;
  /** One write after the other: an older text never comes to lie over a newer one. */
  #writing: Promise<void> = Promise.resolve();

  constructor(keep: (text: string) => Promise<void>) {
    this.#keep = keep;
  }

  /** Takes the text as it now is. */
  type(text: string): void {
    this.text = text;
    this.kept = 'typing';
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.flush(), PAUSE);
  }

  /** Goes on with a text that was left unfinished. */
  resume(text: string, since: string): void {
    this.text = text;
    this.since = since;
    this.kept = 'kept';
  }

  /** Puts the text on the disk now, unless it is there. */
  flush(): Promise<void> {
    clearTimeout(this.#pause);
    if (this.kept === 'typing' || this.kept === 'lost') this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  /** Forgets the text, which has become something else on the disk. */
  clear(): void {
    clearTimeout(this.#pause);
    this.text = '';
    this.since = '';
    this.kept = 'empty';
    this.error = undefined;
  }

  /** Throws the text away, on the disk too. */
  async discard(): Promise<void> {
    this.text = '';
    this.kept = 'typing';
    await this.flush();
  }

  async #write(): Promise<void> {
    const { text } = this;
    try {
      await this.#keep(text);
      this.error = undefined;
      // What was typed meanwhile waits for its own pause.
      if (this.text !== text || this.kept === 'empty') return;
      this.since = '';
      this.kept = text === '' ? 'empty' : 'kept';
    } catch (thrown) {
      this.error = asCommandError(thrown);
      if (this.text === text && this.kept !== 'empty') this.kept = 'lost';
    }
  }
}
