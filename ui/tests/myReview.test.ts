import { describe, expect, test } from 'vitest';
import { arrive, calls, noteOf } from '../mock/backend';
import { shaped } from '../src/lib/shaped';
import { lines } from '../src/lib/statement.svelte';
import { all, click, one, settle, type, withWindow } from './window';

const value = (testid: string) => (one(testid) as HTMLInputElement).value;
const state = (name: string) => one(`saved-${name}`).dataset['state'];
const sent = (command: string) => calls.filter((call) => call.command === command).map((call) => call.args);

async function check(testid: string): Promise<void> {
  one(testid).click();
  await settle();
}

async function open(): Promise<void> {
  await click('sample-failed');
  await settle(50);
  await click('rail-myReview');
  await settle(50);
}

/** With the name that stands beside every act. */
async function openNamed(): Promise<void> {
  await open();
  await type('note-name', 'J. Lindqvist');
}

test('a draft of another shape than its section is not taken up', () => {
  const sample = { until: '', lines: [''], count: null as number | null };
  expect(shaped(sample, '{"until":"2033","lines":["a"],"count":3}')).toEqual({ until: '2033', lines: ['a'], count: 3 });
  expect(shaped(sample, '{"until":"2033","lines":["a"]}')).toBeUndefined();
  expect(shaped(sample, '{"until":"2033","lines":[1],"count":null}')).toBeUndefined();
  expect(shaped(sample, '{"until":{},"lines":[],"count":null}')).toBeUndefined();
  expect(shaped(sample, '{"until":"","lines":[],"count":null,"more":1}')).toBeUndefined();
  expect(shaped(sample, '{')).toBeUndefined();
});

test('empty lines of a list are left out when it is stated', () => {
  expect(lines([' a ', '', 'b', ' '])).toEqual(['a', 'b']);
});

describe('my review', () => {
  withWindow();

  test('every section stands in the outline with how far it is', async () => {
    await open();
    expect(all('section-engagement')).toHaveLength(1);
    expect(one('go-checklist').textContent).toContain('not stated yet');
    expect(one('sign-preparer')).toHaveProperty('disabled', true);
  });

  test('saved is said only once the note has it, and the draft goes with it', async () => {
    await openNamed();
    await type('engagement-client', 'Harbour Lane');
    expect(state('engagement')).toBe('typed');
    await click('save-engagement');
    await settle(20);
    expect(state('engagement')).toBe('saved');
    expect(one('state-engagement').textContent).toBe('stated');
    const act = sent('note_act').at(-1);
    expect(act).toMatchObject({ draft: 'engagement', act: { act: 'stateEngagement', engagement: { client: 'Harbour Lane' } } });
  });

  test('what could not be saved stays on the screen and says so', async () => {
    await openNamed();
    await type('procedure-objective', 'Whether it is whole.');
    noteOf(1).failing = { code: 'IO_DISK_FULL', message: 'The disk is full.' };
    await click('save-procedure');
    await settle(20);
    expect(state('procedure')).toBe('failed');
    expect(value('procedure-objective')).toBe('Whether it is whole.');
    expect(one('section-procedure').textContent).toContain('The disk is full.');
    noteOf(1).failing = undefined;
    await click('save-procedure');
    await settle(20);
    expect(state('procedure')).toBe('saved');
  });

  test('without a name nothing is saved, and the words stay', async () => {
    await open();
    await type('retention-until', '2033-12-31');
    await click('save-retention');
    await settle(20);
    expect(sent('note_act')).toHaveLength(0);
    expect(state('retention')).toBe('failed');
    expect(value('retention-until')).toBe('2033-12-31');
  });

  test('what is typed is kept as a draft and is there in another view and back', async () => {
    await openNamed();
    await type('procedure-objective', 'Half a sentence');
    await settle(700);
    expect(sent('note_draft').at(-1)).toMatchObject({ place: 'procedure' });
    await click('rail-summary');
    await click('rail-myReview');
    await settle(50);
    expect(value('procedure-objective')).toBe('Half a sentence');
    expect(state('procedure')).toBe('typed');
    await click('discard-procedure');
    await settle(20);
    expect(value('procedure-objective')).toBe('');
    expect(noteOf(1).drafts.size).toBe(0);
  });

  test('an answer is saved as it is chosen, its remark when the reader says so', async () => {
    await openNamed();
    await click('choose-checklist');
    await settle(20);
    await check('answer-no');
    await settle(20);
    expect(one('question').dataset['value']).toBe('no');
    await type('answer-remark', 'By mail only.');
    await click('save-answer');
    await settle(20);
    expect(sent('note_act').at(-1)).toMatchObject({ act: { act: 'answerItem', item: 'q0', value: 'no', remark: 'By mail only.' } });
  });

  test('a sample shows its seed and its records', async () => {
    await openNamed();
    await type('sample-seed', '2026-Q3');
    await click('draw-sample');
    await settle(50);
    expect(sent('note_act').at(-1)).toMatchObject({ act: { act: 'drawSample', method: 'random', size: 5, seed: '2026-Q3' } });
    expect(all('sample-row').map((row) => row.dataset['record'])).toEqual(['2', '3']);
    await click('sample-record');
    expect(all('view-records')).toHaveLength(1);
  });

  test('a limit that is struck is not part of the conclusion', async () => {
    await openNamed();
    one('limit').querySelector('input')?.click();
    await settle();
    await type('conclusion-limits', 'Only what was asked for.');
    await type('conclusion-text', 'Not used.');
    await click('save-conclusion');
    await settle(20);
    expect(sent('note_act').at(-1)).toMatchObject({ act: { conclusion: { limits: ['That the signer was entitled to sign.', 'Only what was asked for.'] } } });
    expect(one('sign-preparer')).toHaveProperty('disabled', false);
  });

  test('an exception is proposed, changed and said to be what it is', async () => {
    await openNamed();
    await click('propose-exceptions');
    await settle(20);
    await click('edit-exception');
    await type('exception-owner', 'M. Okafor');
    await click('save-exception');
    await settle(50);
    expect(all('exception-form')).toHaveLength(0);
    expect(one('exception').textContent).toContain('M. Okafor');
    expect(all('propose-exceptions')).toHaveLength(0);
  });
});

