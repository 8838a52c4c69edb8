import { expect, test } from 'vitest';
import { PAGE, Rows } from '../src/lib/rows.svelte';

type Asked = { start: number; count: number; request: number; answer: (matching: number) => Promise<void>; refuse: () => Promise<void> };

/** Rows whose answers the test gives by hand. */
function rows(): { rows: Rows<number>; asked: Asked[] } {
  const asked: Asked[] = [];
  const all = new Rows<number>((start, count, request) => {
    const settle = () => new Promise<void>((done) => setTimeout(done));
    return new Promise((resolve, reject) => {
      const answer = (matching: number) => {
        const length = Math.max(0, Math.min(count, matching - start));
        resolve({ start, matching, rows: Array.from({ length }, (_, place) => matching * 1_000_000 + start + place) });
        return settle();
      };
      const refuse = () => {
        reject({ code: 'UNKNOWN_TOKEN', message: 'This pack is not open.' });
        return settle();
      };
      asked.push({ start, count, request, answer, refuse });
    });
  });
  return { rows: all, asked };
}

test('pages are asked for once', async () => {
  const { rows: all, asked } = rows();
  void all.restart();
  await asked[0]?.answer(1_000);
  all.ensure(150, 100);
  all.ensure(160, 100);
  expect(asked.map((one) => one.start)).toEqual([0, PAGE]);
  expect(asked.every((one) => one.count <= 200)).toBe(true);
});

test('the newest question wins, and request numbers grow', async () => {
  const { rows: all, asked } = rows();
  void all.restart();
  void all.restart();
  await asked[1]?.answer(7);
  await asked[0]?.answer(1_000);
  expect(all.matching).toBe(7);
  expect(all.at(0)).toBe(7_000_000);
  expect(asked[1]?.request).toBeGreaterThan(asked[0]?.request ?? 0);
});

test('old rows stay until the new ones come', async () => {
  const { rows: all, asked } = rows();
  void all.restart();
  await asked[0]?.answer(3);
  void all.restart();
  expect(all.at(2)).toBe(3_000_002);
  await asked[1]?.answer(1);
  expect(all.at(2)).toBeUndefined();
});

test('an error is kept and the page can be asked for again', async () => {
  const { rows: all, asked } = rows();
  void all.restart();
  await asked[0]?.refuse();
  expect(all.error?.code).toBe('UNKNOWN_TOKEN');
  void all.restart();
  await asked[1]?.answer(5);
  expect(all.error).toBeUndefined();
  expect(all.matching).toBe(5);
});

test('at most 2,000 rows are kept', async () => {
  const { rows: all, asked } = rows();
  void all.restart();
  await asked[0]?.answer(100_000);
  for (let page = 1; page <= 12; page++) {
    all.ensure(page * PAGE, 1);
    await asked[page]?.answer(100_000);
  }
  expect(all.at(12 * PAGE)).toBeDefined();
  expect(all.at(0)).toBeUndefined();
});
