import type { EventsView } from '../bindings/EventsView';
import type { RunRow } from '../bindings/RunRow';
import type { SequenceRow } from '../bindings/SequenceRow';
import type { SequenceView } from '../bindings/SequenceView';
import type { TimelineView } from '../bindings/TimelineView';
import { Answer } from './answer.svelte';
import { ipc } from './ipc';
import { Ribbon } from './ribbon.svelte';
import { Rows } from './rows.svelte';

/** Up to so many runs are all shown at first; of more, those that need a look. */
const FEW = 30;

/** The timeline of one pack: its sequences, and the one that is open. */
export class Timeline {
  view = new Answer<TimelineView>();
  sequence = new Answer<SequenceView>();
  events = new Answer<EventsView>();
  list: Rows<SequenceRow>;
  runs: Rows<RunRow>;
  /** The ribbon of the sequence that is open. */
  ribbon = $state.raw<Ribbon | undefined>();
  /** Whether all of a sequence has come: what stands below others waits for it, so that nothing moves under the hand. */
  ready = $state(false);
  /** Handle of the sequence that is open. */
  opened = $state(-1);
  search = $state('');
  /** Only the runs that need a look. */
  troubled = $state(false);
  #token: number;
  #onrecord: (record: number) => void;

  constructor(token: number, onrecord: (record: number) => void) {
    this.#token = token;
    this.#onrecord = onrecord;
    this.list = new Rows((start, count, request) => ipc.sequencePage(token, { request, start, count, search: this.search }));
    this.runs = new Rows((start, count, request) =>
      ipc.runPage(token, { request, sequence: this.opened, start, count, troubled: this.troubled }),
    );
  }

  async load(): Promise<void> {
    const view = await this.view.ask(ipc.timeline(this.#token));
    if (!view || view.total === 0) return;
    if (view.total > 1) void this.list.restart();
    await this.open(view.first);
  }

  async open(sequence: number): Promise<void> {
    if (sequence === this.opened) return;
    this.opened = sequence;
    this.ribbon = new Ribbon(this.#token, sequence, this.#onrecord);
    const token = this.#token;
    const [view] = await Promise.all([this.sequence.ask(ipc.sequence(token, sequence)), this.events.ask(ipc.events(token, sequence))]);
    if (!view) return;
    this.troubled = view.runs > FEW && view.troubled > 0;
    await this.runs.restart();
    this.ready = true;
  }

  searchFor(words: string): void {
    this.search = words;
    void this.list.restart();
  }

  show(which: 'all' | 'troubled'): void {
    this.troubled = which === 'troubled';
    void this.runs.restart();
  }
}
