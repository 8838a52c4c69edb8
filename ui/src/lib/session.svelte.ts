import { tick } from 'svelte';
import type { Choice } from '../bindings/Choice';
import type { CommandError } from '../bindings/CommandError';
import type { DragView } from '../bindings/DragView';
import type { KeyBookEntryView } from '../bindings/KeyBookEntryView';
import type { KeyProposal } from '../bindings/KeyProposal';
import type { OpenedView } from '../bindings/OpenedView';
import type { RecordQuery } from '../bindings/RecordQuery';
import type { RoleRow } from '../bindings/RoleRow';
import type { StartView } from '../bindings/StartView';
import type { Target } from '../bindings/Target';
import type { ViewName } from '../bindings/ViewName';
import { Answer } from './answer.svelte';
import { asCommandError, ipc } from './ipc';
import { HandedNote } from './handedNote.svelte';
import { Review } from './review.svelte';

/** What fills the window. */
export type Screen = 'start' | 'list' | 'review' | 'note' | 'keyBook';

/** The one dialog that is open. */
export type Dialog =
  | { kind: 'export'; record: number | null }
  | { kind: 'handOver'; query: RecordQuery; record: number | null; exact: boolean }
  | { kind: 'confirmKey'; key: number; name: string }
  | { kind: 'confirmSuggestion'; entry: KeyBookEntryView; ways: Choice[] }
  | { kind: 'confirmAuthority'; proposal: KeyProposal }
  | { kind: 'removeKey'; entry: KeyBookEntryView; root?: boolean }
  | { kind: 'compare'; ours: string; label: string }
  | { kind: 'work'; key: string; position: number }
  | { kind: 'glossary' }
  | { kind: 'shortcuts' }
  | { kind: 'palette' }
  | { kind: 'scope' }
  | { kind: 'decide'; query: RecordQuery; count: number; filtered: boolean }
  | { kind: 'reopen' }
  | { kind: 'sign'; row: RoleRow; confirm: string; shortest: number; name: string }
  | { kind: 'confirmReviewer'; note: HandedNote; signer: number; proposal: KeyProposal }
  | { kind: 'goToRecord'; token: number; label: string; go: (record: number) => void };

/** Everything the page knows between two clicks. */
export class Session {
  screen = $state<Screen>('start');
  start = new Answer<StartView>();
  reviews = $state<Review[]>([]);
  current = $state.raw<Review | undefined>();
  /** The review notes that somebody handed over. */
  notes = $state<HandedNote[]>([]);
  note = $state.raw<HandedNote | undefined>();
  dialog = $state.raw<Dialog | undefined>();
  drag = $state.raw<DragView | undefined>();
  /** Why the last attempt to open, copy or switch something did not work; stays until the next attempt. */
  trouble = $state.raw<CommandError | undefined>();
  /** What lies in the clipboard, as far as this page put it there. */
  copied = $state('');
  /** Whether the next search field that appears takes the focus. */
  finding = $state(false);
  #before: Screen = 'start';
  #running = false;

  /** Listens to the back end and takes what was given on the command line. */
  async connect(): Promise<void> {
    await ipc.onOpened((opened) => this.receive(opened));
    await ipc.onDrag((drag) => (this.drag = drag.items > 0 ? drag : undefined));
    void this.start.ask(ipc.start());
    await this.open(ipc.pending());
  }

  /** Takes the packs that `asked` brings; none when the reader cancelled. */
  async open(asked: Promise<OpenedView>): Promise<void> {
    const opened = await this.attempt(asked);
    if (opened) this.receive(opened);
  }

  /** One pack or one note is shown at once, several as a list; each is checked, one after the other. */
  receive(opened: OpenedView): void {
    const packs = opened.packs.map((pack) => new Review(pack));
    const notes = opened.notes.map((note) => new HandedNote(note));
    if (packs.length + notes.length === 0) return;
    this.drag = undefined;
    this.dialog = undefined;
    this.reviews = [...packs, ...this.reviews];
    this.notes = [...notes, ...this.notes];
    // A note that came with its pack is what was handed over; the pack is linked from it.
    if (notes[0] && notes.length === 1 && packs.length < 2) this.showNote(notes[0]);
    else if (packs[0] && packs.length === 1 && notes.length === 0) this.show(packs[0]);
    else this.screen = 'list';
    for (const note of notes) void note.check();
    void this.#checkWaiting();
  }

  /** Opens the pack that a note is about; the note stays in view and is checked against it. */
  async openFor(note: HandedNote, asked: Promise<OpenedView>): Promise<void> {
    const opened = await this.attempt(asked);
    if (!opened || opened.packs.length === 0) return;
    this.reviews = [...opened.packs.map((pack) => new Review(pack)), ...this.reviews];
    this.note = note;
    void this.#checkWaiting();
  }

  /** Shows one note that was handed over. */
  showNote(note: HandedNote): void {
    this.#remember();
    this.note = note;
    this.screen = 'note';
    void focusContent();
  }

