import type { CommandError } from '../bindings/CommandError';
import type { OpenedPack } from '../bindings/OpenedPack';
import type { ProgressView } from '../bindings/ProgressView';
import type { SummaryView } from '../bindings/SummaryView';
import type { Target } from '../bindings/Target';
import type { ValueRow } from '../bindings/ValueRow';
import type { ViewName } from '../bindings/ViewName';
import { asCommandError, ipc } from './ipc';
import { Notes } from './notes.svelte';

/** How far the check of a pack is. `stopped` means that the check itself could not be run. */
export type ReviewState = 'waiting' | 'checking' | 'done' | 'cancelled' | 'stopped';

/** Progress is shown only when a check takes longer than this, so that small packs do not flash. */
const PATIENCE = 300;

/** One pack that was opened, its check and where the reader is in it. */
export class Review {
  readonly token: number;
  readonly name: string;
  readonly notes: Notes;
  state = $state<ReviewState>('waiting');
  /** Whether the check has taken so long that progress is worth showing. */
  slow = $state(false);
  progress = $state.raw<ProgressView | undefined>();
  summary = $state.raw<SummaryView | undefined>();
  error = $state.raw<CommandError | undefined>();
  /** Which run the summary is from; views load anew when it changes. */
  run = $state(0);
  view = $state<ViewName>('summary');
  target = $state.raw<Target | undefined>();
  /** The values that the records are filtered by when they are next shown, by column. */
  chosen: Record<string, ValueRow> = {};
  /** Whether the verdict has been read out. */
  announced = false;

  constructor(pack: OpenedPack) {
    this.token = pack.token;
    this.name = pack.name;
    this.notes = new Notes(pack.token);
  }

  /** Runs the check to its end, to its cancelling or to the error that stopped it. */
  async check(): Promise<void> {
    this.state = 'checking';
    this.error = undefined;
    this.progress = undefined;
    const patience = setTimeout(() => (this.slow = true), PATIENCE);
    try {
      const summary = await ipc.check(this.token, (progress) => (this.progress = progress));
      if (!this.#running()) return;
      this.summary = summary;
      this.run += 1;
      this.state = 'done';
      void this.notes.load();
    } catch (thrown) {
      if (!this.#running()) return;
      const error = asCommandError(thrown);
      this.error = error;
      this.state = error.code === 'CANCELLED' ? 'cancelled' : 'stopped';
    } finally {
      clearTimeout(patience);
      this.slow = false;
    }
  }

  /** Whether the run that is waited for is still the one that the reader wants. */
  #running(): boolean {
    return this.state === 'checking';
  }

  /** Leaves the check at once and asks the run to stop, which may take it a moment. */
  async cancel(): Promise<void> {
    const running = this.#running();
    this.state = 'cancelled';
    if (running) await ipc.cancel(this.token);
  }
}
