import { expect, test } from 'vitest';
import { arrive, calls, noteOf } from '../mock/backend';
import { session } from '../src/lib/session.svelte';
import { tagsOf } from '../src/lib/tags';
import { Typing } from '../src/lib/typing.svelte';
import { all, click, key, one, settle, type, withWindow } from './window';

withWindow();

/** The pause in typing after which a text is on the disk. */
const PAUSE = 450;

async function open(pack = 'failed'): Promise<void> {
  await arrive([pack]);
  await settle();
}

async function write(text: string, tags = ''): Promise<void> {
  await type('note-text', text);
  if (tags) await type('note-tags', tags);
  await click('note-save');
}

async function decide(value: string, reason: string): Promise<void> {
  const list = one('decision-value') as HTMLSelectElement;
  list.value = value;
  list.dispatchEvent(new Event('change', { bubbles: true }));
  await type('decision-reason', reason);
}

test('Ctrl Shift N opens the notes where they are written, and from inside closes them', async () => {
  await open();
  await key('N', { ctrlKey: true, shiftKey: true });
  expect(document.activeElement).toBe(one('note-text'));
  await key('N', { ctrlKey: true, shiftKey: true });
  expect(all('notes')).toHaveLength(0);
  expect(document.activeElement).toBe(one('view-summary'));
});

test('the name is asked for once, and nothing is saved without it', async () => {
  await open();
  await click('open-notes');
  await write('Asked for the original.');
  expect(document.activeElement).toBe(one('note-name'));
  expect(calls.some((call) => call.command === 'note_act')).toBe(false);
  expect((one('note-text') as HTMLTextAreaElement).value).toBe('Asked for the original.');
  await type('note-name', 'J. Lindqvist');
  await click('note-save');
  expect(one('note-words').textContent).toBe('Asked for the original.');
  expect(all('note-name')).toHaveLength(0);
  expect(one('note').textContent).toContain('J. Lindqvist');
});

test('a note is written with tags, changed, removed and brought back', async () => {
  await open();
  noteOf(1).actor = 'J. Lindqvist';
  await session.current?.notes.load();
  await click('open-notes');
  await write('Seen.', 'follow up, sender, follow up');
  expect(all('note-tag').map((tag) => tag.textContent)).toEqual(['follow up', 'sender']);
  expect((one('note-text') as HTMLTextAreaElement).value).toBe('');
  expect(one('open-notes').textContent).toContain('1');
  await click('note-change');
  await type('note-text', 'Seen twice.');
  await click('note-save');
  expect(one('note-words').textContent).toBe('Seen twice.');
  await click('note-remove');
  expect(all('note')).toHaveLength(0);
  await click('note-undo');
  expect(one('note-words').textContent).toBe('Seen twice.');
});

test('a note that is chosen among all is changed where it stands', async () => {
  await open('large');
  noteOf(1).actor = 'J. Lindqvist';
  await session.current?.notes.load();
  await click('rail-records');
  await click('record', 2);
  await click('open-notes');
  await write('On record 3.');
  await click('rail-summary');
  await click('tab-all');
  await click('note-change');
  await settle();
  expect(one('record-pane').dataset['record']).toBe('3');
  expect((one('note-text') as HTMLTextAreaElement).value).toBe('On record 3.');
  expect(one('note-save').textContent).toContain('Save the change');
});

test('saved is said when it is on the disk, and not before or when it failed', async () => {
  await open();
  noteOf(1).actor = 'J. Lindqvist';
  await session.current?.notes.load();
  await click('open-notes');
  expect(one('note-saved').textContent).toContain('Nothing written yet');
  noteOf(1).failing = { code: 'IO_DISK_FULL', message: 'The disk is full; nothing was changed.' };
  await write('Words that stay.');
  expect(one('trouble').textContent).toContain('The disk is full');
  expect(one('note-saved').textContent).toContain('was not saved');
  expect((one('note-text') as HTMLTextAreaElement).value).toBe('Words that stay.');
  noteOf(1).failing = undefined;
  await click('note-save');
  expect(one('note-saved').textContent).toContain('Saved 2026-11-25 09:21:07 UTC, in pack.zip.sealnote');
  expect(all('trouble')).toHaveLength(0);
});

test('typing is kept at each pause, and what could not be kept says so and stays', async () => {
  await open();
  await click('open-notes');
  await type('note-text', 'Half a sen');
  expect(one('draft-state').dataset['kept']).toBe('typing');
  await settle(PAUSE);
  expect(one('draft-state').dataset['kept']).toBe('kept');
  expect(noteOf(1).drafts.get('note {"kind":"pack"}')).toBe('Half a sen');
  noteOf(1).failing = { code: 'IO_READ_ONLY', message: "The note's folder cannot be written; nothing was changed." };
  await type('note-text', 'Half a sentence');
  await settle(PAUSE);
  expect(one('draft-state').dataset['kept']).toBe('lost');
  expect(one('draft-state').getAttribute('role')).toBe('alert');
  expect(one('draft-state').textContent).toContain("folder cannot be written");
  expect((one('note-text') as HTMLTextAreaElement).value).toBe('Half a sentence');
});

