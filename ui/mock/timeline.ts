import type { EventsView } from '../src/bindings/EventsView';
import type { MarkView } from '../src/bindings/MarkView';
import type { OutcomeView } from '../src/bindings/OutcomeView';
import type { RibbonQuery } from '../src/bindings/RibbonQuery';
import type { RibbonView } from '../src/bindings/RibbonView';
import type { RunPage } from '../src/bindings/RunPage';
import type { RunQuery } from '../src/bindings/RunQuery';
import type { RunRow } from '../src/bindings/RunRow';
import type { SequencePage } from '../src/bindings/SequencePage';
import type { SequenceQuery } from '../src/bindings/SequenceQuery';
import type { SequenceView } from '../src/bindings/SequenceView';
import type { StateView } from '../src/bindings/StateView';
import type { TimelineView } from '../src/bindings/TimelineView';
import type { Pack } from './packs';

// A stand-in for the back end's ribbon: the same places and words from a list of runs, for small numbers only.

type Run = { state: StateView; first: number; last: number };
type Log = { name: string; outcome: OutcomeView; runs: Run[] };

const UNITS = 100_000;
const STATES: StateView[] = ['present', 'twice', 'spoiltCopy', 'missing', 'unverified', 'unlinked', 'conflict'];
const WORDS: Record<StateView, string> = { present: 'present', twice: 'present more than once', spoiltCopy: 'present, a copy does not verify', missing: 'missing', unverified: 'present, does not verify', unlinked: 'present, link broken', conflict: 'two different records', unknowable: 'not knowable' };
const OUTCOMES: Record<StateView, OutcomeView> = { present: 'pass', twice: 'pass', spoiltCopy: 'fail', missing: 'undetermined', unverified: 'fail', unlinked: 'fail', conflict: 'fail', unknowable: 'skipped' };

const text = (value: number) => value.toLocaleString('en');
const stretch = (first: number, last: number) => (first === last ? text(first) : `${text(first)} to ${text(last)}`);
const size = (run: Run) => run.last - run.first + 1;

function log(name: string, outcome: OutcomeView, first: number, last: number, listed: [StateView, number, number][]): Log {
  const runs: Run[] = [];
  let next = first;
  for (const [state, from, to] of [...listed].sort((a, b) => a[1] - b[1])) {
    if (from < next) continue;
    if (from > next) runs.push({ state: 'present', first: next, last: from - 1 });
    runs.push({ state, first: from, last: to });
    next = to + 1;
  }
  if (next <= last) runs.push({ state: 'present', first: next, last });
  return { name, outcome, runs };
}

/** Numbers that look thrown, and are always the same. */
function thrown(count: number, below: number): number[] {
  return [...new Set(Array.from({ length: count }, (_, place) => 1 + ((place * 7_919 * 104_729 + 13) % below)))];
}

const PLAIN: [StateView, number, number][] = [['missing', 12_077, 12_077], ['twice', 22_150, 22_151], ['missing', 30_410, 30_425], ['unverified', 41_006, 41_006], ['unverified', 44_871, 44_871]];
const LOGS: Record<string, Log[]> = {
  large: [log('aorg_4N0C3XTK75MGVXQBH0HF7J2SP4', 'undetermined', 1, 100_017, PLAIN)],
  log25: [log('aorg_4N0C3XTK75MGVXQBH0HF7J2SP4', 'fail', 3, 27, [['missing', 7, 8], ['twice', 11, 11], ['unverified', 14, 14], ['spoiltCopy', 17, 17], ['conflict', 20, 20]])],
  million: [log('aorg_4N0C3XTK75MGVXQBH0HF7J2SP4', 'fail', 1, 1_000_000, [['missing', 500_000, 500_000]])],
  holes: [log('aorg_4N0C3XTK75MGVXQBH0HF7J2SP4', 'fail', 1, 1_000_000, [...thrown(5000, 1_000_000).map((at): [StateView, number, number] => ['missing', at, at]), ['missing', 700_001, 730_000], ['unverified', 250_000, 250_400], ['conflict', 850_000, 850_000]])],
  orgs: Array.from({ length: 240 }, (_, at) => log(`aorg_${(at * 2_654_435_761 + 77).toString(36).toUpperCase().padStart(26, '0')}`, at < 3 ? 'fail' : at < 9 ? 'undetermined' : 'pass', 1, 200 + at * 31, at < 9 ? [['missing', 50 + at, 52 + at]] : [])),
};

