import { expect, test } from 'vitest';
import { all, click, one, settle, withWindow } from './window';

withWindow({ slow: true });

test('progress shows only after 300 ms, and cancelling leaves no verdict', async () => {
  await click('sample-failed');
  expect(all('checking')).toHaveLength(0);
  await settle(700);
  expect(one('checking').textContent).toContain('Record ');
  await click('cancel');
  await settle(300);
  expect(one('unfinished').dataset['state']).toBe('cancelled');
  expect(one('unfinished').textContent).toContain('No verdict was reached');
  expect(all('verdict')).toHaveLength(0);
});

test('cancelling leaves the page at once, and what the old run still says counts no more', async () => {
  await click('sample-failed');
  await settle(700);
  expect(all('so-far').map((one) => one.dataset['verdict'])).toEqual(['verified', 'failed', 'undecided']);
  one('cancel').click();
  await settle();
  expect(one('unfinished').dataset['state']).toBe('cancelled');
  await settle(600);
  expect(one('unfinished').dataset['state']).toBe('cancelled');
});
