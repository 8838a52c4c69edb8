import type { CommandError } from '../bindings/CommandError';
import { asCommandError } from './ipc';

/**
 * What a view asked the back end for: nothing yet, a value, or an error that is shown in place.
 *
 * The newest question wins: an answer that comes after a later question was asked is dropped.
 */
export class Answer<T> {
  value = $state.raw<T | undefined>();
  error = $state.raw<CommandError | undefined>();
  pending = $state(false);
  #newest = 0;

  /** Waits for `question`; gives its value when it is still the newest one. */
  async ask(question: Promise<T>): Promise<T | undefined> {
    const mine = ++this.#newest;
    this.pending = true;
    try {
      const value = await question;
      if (mine !== this.#newest) return undefined;
      this.value = value;
      this.error = undefined;
      return value;
    } catch (thrown) {
      if (mine === this.#newest) this.error = asCommandError(thrown);
      return undefined;
    } finally {
      if (mine === this.#newest) this.pending = false;
    }
  }
}
