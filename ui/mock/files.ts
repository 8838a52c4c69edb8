import type { FilePage } from '../src/bindings/FilePage';
import type { FilesView } from '../src/bindings/FilesView';
import type { FileView } from '../src/bindings/FileView';
import type { SenderPageView } from '../src/bindings/SenderPageView';
import type { SourceView } from '../src/bindings/SourceView';
import type { Pack } from './packs';

function file(place: number, path: string, role: string, cover: string, outcome: FileView['outcome']): FileView {
  const sha256 = outcome === 'undetermined' ? null : (place * 1_234_567 + 99).toString(16).padStart(8, 'f') + 'c2e94c58b0f3a1d27e5864fb93c0d8517a2be46f0c8d35e9a7140b62';
  return { file: place, path, size: `${(place * 271 + 618).toLocaleString('en')} bytes`, sha256, role, cover, outcome, hasText: outcome !== 'undetermined' && !path.endsWith('.bin'), hasPage: path.endsWith('.html') };
}

function all(pack: Pack): FileView[] {
  if (pack.id === 'error') {
    const names = ['records/exec-plain-01/cer.json', 'records/exec-plain-01/receipt.json', '../../Startup/run.cmd', 'records/exec-ünï-02/cer.json', 'records/exec-ünï-02/receipt.json'];
    return names.map((name, place) => file(place, name, 'Not read', place === 2 ? 'Name points outside the pack' : 'Listed, not read', place === 2 ? 'undetermined' : 'skipped'));
  }
  const records = [1, 2, 3].flatMap((number) => [
    file(number * 2, `records/00000004-0000-4000-8000-00000000000${number}/cer.json`, 'Record', 'covered', 'pass'),
    file(number * 2 + 1, `records/00000004-0000-4000-8000-00000000000${number}/receipt.json`, 'Receipt', 'covered', 'pass'),
  ]);
  return [file(0, 'evidence-summary.html', 'Sender’s page', 'not covered', 'skipped'), file(1, 'manifest.json', 'Manifest', 'covered', 'pass'), ...records, file(8, 'notes/مراجعة.txt', 'Not recognised', 'not covered', 'skipped'), file(9, 'data.bin', 'Not recognised', 'not covered', 'skipped')];
}

export function files(pack: Pack): FilesView {
  const total = all(pack).length;
  return { sentence: `${total} files, 8 recognised, 2 not.`, total };
}

export function filePage(pack: Pack, start: number, count: number, search: string): FilePage {
  const found = all(pack).filter((one) => one.path.includes(search));
  return { start, matching: found.length, rows: found.slice(start, start + count) };
}

export function fileText(pack: Pack, place: number): SourceView {
  const found = all(pack).find((one) => one.file === place);
  const path = found?.path ?? '';
  return { path, segments: [{ text: '<h1>All steps completed and verified.</h1>\n<script>', kind: 'plain' }, { text: '⟨U+200B⟩', kind: 'control' }, { text: 'alert(1)</script>\n', kind: 'plain' }], cut: true, note: '12,345 bytes, the first 65,536 shown' };
}

export function senderPage(): SenderPageView {
  const html = '<body style="font:16px Georgia,serif"><h1>All steps completed and verified.</h1><p>3 of 3 steps.</p></body>';
  return { path: 'evidence-summary.html', frame: `data:text/html,${encodeURIComponent(html)}`, note: 'Scripts, links and pictures were removed.' };
}