const logs = (pack: Pack) => LOGS[pack.id] ?? [];
const at = (pack: Pack, sequence: number) => logs(pack)[sequence] as Log;

export function timelineView(pack: Pack): TimelineView {
  const all = logs(pack);
  const sentence = all.length > 1 ? `${all.length} organisations, each numbered by itself. 9 have an open point.` : 'One organisation, by number.';
  return { what: 'organisation', total: all.length, first: 0, sentence, empty: all.length > 0 ? '' : 'Its records carry no numbers that follow each other, so no gap between them could be seen.' };
}

type Counts = Map<StateView, number>;

function countsOf(runs: Run[], first: number, last: number): Counts {
  const counts: Counts = new Map();
  for (const run of runs) {
    const many = Math.min(run.last, last) - Math.max(run.first, first) + 1;
    if (many > 0) counts.set(run.state, (counts.get(run.state) ?? 0) + many);
  }
  return counts;
}

function says(counts: Counts): string {
  return STATES.toReversed().filter((state) => counts.has(state)).map((state) => `${text(counts.get(state) ?? 0)} ${WORDS[state]}`).join(', ');
}

function mark(runs: Run[], first: number, last: number, left: number, width: number): MarkView {
  const counts = countsOf(runs, first, last);
  const state = STATES.toReversed().find((one) => counts.has(one)) ?? 'present';
  const missing = Math.floor((100 * (counts.get('missing') ?? 0)) / (last - first + 1));
  return { left, width, state, missing: counts.has('missing') ? Math.max(1, missing) : 0, text: `${stretch(first, last)}: ${first === last ? WORDS[state] : says(counts)}`, first: String(first), last: String(last), single: counts.size === 1 };
}

function marks(runs: Run[], first: number, last: number, before: number, after: number, columns: number): MarkView[] {
  const area = UNITS - before - after;
  const count = last - first + 1;
  const place = (number: number) => before + Math.floor((area * (number - first)) / count);
  const here = runs.filter((run) => run.last >= first && run.first <= last);
  const pieces: [number, number][] = [];
  if (count <= columns / 5) for (let number = first; number <= last; number++) pieces.push([number, number]);
  else if (count <= columns) pieces.push(...here.map((run): [number, number] => [Math.max(run.first, first), Math.min(run.last, last)]));
  else for (let column = 0; column < columns; column++) pieces.push([first + Math.floor((count * column) / columns), first + Math.floor((count * (column + 1)) / columns) - 1]);
  const found: MarkView[] = [];
  let from = 0;
  for (const [one, other] of pieces) {
    while ((here[from]?.last ?? other) < one) from += 1;
    let to = from;
    while (to < here.length && (here[to]?.first ?? 0) <= other) to += 1;
    const next = mark(here.slice(from, to), one, other, place(one), place(other + 1) - place(one));
    const previous = found.at(-1);
    if (count > columns && previous?.single && next.single && previous.state === next.state) {
      found[found.length - 1] = mark(here, Number(previous.first), other, previous.left, next.left + next.width - previous.left);
    } else found.push(next);
  }
  return found;
}

