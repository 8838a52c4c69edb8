// The only file that calls `invoke` and `listen`. One function per command; the back end decides, the page shows.
import { Channel, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Act } from '../bindings/Act';
import type { CheckDetailView } from '../bindings/CheckDetailView';
import type { ChecksView } from '../bindings/ChecksView';
import type { CommandError } from '../bindings/CommandError';
import type { CompareView } from '../bindings/CompareView';
import type { DragView } from '../bindings/DragView';
import type { EventsView } from '../bindings/EventsView';
import type { ExportedView } from '../bindings/ExportedView';
import type { ExportView } from '../bindings/ExportView';
import type { FilePage } from '../bindings/FilePage';
import type { FilesView } from '../bindings/FilesView';
import type { HandedNoteView } from '../bindings/HandedNoteView';
import type { HistoryView } from '../bindings/HistoryView';
import type { HandOverView } from '../bindings/HandOverView';
import type { KeyBookView } from '../bindings/KeyBookView';
import type { KeyConfirmation } from '../bindings/KeyConfirmation';
import type { KeyProposal } from '../bindings/KeyProposal';
import type { KeysView } from '../bindings/KeysView';
import type { ManifestPage } from '../bindings/ManifestPage';
import type { ManifestView } from '../bindings/ManifestView';
import type { NoteSubject } from '../bindings/NoteSubject';
import type { NoteTarget } from '../bindings/NoteTarget';
import type { NoteView } from '../bindings/NoteView';
import type { NumberedView } from '../bindings/NumberedView';
import type { OpenedView } from '../bindings/OpenedView';
import type { ProgressView } from '../bindings/ProgressView';
import type { RecordPage } from '../bindings/RecordPage';
import type { RecordQuery } from '../bindings/RecordQuery';
import type { RecordsView } from '../bindings/RecordsView';
import type { RecordView } from '../bindings/RecordView';
import type { RibbonQuery } from '../bindings/RibbonQuery';
import type { RibbonView } from '../bindings/RibbonView';
import type { Role } from '../bindings/Role';
import type { RunPage } from '../bindings/RunPage';
import type { RunQuery } from '../bindings/RunQuery';
import type { SamplePage } from '../bindings/SamplePage';
import type { SenderPageView } from '../bindings/SenderPageView';
import type { SequencePage } from '../bindings/SequencePage';
import type { SequenceQuery } from '../bindings/SequenceQuery';
import type { SequenceView } from '../bindings/SequenceView';
import type { SigningKeyView } from '../bindings/SigningKeyView';
import type { SnapshotPage } from '../bindings/SnapshotPage';
import type { SourceView } from '../bindings/SourceView';
import type { StartView } from '../bindings/StartView';
import type { SummaryView } from '../bindings/SummaryView';
import type { TermView } from '../bindings/TermView';
import type { TimelineView } from '../bindings/TimelineView';
import type { ValuesView } from '../bindings/ValuesView';
import type { WorkView } from '../bindings/WorkView';