test('what was left unfinished is offered again where it was typed', async () => {
  noteOf(1).drafts.set('note {"kind":"record","number":2}', 'Name differs from');
  await open('large');
  expect(one('note-unfinished').textContent).toContain('record 2');
  await click('note-go-on');
  await settle();
  expect(one('record-pane').dataset['record']).toBe('2');
  expect((one('note-text') as HTMLTextAreaElement).value).toBe('Name differs from');
  expect(one('draft-state').textContent).toContain('Left unfinished');
});

test('notes turn to what is before the reader: record, field, check, pack', async () => {
  await open('large');
  await click('open-notes');
  expect(one('notes').dataset['place']).toBe('pack');
  await click('rail-records');
  await click('record', 2);
  await settle();
  expect(one('notes').dataset['place']).toBe('record/3');
  const part = one('note-part') as HTMLSelectElement;
  part.value = '/action';
  part.dispatchEvent(new Event('change', { bubbles: true }));
  await settle();
  expect(one('notes').dataset['place']).toBe('field/3/action');
  await click('close-record');
  expect(one('notes').dataset['place']).toBe('pack');
  await click('rail-checks');
  await click('check-toggle');
  await settle();
  expect(one('notes').dataset['place']).toMatch(/^check\//);
});

test('a decision needs its reason, and shows in the row of its record', async () => {
  await open('large');
  noteOf(1).actor = 'J. Lindqvist';
  await session.current?.notes.load();
  await click('rail-records');
  await click('record', 1);
  await click('record-notes');
  await click('decide');
  await decide('rejected', '');
  expect((one('decide-save') as HTMLButtonElement).disabled).toBe(true);
  await type('decision-reason', 'Not what was signed.');
  await click('decide-save');
  await settle();
  expect(one('decision').dataset['value']).toBe('rejected');
  expect(one('row-review', 1).textContent).toContain('Rejected');
});

test('all the records that are shown are decided at once', async () => {
  await open();
  noteOf(1).actor = 'J. Lindqvist';
  await session.current?.notes.load();
  await click('rail-records');
  await click('verdict-filter-verified');
  await settle();
  expect(one('decide-shown').textContent).toContain('Decide on the');
  await click('decide-shown');
  await decide('accepted', 'As signed.');
  await click('decide-shown-save');
  expect(all('decide-dialog')).toHaveLength(0);
  const act = calls.filter((call) => call.command === 'note_act').at(-1)?.args['act'];
  expect(act).toMatchObject({ act: 'decideFiltered', value: 'accepted', reason: 'As signed.', query: { verdict: 'verified' } });
});

test('a note that can only be read says why, and offers nothing to write in', async () => {
  noteOf(1).readOnly = 'The note is open in another window (Anna, since 09:00); it can be read here.';
  await open();
  await click('open-notes');
  expect(one('note-read-only').textContent).toContain('open in another window (Anna');
  expect(all('note-text')).toHaveLength(0);
  expect(all('decide')).toHaveLength(0);
});

test('the history is told, and that it holds together', async () => {
  await open();
  noteOf(1).actor = 'J. Lindqvist';
  await session.current?.notes.load();
  await click('open-notes');
  await write('Seen.');
  await click('tab-history');
  await settle();
  expect(one('history-sentence').textContent).toContain('2 entries hold together');
  expect(one('history-entry').textContent).toContain('Note written');
  expect(all('stage').map((stage) => stage.dataset['reached'])).toEqual(['true', 'false', 'false', 'false']);
});

test('a review that was signed off takes notes and no decisions, and is opened again with a reason', async () => {
  Object.assign(noteOf(1), { status: 'prepared', actor: 'J. Lindqvist' });
  await open();
  await click('open-notes');
  expect(one('rail-myReview').textContent).toContain('Prepared');
  expect(all('decide')).toHaveLength(0);
  expect(all('note-text')).toHaveLength(1);
  await click('tab-history');
  await click('reopen');
  expect((one('reopen-save') as HTMLButtonElement).disabled).toBe(true);
  await type('reopen-reason', 'The sender sent the original.');
  await click('reopen-save');
  await settle();
  expect(all('reopen-dialog')).toHaveLength(0);
  expect(one('history-entry').textContent).toContain('The sender sent the original.');
  expect(one('rail-myReview').textContent).toContain('Draft');
});

test('tags are told apart by commas, each once', () => {
  expect(tagsOf(' follow  up,sender,, follow up ')).toEqual(['follow up', 'sender']);
});

test('an older text never comes to lie over a newer one', async () => {
  const disk: string[] = [];
  const typing = new Typing(async (text) => {
    await new Promise((resolve) => setTimeout(resolve, text === 'first' ? 30 : 1));
    disk.push(text);
  });
  typing.type('first');
  void typing.flush();
  await new Promise((resolve) => setTimeout(resolve, 5));
  typing.type('second');
  await typing.flush();
  expect(disk).toEqual(['first', 'second']);
  expect(typing.kept).toBe('kept');
});