function ticks(first: number, last: number, before: number, after: number, most: number): { at: number; label: string }[] {
  const count = last - first + 1;
  let step = 1;
  for (let turn = 0; count / step > most; turn++) step *= turn % 3 === 1 ? 2.5 : 2;
  const numbers = [first];
  for (let number = Math.ceil((first + step / 2) / step) * step; number <= last - step / 2; number += step) numbers.push(number);
  if (last > first) numbers.push(last);
  return numbers.map((number) => ({ at: before + Math.floor(((UNITS - before - after) * (number - first + 0.5)) / count), label: text(number) }));
}

export function ribbon(pack: Pack, query: RibbonQuery): RibbonView {
  const { runs } = at(pack, query.sequence);
  const [lowest, highest] = [runs[0]?.first ?? 0, runs.at(-1)?.last ?? 0];
  const all = highest - lowest + 1;
  let first = query.first === '' ? lowest : Number(query.first);
  let count = query.last === '' ? all : Number(query.last) - first + 1;
  const about = (wanted: number) => {
    first += Math.floor((count * query.at) / 1000) - Math.floor((wanted * query.at) / 1000);
    count = wanted;
  };
  if (query.step === 'all') [first, count] = [lowest, all];
  if (query.step === 'nearer') about(Math.min(count, Math.max(20, Math.floor(count / 3))));
  if (query.step === 'farther') about(count * 3);
  if (query.step === 'on') first += Math.floor(count / 2);
  if (query.step === 'back') first -= Math.floor(count / 2);
  if (query.step === 'centre') first = lowest + Math.floor((all * query.at) / 1000) - Math.floor(count / 2);
  if (query.step === 'around') {
    const wanted = Math.max(20, count * 3);
    first -= Math.floor((wanted - count) / 2);
    count = wanted;
  }
  count = Math.min(count, all);
  first = Math.max(lowest, Math.min(first, highest - count + 1));
  const last = first + count - 1;
  const before = first === lowest && lowest > 1 ? UNITS / 20 : 0;
  const after = last === highest ? UNITS / 16 : 0;
  const known = marks(runs, first, last, before, after, query.columns);
  const unknowable = (left: number, width: number, said: string): MarkView => ({ left, width, state: 'unknowable', missing: 0, text: said, first: '', last: '', single: true });
  const marked = known.filter((one) => one.state !== 'present');
  const troubled = marked.length > 24 ? marked.filter((one) => one.single || one.state !== 'missing') : marked;
  const area = UNITS - (lowest > 1 ? UNITS / 20 : 0) - UNITS / 16;
  return {
    request: query.request,
    first: String(first),
    last: String(last),
    sentence: count === all ? `Numbers ${stretch(first, last)}: all ${text(all)}.` : `Numbers ${stretch(first, last)}: ${text(count)} of ${text(all)}.`,
    whole: count === all,
    deepest: count <= 20,
    windowLeft: (lowest > 1 ? UNITS / 20 : 0) + Math.floor((area * (first - lowest)) / all),
    windowWidth: Math.floor((area * count) / all),
    marks: [...(before ? [unknowable(0, before, `Before ${text(lowest)}: not knowable`)] : []), ...known, ...(after ? [unknowable(UNITS - after, after, `After ${text(highest)}: not knowable`)] : [])],
    labels: [...troubled.map((one) => ({ at: one.left + one.width / 2, label: `${text(countsOf(runs, Number(one.first), Number(one.last)).get(one.state) ?? 0)} ${WORDS[one.state].split(', ').at(-1)}` })), ...(after ? [{ at: UNITS - after / 2, label: 'not knowable' }] : []), ...(before ? [{ at: before / 2, label: 'not knowable' }] : [])],
    ticks: ticks(first, last, before, after, query.columns / 30),
  };
}

