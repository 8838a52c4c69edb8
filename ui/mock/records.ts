import type { NumberedView } from '../src/bindings/NumberedView';
import type { RecordPage } from '../src/bindings/RecordPage';
import type { RecordQuery } from '../src/bindings/RecordQuery';
import type { RecordRow } from '../src/bindings/RecordRow';
import type { RecordsView } from '../src/bindings/RecordsView';
import type { RecordView } from '../src/bindings/RecordView';
import type { ValuesView } from '../src/bindings/ValuesView';
import type { VerdictView } from '../src/bindings/VerdictView';
import { CANONICAL } from './details';
import type { Pack } from './packs';

const ACTIONS = ['export.created', 'team.member.invited', 'user.role.granted', 'user.signed_out', 'settings.changed', 'login.failed', 'document.signed', 'billing.invoice.paid'];
const ACTORS = ['Жанна', 'Zoë "Z" K.', 'Ada Lovelace', 'Grace Hopper', 'Mallory', 'O\'Brien & Sons', 'مراجع الحسابات', 'Αριάδνη'];
const WORDS: Record<VerdictView, string> = { verified: 'Verified', failed: 'Mismatch', undecided: 'Undecided', notEvidence: 'Not recognised', error: 'Not read' };

function verdictOf(pack: Pack, number: number): VerdictView {
  if (pack.id === 'undecided') return 'undecided';
  if (pack.id === 'failed') return number === 2 ? 'failed' : 'verified';
  return number === 41_006 || number === 3 ? 'failed' : 'verified';
}

function row(pack: Pack, number: number): RecordRow {
  const verdict = verdictOf(pack, number);
  const seconds = number * 53;
  const at = new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString().replace('T', ' ').slice(0, 19);
  const action = ACTIONS[number % ACTIONS.length] ?? '';
  const actor = ACTORS[(number * 7) % ACTORS.length] ?? '';
  const long = pack.id === 'strange' && number % 5 === 0 ? 'really-long-'.repeat(30) : '';
  return { record: number, verdict, word: WORDS[verdict], hint: '', review: null, cells: [number.toLocaleString('en'), `aevt_${(number * 2_654_435_761).toString(36)}${long}`, action, at, actor, `${(number * 40_503).toString(16).padStart(8, '0')} … 4a5a1c9a`, WORDS[verdict]] };
}

export function recordsView(pack: Pack): RecordsView {
  const failed = pack.id === 'failed' ? 1 : pack.records > 3 && pack.id !== 'undecided' ? 2 : 0;
  const open = pack.id === 'undecided' ? pack.records : 0;
  const column = (key: string, label: string, width: number, mono = false, numeric = false) => ({ key, label, mono, numeric, width });
  return {
    sentence: `${(pack.records - failed - open).toLocaleString('en')} of ${pack.records.toLocaleString('en')} records verified, ${failed} with a mismatch`,
    total: pack.records,
    verdicts: [
      { verdict: 'failed', label: 'Mismatch', count: failed },
      { verdict: 'undecided', label: 'Undecided', count: open },
      { verdict: 'verified', label: 'Verified', count: pack.records - failed - open },
      { verdict: 'notEvidence', label: 'Not recognised', count: 0 },
    ],
    sort: 'number',
    filters: pack.id === 'large' ? [{ column: 'action', label: 'Action', distinct: ACTIONS.length }] : [],
    goTo: pack.id === 'large' ? 'Sequence number or record number' : `Number, 1 to ${pack.records.toLocaleString('en')}`,
    columns: [column('number', 'Number', 8, false, true), column('executionId', 'Execution id', 24, true), column('type', 'Type', 14), column('time', 'Time, claimed', 20), column('app', 'App or surface', 14), column('hash', 'Recorded fingerprint', 20, true), column('verdict', 'Result', 12)],
  };
}

/** The numbers that a query lets through, in its order; whole tables are not listed but counted. */
function matching(pack: Pack, query: RecordQuery): { count: number; at: (place: number) => number } {
  const words = query.search.trim().toLowerCase();
  const total = pack.records;
  const action = query.filters.find((one) => one.column === 'action')?.value;
  if (!words && !query.verdict && action === undefined && (query.sort === '' || query.sort === 'number')) {
    return { count: total, at: (place) => (query.descending ? total - place : place + 1) };
  }
  const found: RecordRow[] = [];
  for (let number = 1; number <= Math.min(total, 100_000); number++) {
    const one = row(pack, number);
    if (action !== undefined && number % ACTIONS.length !== action) continue;
    if (query.verdict && one.verdict !== query.verdict) continue;
    if (words && !one.cells.join(' ').toLowerCase().includes(words)) continue;
    found.push(one);
  }
  const column = recordsView(pack).columns.findIndex((one) => one.key === query.sort);
  if (column > 0) found.sort((a, b) => (a.cells[column] ?? '').localeCompare(b.cells[column] ?? ''));
  if (query.descending) found.reverse();
  return { count: found.length, at: (place) => found[place]?.record ?? 0 };
}

export function recordPage(pack: Pack, query: RecordQuery): RecordPage {
  const found = matching(pack, query);
  const count = Math.max(0, Math.min(query.count, found.count - query.start));
  const rows = Array.from({ length: count }, (_, place) => row(pack, found.at(query.start + place)));
  return { request: query.request, matching: found.count, start: query.start, rows };
}

export function recordAt(pack: Pack, query: RecordQuery): number | null {
  const found = matching(pack, query);
  return query.start < found.count ? found.at(query.start) : null;
}

export function recordPlace(pack: Pack, query: RecordQuery, record: number): number | null {
  const found = matching(pack, query);
  for (let place = 0; place < found.count; place++) if (found.at(place) === record) return place;
  return null;
}

