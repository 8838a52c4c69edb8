import { emit } from '@tauri-apps/api/event';
import { mockIPC } from '@tauri-apps/api/mocks';
import type { Channel } from '@tauri-apps/api/core';
import type { Act } from '../src/bindings/Act';
import type { CommandError } from '../src/bindings/CommandError';
import type { NoteTarget } from '../src/bindings/NoteTarget';
import type { OpenedView } from '../src/bindings/OpenedView';
import type { ProgressView } from '../src/bindings/ProgressView';
import type { RecordQuery } from '../src/bindings/RecordQuery';
import type { RibbonQuery } from '../src/bindings/RibbonQuery';
import type { RunQuery } from '../src/bindings/RunQuery';
import type { SequenceQuery } from '../src/bindings/SequenceQuery';
import { compare } from './compare';
import { checkDetail, work } from './details';
import { filePage, fileText, files, senderPage } from './files';
import { keyBook, keyProposal, keys } from './keys';
import { manifest, manifestPage, snapshotPage } from './manifest';
import { record, recordAt, recordPage, recordPlace, recordsNumbered, recordsView, recordValues } from './records';
import { PACKS, type Pack, pack } from './packs';
import { handedNote, samplePage, signingKey } from './myReview';
import { MockNote } from './note';
import { checksView, summaryView } from './results';
import { exportsView, glossary, handOverView, start } from './start';
import { events, ribbon, runPage, seat, sequencePage, sequenceView, timelineView } from './timeline';

/** `slow`: checks take a while and show progress. `first`: nothing was opened before. */
export type Wishes = { slow?: boolean; first?: boolean };
type Args = Record<string, unknown>;
type Command = (args: Args) => unknown;

let opened: Pack[] = [];
let broken = false;
let cancelled = new Set<number>();
let notes = new Map<number, MockNote>();
/** Every command that was called, newest last; for tests. */
export const calls: { command: string; args: Args }[] = [];

/** Puts sample data where the page expects the real back end. */
export function install(wishes: Wishes = {}): void {
  opened = [];
  broken = false;
  cancelled = new Set();
  notes = new Map();
  calls.length = 0;
  const table = { ...opening(wishes), ...reading(), ...trust(), ...saving(), ...noting() };
  mockIPC(
    async (command, args) => {
      const given = (args ?? {}) as Args;
      calls.push({ command, args: given });
      const found = table[command];
      if (!found) throw error('UNKNOWN_COMMAND', `No command ${command}.`);
      return found(given);
    },
    { shouldMockEvents: true },
  );
}

/** What dropping, or a second start, does. */
export async function arrive(ids: string[], via = 'drop'): Promise<void> {
  await emit('opened', open(ids, via));
}

/** What holding files over the window does. */
export async function hold(items: number): Promise<void> {
  await emit('drag', { items, text: `Drop to check ${items} items` });
}

/** Makes every later copy fail, and copies once. */
export async function fail(): Promise<void> {
  broken = true;
  document.querySelector<HTMLElement>('[data-testid="copy-sentence"]')?.click();
}

export function error(code: string, message: string): CommandError {
  return { code, message };
}

function open(ids: string[], via: string): OpenedView {
  const notes = ids.filter((id) => id === 'note').map(() => ({ token: 900, name: 'governed-run-004.zip.review.json' }));
  const packs = ids.filter((id) => id !== 'note').map((id) => {
    opened.push(pack(id));
    const found = opened.at(-1) as Pack;
    return { token: opened.length, name: found.name, via };
  });
  return { packs, notes };
}

function at(args: Args): Pack {
  const found = opened[Number(args['token']) - 1];
  if (!found) throw error('UNKNOWN_TOKEN', 'This pack is not open.');
  return found;
}

