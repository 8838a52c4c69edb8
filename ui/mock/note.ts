import type { Act } from '../src/bindings/Act';
import type { DecisionItem } from '../src/bindings/DecisionItem';
import type { DecisionView } from '../src/bindings/DecisionView';
import type { HistoryView } from '../src/bindings/HistoryView';
import type { NoteItem } from '../src/bindings/NoteItem';
import type { NoteSubject } from '../src/bindings/NoteSubject';
import type { NoteTarget } from '../src/bindings/NoteTarget';
import type { NoteView } from '../src/bindings/NoteView';
import type { StatusView } from '../src/bindings/StatusView';
import type { RowReview } from '../src/bindings/RowReview';
import type { ReviewPage } from '../src/bindings/ReviewPage';
import { emptyPage, pageAfter, pageSigned } from './myReview';
import { to } from './results';

const AT = '2026-11-25 09:21:07 UTC';
const CHOICES: [DecisionView, string, string][] = [
  ['accepted', 'Accepted', 'It is relied upon as it is.'],
  ['acceptedWithException', 'Accepted with exception', 'It is relied upon, with the exception that the reason describes.'],
  ['rejected', 'Rejected', 'It is not relied upon.'],
  ['moreEvidence', 'More evidence needed', 'It stays open until what the reason names has come.'],
  ['notApplicable', 'Not applicable', 'It lies outside of this work.'],
];

/** Something that counts until it is taken back. */
type Done = { notes: NoteItem[]; decisions: DecisionItem[]; records: Map<number, string>; what: string; words: string; page: ReviewPage };

/** The note of one pack in the mock: what real acts come to, without a disk. */
export class MockNote {
  actor = '';
  readOnly: string | null = null;
  status: StatusView = 'draft';
  drafts = new Map<string, string>();
  /** The error that the next act or draft answers with. */
  failing: { code: string; message: string } | undefined;
  #states: Done[] = [{ notes: [], decisions: [], records: new Map(), what: '', words: '', page: emptyPage() }];
  #at = 0;

