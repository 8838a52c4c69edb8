import { untrack } from 'svelte';
import type { Act } from '../bindings/Act';
import type { CommandError } from '../bindings/CommandError';
import type { DraftItem } from '../bindings/DraftItem';
import type { NoteSubject } from '../bindings/NoteSubject';
import type { NoteTarget } from '../bindings/NoteTarget';
import type { NoteView } from '../bindings/NoteView';
import { Answer } from './answer.svelte';
import { asCommandError, ipc } from './ipc';
import { Typing } from './typing.svelte';

/** A field of the record at hand, to write about. */
export type NoteField = { name: string; pointer: string };

/** The place of a text that is typed about something: a note, its tags, or the reason of a decision. */
export function placeOf(what: 'note' | 'tags' | 'decide', target: NoteTarget): string {
  return `${what} ${JSON.stringify(target)}`;
}

/** What a text of such a place is about; nothing for other places and for tags, which go with their note. */
export function aboutOf(place: string): NoteTarget | undefined {
  const [, target] = place.match(/^(?:note|decide) (\{.*\})$/s) ?? [];
  try {
    return target ? (JSON.parse(target) as NoteTarget) : undefined;
  } catch {
    return undefined;
  }
}

/** The reviewer's note about one pack. Whatever is shown as saved is on the disk. */
export class Notes {
  view = $state.raw<NoteView | undefined>();
  /** Why the last act did not work; stays until the next one. */
  error = $state.raw<CommandError | undefined>();
  /** Whether an act is on its way to the disk. */
  busy = $state(false);
  /** Whether the panel is open. */
  open = $state(false);
  /** Counts how often the reader came to write: the panel then takes the focus. */
  entering = $state(0);
  /** The note that is to be changed where it stands, once the reader is there. */
  toChange = $state('');
  /** Whether the view has a pane of its own at the right: the two then share the place. */
  beside = $state(false);
  /** What the reader has before her. */
  about = $state.raw<NoteTarget>({ kind: 'pack' });
  /** The same as the note calls it. */
  subject = new Answer<NoteSubject>();
  /** The fields of the record at hand. */
  fields = $state.raw<NoteField[]>([]);
  /** The person's name as far as it is typed, while the note knows none. */
  name = $state('');
  /** Whether something was to be saved before the name was known. */
  nameMissing = $state(false);
  /** Counts the acts: lists that show what was done load anew. */
  acts = $state(0);
  #token: number;
  #typings = new Map<string, Typing>();
  #further: () => Promise<void> = () => Promise.resolve();

  constructor(token: number) {
    this.#token = token;
  }

  /** Whether nothing can be written. */
  get shut(): boolean {
    return this.view?.readOnly !== null;
  }

  /** The texts that were left unfinished and that nobody went on with. */
  get unfinished(): DraftItem[] {
    return (this.view?.drafts ?? []).filter((draft) => aboutOf(draft.place) && this.typing(draft.place).since !== '');
  }

  /** Shows the note as it is on the disk, with the texts that were left unfinished. */
  async load(): Promise<void> {
    await this.take(ipc.note(this.#token));
    for (const draft of this.view?.drafts ?? []) {
      const typing = this.typing(draft.place);
      if (typing.text === '') typing.resume(draft.text, draft.at);
    }
    if (this.unfinished.length > 0) this.open = true;
    void this.#name();
  }

  /** Turns to what the reader now has before her. */
  look(target: NoteTarget, fields: NoteField[] = []): void {
    this.about = target;
    this.fields = fields;
    void this.#name();
  }

  /** Turns to a record; a field of it that is being written about stays. */
  turnTo(record: number, fields: NoteField[]): void {
    const about = untrack(() => this.about);
    if (about.kind === 'field' && about.record === record) this.fields = fields;
    else this.look({ kind: 'record', number: record }, fields);
  }

  #name(): Promise<unknown> {
    return untrack(() => this.view) ? this.subject.ask(ipc.noteSubject(this.#token, untrack(() => this.about))) : Promise.resolve();
  }

  /** Does something to the note; `draft` names the draft it came from. False when it was refused or could not be kept. */
  async act(act: Act, draft: string | null = null): Promise<boolean> {
    if (!(await this.named())) return false;
    return this.take(ipc.noteAct(this.#token, act, draft));
  }

  undo(): Promise<boolean> {
    return this.take(ipc.noteUndo(this.#token));
  }

  redo(): Promise<boolean> {
    return this.take(ipc.noteRedo(this.#token));
  }

  /** Whether it is known who writes; a name that was typed is kept from now on. */
  async named(): Promise<boolean> {
    if (this.view?.actor) return true;
    if (this.name.trim() === '') {
      this.nameMissing = true;
      return false;
    }
    return this.rename(this.name);
  }

  /** Keeps the person's name. */
  async rename(name: string): Promise<boolean> {
    try {
      const actor = await ipc.setName(name);
      if (this.view) this.view = { ...this.view, actor };
      this.nameMissing = false;
      return actor !== '';
    } catch (thrown) {
      this.error = asCommandError(thrown);
      return false;
    }
  }

  /** Waits for a command that gives the note back; for acts that have commands of their own. */
  async take(asked: Promise<NoteView>): Promise<boolean> {
    this.busy = true;
    this.error = undefined;
    try {
      this.view = await asked;
      this.acts += 1;
      void this.#name();
      return true;
    } catch (thrown) {
      this.error = asCommandError(thrown);
      // It was opened again as it now is: the next try goes on from there.
      if (this.error.code === 'NOTE_CHANGED_ELSEWHERE') this.view = await ipc.note(this.#token).catch(() => this.view);
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** The text that is being typed at a place. */
  typing(place: string): Typing {
    let typing = this.#typings.get(place);
    if (!typing) {
      typing = new Typing((text) => ipc.noteDraft(this.#token, place, text));
      this.#typings.set(place, typing);
    }
    return typing;
  }

  /** Throws a text away that was typed at a place. */
  async discard(place: string): Promise<void> {
    const typings = [place, place.replace(/^note /, 'tags ')].map((one) => this.typing(one));
    await Promise.all(typings.map((typing) => typing.discard()));
  }

  /** Something else is typed into the note, and is put on the disk together with the rest. */
  flushToo(further: () => Promise<void>): void {
    this.#further = further;
  }

  /** Puts on the disk what was typed since the last pause. */
  async flush(): Promise<void> {
    await Promise.all([...this.#typings.values()].map((typing) => typing.flush()));
    await this.#further();
  }
}
