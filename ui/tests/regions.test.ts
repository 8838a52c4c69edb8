import { beforeEach, expect, test } from 'vitest';
import { enter, neighbour, regions } from '../src/lib/regions';

beforeEach(() => {
  document.body.innerHTML = `
    <header data-region="header"><button id="h">h</button></header>
    <nav data-region="rail"><button id="r1">a</button><button id="r2" aria-current="page">b</button></nav>
    <footer data-region="footer" tabindex="-1" id="f"></footer>
    <main data-region="main" tabindex="-1" id="m"><p>text</p></main>`;
});

test('the parts come in reading order, whatever their place in the document', () => {
  expect(regions(document).map((one) => one.dataset['region'])).toEqual(['header', 'rail', 'main', 'footer']);
});

test('F6 goes round and back', () => {
  const from = (id: string, backwards: boolean) => neighbour(document, document.getElementById(id), backwards)?.dataset['region'];
  expect(from('h', false)).toBe('rail');
  expect(from('r1', false)).toBe('main');
  expect(from('f', false)).toBe('header');
  expect(from('h', true)).toBe('footer');
  expect(neighbour(document, document.body, false)?.dataset['region']).toBe('header');
});

test('entering a part lands on its current item, else on the part', () => {
  const [, rail, main] = regions(document);
  if (rail) enter(rail);
  expect(document.activeElement?.id).toBe('r2');
  if (main) enter(main);
  expect(document.activeElement?.id).toBe('m');
});
