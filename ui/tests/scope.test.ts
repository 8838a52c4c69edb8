import { expect, test } from 'vitest';
import { arrive, calls } from '../mock/backend';
import { all, click, one, settle, withWindow } from './window';

withWindow();

async function open(): Promise<void> {
  await arrive(['large']);
  await settle();
}

const commands = () => calls.map((call) => call.command);

test('what nobody stated is asked, and the answer checks again', async () => {
  await open();
  expect(one('scope-sentence').textContent).toBe('The file does not say.');
  await click('scope-full');
  await click('state-scope');
  await settle();
  const stated = calls.find((call) => call.command === 'state_scope');
  expect(stated?.args).toEqual({ token: 1, scope: 'full' });
  expect(commands().filter((command) => command === 'check')).toHaveLength(2);
});

test('a stated scope stands on its tile and can be changed', async () => {
  await open();
  await click('scope-full');
  await click('state-scope');
  await settle();
  expect(all('scope-question')).toHaveLength(0);
  expect(one('tile-scope').textContent).toContain('You stated: full.');
  await click('change-scope');
  expect((one('scope-full') as HTMLInputElement).checked).toBe(true);
  await click('scope-filtered');
  await click('scope-submit');
  await settle();
  expect(one('tile-scope').textContent).toContain('You stated: filtered.');
});

test('a pack without a log is not asked', async () => {
  await arrive(['failed']);
  await settle();
  expect(all('scope-question')).toHaveLength(0);
  expect(all('tile-scope')).toHaveLength(0);
});
