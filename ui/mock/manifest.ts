import type { OutcomeView } from '../src/bindings/OutcomeView';
import type { ManifestPage } from '../src/bindings/ManifestPage';
import type { ManifestRow } from '../src/bindings/ManifestRow';
import type { ManifestView } from '../src/bindings/ManifestView';
import type { SnapshotPage } from '../src/bindings/SnapshotPage';
import type { SnapshotRowView } from '../src/bindings/SnapshotRowView';
import type { Pack } from './packs';

export function manifest(pack: Pack): ManifestView {
  const none = pack.records === 0 || pack.id === 'large';
  const failed = pack.id === 'failed' || pack.id === 'strange';
  return {
    lists: none
      ? []
      : [{ path: 'manifest.json', sentence: failed ? 'Lists 4 records, says 3. 3 are in the pack, 1 is missing.' : 'Lists 3 records, says 3. All are in the pack.', outcome: failed ? 'fail' : 'pass', claims: [{ label: 'Exported', value: '2026-09-14 13:46:00 UTC, claimed', fromEvidence: true, hint: '' }, { label: 'Software named', value: 'nexart-cli 2.4.0', fromEvidence: true, hint: '' }], entries: pack.records }],
    statements: statements(pack),
    empty: 'Without a list, missing files cannot be seen. Ask the sender to include manifest.json.',
    snapshotSentence: none ? '' : failed ? '12 values compared, 1 differs.' : '12 values compared, none differs.',
    snapshotRows: none ? 0 : 12,
    snapshotDiffering: failed ? 1 : 0,
  };
}

function rows(pack: Pack): ManifestRow[] {
  const row = (number: number, outcome: ManifestRow['outcome'], state: string, record: number | null): ManifestRow => ({ outcome, state, id: `00000004-0000-4000-8000-00000000000${number}`, digest: `sha256:2beb48de9c64d822b53aa2db2bd5b626ec25b33c62351a1e34d130ed67edc95${number}`, label: 'governed step', path: record ? `records/00000004-0000-4000-8000-00000000000${number}/cer.json` : '', record });
  const all = [row(1, 'pass', 'In both', 1), row(2, 'pass', 'In both', 2), row(3, 'pass', 'In both', 3)];
  return pack.id === 'failed' || pack.id === 'strange' ? [...all, row(4, 'fail', 'Missing', null), row(5, 'undetermined', 'Not listed', 3)] : all;
}

export function manifestPage(pack: Pack, start: number, count: number, differing: boolean): ManifestPage {
  const found = rows(pack).filter((row) => !differing || row.outcome !== 'pass');
  return { start, matching: found.length, rows: found.slice(start, start + count) };
}

export function snapshotPage(pack: Pack, start: number, count: number, differing: boolean): SnapshotPage {
  const failed = pack.id === 'failed' || pack.id === 'strange';
  const all: SnapshotRowView[] = Array.from({ length: 12 }, (_, place) => {
    const bad = failed && place === 4;
    return { outcome: bad ? 'fail' : 'pass', subject: `Record ${(place % 3) + 1}`, path: `results/${(place % 3) + 1}.json`, check: ['Content', 'Receipt', 'Node signature', 'Envelope'][Math.floor(place / 3)] ?? '', theirs: 'verified', ours: bad ? 'mismatch' : 'verified', when: '2026-09-18 09:02:11 UTC', hint: '', cause: bad ? 'The record was changed after the result was saved.' : '' };
  });
  const found = all.filter((row) => !differing || row.outcome !== 'pass');
  return { start, matching: found.length, rows: found.slice(start, start + count) };
}

/** The service's own answer, which came with the large pack. */
function statements(pack: Pack): ManifestView['statements'] {
  if (pack.id !== 'large') return [];
  const row = (name: string, theirs: string, ours: string, outcome: OutcomeView, note = '') => ({ name, theirs, ours, outcome, note });
  return [
    {
      path: 'integrity.json',
      organisation: 'aorg_4N0C3XTK75MGVXQBH0HF7J2SP4',
      sentence: '3 values compared, 1 differs. Nobody signed it: it is a claim of the sender.',
      rows: [
        row('last_seq', '100,017', '100,017', 'pass', 'Theirs is the last number of the log, ours that of the file.'),
        row('count', '100,017', '100,000', 'undetermined', 'Ours counts rows that match, each number once.'),
        row('contiguous', 'yes', 'no', 'undetermined'),
        row('gaps', 'none', '12,077 and 30,410 to 30,425', 'skipped'),
      ],
    },
  ];
}