describe('signing', () => {
  withWindow();

  async function atTheForm(): Promise<void> {
    await openNamed();
    await type('conclusion-text', 'Not used.');
    await click('save-conclusion');
    await settle(20);
    await click('sign-preparer');
  }

  test('needs a name, a title and the person’s word; the key file is asked for by the back end', async () => {
    await atTheForm();
    expect(value('sign-name')).toBe('J. Lindqvist');
    expect(one('sign-agree')).toHaveProperty('disabled', true);
    await type('sign-title', 'Auditor');
    await check('sign-agree');
    expect(one('sign-submit')).toHaveProperty('disabled', false);
    await check('sign-with-key');
    expect(one('sign-submit')).toHaveProperty('disabled', true);
    await click('pick-key');
    await settle(20);
    expect(sent('pick_key')).toEqual([{}]);
    expect(one('sign-submit')).toHaveProperty('disabled', true);
    await type('key-passphrase', 'correct horse battery');
    await click('open-key');
    await settle(20);
    expect(one('key-fingerprint').textContent).toContain('3d2255bf');
    await click('sign-submit');
    await settle(50);
    expect(sent('sign_off').at(-1)).toMatchObject({ role: 'preparer', name: 'J. Lindqvist', title: 'Auditor', withKey: true, passphrase: 'correct horse battery' });
    expect(sent('drop_key')).toHaveLength(1);
    expect(all('save-engagement')).toHaveLength(0);
  });

  test('a passphrase that is typed differently the second time makes no key', async () => {
    await atTheForm();
    await check('sign-with-key');
    await click('new-key');
    await type('new-passphrase', 'correct horse battery');
    await type('new-passphrase-again', 'correct horse');
    await click('create-key');
    await settle(20);
    expect(all('key-fingerprint')).toHaveLength(0);
    expect(one('sign-dialog').textContent).toContain('The two passphrases differ.');
  });

  test('a typed name alone sends no passphrase', async () => {
    await atTheForm();
    await type('sign-title', 'Auditor');
    await check('sign-agree');
    await click('sign-submit');
    await settle(50);
    expect(sent('sign_off').at(-1)).toMatchObject({ withKey: false, passphrase: '' });
  });
});

describe('a note that is handed over', () => {
  withWindow();

  test('is shown with the three questions, and asks for its pack', async () => {
    await arrive(['note']);
    await settle(50);
    expect(one('note-question-1').dataset['outcome']).toBe('undetermined');
    expect(one('note-check', 1).dataset['code']).toBe('NOTE_ENTRY_CHANGED');
    await click('open-note-pack');
    await settle(100);
    expect(one('note-pack-sentence').dataset['open']).toBe('1');
    await click('show-note-pack');
    expect(one('verdict').dataset['verdict']).toBe('verified');
  });

  test('is checked again once its signer’s key is confirmed', async () => {
    await arrive(['note']);
    await settle(50);
    await click('confirm-reviewer');
    await click('confirm-next');
    await type('confirm-detail', 'By phone');
    await type('confirm-by', 'M. Okafor');
    await click('confirm-next');
    const before = sent('handed_note').length;
    await type('confirm-last', '12345678');
    await click('confirm-next');
    await settle(50);
    expect(sent('confirm_reviewer').at(-1)).toMatchObject({ token: 900, signer: 0 });
    expect(sent('handed_note').length).toBe(before + 1);
    expect(all('confirm-key-dialog')).toHaveLength(0);
  });

  test('beside packs stands in the list with them', async () => {
    await arrive(['note', 'verified', 'failed']);
    await settle(100);
    expect(all('note-row')).toHaveLength(1);
    await click('show-note');
    expect(all('view-handed-note')).toHaveLength(1);
    await click('close-note');
    await settle(20);
    expect(all('note-row')).toHaveLength(0);
  });
});
