import type { CommandError } from '../bindings/CommandError';
import type { OpenedPack } from '../bindings/OpenedPack';
import type { ProgressView } from '../bindings/ProgressView';
import type { SummaryView } from '../bindings/SummaryView';
import type { Target } from '../bindings/Target';
import type { ViewName } from '../bindings/ViewName';
import { asCommandError, ipc } from './ipc';

/** How far the check of a pack is. `stopped` means that the check itself could not be run. */
export type ReviewState = 'waiting' | 'checking' | 'done' | 'cancelled' | 'stopped';

/** Progress is shown only when a check takes longer than this, so that small packs do not flash. */
const PATIENCE = 300;

/** One pack that was opened, its check and where the reader is in it. */
export class Review {
  readonly token: number;
  readonly name: string;
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
  /** Whether the verdict has been read out. */
  announced = false;

  constructor(pack: OpenedPack) {
    this.token = pack.token;
    this.name = pack.name;
  }

  /** Runs the check to its end, to its cancelling or to the error that stopped it. */
  async check(): Promise<void> {
    this.state = 'checking';
    this.error = undefined;
    this.progress = undefined;
    const patience = setTimeout(() => (this.slow = true), PATIENCE);
    try {
      this.summary = await ipc.check(this.token, (progress) => (this.progress = progress));
      this.run += 1;
      this.state = 'done';
    } catch (thrown) {
      const error = asCommandError(thrown);
      this.error = error;
      this.state = error.code === 'CANCELLED' ? 'cancelled' : 'stopped';
    } finally {
      clearTimeout(patience);
      this.slow = false;
    }
  }

  /** Asks the running check to stop. */
  async cancel(): Promise<void> {
    if (this.state === 'waiting') this.state = 'cancelled';
    else await ipc.cancel(this.token);
  }
}
