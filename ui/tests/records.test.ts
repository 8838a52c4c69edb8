import { expect, test } from 'vitest';
import { arrive, calls } from '../mock/backend';
import { all, click, key, one, settle, type, withWindow } from './window';

withWindow();

async function open(): Promise<void> {
  await arrive(['large']);
  await settle();
  await click('rail-records');
  await settle();
}

test('the table counts all rows and holds few', async () => {
  await open();
  const table = one('record-table');
  expect(table.tagName).toBe('TABLE');
  expect(table.getAttribute('aria-rowcount')).toBe('100001');
  expect(all('record').length).toBeLessThanOrEqual(100);
  expect(one('record').getAttribute('aria-rowindex')).toBe('2');
});

test('pages have at most 200 rows and growing request numbers', async () => {
  await open();
  const queries = calls.filter((call) => call.command === 'record_page').map((call) => call.args['query'] as { count: number; request: number });
  expect(queries.every((query) => query.count <= 200)).toBe(true);
  expect(queries.map((query) => query.request)).toEqual([...queries.keys()].map((place) => place + 1));
});

test('arrow keys move, Enter opens, Esc closes and gives the focus back', async () => {
  await open();
  const table = one('record-table');
  table.focus();
  await key('ArrowDown');
  await key('ArrowDown');
  expect(one('record', 1).getAttribute('aria-selected')).toBe('true');
  await key('Enter');
  expect(one('record-pane').dataset['record']).toBe('2');
  await key('ArrowDown');
  expect(one('record-pane').dataset['record']).toBe('3');
  await key('Escape', {}, one('record-pane'));
  expect(all('record-pane')).toHaveLength(0);
  expect(document.activeElement).toBe(table);
});

test('previous and next follow the order of the table', async () => {
  await open();
  await click('verdict-filter-failed');
  await settle();
  await click('record', 0);
  expect(one('record-pane').dataset['record']).toBe('3');
  await click('next-record');
  expect(one('record-pane').dataset['record']).toBe('41006');
  expect((one('next-record') as HTMLButtonElement).disabled).toBe(true);
});

test('a search waits for a pause and then asks once', async () => {
  await open();
  const before = calls.filter((call) => call.command === 'record_page').length;
  const field = one('record-search') as HTMLInputElement;
  for (const text of ['M', 'Ma', 'Mall']) {
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  await settle(400);
  const asked = calls.filter((call) => call.command === 'record_page').slice(before);
  expect(asked.map((call) => (call.args['query'] as { search: string }).search)).toEqual(['Mall']);
});

test('filters that hide everything say so and can be cleared', async () => {
  await open();
  await type('record-search', 'zzzz');
  await settle(400);
  expect(one('no-records').textContent).toContain('100,000 are hidden');
  await click('clear-filters');
  await settle();
  expect(all('record').length).toBeGreaterThan(0);
});

test('a record that the filters show is gone to where it stands', async () => {
  await open();
  await click('verdict-filter-failed');
  await click('go-to-number');
  await type('go-to-input', '41,016');
  await click('go-to-submit');
  expect(one('record-pane').dataset['record']).toBe('41006');
  expect(all('record')[1]?.getAttribute('aria-selected')).toBe('true');
});

test('filters that hide a record give way when it is gone to', async () => {
  await open();
  await click('verdict-filter-failed');
  await click('go-to-number');
  await type('go-to-input', '41,017');
  one('go-to-submit').closest('dialog')?.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await settle();
  expect(one('record-pane').dataset['record']).toBe('41007');
  const last = calls.filter((call) => call.command === 'record_page').at(-1)?.args['query'];
  expect(last).toMatchObject({ verdict: null, search: '', descending: false });
});

test('a number that can mean two records shows both', async () => {
  await open();
  await click('go-to-number');
  await type('go-to-input', '41,006');
  expect(all('go-to-row').map((row) => row.textContent)).toEqual(['Sequence number 41,006', 'Record 41,006 of 100,000']);
  await click('go-to-row', 1);
  expect(one('record-pane').dataset['record']).toBe('41006');
});

test('a number that no record has says so', async () => {
  await open();
  await click('go-to-number');
  await type('go-to-input', '100011');
  expect(one('go-to-dialog').textContent).toContain('There is no record with this number.');
  expect((one('go-to-submit') as HTMLButtonElement).disabled).toBe(true);
});

test('a value chosen by keyboard filters the table until it is let go', async () => {
  await open();
  await click('pick-action');
  await type('value-search', 'login');
  expect(all('value')).toHaveLength(1);
  await key('Enter', {}, one('value-search'));
  await settle();
  const filters = () => (calls.filter((call) => call.command === 'record_page').at(-1)?.args['query'] as { filters: unknown }).filters;
  expect(filters()).toEqual([{ column: 'action', value: 5 }]);
  expect(one('pick-action').textContent).toContain('login.failed');
  expect(document.activeElement).toBe(one('pick-action'));
  await click('unpick-action');
  expect(filters()).toEqual([]);
});

test('Esc closes the list of values and changes nothing', async () => {
  await open();
  await click('pick-action');
  await key('Escape', {}, one('value-search'));
  expect(all('values-action')).toHaveLength(0);
  expect(one('pick-action').getAttribute('aria-expanded')).toBe('false');
});

test('what another tool makes of a record is closed until it is asked for', async () => {
  await open();
  await click('record', 0);
  await settle();
  const told = one('other-tools') as HTMLDetailsElement;
  expect(told.open).toBe(false);
  expect(told.textContent).toContain('Go SDK 0.2.0');
  expect(all('their-hash')).toHaveLength(1);
});

test('a heading sorts, and sorts the other way round', async () => {
  await open();
  await click('sort-time');
  await click('sort-time');
  const last = calls.filter((call) => call.command === 'record_page').at(-1)?.args['query'];
  expect(last).toMatchObject({ sort: 'time', descending: true });
  expect(document.querySelector('th[aria-sort="descending"]')?.textContent).toContain('Time');
});

test('covered, not covered and the seal are told apart', async () => {
  await open();
  await click('record', 2);
  expect(one('cover-covered').textContent).toContain('does not match');
  expect(one('cover-notCovered').textContent).toContain('Anyone could have added or changed these');
  expect(one('cover-seal')).toBeDefined();
});

test('what the reader sees is what is handed over', async () => {
  await open();
  await click('verdict-filter-failed');
  await settle();
  await click('save-records');
  await settle();
  await click('hand-over-save');
  await settle();
  const saved = calls.find((call) => call.command === 'save_pack')?.args;
  expect(saved?.['record']).toBe(null);
  expect((saved?.['query'] as { verdict: string }).verdict).toBe('failed');
  expect(one('exported').textContent).toContain('2 records written of 3');
});

test('the exact bytes of the open record are asked for by its number', async () => {
  await open();
  await click('record', 2);
  await settle();
  await click('save-exact');
  await settle();
  await click('hand-over-save');
  await settle();
  expect(calls.find((call) => call.command === 'save_exact')?.args['record']).toBe(3);
});