  get #now(): Done {
    return this.#states[this.#at] as Done;
  }

  view(): NoteView {
    const { notes, decisions, records } = this.#now;
    const done = this.#at > 0;
    return {
      status: this.status,
      statusWord: this.status.replace(/^./, (first) => first.toUpperCase()),
      statusWords: this.status === 'draft' ? 'Draft. Nobody has signed off yet.' : 'The preparer has signed off.',
      stages: (['draft', 'prepared', 'reviewed', 'released'] as const).map((status) => ({ status, word: status[0]?.toUpperCase() + status.slice(1), reached: status === 'draft' || status === this.status, by: '' })),
      readOnly: this.readOnly,
      otherNote: null,
      pathWords: 'in pack.zip.sealnote',
      savedAt: done ? AT : null,
      actor: this.actor,
      notes,
      decisions,
      recordsDecided: records.size,
      choices: CHOICES.map(([value, word, about]) => ({ value, word, about })),
      canUndo: done ? this.#now.what.replace(/^Note written: /, 'note on ').replace(/^\w+[^:]*: /, 'decision on ') : null,
      canRedo: null,
      drafts: [...this.drafts].map(([place, text]) => ({ place, text, at: AT })),
      tags: [...new Set(notes.flatMap((note) => note.tags))].sort(),
      entries: done ? this.#at + 1 : 0,
      review: this.#now.page,
    };
  }

  subject(target: NoteTarget): NoteSubject {
    const place = placeOf(target);
    const decision = this.#now.decisions.find((one) => one.place === place) ?? null;
    return { place, title: target.kind === 'record' ? `Record ${target.number.toLocaleString('en')}, exec-${target.number}` : aboutOf(target), decision };
  }

  act(act: Act, draft: string | null): NoteView {
    if (this.failing) throw this.failing;
    const { notes, decisions, records, page } = this.#now;
    const next: Done = { notes: [...notes], decisions: [...decisions], records: new Map(records), what: '', words: '', page: pageAfter(page, act) };
    if (act.act === 'addNote') {
      next.notes.push(this.#note(`n${this.#states.length + 1}`, act.target, act.text, act.tags));
      next.what = `Note written: ${aboutOf(act.target).toLowerCase()}`;
      next.words = act.text;
    } else if (act.act === 'changeNote') {
      next.notes = notes.map((note) => (note.id === act.id ? { ...note, text: act.text, tags: act.tags } : note));
      next.what = 'Note changed';
    } else if (act.act === 'removeNote') {
      next.notes = notes.filter((note) => note.id !== act.id);
      next.what = 'Note removed';
    } else if (act.act === 'decide') {
      next.decisions.unshift(this.#decision(placeOf(act.target), aboutOf(act.target), recordOf(act.target), act.value, act.reason));
      if (act.target.kind === 'record') next.records.set(act.target.number, wordOf(act.value));
      next.what = `${wordOf(act.value)}: ${aboutOf(act.target).toLowerCase()}`;
    } else if (act.act === 'reopen') {
      this.status = 'draft';
      next.what = 'Opened again';
      next.words = act.reason;
    } else if (act.act === 'decideFiltered') {
      next.decisions.unshift(this.#decision('records/1-3', '3 records', null, act.value, act.reason));
      for (const record of [1, 2, 3]) next.records.set(record, wordOf(act.value));
      next.what = `${wordOf(act.value)}: 3 records`;
    }
    this.#states = [...this.#states.slice(0, this.#at + 1), next];
    this.#at += 1;
    if (draft) this.drafts.delete(draft);
    return this.view();
  }

  sign(name: string): NoteView {
    this.#states = [...this.#states.slice(0, this.#at + 1), { ...this.#now, what: 'Signed off as preparer', words: '', page: pageSigned(this.#now.page, name) }];
    this.#at += 1;
    return this.view();
  }

  undo(): NoteView {
    this.#at = Math.max(0, this.#at - 1);
    return this.view();
  }

  keep(place: string, text: string): void {
    if (this.failing) throw this.failing;
    if (text === '') this.drafts.delete(place);
    else this.drafts.set(place, text);
  }

  history(): HistoryView {
    const acts = this.#states.slice(1, this.#at + 1).map((done) => [done.what, done.words] as const);
    const all = acts.length === 0 ? [] : [['Review begun', ''] as const, ...acts];
    const rows = all.map(([what, words], place) => ({ seq: place + 1, at: AT, hint: '', who: this.actor, what, words, takenBack: false, sha256: '5250f6b4'.repeat(8) }));
    return { sentence: `History checked: ${rows.length} entries hold together.`, whole: true, entries: rows.reverse() };
  }

  row(record: number): RowReview | null {
    const word = this.#now.records.get(record) ?? '';
    const notes = this.#now.notes.filter((note) => note.target.record === record).length;
    const words = [word, notes > 0 ? `${notes} ${notes === 1 ? 'note' : 'notes'}` : ''].filter(Boolean).join(', ');
    return words ? { word, notes, words } : null;
  }

  #note(id: string, target: NoteTarget, text: string, tags: string[]): NoteItem {
    const record = recordOf(target);
    const link = target.kind === 'check' ? to('checks', { check: target.key }) : record === null ? to('summary') : to('records', { record });
    return { id, place: placeOf(target), about: aboutOf(target), target: link, text, tags, by: `${this.actor}, ${AT}`, hint: '', open: true };
  }

  #decision(place: string, about: string, record: number | null, value: DecisionView, reason: string): DecisionItem {
    return { place, about, target: to('records', { record }), value, word: wordOf(value), reason, by: `${this.actor}, ${AT}`, hint: '' };
  }
}

function wordOf(value: DecisionView): string {
  return CHOICES.find(([one]) => one === value)?.[1] ?? '';
}

function placeOf(target: NoteTarget): string {
  if (target.kind === 'pack') return 'pack';
  if (target.kind === 'record') return `record/${target.number}`;
  if (target.kind === 'field') return `field/${target.record}${target.pointer}`;
  return `check/${target.key}/${target.position}`;
}

function aboutOf(target: NoteTarget): string {
  if (target.kind === 'pack') return 'Whole pack';
  if (target.kind === 'record') return `Record ${target.number.toLocaleString('en')}`;
  if (target.kind === 'field') return `Field ${target.pointer}, record ${target.record.toLocaleString('en')}`;
  return 'Content fingerprint, record 2';
}

function recordOf(target: NoteTarget): number | null {
  return target.kind === 'record' ? target.number : target.kind === 'field' ? target.record : null;
}