export function sequencePage(pack: Pack, query: SequenceQuery): SequencePage {
  const found = logs(pack).map((one, place) => ({ one, place })).filter(({ one }) => one.name.toLowerCase().includes(query.search.toLowerCase()));
  return {
    request: query.request,
    matching: found.length,
    start: query.start,
    rows: found.slice(query.start, query.start + query.count).map(({ one, place }) => {
      const [first, last] = [one.runs[0]?.first ?? 0, one.runs.at(-1)?.last ?? 0];
      return { sequence: place, name: one.name, outcome: one.outcome, word: one.outcome === 'pass' ? 'No gap seen.' : 'Records missing.', numbers: stretch(first, last), counts: one.outcome === 'pass' ? 'nothing missing' : '3 missing', marks: marks(one.runs, first, last, 0, 0, 60) };
    }),
  };
}

export function sequenceView(pack: Pack, sequence: number): SequenceView {
  const { name, outcome, runs } = at(pack, sequence);
  const [first, last] = [runs[0]?.first ?? 0, runs.at(-1)?.last ?? 0];
  const counts = countsOf(runs, first, last);
  const gaps = runs.filter((run) => run.state === 'missing');
  const named = gaps.slice(0, 12).map((run) => stretch(run.first, run.last)).join(', ');
  const facts = [
    gaps.length > 0
      ? { lead: 'Records missing.', text: `Numbers ${named}${gaps.length > 12 ? ` and ${text(gaps.length - 12)} more stretches` : ''} are absent between ${text(first)} and ${text(last)} (${text(counts.get('missing') ?? 0)} records).` }
      : { lead: 'No gap seen.', text: `Numbers ${text(first)} to ${text(last)} are all present, once each.` },
    ...(counts.has('unverified') ? [{ lead: 'Not filled.', text: `${text(counts.get('unverified') ?? 0)} numbers are present, but do not verify. They do not fill their places.` }] : []),
    { lead: 'The end cannot be confirmed.', text: `Records removed after number ${text(last)} would leave no gap. A signed checkpoint would settle it.` },
  ];
  const field = (row: string, theirs: string, ours: string, result: OutcomeView, note = '') => ({ name: row, theirs, ours, outcome: result, note });
  return {
    sequence,
    label: 'Organisation',
    name,
    outcome,
    outcomeWord: { pass: 'Passed', fail: 'Mismatch', undetermined: 'Undecided', skipped: 'Not checked' }[outcome],
    code: outcome === 'pass' ? 'CONTIGUOUS_FROM_1' : outcome === 'fail' ? 'GAPS' : 'GAPS_UNEXPLAINED',
    lead: outcome === 'pass' ? 'No gap seen.' : 'Numbers are missing.',
    facts,
    means: outcome === 'undetermined' ? 'Whether they belong here depends on what was asked for.' : outcome === 'fail' ? 'Records were left out or removed.' : 'No record is missing between the first and the last.',
    next: outcome === 'pass' ? '' : 'Ask the sender what the export covers. Then state it here.',
    copySentence: `Organisation ${name}: ${facts.map((fact) => `${fact.lead} ${fact.text}`).join(' ')} Input ${pack.name}, SHA-256 ${pack.sha256}.`,
    scope: outcome === 'undetermined' ? 'What it covers is not stated.' : 'It covers the whole log, as the reviewer stated.',
    sums: STATES.filter((state) => counts.has(state) || ['present', 'missing', 'unverified'].includes(state)).map((state) => ({ state, outcome: OUTCOMES[state], label: WORDS[state], count: text(counts.get(state) ?? 0), none: !counts.has(state) })),
    runs: runs.length + 1 + Number(first > 1),
    troubled: runs.filter((run) => run.state !== 'present' && run.state !== 'twice').length,
    statement: pack.id === 'log25' ? { path: 'integrity.json', organisation: name, sentence: '4 values compared, 2 differ. Nobody signed it: it is a claim of the sender.', rows: [field('org_id', name, name, 'skipped'), field('last_seq', '28', text(last), 'undetermined', 'Theirs is the last number of the log, ours that of the file.'), field('count', '28', '22', 'undetermined'), field('contiguous', 'yes', 'no', 'undetermined'), field('gaps', 'none', '7 to 8', 'skipped')] } : null,
    anchors: [],
    path: '',
    noStatement: "No statement of the sender's service about these numbers came with the evidence. It would say how far the log goes.",
  };
}