function opening(wishes: Wishes): Record<string, Command> {
  return {
    start: () => start(wishes.first === true),
    pending: () => ({ packs: [], notes: [] }),
    open_dialog: (args) => open(args['folder'] ? ['large'] : ['notEvidence'], 'dialog'),
    open_sample: (args) => open([String(args['id'])], 'sample'),
    open_recent: (args) => open([PACKS[Number(args['index'])] ?? 'verified'], 'recent'),
    keep_recents: (args) => start(!args['keep'], Boolean(args['keep'])),
    check: (args) => check(args, wishes.slow === true),
    cancel: (args) => void cancelled.add(Number(args['token'])),
    close: () => null,
    state_scope: (args) => {
      opened[Number(args['token']) - 1] = { ...at(args), scope: String(args['scope']) };
      return null;
    },
  };
}

async function check(args: Args, slow: boolean): Promise<unknown> {
  const token = Number(args['token']);
  const found = at(args);
  cancelled.delete(token);
  const channel = args['channel'] as Channel<ProgressView>;
  const total = slow ? 100_000 : 0;
  for (let done = 0; done < total; done += 500) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (cancelled.has(token)) throw error('CANCELLED', 'The check was cancelled.');
    const text = `Record ${done.toLocaleString('en')} of 100,000`;
    const soFar = [
      { verdict: 'verified' as const, label: 'Verified', count: Math.max(0, done - 2) },
      { verdict: 'failed' as const, label: 'Mismatch', count: Math.min(2, done) },
      { verdict: 'undecided' as const, label: 'Undecided', count: 0 },
    ];
    channel.onmessage({ step: 'Step 2 of 2: checking records', soFar, text, item: found.path, recordsDone: done, recordsTotal: total, permille: done / 100, elapsed: done / 5 });
  }
  return summaryView(found, token);
}

function reading(): Record<string, Command> {
  return {
    summary: (args) => summaryView(at(args), Number(args['token'])),
    checks: (args) => checksView(at(args)),
    check_detail: (args) => checkDetail(at(args), String(args['key']), Number(args['position'])),
    show_work: () => work(),
    records: (args) => recordsView(at(args)),
    record_page: (args) => {
      const page = recordPage(at(args), args['query'] as RecordQuery);
      return { ...page, rows: page.rows.map((row) => ({ ...row, review: noteOf(Number(args['token'])).row(row.record) })) };
    },
    record: (args) => record(at(args), Number(args['record'])),
    record_at: (args) => recordAt(at(args), args['query'] as RecordQuery),
    record_place: (args) => recordPlace(at(args), args['query'] as RecordQuery, Number(args['record'])),
    record_values: (args) => recordValues(String(args['search'])),
    records_numbered: (args) => recordsNumbered(at(args), Number(args['number'])),
    manifest: (args) => manifest(at(args)),
    manifest_page: (args) => manifestPage(at(args), Number(args['start']), Number(args['count']), Boolean(args['differing'])),
    snapshot_page: (args) => snapshotPage(at(args), Number(args['start']), Number(args['count']), Boolean(args['differing'])),
    timeline: (args) => timelineView(at(args)),
    sequence_page: (args) => sequencePage(at(args), args['query'] as SequenceQuery),
    sequence: (args) => sequenceView(at(args), Number(args['sequence'])),
    ribbon: (args) => ribbon(at(args), args['query'] as RibbonQuery),
    run_page: (args) => runPage(at(args), args['query'] as RunQuery),
    seat: (args) => seat(at(args), String(args['number'])),
    events: (args) => events(at(args)),
    files: (args) => files(at(args)),
    file_page: (args) => filePage(at(args), Number(args['start']), Number(args['count']), String(args['search'])),
    file_text: (args) => fileText(at(args), Number(args['file'])),
    sender_page: () => senderPage(),
    exports: (args) => exportsView(at(args)),
    pack_offer: (args) => handOverView(at(args), args['record'] as number | null, Boolean(args['exact'])),
    compare: (args) => compare(String(args['ours']), String(args['given'])),
    compare_file: (args) => compare(String(args['ours']), String(args['ours'])),
    glossary: () => glossary(),
  };
}

