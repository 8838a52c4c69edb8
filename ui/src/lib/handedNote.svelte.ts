import type { HandedNoteView } from '../bindings/HandedNoteView';
import type { OpenedNote } from '../bindings/OpenedNote';
import { Answer } from './answer.svelte';
import { ipc } from './ipc';

/** A review note that somebody hands over, and what checking it came to. */
export class HandedNote {
  readonly token: number;
  readonly name: string;
  readonly answer = new Answer<HandedNoteView>();

  constructor(note: OpenedNote) {
    this.token = note.token;
    this.name = note.name;
  }

  /** Checks it, against the packs that are at hand now. */
  async check(): Promise<void> {
    await this.answer.ask(ipc.handedNote(this.token));
  }
}
