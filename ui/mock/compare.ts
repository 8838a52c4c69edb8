import type { CompareView } from '../src/bindings/CompareView';
import { differing } from './details';

export function compare(ours: string, given: string): CompareView {
  const plain = given.toLowerCase().replace(/^sha-?256:/, '').replace(/[\s:]/g, '');
  if (plain === ours) return { outcome: 'pass', sentence: 'Same value.', ours: differing(ours, ours), given: differing(plain, ours) };
  if (!/^[0-9a-f]*$/.test(plain)) return { outcome: 'undetermined', sentence: 'A different kind of value: not hexadecimal.', ours: differing(ours, ours), given: [{ text: given, kind: 'plain' }] };
  const place = [...ours].findIndex((character, at) => character !== plain[at]);
  return { outcome: 'fail', sentence: `Different from character ${place + 1} on.`, ours: differing(ours, plain), given: differing(plain, ours) };
}
