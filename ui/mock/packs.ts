/** A sample pack of the mock back end. */
export type Pack = { id: string; name: string; path: string; about: string; records: number; sha256: string; size: string; scope?: string };

/** Their names, as the recent reviews use them. */
export const PACKS = ['failed', 'verified', 'large', 'undecided', 'notEvidence'];

const LONG = 'evidence-export-' + 'a-very-long-name-'.repeat(12) + 'end.zip';

const ALL: Pack[] = [
  { id: 'verified', name: 'governed-run-004.zip', path: 'records/00000004-0000-4000-8000-000000000002/cer.json', about: 'NexArt evidence pack, 3 records', records: 3, sha256: 'a636fc96b51ac730d1a90e4bf9805005e3fa71cb58a9d8ac98a08ffc975b393f', size: '6,093 bytes in 12 files' },
  { id: 'failed', name: 'governed-run-004-resent.zip', path: 'records/00000004-0000-4000-8000-000000000002/cer.json', about: 'NexArt evidence pack, 3 records', records: 3, sha256: 'd64fe2d129cd3dbadb27f67c056e873a33fbd125fa3253b3ab5e2348d34d4754', size: '6,091 bytes in 12 files' },
  { id: 'undecided', name: 'keel-events-2026-05-08.zip', path: 'manifest.json', about: 'Keel signed export, 9 events', records: 9, sha256: '87dc7008dfcc9e4dcc07d46581291c6f0c57fd1aed6214bd0f8d2c0242cdb691', size: '2,659 bytes in 2 files' },
  { id: 'notEvidence', name: 'Invoices_Q2.xlsx', path: 'xl/workbook.xml', about: 'ZIP archive, 11 entries', records: 0, sha256: '0c57fd1aed6214bd0f8d2c0242cdb69187dc7008dfcc9e4dcc07d46581291c6f', size: '48,120 bytes' },
  { id: 'error', name: 'evidence-export-0912.zip', path: '../../Startup/run.cmd', about: 'ZIP archive, 15 entries', records: 0, sha256: '6f1b7d0ac2e94c58b0f3a1d27e5864fb93c0d8517a2be46f0c8d35e9a7140b62', size: '48,377 bytes' },
  { id: 'large', name: 'audit-log-2026-01.ndjson', path: 'audit-log-2026-01.ndjson', about: 'Invoance audit log, 100,000 records', records: 100_000, sha256: 'a6b6e638da29a044e5142882507d86c2716b4424911ced3c5655e1bdaec24382', size: '72,512,004 bytes' },
  { id: 'log25', name: 'audit-log-week-01.ndjson', path: 'audit-log-week-01.ndjson', about: 'Invoance audit log, 24 records', records: 24, sha256: 'c2716b4424911ced3c5655e1bdaec24382a6b6e638da29a044e5142882507d86', size: '24,004 bytes' },
  { id: 'million', name: 'audit-log-2025.ndjson', path: 'audit-log-2025.ndjson', about: 'Invoance audit log, 999,999 records', records: 999_999, sha256: '29a044e5142882507d86c2716b4424911ced3c5655e1bdaec24382a6b6e638da', size: '1,072,512,004 bytes' },
  { id: 'holes', name: 'audit-log-holes.ndjson', path: 'audit-log-holes.ndjson', about: 'Invoance audit log, 965,000 records', records: 965_000, sha256: '5142882507d86c2716b4424911ced3c5655e1bdaec24382a6b6e638da29a044e', size: '1,035,012,004 bytes' },
  { id: 'orgs', name: 'all-organisations.ndjson', path: 'all-organisations.ndjson', about: 'Invoance audit log, 940,000 records', records: 940_000, sha256: '07d86c2716b4424911ced3c5655e1bdaec24382a6b6e638da29a044e51428825', size: '1,005,012,004 bytes' },
  { id: 'strange', name: LONG, path: 'records/' + 'deep/'.repeat(40) + 'cer.json', about: 'NexArt evidence pack, 600,000 records', records: 600_000, sha256: '16b4424911ced3c5655e1bdaec24382a6b6e638da29a044e5142882507d86c27', size: '9,007,199,254 bytes in 200,000 files' },
];

export function pack(id: string): Pack {
  const found = ALL.find((one) => one.id === id);
  if (!found) throw new Error(`no mock pack ${id}`);
  return found;
}