export const ipc = {
  start: () => invoke<StartView>('start'),
  pending: () => invoke<OpenedView>('pending'),
  openDialog: (folder: boolean) => invoke<OpenedView>('open_dialog', { folder }),
  openSample: (id: string) => invoke<OpenedView>('open_sample', { id }),
  openRecent: (index: number) => invoke<OpenedView>('open_recent', { index }),
  keepRecents: (keep: boolean) => invoke<StartView>('keep_recents', { keep }),

  check: (token: number, onprogress: (progress: ProgressView) => void) =>
    invoke<SummaryView>('check', { token, channel: new Channel<ProgressView>(onprogress) }),
  cancel: (token: number) => invoke<void>('cancel', { token }),
  close: (token: number) => invoke<void>('close', { token }),
  raiseLimits: (token: number) => invoke<void>('raise_limits', { token }),
  stateScope: (token: number, scope: string) => invoke<void>('state_scope', { token, scope }),

  checks: (token: number) => invoke<ChecksView>('checks', { token }),
  checkDetail: (token: number, key: string, position: number) =>
    invoke<CheckDetailView>('check_detail', { token, key, position }),
  showWork: (token: number, key: string, position: number) => invoke<WorkView>('show_work', { token, key, position }),
  saveWork: (token: number, key: string, position: number) =>
    invoke<ExportedView | null>('save_work', { token, key, position }),

  records: (token: number) => invoke<RecordsView>('records', { token }),
  recordPage: (token: number, query: RecordQuery) => invoke<RecordPage>('record_page', { token, query }),
  record: (token: number, record: number) => invoke<RecordView>('record', { token, record }),
  recordAt: (token: number, query: RecordQuery) => invoke<number | null>('record_at', { token, query }),
  recordPlace: (token: number, query: RecordQuery, record: number) =>
    invoke<number | null>('record_place', { token, query, record }),
  recordValues: (token: number, column: string, search: string) =>
    invoke<ValuesView>('record_values', { token, column, search }),
  recordsNumbered: (token: number, number: number) => invoke<NumberedView>('records_numbered', { token, number }),

  keys: (token: number) => invoke<KeysView>('keys', { token }),
  keyProposal: (token: number, key: number) => invoke<KeyProposal>('key_proposal', { token, key }),
  confirmKey: (token: number, key: number, confirmation: KeyConfirmation) =>
    invoke<void>('confirm_key', { token, key, confirmation }),
  keyBook: () => invoke<KeyBookView>('key_book'),
  removeKey: (index: number) => invoke<KeyBookView>('remove_key', { index }),
  confirmSuggestion: (index: number, confirmation: KeyConfirmation) =>
    invoke<KeyBookView>('confirm_suggestion', { index, confirmation }),
  proposeAuthority: () => invoke<KeyProposal | null>('propose_authority'),
  confirmAuthority: (confirmation: KeyConfirmation) => invoke<KeyBookView>('confirm_authority', { confirmation }),
  removeAuthority: (index: number) => invoke<KeyBookView>('remove_authority', { index }),
  importKeyBook: () => invoke<KeyBookView | null>('import_key_book'),
  exportKeyBook: () => invoke<ExportedView | null>('export_key_book'),

  manifest: (token: number) => invoke<ManifestView>('manifest', { token }),
  manifestPage: (token: number, list: number, start: number, count: number, differing: boolean) =>
    invoke<ManifestPage>('manifest_page', { token, list, start, count, differing }),
  snapshotPage: (token: number, start: number, count: number, differing: boolean) =>
    invoke<SnapshotPage>('snapshot_page', { token, start, count, differing }),

  timeline: (token: number) => invoke<TimelineView>('timeline', { token }),
  sequencePage: (token: number, query: SequenceQuery) => invoke<SequencePage>('sequence_page', { token, query }),
  sequence: (token: number, sequence: number) => invoke<SequenceView>('sequence', { token, sequence }),
  ribbon: (token: number, query: RibbonQuery) => invoke<RibbonView>('ribbon', { token, query }),
  runPage: (token: number, query: RunQuery) => invoke<RunPage>('run_page', { token, query }),
  seat: (token: number, sequence: number, number: string) => invoke<number | null>('seat', { token, sequence, number }),
  events: (token: number, sequence: number) => invoke<EventsView>('events', { token, sequence }),

  files: (token: number) => invoke<FilesView>('files', { token }),
  filePage: (token: number, start: number, count: number, search: string) =>
    invoke<FilePage>('file_page', { token, start, count, search }),
  fileText: (token: number, file: number) => invoke<SourceView>('file_text', { token, file }),
  senderPage: (token: number, file: number) => invoke<SenderPageView>('sender_page', { token, file }),

  exports: (token: number, record: number | null) => invoke<ExportView>('exports', { token, record }),
  export: (token: number, id: string, record: number | null, profile: string) =>
    invoke<ExportedView | null>('export', { token, id, record, profile }),
  packOffer: (token: number, query: RecordQuery, record: number | null, exact: boolean) =>
    invoke<HandOverView>('pack_offer', { token, query, record, exact }),
  savePack: (token: number, query: RecordQuery, record: number | null) =>
    invoke<ExportedView | null>('save_pack', { token, query, record }),
  saveExact: (token: number, record: number) => invoke<ExportedView | null>('save_exact', { token, record }),

  note: (token: number) => invoke<NoteView>('note', { token }),
  noteSubject: (token: number, target: NoteTarget) => invoke<NoteSubject>('note_subject', { token, target }),
  noteAct: (token: number, act: Act, draft: string | null) => invoke<NoteView>('note_act', { token, act, draft }),
  noteDraft: (token: number, place: string, text: string) => invoke<void>('note_draft', { token, place, text }),
  noteUndo: (token: number) => invoke<NoteView>('note_undo', { token }),
  noteRedo: (token: number) => invoke<NoteView>('note_redo', { token }),
  noteHistory: (token: number) => invoke<HistoryView>('note_history', { token }),
  setName: (name: string) => invoke<string>('set_name', { name }),

  importChecklist: (token: number) => invoke<NoteView | null>('import_checklist', { token }),
  samplePage: (token: number, start: number, count: number) => invoke<SamplePage>('sample_page', { token, start, count }),
  saveNote: (token: number) => invoke<ExportedView | null>('save_note', { token }),
  pickKey: () => invoke<SigningKeyView | null>('pick_key'),
  openKey: (passphrase: string) => invoke<SigningKeyView>('open_key', { passphrase }),
  dropKey: () => invoke<void>('drop_key'),
  createKey: (token: number, passphrase: string, again: string) => invoke<SigningKeyView | null>('create_key', { token, passphrase, again }),
  signOff: (token: number, role: Role, name: string, title: string, withKey: boolean, passphrase: string) =>
    invoke<NoteView>('sign_off', { token, role, name, title, withKey, passphrase }),

  handedNote: (token: number) => invoke<HandedNoteView>('handed_note', { token }),
  openPackOfNote: (token: number, folder: boolean) => invoke<OpenedView>('open_pack_of_note', { token, folder }),
  reviewerProposal: (token: number, signer: number) => invoke<KeyProposal>('reviewer_proposal', { token, signer }),
  confirmReviewer: (token: number, signer: number, confirmation: KeyConfirmation) =>
    invoke<void>('confirm_reviewer', { token, signer, confirmation }),

  compare: (ours: string, given: string) => invoke<CompareView>('compare', { ours, given }),
  compareFile: (ours: string) => invoke<CompareView | null>('compare_file', { ours }),
  glossary: () => invoke<TermView[]>('glossary'),
  copy: (text: string) => invoke<void>('copy', { text }),

  onOpened: (hear: (opened: OpenedView) => void) => listen<OpenedView>('opened', (event) => hear(event.payload)),
  onDrag: (hear: (drag: DragView) => void) => listen<DragView>('drag', (event) => hear(event.payload)),
};

/** Whatever a command threw, as the error the page shows. */
export function asCommandError(thrown: unknown): CommandError {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'message' in thrown) {
    return { code: String(thrown.code), message: String(thrown.message) };
  }
  return { code: 'INTERNAL', message: String(thrown) };
}
