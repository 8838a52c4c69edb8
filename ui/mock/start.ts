import type { ExportView } from '../src/bindings/ExportView';
import type { HandOverView } from '../src/bindings/HandOverView';
import type { StartView } from '../src/bindings/StartView';
import type { TermView } from '../src/bindings/TermView';
import type { VerdictView } from '../src/bindings/VerdictView';
import type { Pack } from './packs';

export function start(first: boolean, kept = true): StartView {
  const recent = (index: number, name: string, verdict: VerdictView, word: string, when: string, present = true) => ({ index, name, place: 'Documents/Engagements/Cage 2026', verdict, word, when, hint: '2026-09-18 11:14:00 +02:00 on this computer', present });
  return {
    version: '0.1.0',
    rules: '2026.11',
    keyBook: 'Key book Audit desk 2, 14 keys',
    recentsKept: kept,
    recents: first
      ? []
      : [recent(0, 'governed-run-004-resent.zip', 'failed', 'Problem found', '2026-09-18 09:14'), recent(1, 'governed-run-004.zip', 'verified', 'Verified', '2026-09-18 09:02'), recent(2, 'audit-log-2026-01.ndjson', 'verified', 'Verified', '2026-09-16 15:31'), recent(3, 'keel-events-2026-05-08.zip', 'undecided', 'Cannot be decided yet', '2026-05-11 07:40'), recent(4, 'Invoices_Q2.xlsx', 'notEvidence', 'Not recognised', '2026-05-04 11:20', false)],
    samples: [
      { id: 'verified', name: 'A pack that passes', about: '3 records, signer confirmed', verdict: 'verified' },
      { id: 'failed', name: 'A pack with a problem', about: '1 record does not match', verdict: 'failed' },
      { id: 'undecided', name: 'A pack that cannot be decided', about: 'the key came only with the pack', verdict: 'undecided' },
    ],
  };
}

export function exportsView(pack: Pack): ExportView {
  const stem = pack.name.replace(/\.\w+$/, '');
  const item = (id: string, title: string, about: string, fileName: string, size: string, unavailable = '') => ({ id, title, about, fileName, size, unavailable, perRecord: id === 'auditReport', profiles: ['html', 'pdf'].includes(id) });
  return {
    profiles: [
      { id: 'short', label: 'Short: result, conclusion, exceptions, sign-off' },
      { id: 'full', label: 'Full: all fourteen sections' },
    ],
    items: [
      item('auditReport', 'Single-record audit report', 'JSON, NexArt field names', '3 files', '7,206 bytes'),
      item('projectCsv', 'Project summary', 'CSV, eleven columns', `${stem}.records.csv`, '3 rows'),
      item('projectCsvExcel', 'Project summary for Excel', 'CSV with byte-order mark and semicolons', `${stem}.records.excel.csv`, '3 rows'),
      item('report', 'Machine report', 'JSON, sealcheck.report/1', `${stem}.report.json`, '38,114 bytes', pack.records === 0 ? 'Nothing was judged, so there is nothing to report.' : ''),
    ],
  };
}

export function handOverView(pack: Pack, record: number | null, exact: boolean): HandOverView {
  const stem = pack.name.replace(/\.\w+$/, '');
  const one = record === null ? 'these records' : `record ${record}`;
  return {
    title: exact ? `Save the exact bytes of record ${record}` : `Save ${one} as a pack`,
    about: exact ? ['The record as it stands in the pack: nothing added, nothing around it.'] : ['Each NexArt record byte for byte, with the receipts and key sets that came, a list, the result of this check, and a page to read.', 'What is left out is listed with its SHA-256. Before the pack is kept it is checked again.'],
    size: `${record === null ? pack.records : 1} of ${pack.records} records`,
    fileName: `${stem}-selection.zip`,
    unavailable: '',
  };
}

export function glossary(): TermView[] {
  return [
    { term: 'Fingerprint', text: '64 characters computed from content. Any change of the content changes them.' },
    { term: 'Key book', text: 'The keys that you confirmed yourself, each by a route outside the pack.' },
    { term: 'Receipt', text: 'A statement about a record, signed by a node.' },
    { term: 'Seal', text: 'The recorded fingerprint and signature of a record, and what they cover.' },
    { term: 'Verdict', text: 'What all required checks together come to.' },
  ];
}