export function recordValues(search: string): ValuesView {
  const rows = ACTIONS.map((label, value) => ({ value, label, count: '12,500 records' })).filter((row) => row.label.includes(search.trim().toLowerCase()));
  return { rows, note: rows.length === 0 ? 'No value has this text in it.' : '' };
}

/** The large pack's numbers start at 11: a number can mean two records. */
export function recordsNumbered(pack: Pack, number: number): NumberedView {
  const rows = [];
  if (pack.id === 'large' && number > 10 && number - 10 <= pack.records) rows.push({ record: number - 10, label: `Sequence number ${number.toLocaleString('en')}`, about: 'aorg_4N0C3XTK75MGVXQBH0HF7J2SP4, login.failed' });
  if (number >= 1 && number <= pack.records) rows.push({ record: number, label: `Record ${number.toLocaleString('en')} of ${pack.records.toLocaleString('en')}`, about: 'login.failed' });
  return { rows, note: rows.length === 0 ? 'There is no record with this number.' : '' };
}

export function record(pack: Pack, number: number): RecordView {
  const verdict = verdictOf(pack, number);
  const bad = verdict === 'failed';
  const field = (name: string, value: string, claim = '') => ({ name, pointer: `/${name.replaceAll('.', '/')}`, value: [{ text: value, kind: 'plain' as const }], claim, hint: '', cut: false });
  return {
    record: number,
    title: `Record ${number.toLocaleString('en')}, nemo_guardrails_check`,
    verdict,
    word: WORDS[verdict],
    sentence: bad ? 'Changed. Its content does not match the fingerprint recorded in the record.' : 'Unchanged since it was signed with NexArt node key k1.',
    path: pack.path,
    checks: [
      { outcome: bad ? 'fail' : 'pass', outcomeWord: bad ? 'Mismatch' : 'Passed', title: 'Does the content match its recorded fingerprint?', text: bad ? 'It does not match the fingerprint recorded at signing.' : 'It is the fingerprint recorded at signing.', key: bad ? 'bundle-fail' : 'bundle-pass', position: 0 },
      { outcome: 'pass', outcomeWord: 'Passed', title: 'Is the receipt signed by a confirmed key?', text: 'Key k1.', key: 'signature-pass', position: 0 },
      { outcome: 'skipped', outcomeWord: 'Not checked', title: 'Is there a verification envelope?', text: 'This record has none.', key: 'envelope-skip', position: 0 },
    ],
    remarks: [{ code: 'FIELDS_UNSEALED', text: '3 fields in this record are not covered by the seal.', subject: '', target: null }],
    groups: [
      { kind: 'covered', heading: 'Covered by the seal', count: '9 fields', warning: bad ? 'does not match' : '', note: '', fields: [field('org_id', 'aorg_4N0C3XTK75MGVXQBH0HF7J2SP4'), field('id', 'aevt_6HENS1XZQZB7CTMC1MQKED77V1'), field('seq', '41006'), field('occurred_at', '2026-01-27T07:02:30.863Z', 'claimed'), field('ingested_at', '2026-01-27T07:02:30.953Z', 'claimed'), field('action', 'login.failed'), { ...field('actor.name', ''), value: [{ text: 'Mallory', kind: 'plain' }, { text: '⟨U+202E⟩', kind: 'control' }, { text: 'gpj.exe', kind: 'plain' }] }, field('targets', 'team t_179; invoice t_80'), field('metadata', 'plan growth, seats 2873, trial false')] },
      { kind: 'notCovered', heading: 'Not covered by the seal', count: '3 fields', warning: '', note: 'Anyone could have added or changed these. Do not rely on them alone.', fields: [field('org_name', 'مراجعة الحسابات المحدودة'), field('severity', 'low'), field('version', '1')] },
      { kind: 'seal', heading: 'The seal itself', count: '3 fields', warning: '', note: '', fields: [field('certificateHash', 'sha256:c42ca3d2…4a5a1c9a'), field('receipt.kid', 'k1'), field('receipt.signature', 'mVQ2cJ3r…')] },
    ],
    sealed: [{ title: 'Certificate hash over bundleType, createdAt, snapshot, version', check: 'bundleIntegrity', bytes: 1075, sha256: '3d2255bf75e4c34519164912053ed60a0de94910321eac01223368299ac2160b', text: [{ text: CANONICAL, kind: 'plain' }], cut: false }],
    raw: { path: pack.path, segments: [{ text: '{\n  ', kind: 'plain' }, { text: '"bundleType": "cer.governed.execution.step.v1",\n  "action": "login.failed"', kind: 'covered' }, { text: ',\n  ', kind: 'plain' }, { text: '"severity": "low"', kind: 'notCovered' }, { text: ',\n  ', kind: 'plain' }, { text: '"certificateHash": "sha256:c42ca3d2…"', kind: 'seal' }, { text: '\n}\n', kind: 'plain' }], cut: false, note: '1,204 bytes, all shown' },
    native: [{ label: 'Status', value: 'FAILED', fromEvidence: false, hint: '' }, { label: 'Grade', value: 'TAMPERED', fromEvidence: false, hint: '' }],
    copySentence: `Record ${number} of ${pack.name}: ${WORDS[verdict]}.`,
    otherTools:
      pack.id === 'large'
        ? {
            title: 'Another tool gives another answer?',
            text: 'Some of the issuer’s own tools write this row in another way before they compute its fingerprint.',
            ours: '3d2255bf75e4c34519164912053ed60a0de94910321eac01223368299ac2160b',
            tools: [{ tool: 'Go SDK 0.2.0', because: 'It writes &, <, > and line separators as escapes.', sha256: 'a636fc96b51ac730d1a90e4bf9805005e3fa71cb58a9d8ac98a08ffc975b393f' }],
          }
        : null,
    unreadable: null,
  };
}
