import type { Act } from '../src/bindings/Act';
import type { HandedNoteView } from '../src/bindings/HandedNoteView';
import type { ReviewPage } from '../src/bindings/ReviewPage';
import type { RoleRow } from '../src/bindings/RoleRow';
import type { SamplePage } from '../src/bindings/SamplePage';
import type { SigningKeyView } from '../src/bindings/SigningKeyView';
import { to } from './results';

const AT = '2026-11-25 09:21:07 UTC';
const DIGEST = '3d2255bf75e4c34519164913053ed60a0de94910321eac01223368299ac2160b';

const SECTIONS: [string, string][] = [
  ['engagement', 'Engagement'],
  ['custody', 'Evidence and custody'],
  ['procedure', 'Procedure'],
  ['sample', 'Sample'],
  ['checklist', 'Checklist'],
  ['decisions', 'Decisions'],
  ['exceptions', 'Exceptions'],
  ['contradicting', 'What speaks against it'],
  ['conclusion', 'Conclusion'],
  ['retention', 'Retention'],
  ['signing', 'Sign-off'],
];

/** An empty page of a note that can be written. */
export function emptyPage(): ReviewPage {
  return {
    editable: true,
    standing: 'Draft. Every change is saved when you see it. Your words never change the verdict.',
    outline: SECTIONS.map(([id, label]) => ({ id, label, state: 'not stated yet', stated: false })),
    engagement: { client: '', engagementRef: '', controlRefs: [], periodFrom: '', periodTo: '', workpaperRef: '' },
    custody: [],
    newCustody: { input: 'governed-run-004.zip', receivedFrom: '', receivedBy: '', receivedAt: '', medium: '', purpose: '', note: '' },
    received: [
      { label: 'Name', value: 'governed-run-004.zip', fromEvidence: true, hint: '' },
      { label: 'SHA-256', value: DIGEST, fromEvidence: true, hint: '' },
    ],
    procedure: { objective: '', description: '', deviations: '' },
    performed: [{ label: 'Tool', value: 'Sealcheck 1.0.0, rules 2026.11', fromEvidence: false, hint: '' }],
    sample: {
      population: 'Drawn from 3 records in the order of the report; 1 failed.',
      records: 3,
      failed: 1,
      methods: [
        { id: 'random', label: 'Random', about: 'Each record has the same chance.' },
        { id: 'interval', label: 'Interval', about: 'Evenly along the report, from a start that the seed gives.' },
        { id: 'allFailures', label: 'All failures and some others', about: 'Every record that failed, and so many of the others at random.' },
      ],
      drawn: null,
    },
    checklist: {
      templates: [
        { id: 'nexart', label: 'NexArt Certified Execution Records' },
        { id: 'keel', label: 'Keel signed exports' },
      ],
      title: '',
      progress: '',
      items: [],
      answers: [
        { id: 'yes', label: 'Yes' },
        { id: 'no', label: 'No' },
        { id: 'notApplicable', label: 'Not applicable' },
      ],
    },
    exceptions: {
      rows: [],
      severities: [
        { id: 'notAssessed', label: 'Not assessed yet' },
        { id: 'high', label: 'High' },
      ],
      proposal: '1 kind of check failed without an exception here. A proposal says what it means and what else could explain it.',
      proposed: 1,
      fresh: exception('', ''),
    },
    contradicting: [],
    conclusion: {
      stated: null,
      proposed: { text: '', reliance: 'doNotRely', limits: ['That the recorded events are true.', 'That the signer was entitled to sign.'] },
      reliances: [
        { id: 'mayRely', label: 'May rely' },
        { id: 'doNotRely', label: 'Do not rely' },
      ],
    },
    retention: { until: '', basis: '' },
    signing: {
      roles: roles(false, []),
      confirm: 'You are signing the review as {name}. After this, changes need a reason and keep the earlier version.',
      missing: 'State the conclusion first.',
      reopen: false,
      fileName: 'governed-run-004.zip.review.json',
      passphrase: 10,
    },
    versions: [],
  };
}

