import type { Act } from '../bindings/Act';
import type { CommandError } from '../bindings/CommandError';
import type { NoteView } from '../bindings/NoteView';
import { asCommandError, ipc } from './ipc';

/** The reviewer's note about one pack. Whatever is shown as saved is on the disk. */
export class Notes {
  view = $state.raw<NoteView | undefined>();
  /** Why the last act did not work; stays until the next one. */
  error = $state.raw<CommandError | undefined>();
  /** Whether an act is on its way to the disk. */
  busy = $state(false);
  #token: number;

  constructor(token: number) {
    this.#token = token;
  }

  /** Shows the note as it is now. */
  async load(): Promise<void> {
    await this.take(ipc.note(this.#token));
  }

  /** Does something to the note; `draft` names the draft it came from. False when it was refused or could not be kept. */
  act(act: Act, draft: string | null = null): Promise<boolean> {
    return this.take(ipc.noteAct(this.#token, act, draft));
  }

  /** Waits for a command that gives the note back; for acts that have commands of their own. */
  async take(asked: Promise<NoteView>): Promise<boolean> {
    this.busy = true;
    this.error = undefined;
    try {
      this.view = await asked;
      return true;
    } catch (thrown) {
      this.error = asCommandError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
