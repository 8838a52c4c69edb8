import type { CheckDetailView } from '../src/bindings/CheckDetailView';
import type { Segment } from '../src/bindings/Segment';
import type { WorkView } from '../src/bindings/WorkView';
import type { Pack } from './packs';

const RECORDED = '2beb48de9c64d822b53aa2db2bd5b626ec25b33c62351a1e34d130ed67edc953';
const RECOMPUTED = '3d2255bf75e4c34519164912053ed60a0de94910321eac01223368299ac2160b';
export const CANONICAL = '{"bundleId":"d4e5f6a7-b8c9-4012-d345-6789abcdef01","bundleType":"cer.governed.execution.step.v1","protectedSet":{"protectedFields":["nemo_verdict"],"nemo_verdict":"ALLOW"},"threadId":"thread-nemo-block-004","version":"1"}';

/** Hex in groups of eight, each character marked where it differs from the other value. */
export function differing(value: string, other: string): Segment[] {
  const segments: Segment[] = [];
  [...value].forEach((character, place) => {
    if (place > 0 && place % 8 === 0) segments.push({ text: ' ', kind: 'plain' });
    segments.push({ text: character, kind: character === other[place] ? 'plain' : 'differs' });
  });
  return segments;
}

export function checkDetail(pack: Pack, key: string, position: number): CheckDetailView {
  const failed = key.endsWith('fail');
  const record = key.includes('archive') ? null : failed ? 2 : position * 2 + 1;
  return {
    key,
    did: 'Put the sealed fields of the record into standard form and computed their fingerprint.',
    found: failed ? 'It does not match the fingerprint recorded at signing. 61 of 64 characters differ; any change has this effect.' : 'It is the fingerprint recorded at signing.',
    means: failed ? 'This content is not what was sealed. Typical causes: the file was saved again by another program, or edited.' : 'The sealed content is unchanged since it was signed.',
    next: failed ? 'Ask the sender for the original file of record 2.' : 'Nothing.',
    check: 'bundleIntegrity',
    codes: failed ? ['BUNDLE_HASH_MISMATCH'] : [],
    subjects: failed ? 1 : 2,
    position,
    subject: record === null ? 'Pack' : `Record ${record}, nemo_guardrails_check`,
    path: pack.path,
    record,
    comparison: failed
      ? { note: 'SHA-256, differing characters are underlined', expectedLabel: 'Recorded', expected: differing(RECORDED, RECOMPUTED), expectedPlain: RECORDED, foundLabel: 'Recomputed', found: differing(RECOMPUTED, RECORDED), foundPlain: RECOMPUTED }
      : { note: 'Same value', expectedLabel: 'Recorded', expected: differing(RECORDED, RECORDED), expectedPlain: RECORDED, foundLabel: 'Recomputed', found: differing(RECORDED, RECORDED), foundPlain: RECORDED },
    sealed: { title: 'Certificate hash over bundleType, createdAt, snapshot, version', check: 'bundleIntegrity', bytes: 1075, sha256: failed ? RECOMPUTED : RECORDED, text: [{ text: CANONICAL, kind: 'plain' }], cut: true },
    details: [
      { label: 'Form', value: 'RFC 8785 over the record without its seal', fromEvidence: false, hint: '' },
      { label: 'Recorded as', value: `sha256:${RECORDED}`, fromEvidence: true, hint: '' },
    ],
    copySentence: `Record 2 of ${pack.name}: the content does not match its recorded fingerprint (BUNDLE_HASH_MISMATCH). Sealcheck 0.1.0, rules 2026.11.`,
    hasWork: true,
  };
}

export function work(): WorkView {
  return {
    title: 'Record 2: does the content match its recorded fingerprint?',
    steps: [
      { text: 'Save the files below into an empty folder and open a terminal there.', command: '' },
      { text: 'Compute the fingerprint of the sealed bytes.', command: 'sha256sum sealed.json' },
      { text: 'Compare it with the recorded one. They are the same only if nothing was changed.', command: 'diff <(sha256sum < sealed.json | cut -c1-64) recorded.txt' },
    ],
    files: [
      { name: 'sealed.json', about: 'The sealed fields in standard form', bytes: 1075 },
      { name: 'recorded.txt', about: 'The recorded fingerprint', bytes: 65 },
      { name: 'README.txt', about: 'These steps', bytes: 812 },
    ],
  };
}
