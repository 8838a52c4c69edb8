import { expect, test } from 'vitest';
import { clock } from '../src/lib/clock';
import { matching } from '../src/lib/commands';
import { bothEnds, groups } from '../src/lib/hash';
import { asCommandError } from '../src/lib/ipc';
import { MARKS } from '../src/lib/marks';
import { actionOf } from '../src/lib/shortcuts';

const HEX = 'cbb76b1f08c3bfcbde41b7e56b4041599f2be469fb708601bf1afc6a96070e60';

test('a digest is eight groups of eight', () => {
  expect(groups(HEX)).toHaveLength(8);
  expect(groups(HEX).join('')).toBe(HEX);
});

test('a digest cut short keeps both ends', () => {
  expect(bothEnds(HEX)).toBe('cbb76b1f … 96070e60');
  expect(bothEnds(`sha256:${HEX}`)).toBe('cbb76b1f … 96070e60');
  expect(bothEnds('k1')).toBe('k1');
});

test('elapsed time is minutes and seconds', () => {
  expect(clock(4_900)).toBe('0:04');
  expect(clock(605_000)).toBe('10:05');
});

test('no two verdicts share a shape', () => {
  const shapes = (['verified', 'failed', 'undecided', 'notEvidence', 'error'] as const).map((verdict) => MARKS[verdict].shape);
  expect(new Set(shapes).size).toBe(5);
});

test('whatever is thrown becomes an error with a code', () => {
  expect(asCommandError({ code: 'CANCELLED', message: 'Stopped.' })).toEqual({ code: 'CANCELLED', message: 'Stopped.' });
  expect(asCommandError('boom')).toEqual({ code: 'INTERNAL', message: 'boom' });
});

test('commands are found by the beginnings of their words', () => {
  const all = ['Open a file…', 'Open a folder…', 'Go to: Key book'].map((label) => ({ id: label, label, run: () => undefined }));
  expect(matching(all, 'fo op').map((one) => one.id)).toEqual(['Open a folder…']);
  expect(matching(all, '')).toHaveLength(3);
  expect(matching(all, 'le')).toHaveLength(0);
});

const press = (key: string, more: Partial<KeyboardEvent> = {}) => actionOf({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, target: null, ...more });

test('keys have their meaning', () => {
  expect(press('o', { ctrlKey: true })).toBe('openFile');
  expect(press('O', { ctrlKey: true, shiftKey: true })).toBe('openFolder');
  expect(press('k', { metaKey: true })).toBe('palette');
  expect(press('F6')).toBe('nextRegion');
  expect(press('F6', { shiftKey: true })).toBe('previousRegion');
  expect(press('=', { ctrlKey: true })).toBe('zoomIn');
  expect(press('o')).toBeUndefined();
});

test('a question mark typed into a field is only a question mark', () => {
  expect(press('?')).toBe('shortcuts');
  expect(press('?', { target: document.createElement('input') })).toBeUndefined();
});
