import { expect, test } from 'vitest';
import { arrive, calls, hold } from '../mock/backend';
import { session } from '../src/lib/session.svelte';
import { all, click, key, one, settle, type, withWindow } from './window';

withWindow();

test('a sample is opened, checked and its verdict shown', async () => {
  await click('sample-failed');
  expect(one('verdict').dataset['verdict']).toBe('failed');
  expect(one('verdict').getAttribute('role')).toBe('status');
  expect(one('verdict-word').textContent).toBe('Problem found.');
  expect(one('pack-sha256').dataset['sha256']).toHaveLength(64);
});

test('the verdict is read out once', async () => {
  await click('sample-verified');
  expect(one('verdict').getAttribute('aria-live')).toBe('polite');
  await click('rail-checks');
  await click('rail-summary');
  expect(one('verdict').getAttribute('aria-live')).toBe('off');
});

test('the next step opens the check that failed', async () => {
  await click('sample-failed');
  await click('next-step');
  expect(one('check-detail').textContent).toContain('What we found');
  expect(one('expected').querySelectorAll('mark').length).toBeGreaterThan(0);
  expect(document.activeElement?.getAttribute('aria-expanded')).toBe('true');
});

test('the filter of the checks hides the others', async () => {
  await click('sample-failed');
  await click('rail-checks');
  const before = all('check').length;
  await click('filter-fail');
  expect(all('check').every((row) => row.dataset['outcome'] === 'fail')).toBe(true);
  expect(all('check').length).toBeLessThan(before);
});

test('a group with several subjects is stepped through', async () => {
  await click('sample-verified');
  await click('rail-checks');
  await click('check-toggle');
  expect(one('check-detail').textContent).toContain('Record 1,');
  await click('step-next');
  expect(one('check-detail').textContent).toContain('Record 3,');
  expect((one('step-next') as HTMLButtonElement).disabled).toBe(true);
});

test('where only a confirmed key is missing, the summary says how to finish and starts it', async () => {
  await click('sample-undecided');
  expect(one('finish').querySelectorAll('li')).toHaveLength(3);
  expect(one('finish-fingerprint').textContent?.replace(/\s/g, '')).toContain('5250f6b496713acb');
  for (const way of ['next-step', 'finish-confirm']) {
    await click(way);
    expect(one('proposal-fingerprint').textContent).toContain('d9b64aba');
    await click('confirm-cancel');
  }
});

test('a key is confirmed in three steps and the pack is checked again', async () => {
  await click('sample-undecided');
  await click('rail-keys');
  await click('confirm-key');
  expect(one('proposal-fingerprint').textContent).toContain('d9b64aba');
  await click('confirm-next');
  expect((one('confirm-next') as HTMLButtonElement).disabled).toBe(true);
  await type('confirm-detail', 'R. Tan, 2026-05-11');
  await click('confirm-next');
  await type('confirm-last', 'd9b64abb');
  await click('confirm-next');
  expect(one('trouble').dataset['code']).toBe('LAST_CHARACTERS_DIFFER');
  await type('confirm-last', 'd9b64aba');
  await click('confirm-next');
  expect(all('confirm-key-dialog')).toHaveLength(0);
  expect(one('verdict').dataset['verdict']).toBe('verified');
  expect(one('verdict').getAttribute('aria-live')).toBe('polite');
});

test('several packs become a list, each with its verdict', async () => {
  await arrive(['verified', 'failed', 'error']);
  await settle();
  expect(all('pack').map((row) => row.dataset['verdict'])).toEqual(['verified', 'failed', 'error']);
  await click('show-pack', 1);
  expect(one('verdict').dataset['verdict']).toBe('failed');
  await click('all-packs');
  await click('close-pack', 0);
  expect(all('pack')).toHaveLength(2);
  expect(calls.some((call) => call.command === 'close')).toBe(true);
});

test('a pack that was not read has no tiles but its files', async () => {
  await arrive(['error']);
  await settle();
  expect(all('tile-0')).toHaveLength(0);
  expect(one('files-peek').textContent).toContain('../../Startup/run.cmd');
  expect(one('open-another').textContent).toContain('Open another file');
});

test('what is copied is said where it was copied', async () => {
  await click('sample-failed');
  await click('copy-sentence');
  expect(one('copy-sentence').dataset['copied']).toBe('true');
  expect(calls.filter((call) => call.command === 'copy')[0]?.args['text']).toContain('Sealcheck 0.1.0 checked');
  await click('copy-pack-sha256');
  expect(one('copy-sentence').dataset['copied']).toBe('false');
});

test('files held over the window are announced and let go', async () => {
  await hold(3);
  await settle();
  expect(one('drop-hint').textContent).toContain('Drop to check 3 items');
  await hold(0);
  await settle();
  expect(all('drop-hint')).toHaveLength(0);
});

test('a dialog gives the focus back', async () => {
  await click('sample-failed');
  one('open-export').focus();
  await click('open-export');
  expect(all('export-dialog')).toHaveLength(1);
  await click('dialog-close');
  expect(document.activeElement).toBe(one('open-export'));
});

test('comparing says same, different or another kind', async () => {
  await click('sample-failed');
  await click('next-step');
  await click('compare-value');
  await type('compare-given', 'SHA256:3D2255BF75E4C34519164912053ED60A0DE94910321EAC01223368299AC2160B');
  expect(one('compare-result').dataset['outcome']).toBe('pass');
  await type('compare-given', 'hello');
  expect(one('compare-result').dataset['outcome']).toBe('undetermined');
  await type('compare-given', '');
  expect(one('compare-result').dataset['outcome']).toBeUndefined();
});

test('keys move between the parts of the window', async () => {
  await click('sample-failed');
  one('open-export').focus();
  await key('F6');
  expect(document.activeElement).toBe(one('rail-summary'));
  await key('F6', { shiftKey: true });
  expect(document.activeElement?.closest('[data-region]')?.getAttribute('data-region')).toBe('header');
});

test('the palette runs what was found', async () => {
  await click('sample-failed');
  await key('k', { ctrlKey: true });
  await type('palette-search', 'manif');
  await key('Enter', {}, one('palette-search'));
  expect(one('view-manifest')).toBeDefined();
  expect(session.dialog).toBeUndefined();
});

test('removing a key asks first', async () => {
  await click('open-key-book');
  const before = all('key-book-entry').length;
  await click('remove-key');
  expect(all('key-book-entry')).toHaveLength(before);
  await click('remove-confirm');
  expect(all('key-book-entry')).toHaveLength(before - 1);
});

test('exports are offered, and what was written stays to be read', async () => {
  await click('sample-failed');
  await click('open-export');
  await click('export-projectCsv');
  await click('export-save');
  expect(one('exported').textContent).toContain('3 rows written');
  expect(calls.at(-1)?.args).toMatchObject({ id: 'projectCsv', record: null });
});