function rowOf(run: Run, place: number): RunRow {
  const gap = run.state === 'missing';
  const record = gap ? run.first - 1 : run.first;
  const note: Partial<Record<StateView, string>> = { twice: 'Identical copies, counted once.', unverified: 'Does not fill its place.', conflict: 'Both verify, and they differ.', spoiltCopy: 'Filled by the record that verifies.', missing: 'Between 2026-01-20 11:57:12 and 12:13:40 UTC, claimed.' };
  return { run: place, state: run.state, outcome: OUTCOMES[run.state], word: WORDS[run.state], numbers: stretch(run.first, run.last), count: text(size(run)), note: note[run.state] ?? '', first: String(run.first), last: String(run.last), record, link: gap ? `${text(record)} before it` : text(record) };
}

export function runPage(pack: Pack, query: RunQuery): RunPage {
  const { runs } = at(pack, query.sequence);
  const [first, last] = [runs[0]?.first ?? 0, runs.at(-1)?.last ?? 0];
  const end = (numbers: string, note: string): RunRow => ({ run: -1, state: 'unknowable', outcome: 'skipped', word: 'not knowable', numbers, count: '', note, first: '', last: '', record: null, link: '' });
  const troubled = runs.filter((run) => run.state !== 'present' && run.state !== 'twice').map(rowOf);
  const all = [...(first > 1 ? [end(`before ${text(first)}`, 'Not in this evidence. It cannot say why.')] : []), ...runs.map(rowOf), end(`after ${text(last)}`, 'Records removed here would leave no gap.')].map((row, place) => ({ ...row, run: place }));
  const rows = query.troubled ? troubled : all;
  return { request: query.request, matching: rows.length, start: query.start, rows: rows.slice(query.start, query.start + query.count) };
}

export function seat(_pack: Pack, number: string): number {
  return Number(number);
}

export function events(pack: Pack): EventsView {
  const names = ['user.signed_in', 'export.created', 'team.member.invited', 'user.role.granted', 'settings.changed', 'login.failed'];
  const days = pack.id === 'log25' ? 3 : 31;
  const slots = Array.from({ length: days }, (_, day) => {
    const label = `2026-01-${String(day + 1).padStart(2, '0')}`;
    return { label, tick: day % 6 === 0 ? label : '', total: text(6000 - day * 10) };
  });
  const action = (label: string, place: number, value: number | null) => {
    const counts = slots.map((_, day) => (place > 4 && day % 4 > 0 ? 0 : Math.round((2400 / (place + 1)) * (0.6 + 0.4 * Math.sin(day * 0.9 + place)) * (day % 7 > 4 ? 0.2 : 1))));
    return { label, value, total: text(counts.reduce((sum, one) => sum + one, 0)), counts, texts: counts.map(text) };
  };
  const actions = [...names.map((name, place) => action(name, place, place)), action('14 other actions', 3, null)];
  return { sentence: '100,000 events from 2026-01-01 00:00 to 2026-01-31 23:12 UTC, by day.', claimed: 'These times are claimed: the sender’s system states them, and nothing here proves them independently.', unit: 'day', highest: 2400, scale: 'The highest bar is 2,400 events in one day.', slots, actions };
}

/** The badge of the rail; nothing where records have no numbers. */
export function timelineBadge(pack: Pack): { badge: string; outcome: OutcomeView | null } | undefined {
  const all = logs(pack);
  const worst = all[0];
  if (!worst) return undefined;
  const open = worst.runs.filter((run) => run.state !== 'present' && run.state !== 'twice').length;
  return { badge: text(open || all.length), outcome: worst.outcome === 'pass' ? null : worst.outcome };
}