function exception(id: string, description: string) {
  return {
    id,
    severity: 'notAssessed' as const,
    description,
    cause: '',
    effect: '',
    alternativeExplanations: id ? ['The file was saved again by another program.', 'The content was edited.'] : [],
    followUp: '',
    owner: '',
    due: '',
    check: id ? 'bundleIntegrity' : null,
    reasonCode: id ? 'BUNDLE_HASH_MISMATCH' : null,
    count: id ? 1 : null,
  };
}

function roles(concluded: boolean, signed: string[]): RoleRow[] {
  const row = (role: RoleRow['role'], label: string, done: string, place: number): RoleRow => {
    const name = signed[place];
    const turn = concluded && signed.length === place;
    return {
      role,
      label,
      done,
      statement: `I ${done.toLowerCase()} this.`,
      signed: name ? { name, title: 'Senior auditor', at: AT, how: 'signed with a key', fingerprint: DIGEST, statement: `I ${done.toLowerCase()} this.` } : null,
      turn,
      waits: turn || name ? '' : place === 0 ? 'State the conclusion first.' : 'after the one before has signed',
    };
  };
  return [row('preparer', 'Preparer', 'Prepared', 0), row('reviewer', 'Reviewer', 'Reviewed', 1), row('approver', 'Approver', 'Released', 2)];
}

function stated(page: ReviewPage, id: string, state: string): ReviewPage {
  return { ...page, outline: page.outline.map((item) => (item.id === id ? { ...item, state, stated: true } : item)) };
}

/** The page after an act. */
export function pageAfter(page: ReviewPage, act: Act): ReviewPage {
  switch (act.act) {
    case 'stateEngagement':
      return { ...stated(page, 'engagement', 'stated'), engagement: act.engagement };
    case 'stateCustody':
      return { ...stated(page, 'custody', `${act.custody.length} hand-over`), custody: act.custody };
    case 'stateProcedure':
      return { ...stated(page, 'procedure', 'stated'), procedure: act.procedure };
    case 'stateContradicting':
      return { ...stated(page, 'contradicting', '1 point'), contradicting: act.contradicting };
    case 'stateRetention':
      return { ...stated(page, 'retention', 'stated'), retention: act.retention };
    case 'conclude': {
      const concluded = stated(page, 'conclusion', 'Do not rely');
      return { ...concluded, conclusion: { ...page.conclusion, stated: act.conclusion }, signing: { ...page.signing, roles: roles(true, []), missing: '' } };
    }
    case 'chooseChecklist': {
      const items = ['Is it recorded from whom the pack was received?', 'Was the key confirmed?'].map((text, place) => ({ item: `q${place}`, text, value: null, remark: '', evidenceRefs: [], by: '' }));
      return { ...stated(page, 'checklist', '0 of 2 answered'), checklist: { ...page.checklist, title: 'NexArt Certified Execution Records, version 1', items } };
    }
    case 'answerItem': {
      const items = page.checklist.items.map((item) => (item.item === act.item ? { ...item, value: act.value, remark: act.remark, evidenceRefs: act.evidenceRefs, by: `J. Lindqvist, ${AT}` } : item));
      return { ...stated(page, 'checklist', '1 of 2 answered'), checklist: { ...page.checklist, items } };
    }
    case 'drawSample': {
      const drawn = { sentence: '2 of 3 records: 1 that failed and 1 of the others at random.', method: act.method, seed: act.seed || 'a6b6', asked: act.size, populationSha256: DIGEST, size: 2, numbers: '2-3', repeat: 'The same seed, method and number draw the same records on any computer.' };
      return { ...stated(page, 'sample', '2 records'), sample: { ...page.sample, drawn } };
    }
    case 'proposeExceptions': {
      const rows = [{ exception: exception('e2.1', 'Record 2: its content does not match the recorded fingerprint.'), severity: 'Not assessed yet', target: to('checks') }];
      return { ...stated(page, 'exceptions', '1 exception'), exceptions: { ...page.exceptions, rows, proposal: '', proposed: 0 } };
    }
    case 'changeException': {
      const rows = page.exceptions.rows.map((row) => (row.exception.id === act.exception.id ? { ...row, exception: act.exception } : row));
      return { ...page, exceptions: { ...page.exceptions, rows } };
    }
    default:
      return page;
  }
}

