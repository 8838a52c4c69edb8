import type { CheckGroupView } from '../src/bindings/CheckGroupView';
import type { ChecksView } from '../src/bindings/ChecksView';
import type { CountsView } from '../src/bindings/CountsView';
import type { OutcomeView } from '../src/bindings/OutcomeView';
import type { ScopeView } from '../src/bindings/ScopeView';
import type { SummaryView } from '../src/bindings/SummaryView';
import type { Target } from '../src/bindings/Target';
import type { TileView } from '../src/bindings/TileView';
import type { ViewName } from '../src/bindings/ViewName';
import type { Pack } from './packs';
import { timelineBadge } from './timeline';
import { words } from './verdicts';

export function to(view: ViewName, more: Partial<Target> = {}): Target {
  return { view, check: null, record: null, key: null, ...more };
}

export function counts(pass: number, fail: number, undetermined: number, skipped: number): CountsView {
  const one = (outcome: OutcomeView, count: number, text: string) => ({ outcome, count, text: `${count.toLocaleString('en')} ${text}` });
  return {
    total: `${(pass + fail + undetermined + skipped).toLocaleString('en')} checks`,
    outcomes: [one('pass', pass, 'passed'), one('fail', fail, 'with a mismatch'), one('undetermined', undetermined, 'undecided'), one('skipped', skipped, 'not checked')],
  };
}

function tile(question: string, outcome: OutcomeView, lead: string, text: string, link: string, rest: string, check: string): TileView {
  return { question, outcome, lead, text, link, rest, target: to('checks', { check }) };
}

const SIGNED = 'NexArt node nexart-node-prod-1, key k1, confirmed by M. Okafor on 2026-09-15.';

function tiles(id: string): TileView[] {
  const complete = tile('Complete?', 'pass', 'No gap seen.', 'All 3 listed records are present, once each. No file is outside the list.', '4 of 4 checks passed', ', 1 not checked', 'manifest-pass');
  const unchanged = tile('Unchanged?', 'pass', 'Unchanged.', '3 of 3 sealed items match the fingerprint recorded when they were signed.', '8 of 8 checks passed', '', 'bundle-pass');
  const who = tile('From whom?', 'pass', 'Signed with a key in your key book:', SIGNED, '7 of 7 checks passed', ', 1 not checked', 'signature-pass');
  if (id === 'failed' || id === 'strange') {
    const text = 'Record 2 no longer matches its recorded fingerprint. Typical causes: the file was saved again by another program, or edited.';
    return [tile('Unchanged?', 'fail', 'Changed.', text, '3 of 8 checks found a mismatch', '', 'bundle-fail'), who, complete];
  }
  if (id === 'undecided') {
    const text = 'The signature fits, but the only copy of the key came with the pack. Anyone could have made such a pair.';
    return [unchanged, tile('From whom?', 'undetermined', 'Signer not confirmed.', text, '1 of 2 checks undecided', '', 'signature-open'), complete];
  }
  if (id === 'verified' || id === 'large') return [unchanged, who, complete];
  const none = (question: string) => tile(question, 'skipped', 'Not checked.', 'Nothing could be read.', '0 checks', '', '');
  return [none('Unchanged?'), none('From whom?'), none('Complete?')];
}

export function countsOf(pack: Pack): CountsView {
  if (pack.id === 'failed' || pack.id === 'strange') return counts(16, 3, 0, 2);
  if (pack.id === 'undecided') return counts(9, 0, 1, 2);
  if (pack.id === 'large') return counts(299_998, 2, 0, 1);
  return pack.records === 0 ? counts(0, 0, 0, 1) : counts(19, 0, 0, 2);
}

export function summaryView(pack: Pack, token: number): SummaryView {
  const none = pack.records === 0;
  return {
    token,
    name: pack.name,
    about: pack.about,
    ...words(pack),
    checkedAgainst: 'Checked against key book Audit desk 2 (14 keys), rules 2026.11',
    copySentence: `Sealcheck 0.1.0 checked ${pack.name} (SHA-256 ${pack.sha256}) on rules 2026.11.`,
    tiles: tiles(pack.id),
    counts: countsOf(pack),
    scope: pack.id === 'large' ? scope(pack) : null,
    raise: null,
    partsTitle: '',
    parts: [],
    partsMore: '',
    signed: [],
    checkpoints: [],
    content: null,
    remarks: none ? [] : [{ code: 'TIME_CLAIMED', text: 'The times are stated by the sender. Nothing in the pack proves them independently.', subject: '3 records', target: to('records') }],
    rail: rail(pack),
    footer: { name: pack.name, size: pack.size, sha256: pack.sha256, tool: 'Sealcheck 0.1.0, rules 2026.11', caseFile: `Case file saved: ${pack.name.replace(/\.\w+$/, '')}.sealnote` },
    sample: pack.id === 'verified' || pack.id === 'failed' || pack.id === 'undecided',
  };
}

