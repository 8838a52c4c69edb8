import { describe, expect, test } from 'vitest';
import { height, MAX_HEIGHT, MAX_ROWS, ratio, rowAfterKey, scrollTo, stretch } from '../src/lib/virtual';

const ROW = 28;

describe('a table of 100,000 rows', () => {
  const total = 100_000;

  test('has one px of scroll bar for one px of rows', () => {
    expect(height(total, ROW)).toBe(2_800_000);
    expect(ratio(total, ROW, 560)).toBe(1);
  });

  test('shows the rows at the top with spare ones below', () => {
    expect(stretch(0, 560, total, ROW)).toEqual({ first: 0, count: 33, top: 0 });
  });

  test('places the first row so that the seen ones do not move', () => {
    const seen = stretch(28_014, 560, total, ROW);
    expect(seen.first).toBe(988);
    expect(seen.top).toBe(988 * ROW);
  });

  test('ends with the last row', () => {
    const seen = stretch(height(total, ROW) - 560, 560, total, ROW);
    expect(seen.first + seen.count).toBe(total);
  });
});

describe('a table of 10,000,000 rows', () => {
  const total = 10_000_000;
  const viewport = 560;
  const travel = MAX_HEIGHT - viewport;

  test('is no taller than engines can lay out', () => {
    expect(height(total, ROW)).toBe(MAX_HEIGHT);
  });

  test('reaches its last row at the end of the scroll bar', () => {
    const seen = stretch(travel, viewport, total, ROW);
    expect(seen.first + seen.count).toBe(total);
    const bottom = seen.top + seen.count * ROW;
    expect(Math.round(bottom)).toBe(MAX_HEIGHT);
  });

  test('shows the row it scrolled to', () => {
    for (const index of [0, 1, 4_999_999, 7_654_321, total - 1]) {
      const top = scrollTo(index, 0, viewport, total, ROW);
      const seen = stretch(top, viewport, total, ROW);
      expect(index).toBeGreaterThanOrEqual(seen.first);
      expect(index).toBeLessThan(seen.first + seen.count);
      const y = seen.top + (index - seen.first) * ROW - top;
      expect(y).toBeGreaterThan(-0.01);
      expect(y).toBeLessThan(viewport - ROW + 0.01);
    }
  });
});

test('never more than a hundred rows, however tall the window', () => {
  expect(stretch(50_000, 2_700, 100_000, ROW).count).toBeLessThanOrEqual(MAX_ROWS);
  expect(stretch(50_000, 9_000, 100_000, ROW).count).toBe(MAX_ROWS);
});

test('an empty table has no rows', () => {
  expect(stretch(0, 560, 0, ROW)).toEqual({ first: 0, count: 0, top: 0 });
});

test('a row in sight stays where it is', () => {
  expect(scrollTo(5, 100, 560, 1_000, ROW)).toBe(100);
  expect(scrollTo(2, 100, 560, 1_000, ROW)).toBe(56);
  expect(scrollTo(30, 100, 560, 1_000, ROW)).toBe(31 * ROW - 560);
});

test('keys stay inside the table', () => {
  expect(rowAfterKey('ArrowUp', 0, 10, 4)).toBe(0);
  expect(rowAfterKey('ArrowDown', -1, 10, 4)).toBe(0);
  expect(rowAfterKey('PageDown', 8, 10, 4)).toBe(9);
  expect(rowAfterKey('Home', 8, 10, 4)).toBe(0);
  expect(rowAfterKey('End', 0, 10, 4)).toBe(9);
  expect(rowAfterKey('a', 0, 10, 4)).toBeUndefined();
});