/** The page once the preparer has signed. */
export function pageSigned(page: ReviewPage, name: string): ReviewPage {
  return { ...stated(page, 'signing', 'prepared'), editable: false, standing: 'Prepared. The reviewer comes next.', signing: { ...page.signing, roles: roles(true, [name]), reopen: true } };
}

export function samplePage(): SamplePage {
  return {
    size: 2,
    start: 0,
    rows: [
      { number: 2, label: 'Record 2, exec-2', verdict: 'failed', word: 'Mismatch', decision: 'More evidence needed', target: to('records', { record: 2 }) },
      { number: 3, label: 'Record 3, exec-3', verdict: 'verified', word: 'Verified', decision: '', target: to('records', { record: 3 }) },
    ],
  };
}

/** A key that is picked: locked until `passphrase` is given. */
export function signingKey(passphrase: string): SigningKeyView {
  const open = passphrase !== '';
  return { fileName: 'anna.pem', place: '/home/jl', locked: !open, trouble: '', fingerprint: open ? DIGEST : null, publicName: '' };
}

/** A note that somebody handed over; its pack is at hand when `open` is its token. */
export function handedNote(token: number, open: number | null): HandedNoteView {
  return {
    token,
    name: 'governed-run-004.zip.review.json',
    verdict: 'undecided',
    word: 'Cannot be decided yet.',
    sentence: 'Something is missing to say that the review note is whole and whose it is.',
    questions: [
      { question: 'Unchanged?', outcome: 'pass', word: 'Passed', answer: 'Result, history and words are as they were written.' },
      { question: 'From whom?', outcome: 'undetermined', word: 'Undecided', answer: 'The signature fits, and nobody has confirmed whose key it is.' },
      { question: 'Complete?', outcome: open ? 'pass' : 'undetermined', word: open ? 'Passed' : 'Undecided', answer: open ? 'Nothing is missing up to the last sign-off, and it is about one pack.' : 'The pack itself was not looked at.' },
    ],
    checks: [
      { outcome: 'pass', word: 'Passed', title: 'Result as stated', subject: '', found: '', next: '', code: '', expected: null, recomputed: null },
      { outcome: 'fail', word: 'Mismatch', title: 'History whole', subject: 'entry 4', found: 'An entry was changed.', next: 'Ask the author.', code: 'NOTE_ENTRY_CHANGED', expected: DIGEST, recomputed: DIGEST },
    ],
    facts: [{ label: 'What it is', value: 'Finished note', fromEvidence: false, hint: '' }],
    pack: { name: 'governed-run-004.zip', sha256: DIGEST, open, sentence: open ? 'The pack is at hand, and it is the one that the note is about.' : 'The pack is not at hand. Open it as well to compare it with the note.' },
    signers: [{ role: 'Preparer', name: 'J. Lindqvist, Senior auditor', at: AT, how: 'The signature fits, and nobody has confirmed whose key it is.', outcome: 'undetermined', fingerprint: DIGEST }],
    conclusion: { text: 'Record 2 is not used.', reliance: 'May rely, with limits', limits: ['That the recorded events are true.'] },
    history: { sentence: 'History checked: 1 entry hold together.', whole: true, entries: [{ seq: 1, at: AT, hint: '', who: 'J. Lindqvist', what: 'Review begun', words: '', takenBack: false, sha256: DIGEST }] },
    repeat: "sealcheck note verify 'governed-run-004.zip.review.json' --pack 'governed-run-004.zip'",
  };
}
