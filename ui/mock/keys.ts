import type { KeyBookView } from '../src/bindings/KeyBookView';
import type { KeyProposal } from '../src/bindings/KeyProposal';
import type { KeysView } from '../src/bindings/KeysView';
import type { KeyView } from '../src/bindings/KeyView';
import type { Pack } from './packs';

export const KEEL = '5250f6b496713acb611c6ff8a9f0978a46e61ca766aa157dc3e4d0f7d9b64aba';
const NEXART = 'fc76b03c6f5736e4ea48e462b26aa8d89d23444197b3ed3b70046c77f449de6a';
const INVOANCE = '0c173b20f00d5b1e66aa7312c4d2a9b8804e6c1fd3b0875ae2c59d41e92aef75';
const fact = (label: string, value: string, fromEvidence = false) => ({ label, value, fromEvidence, hint: '' });

const CONFIRMED: KeyView = {
  key: 0,
  outcome: 'pass',
  name: 'NexArt node nexart-node-prod-1',
  keyId: 'k1',
  fingerprint: NEXART,
  publicKey: null,
  origin: 'keyBook',
  originLabel: 'in your key book',
  usedFor: '3 receipts, 3 envelopes',
  sentence: 'Signed with a key in your key book, inside its period.',
  facts: [fact('Key id', 'k1', true), fact('Came from', 'Key book entry 3; node-metadata.json carries the same bytes'), fact('Confirmed', 'M. Okafor, by phone with NexArt operations, 2026-09-15')],
  period: { from: 'from 2026-01-01 00:00:00 UTC', to: 'no end stated', hasFrom: true, hasTo: false, signed: 'signed 2026-09-14 13:45:00 UTC, claimed', mark: 327 },
  canConfirm: false,
};

const SUPPLIED: KeyView = {
  key: 1,
  outcome: 'undetermined',
  name: 'Key in keel/manifest.json',
  keyId: 'sha256:5250f6b496713acb611c6ff8a9f0978a',
  fingerprint: KEEL,
  publicKey: null,
  origin: 'sender',
  originLabel: 'supplied by the sender',
  usedFor: '1 export',
  sentence: 'It names itself a Keel export signing key. The signature fits, but the only copy of the key came with the pack. Anyone could have made such a pair.',
  facts: [fact('Key id', 'sha256:5250f6b496713acb611c6ff8a9f0978a', true), fact('Came from', 'keel/manifest.json, field public_key', true), fact('Key book', 'No entry with these key bytes or this key id'), fact('Period', 'No period came with this key')],
  period: null,
  canConfirm: true,
};

const NAMED: KeyView = {
  key: 2,
  outcome: 'undetermined',
  name: 'Key named by the checkpoint',
  keyId: 'sha256:436b0f3e01a2b3c4d5e6f70819293a4b',
  fingerprint: null,
  publicKey: null,
  origin: 'absent',
  originLabel: 'not at hand',
  usedFor: '1 checkpoint',
  sentence: 'The pack names this key but does not hold it, and your key book does not have it. Ask the sender for it by a separate route.',
  facts: [fact('Named in', 'keel/checkpoint.json', true)],
  period: { from: 'from 2026-01-01 00:00:00 UTC', to: 'to 2026-12-31 00:00:00 UTC', hasFrom: true, hasTo: true, signed: 'signed 2027-01-04 08:00:00 UTC, claimed', mark: 900 },
  canConfirm: false,
};

const TENANT: KeyView = { ...CONFIRMED, key: 3, name: 'Invoance tenant Paid In Full', keyId: 'rows carry none', fingerprint: INVOANCE, publicKey: INVOANCE, usedFor: '25 records', period: null };

export function keys(pack: Pack): KeysView {
  const none = pack.records === 0;
  const all = pack.id === 'undecided' ? [CONFIRMED, SUPPLIED, NAMED, TENANT] : [CONFIRMED];
  return {
    sentence: pack.id === 'undecided' ? '4 keys are used. 2 are in your key book, 1 came only with the pack, 1 is only named.' : '1 key is used. It is in your key book.',
    keys: none ? [] : all,
    nodes: none ? [] : [{ title: 'nexart-node-prod-1', path: 'nexart/node-metadata.json', facts: [fact('Operator, as stated', 'NexArt', true), fact('Active key, as stated', 'k1', true), fact('Keys listed', '1', true)] }],
    keyBook: 'Your key book Audit desk 2 holds 14 keys.',
    empty: 'No record here is signed. Ask the sender to include receipt.json.',
  };
}

export function keyProposal(): KeyProposal {
  return {
    key: 1,
    fingerprint: KEEL,
    facts: [fact('Key id', 'sha256:5250f6b496713acb611c6ff8a9f0978a', true), fact('Came from', 'keel/manifest.json', true)],
    issuer: 'Keel, export signing',
    confirmedBy: 'J. Lindqvist',
    ways: [
      { id: 'phone', label: 'By phone, with a number I already had' },
      { id: 'inPerson', label: 'In person' },
      { id: 'other', label: 'In another way' },
    ],
  };
}

export function keyBook(): KeyBookView {
  const entry = (index: number, name: string, fingerprint: string) => ({ index, name, fingerprint, facts: [fact('Key id', index === 0 ? 'k1' : 'none'), fact('Signs for', name), fact('Confirmed', 'M. Okafor, by phone with NexArt operations, 2026-09-15')] });
  return {
    name: 'Audit desk 2',
    sha256: '93c0d8517a2be46f0c8d35e9a7140b626f1b7d0ac2e94c58b0f3a1d27e5864fb',
    place: '/home/jl/.local/share/sealcheck/keybook.json',
    entries: [entry(0, 'NexArt node nexart-node-prod-1', NEXART), entry(1, 'Invoance tenant Paid In Full', INVOANCE)],
    ways: keyProposal().ways,
    authorities: [{ index: 0, name: 'Time Stamps Ltd', fingerprint: NEXART, facts: [fact('Issued to', 'CN=Time Stamps Root G2'), fact('Valid to', '2038-01-15 12:00:00 UTC'), fact('Confirmed by', 'M. Okafor')] }],
    authoritiesSentence: 'A time stamp shows that something existed at a time, if you trust who stamped it.',
    suggestions: [{ index: 0, name: 'Keel root 2026', fingerprint: KEEL, facts: [fact('Published at', 'docs of the Keel project'), fact('Signs for', 'Keel exports')] }],
  };
}