  /** Leaves a note. */
  async closeNote(note: HandedNote): Promise<void> {
    this.notes = this.notes.filter((other) => other !== note);
    if (this.note === note) this.note = undefined;
    this.screen = this.reviews.length + this.notes.length > 0 ? 'list' : 'start';
    await this.attempt(ipc.close(note.token));
  }

  /** Shows whose key signed a note, to be confirmed. */
  async confirmReviewer(note: HandedNote, signer: number): Promise<void> {
    const proposal = await this.attempt(ipc.reviewerProposal(note.token, signer));
    if (proposal) this.dialog = { kind: 'confirmReviewer', note, signer, proposal };
  }

  /** Keeps what the reader says that an export covers, and checks again; the view stays. */
  async stateScope(review: Review, scope: string): Promise<void> {
    await this.attempt(ipc.stateScope(review.token, scope));
    if (!this.trouble) await this.recheck(review, review.view);
  }

  /** Raises the limits that were met, for this pack, and checks again. */
  async raiseLimits(review: Review): Promise<void> {
    await this.attempt(ipc.raiseLimits(review.token));
    if (!this.trouble) await this.recheck(review, review.view);
  }

  /** Checks this pack again, with the key book as it is now; the verdict is shown first. */
  async recheck(review: Review, view: ViewName = 'summary'): Promise<void> {
    // The note is closed with the result; what was typed is put on the disk before.
    await review.notes.flush();
    review.state = 'waiting';
    review.view = view;
    review.announced = false;
    this.show(review);
    void this.#checkWaiting();
  }

  async #checkWaiting(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let next = this.#waiting(); next; next = this.#waiting()) {
      await next.check();
      for (const note of this.notes) void note.check();
      // What had the focus went with the progress page.
      await tick();
      if (document.activeElement === document.body) void focusContent();
    }
    this.#running = false;
    void this.start.ask(ipc.start());
  }

  #waiting(): Review | undefined {
    const waiting = this.reviews.filter((review) => review.state === 'waiting');
    return waiting.find((review) => review === this.current) ?? waiting[0];
  }

  /** Shows one pack. */
  show(review: Review): void {
    this.current = review;
    this.screen = 'review';
    void focusContent();
  }

  /** Leaves a pack: its case file stays, its place in the list goes. */
  async close(review: Review): Promise<void> {
    await review.notes.flush();
    this.reviews = this.reviews.filter((other) => other !== review);
    if (this.current === review) this.current = undefined;
    if (this.screen === 'review') this.screen = this.reviews.length + this.notes.length > 0 ? 'list' : 'start';
    await this.attempt(ipc.close(review.token));
  }

  /** Shows another view of the pack at hand. */
  view(view: ViewName): void {
    if (!this.current) return;
    this.current.target = undefined;
    this.current.view = view;
    this.screen = 'review';
  }

  /** Follows a link inside the result; the focus goes along. */
  follow(target: Target): void {
    if (!this.current) return;
    this.current.target = target;
    this.current.view = target.view;
    this.screen = 'review';
    void focusContent();
  }

  /** Shows a screen that belongs to no pack, and remembers where the reader came from. */
  visit(screen: 'start' | 'list' | 'keyBook'): void {
    this.#remember();
    this.screen = screen;
    void focusContent();
  }

  /** Where the reader comes back to; not to what is itself left by going back. */
  #remember(): void {
    if (this.screen !== 'keyBook' && this.screen !== 'note') this.#before = this.screen;
  }

  /** Back to where the reader came from. */
  back(): void {
    this.screen = this.#before === 'review' && !this.current ? 'start' : this.#before;
    void focusContent();
  }

  /** Opens the notes on what is before the reader, and goes to where they are written. */
  openNotes(): void {
    const notes = this.current?.notes;
    if (!notes) return;
    notes.open = true;
    notes.entering += 1;
  }

  /** Closes the notes; the focus goes back to the content. What was typed is kept. */
  closeNotes(): void {
    const notes = this.current?.notes;
    if (!notes) return;
    notes.open = false;
    void notes.flush();
    void focusContent();
  }

  /** Puts the focus into the search field; from a view without one, that of the records. */
  find(): void {
    const view = this.current?.view;
    if (this.screen === 'review' && view !== 'records' && view !== 'files') this.view('records');
    this.finding = true;
  }

  /** Copies a text and remembers that it did. */
  async copy(text: string): Promise<void> {
    await this.attempt(ipc.copy(text));
    this.copied = this.trouble ? '' : text;
  }

  /** Waits for a command; an error is kept as `trouble`, which the window shows. */
  async attempt<T>(asked: Promise<T>): Promise<T | undefined> {
    this.trouble = undefined;
    try {
      return await asked;
    } catch (thrown) {
      this.trouble = asCommandError(thrown);
      return undefined;
    }
  }
}

/** Puts the focus on the content, so that reading goes on there. */
async function focusContent(): Promise<void> {
  await tick();
  document.querySelector<HTMLElement>('[data-region="main"]')?.focus();
}

export const session = new Session();
