import type { FinishView } from '../src/bindings/FinishView';
import type { OutcomeView } from '../src/bindings/OutcomeView';
import type { SummaryView } from '../src/bindings/SummaryView';
import type { Target } from '../src/bindings/Target';
import { KEEL } from './keys';
import type { Pack } from './packs';
import { to } from './results';

type Words = Pick<SummaryView, 'verdict' | 'word' | 'sentence' | 'next' | 'recordsLine' | 'points' | 'finish' | 'says' | 'shows' | 'doesNotShow'>;

const UNSEEN = ['That the recorded events are true.', 'That nothing was left out before signing.', 'That the signer was entitled to sign.', 'When it was signed: the time is the node’s own claim.'];
const fact = (label: string, value: string) => ({ label, value, fromEvidence: true, hint: '' });
const point = (outcome: OutcomeView, subject: string, text: string, target: Target, path = '') => ({ outcome, subject, path, text, target });
const SAYS = [fact('Request', 'sensitive_data_access, high_risk, user-12345'), fact('Guardrail', 'nemo_verdict BLOCK, critical'), fact('Rule', 'cross_region_pii_access_denied'), fact('Action', 'deny_and_log, audit-nemo-001'), fact('Time', '2026-09-14 13:45:00 UTC, claimed')];

const FINISH: FinishView = {
  title: 'To finish: confirm who holds this key',
  key: 1,
  name: 'Key in keel/manifest.json',
  fingerprint: KEEL,
  fingerprintLabel: 'Fingerprint of the key in keel/manifest.json',
  originLabel: 'supplied by the sender',
  steps: [
    { lead: 'Ask the signer by a separate route.', text: 'Use a phone number or address you already had, not one from this pack.' },
    { lead: 'Compare all 64 characters', text: 'with what they read to you.' },
    { lead: 'Add it to your key book.', text: 'The check then runs again.' },
  ],
};

/** The words of the summary, by pack. */
export function words(pack: Pack): Words {
  switch (pack.id) {
    case 'failed':
    case 'strange':
      return failed(pack);
    case 'undecided':
      return undecided();
    case 'notEvidence':
      return notEvidence(pack);
    case 'error':
      return unfinished();
    default:
      return verified(pack);
  }
}

function verified(pack: Pack): Words {
  return {
    verdict: 'verified',
    word: 'Verified.',
    sentence: 'All 19 required checks passed. The content is unchanged since it was signed with NexArt node key k1.',
    next: { label: 'See what was checked', target: to('checks') },
    recordsLine: `${pack.records.toLocaleString('en')} of ${pack.records.toLocaleString('en')} records verified`,
    points: { title: 'Nothing needs attention', rows: [], more: '', toDo: '' },
    finish: null,
    says: SAYS,
    shows: ['The 3 listed items are byte for byte what was signed.', 'The signing key is the one you confirmed.', 'The sender’s saved result of 2026-09-18 says the same as this check.'],
    doesNotShow: UNSEEN,
  };
}

function failed(pack: Pack): Words {
  const strange = pack.id === 'strange';
  const name = strange ? 'مراجعة_الحسابات_' + 'nemo_guardrails_check_'.repeat(8) : 'Record 2';
  return {
    verdict: 'failed',
    word: 'Problem found.',
    sentence: `3 of 19 required checks found a mismatch. First: record 2, ${strange ? name : 'nemo_guardrails_check'}, no longer matches its recorded fingerprint.`,
    next: { label: 'See the first mismatch', target: to('checks', { check: 'bundle-fail' }) },
    recordsLine: '2 of 3 records verified, 1 with a mismatch',
    points: {
      title: 'The 3 mismatches',
      rows: [
        point('fail', name, 'Its content does not match the recorded fingerprint.', to('checks', { check: 'bundle-fail' })),
        point('fail', 'Record 2', 'The signature over its fields does not fit this content.', to('records', { record: 2 })),
        point('fail', 'Saved result', 'The sender’s saved result says verified. This check says problem found.', to('manifest'), 'records/nemo_guardrails_check/verification-report.json'),
      ],
      more: strange ? 'and 12 more' : '',
      toDo: 'Ask the sender for the original file of record 2. Do not rely on its content until it matches.',
    },
    finish: null,
    says: SAYS,
    shows: ['Records 1 and 3 are byte for byte what was signed.', 'Record 2 is not what was signed with key k1.'],
    doesNotShow: ['Which part of record 2 differs, or who changed it.', 'That records 1 and 3 are true.', 'That the signer was entitled to sign.'],
  };
}

function undecided(): Words {
  return {
    verdict: 'undecided',
    word: 'Cannot be decided yet.',
    sentence: 'Nothing was found to be wrong, but confirmation of the signing key is needed to finish 1 check.',
    next: { label: 'Confirm this key…', target: to('keys', { key: 1 }) },
    recordsLine: '9 events, none with a mismatch',
    points: {
      title: 'What is missing',
      rows: [point('undetermined', 'Key in manifest.json', 'The only copy of the key came with the pack.', to('keys', { key: 1 }))],
      more: '',
      toDo: 'Ask the sender by a separate route for the fingerprint of the key, compare all 64 characters, then confirm it.',
    },
    finish: FINISH,
    says: [],
    shows: ['The export and its manifest belong together.', 'Each of the 9 events links to the one before it.'],
    doesNotShow: ['Who made the pair.', 'That payload_json is covered by the event’s own fingerprint: it is not.', 'Manifest fields such as chain_length 770: they are not signed.'],
  };
}

function notEvidence(pack: Pack): Words {
  return {
    verdict: 'notEvidence',
    word: 'Not recognised.',
    sentence: `${pack.name} is readable, but it is not a kind of evidence pack this version knows.`,
    next: { label: 'Show the file list', target: to('files') },
    recordsLine: 'No records',
    points: { title: 'What you can do', rows: [], more: '', toDo: 'Ask the sender for the evidence pack itself: a zip, a folder, or the single files.' },
    finish: null,
    says: [],
    shows: ['The archive can be read to its end.'],
    doesNotShow: ['Anything about its content.'],
  };
}

function unfinished(): Words {
  return {
    verdict: 'error',
    word: 'The check did not finish.',
    sentence: 'It stopped at entry 9 of 15: a file name that points outside the pack. This says nothing about the evidence itself.',
    next: null,
    recordsLine: 'No records',
    points: {
      title: 'What happened',
      rows: [point('undetermined', 'run.cmd', 'The archive contains a file name that points outside the pack. It was not read.', to('files'), '../../Startup/run.cmd')],
      more: '',
      toDo: 'Ask the sender for a clean export. Do not unpack this archive with another tool. Keep this file as received: the SHA-256 below identifies it.',
    },
    finish: null,
    says: [],
    shows: [],
    doesNotShow: ['Whether the evidence in it is sound.'],
  };
}
