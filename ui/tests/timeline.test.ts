import { beforeEach, expect, test } from 'vitest';
import { arrive, calls } from '../mock/backend';
import { session } from '../src/lib/session.svelte';
import { all, click, key, one, settle, type, withWindow } from './window';

// The test document lays nothing out: a ribbon has the width that is said here.
beforeEach(() => {
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 960 });
});
withWindow();

async function open(pack: string): Promise<void> {
  await arrive([pack]);
  await settle();
  await click('rail-timeline');
  await settle(50);
}

const active = () => all('mark').find((mark) => mark.getAttribute('aria-selected') === 'true');
const states = () => all('mark').map((mark) => mark.dataset['state']);
/** The one number of a mark. */
const numberOf = (mark: HTMLElement | undefined) => Number((mark?.getAttribute('aria-label') ?? '').split(':')[0]?.replaceAll(',', ''));
const lastQuery = () => calls.filter((call) => call.command === 'ribbon').at(-1)?.args['query'];

test('evidence without numbered records has no timeline in its rail', async () => {
  await arrive(['verified']);
  await settle();
  expect(all('rail-timeline')).toHaveLength(0);
});

test('few numbers have a mark each, and every state is told by a word', async () => {
  await open('log25');
  expect(all('mark')).toHaveLength(27);
  expect(new Set(states())).toEqual(new Set(['unknowable', 'present', 'missing', 'twice', 'unverified', 'spoiltCopy', 'conflict']));
  for (const mark of all('mark')) expect(mark.getAttribute('aria-label')).toMatch(/: [a-z]/);
});

test('one missing number of a million has a mark', async () => {
  await open('million');
  expect(states()).toEqual(['present', 'missing', 'present', 'unknowable']);
  expect(Number(all('mark')[1]?.getAttribute('width'))).toBeGreaterThanOrEqual(2);
});

test('arrows go from mark to mark, and the line below says what is there', async () => {
  await open('log25');
  one('ribbon').focus();
  await settle();
  expect(active()?.dataset['state']).toBe('unknowable');
  await key('ArrowRight', {}, one('ribbon'));
  await key('ArrowRight', {}, one('ribbon'));
  expect(active()?.getAttribute('aria-label')).toBe('4: present');
  expect(one('ribbon-told').textContent).toContain('4: present');
  await key('End', {}, one('ribbon'));
  expect(active()?.getAttribute('aria-label')).toBe('After 27: not knowable');
  await key('Home', {}, one('ribbon'));
  expect(active()?.getAttribute('aria-label')).toBe('Before 3: not knowable');
});

test('plus and minus zoom about the mark at hand, nought shows everything', async () => {
  await open('large');
  one('ribbon').focus();
  await key('ArrowRight', {}, one('ribbon'));
  expect(active()?.dataset['state']).toBe('missing');
  await key('+', {}, one('ribbon'));
  await settle();
  expect(one('ribbon-window').textContent).toMatch(/ of 100,017\.$/);
  expect(active()?.dataset['state']).toBe('missing');
  await key('-', {}, one('ribbon'));
  await key('0', {}, one('ribbon'));
  await settle();
  expect(one('ribbon-window').textContent).toBe('Numbers 1 to 100,017: all 100,017.');
});

test('Enter on a place with several states looks nearer, on one number it opens the record', async () => {
  await open('million');
  one('ribbon').focus();
  await key('ArrowRight', {}, one('ribbon'));
  await key('Enter', {}, one('ribbon'));
  await settle();
  expect(lastQuery()).toMatchObject({ step: 'around' });
  expect(one('ribbon-window').textContent).toMatch(/ of 1,000,000\.$/);
  for (let turn = 0; turn < 4 && session.current?.view === 'timeline'; turn++) {
    const missing = all('mark').findIndex((mark) => mark.dataset['state'] === 'missing');
    all('mark')[missing]?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    await settle();
    await key('Enter', {}, one('ribbon'));
    await settle();
  }
  expect(session.current?.view).toBe('records');
});

test('past the end of a window the arrow moves it on', async () => {
  await open('large');
  one('ribbon').focus();
  await key('Home', {}, one('ribbon'));
  for (let turn = 0; turn < 12; turn++) await key('+', {}, one('ribbon'));
  await settle();
  const before = one('ribbon-window').textContent;
  const last = all('mark').at(-1);
  const end = numberOf(last);
  last?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  await settle();
  await key('ArrowRight', {}, one('ribbon'));
  await settle();
  expect(one('ribbon-window').textContent).not.toBe(before);
  expect(numberOf(active())).toBe(end + 1);
});

test('Control and the wheel zoom at the pointer, the wheel alone scrolls', async () => {
  await open('large');
  const turn = async (ctrlKey: boolean) => {
    const event = new WheelEvent('wheel', { deltaY: -1, bubbles: true, cancelable: true });
    // The test document's own event knows no keys.
    Object.defineProperties(event, { ctrlKey: { value: ctrlKey }, clientX: { value: 0 } });
    one('ribbon').dispatchEvent(event);
    await settle();
  };
  const asked = calls.length;
  await turn(false);
  expect(calls.length).toBe(asked);
  await turn(true);
  expect(lastQuery()).toMatchObject({ step: 'nearer' });
});

test('the table has every run in words, its row shows the run, its link the record', async () => {
  await open('large');
  const rows = all('run').map((row) => row.textContent);
  expect(rows[1]).toMatch(/missing\s*12,077\s*1/);
  expect(rows.at(-1)).toContain('after 100,017');
  await click('run', 1);
  await settle();
  expect(lastQuery()).toMatchObject({ step: 'around', first: '12077', last: '12077' });
  await click('run-record', 1);
  expect(session.current?.target).toMatchObject({ view: 'records', record: 12_076 });
});

test('of many runs those that need a look come first', async () => {
  await open('holes');
  expect(one('runs-troubled').getAttribute('aria-pressed')).toBe('true');
  await click('runs-all');
  await settle();
  expect(one('run').textContent).toContain('present');
});

test('what cannot be known of the end is always said, and copied with the rest', async () => {
  for (const pack of ['log25', 'million', 'large']) {
    await open(pack);
    expect(all('fact').at(-1)?.textContent).toMatch(/^The end cannot be confirmed\. Records removed after number [\d,]+ would leave no gap/);
    await click('copy-sequence-sentence');
    expect(calls.filter((call) => call.command === 'copy').at(-1)?.args['text']).toContain('The end cannot be confirmed.');
  }
});

test('of many organisations each has its ribbon, and one is found by a part of its name', async () => {
  await open('orgs');
  expect(one('sequence-table').getAttribute('aria-rowcount')).toBe('241');
  await type('sequence-search', '017WDRSU');
  await settle();
  expect(all('sequence')).toHaveLength(1);
  await click('sequence');
  await settle();
  expect(one('ribbon-window').textContent).toBe('Numbers 1 to 231: all 231.');
});

test('an action leads to its records', async () => {
  await open('large');
  expect(one('events').textContent).toContain('These times are claimed');
  await click('events-table');
  expect(one('event-table').querySelectorAll('tbody tr')).toHaveLength(31);
  await click('events-bars');
  await click('show-action', 1);
  await settle();
  expect(session.current?.view).toBe('records');
  const query = calls.filter((call) => call.command === 'record_page').at(-1)?.args['query'];
  expect(query).toMatchObject({ filters: [{ column: 'action', value: 1 }] });
});