/** The question that only the reviewer can answer, as long as nobody did. */
function scope(pack: Pack): ScopeView {
  const answer = (id: string, lead: string, text: string) => ({ id, lead, text });
  return {
    title: 'What does this export cover?',
    sentence: pack.scope ? `You stated: ${pack.scope}.` : 'The file does not say.',
    chosen: pack.scope ?? 'unknown',
    asked: pack.scope === undefined,
    stated: pack.scope !== undefined,
    answers: [
      answer('full', 'The whole log.', 'All events were asked for. Then every missing number is a mismatch.'),
      answer('seq_range', 'A range of numbers.', 'It may start above 1. Every number missing inside it is a mismatch.'),
      answer('time_range', 'A time range.', 'Events reported late can leave innocent gaps, so gaps stay undecided.'),
      answer('filtered', 'A filtered selection.', 'Certain actions, people or targets were asked for. Then Complete? is not answered.'),
      answer('unknown', 'Not known.', 'Gaps stay undecided until somebody says what was asked for.'),
    ],
  };
}

function rail(pack: Pack): SummaryView['rail'] {
  const item = (view: ViewName, label: string, badge: string, outcome: OutcomeView | null = null) => ({ view, label, badge, outcome });
  const failed = pack.id === 'failed' || pack.id === 'strange';
  const open = pack.id === 'undecided';
  const none = pack.records === 0;
  const timeline = timelineBadge(pack);
  return [
    item('summary', 'Summary', ''),
    item('checks', 'Checks', failed ? '3' : open ? '1' : none ? '1' : '21', failed ? 'fail' : open ? 'undetermined' : null),
    item('records', 'Records', none ? 'none' : failed ? '1' : pack.records.toLocaleString('en'), failed ? 'fail' : null),
    ...(timeline ? [item('timeline', 'Timeline', timeline.badge, timeline.outcome)] : []),
    item('keys', 'Keys and nodes', none ? 'none' : '1', open ? 'undetermined' : null),
    item('manifest', 'Manifest', none ? 'none' : '3'),
    item('files', 'Files', none ? '15' : '12'),
    item('myReview', 'My review', ''),
  ];
}

function group(key: string, outcome: OutcomeView, title: string, count: string, required = true): CheckGroupView {
  const outcomeWord = { pass: 'Passed', fail: 'Mismatch', undetermined: 'Undecided', skipped: 'Not checked' }[outcome];
  return { key, outcome, title, count, outcomeWord, required };
}

export function checksView(pack: Pack): ChecksView {
  const failed = pack.id === 'failed' || pack.id === 'strange';
  const mismatches = [
    group('bundle-fail', 'fail', 'Record 2: does the content match its recorded fingerprint?', '1 check'),
    group('envelope-fail', 'fail', 'Record 2: does the signature over the listed fields fit?', '1 check'),
    group('snapshot-fail', 'fail', 'Do the sender’s 3 saved results agree with this check?', '1 check'),
  ];
  const open = group('signature-open', 'undetermined', 'Is the signing key confirmed?', '1 check');
  return {
    counts: countsOf(pack),
    steps: [],
    questions: [
      {
        question: 'Unchanged?',
        summary: failed ? '3 of 8 checks found a mismatch' : '8 of 8 checks passed',
        groups: [
          ...(failed ? mismatches : []),
          group('bundle-pass', 'pass', 'Records 1 and 3: does the content match its recorded fingerprint?', '2 checks'),
          group('envelope-pass', 'pass', 'Records 1 and 3: does the signature over the listed fields fit?', '2 checks'),
          group('archive-pass', 'pass', 'Is the archive well formed, all 9 entries?', '1 check', false),
        ],
      },
      {
        question: 'From whom?',
        summary: pack.id === 'undecided' ? '1 of 2 checks undecided' : '7 of 7 checks passed, 1 not checked',
        groups: [
          ...(pack.id === 'undecided' ? [open] : []),
          group('signature-pass', 'pass', 'Do the receipts carry a signature by a confirmed key?', '3 checks'),
          group('envelope-skip', 'skipped', 'Is there a verification envelope?', '1 check', false),
        ],
      },
      {
        question: 'Complete?',
        summary: '4 of 4 checks passed, 1 not checked',
        groups: [
          group('manifest-pass', 'pass', 'Is every listed record there, once?', '3 checks'),
          group('manifest-skip', 'skipped', 'Does a signed list say how many there are?', '1 check', false),
        ],
      },
    ],
  };
}