function trust(): Record<string, Command> {
  let book = keyBook();
  const last = (args: Args) => (args['confirmation'] as { lastCharacters: string }).lastCharacters;
  return {
    keys: (args) => keys(at(args)),
    key_proposal: () => keyProposal(),
    confirm_key: (args) => {
      const found = at(args);
      if (last(args) !== keyProposal().fingerprint.slice(-8)) throw differ();
      opened[Number(args['token']) - 1] = { ...found, id: 'verified' };
      return null;
    },
    key_book: () => book,
    remove_key: (args) => (book = { ...book, entries: book.entries.filter((entry) => entry.index !== args['index']) }),
    confirm_suggestion: (args) => {
      const entry = book.suggestions.find((one) => one.index === args['index']);
      if (!entry || last(args) !== entry.fingerprint.slice(-8)) throw differ();
      return (book = { ...book, suggestions: [], entries: [...book.entries, { ...entry, index: 9 }] });
    },
    propose_authority: () => keyProposal(),
    confirm_authority: (args) => {
      if (last(args) !== keyProposal().fingerprint.slice(-8)) throw differ();
      return book;
    },
    remove_authority: (args) => (book = { ...book, authorities: book.authorities.filter((entry) => entry.index !== args['index']) }),
    import_key_book: () => book,
    export_key_book: () => exported('audit-desk.keybook.json', 'The key book was written.'),
  };
}

function differ(): CommandError {
  return error('LAST_CHARACTERS_DIFFER', 'The characters you typed are not the last eight of this fingerprint. Compare the whole fingerprint again.');
}

function exported(fileName: string, sentence: string): unknown {
  return { fileName, place: '/home/jl/Documents/Engagements', sentence, rows: 3, bytes: 4218, sha256: 'a636fc96b51ac730d1a90e4bf9805005e3fa71cb58a9d8ac98a08ffc975b393f' };
}

/** The note of a pack that is open; for tests, which make it fail. */
export function noteOf(token: number): MockNote {
  let note = notes.get(token);
  if (!note) notes.set(token, (note = new MockNote()));
  return note;
}

function noting(): Record<string, Command> {
  const note = (args: Args) => noteOf(Number(args['token']));
  return {
    note: (args) => note(args).view(),
    note_subject: (args) => note(args).subject(args['target'] as NoteTarget),
    note_act: (args) => note(args).act(args['act'] as Act, args['draft'] as string | null),
    note_draft: (args) => note(args).keep(String(args['place']), String(args['text'])),
    note_undo: (args) => note(args).undo(),
    note_redo: (args) => note(args).view(),
    note_history: (args) => note(args).history(),
    import_checklist: (args) => note(args).act({ act: 'chooseChecklist', id: 'own' }, null),
    sample_page: () => samplePage(),
    save_note: () => exported('governed-run-004.zip.review.json', 'Version 1, prepared, with 9 entries.'),
    pick_key: () => signingKey(''),
    open_key: (args) => signingKey(String(args['passphrase'])),
    drop_key: () => null,
    create_key: (args) => {
      if (args['passphrase'] !== args['again']) throw error('PASSPHRASES_DIFFER', 'The two passphrases differ. Type the same one twice.');
      return { ...signingKey('made'), publicName: 'anna.pub.pem' };
    },
    sign_off: (args) => note(args).sign(String(args['name'])),
    handed_note: (args) => handedNote(Number(args['token']), opened.length > 0 ? 1 : null),
    open_pack_of_note: () => open(['verified'], 'dialog'),
    reviewer_proposal: () => keyProposal(),
    confirm_reviewer: () => null,
    set_name: (args) => {
      const name = String(args['name']).trim();
      for (const [place] of opened.entries()) noteOf(place + 1).actor = name;
      return name;
    },
  };
}

function saving(): Record<string, Command> {
  return {
    copy: () => {
      if (broken) throw error('CLIPBOARD', 'The clipboard could not be reached. Select the text and copy it with Ctrl C.');
      return null;
    },
    save_work: () => exported('repeat-by-hand', '4 files written.'),
    save_pack: () => exported('governed-run-004-selection.zip', '2 records written of 3 in the pack. Checked again by itself, the new pack comes to: Problem found.'),
    save_exact: () => exported('step-1.json', '1 record written of 3 in the pack.'),
    export: (args) => exported(`governed-run-004.${String(args['id'])}.json`, '3 rows written, 3 records in the pack.'),
  };
}
