import { expect, test } from 'vitest';
import { actionOf, columns, fitting, widened } from '../src/lib/ribbon';

test('a ribbon has no more places than can be told apart, and never more than 400', () => {
  expect(columns(300)).toBe(100);
  expect(columns(9000)).toBe(400);
  expect(columns(0)).toBe(1);
});

test('of texts that would overlap, the first one given stays', () => {
  const texts = [
    { at: 50_000, label: '16 missing' },
    { at: 50_400, label: '1 missing' },
    { at: 90_000, label: 'not knowable' },
  ];
  expect(fitting(texts, 1000, 7).map((one) => one.label)).toEqual(['16 missing', 'not knowable']);
});

test('a text at the edge moves inside, and its line stays at the mark', () => {
  const [placed] = fitting([{ at: 0, label: '12345678' }], 500, 7);
  expect(placed).toMatchObject({ x: 28, mark: 0 });
});

test('a narrow mark is widened about its middle, a wide one is left', () => {
  expect(widened(100, 1)).toEqual({ x: 98, w: 5 });
  expect(widened(100, 40)).toEqual({ x: 100, w: 40 });
});

const press = (key: string, more: Partial<KeyboardEvent> = {}) => actionOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });

test('keys move on the ribbon; with Control they belong to the text size', () => {
  expect(['ArrowRight', 'Home', '+', '-', '0', 'PageDown', 'Enter'].map((key) => press(key))).toEqual(['next', 'first', 'nearer', 'farther', 'all', 'on', 'open']);
  expect(press('+', { ctrlKey: true })).toBeUndefined();
  expect(press('a')).toBeUndefined();
});
