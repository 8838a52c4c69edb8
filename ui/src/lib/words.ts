import type { NoteTarget } from '../bindings/NoteTarget';
import type { OutcomeView } from '../bindings/OutcomeView';
import type { ViewName } from '../bindings/ViewName';

// The page's own labels. Words about results come from the back end.

/** What an outcome is called in a filter, and aloud beside an icon without a word. */
export const OUTCOMES: Record<OutcomeView, string> = {
  fail: 'Mismatch',
  undetermined: 'Undecided',
  skipped: 'Not checked',
  pass: 'Passed',
};

/** The order of the filter: what needs attention first. */
export const OUTCOME_ORDER: OutcomeView[] = ['fail', 'undetermined', 'skipped', 'pass'];

/** The views, for the command palette; the rail has its own labels. */
export const VIEWS: Record<ViewName, string> = {
  summary: 'Summary',
  checks: 'Checks',
  records: 'Records',
  timeline: 'Timeline',
  keys: 'Keys and nodes',
  manifest: 'Manifest',
  files: 'Files',
  myReview: 'My review',
};

/** What an unfinished text is about, as far as its own words say. */
export function unfinishedAbout(target: NoteTarget): string {
  switch (target.kind) {
    case 'pack':
      return 'the whole pack';
    case 'record':
      return `record ${target.number.toLocaleString('en')}`;
    case 'field':
      return `a field of record ${target.record.toLocaleString('en')}`;
    case 'check':
      return 'a check';
  }
}

/** Every shortcut, for the sheet that `?` opens. */
export const SHORTCUTS: { title: string; rows: [keys: string, does: string][] }[] = [
  {
    title: 'Anywhere',
    rows: [
      ['Ctrl O', 'Open a file'],
      ['Ctrl Shift O', 'Open a folder'],
      ['Ctrl K', 'Find a command'],
      ['Ctrl F', 'Search in records or files'],
      ['Ctrl E', 'Export'],
      ['Ctrl Shift N', 'Notes on what is before you; again to close them'],
      ['Ctrl Z', 'Take the last note or decision back, while nothing is being typed'],
      ['Ctrl P', 'Print this page'],
      ['F6', 'Next part of the window; Shift F6 goes back'],
      ['Esc', 'Close what is open'],
      ['?', 'This list'],
    ],
  },
  {
    title: 'Tables',
    rows: [
      ['↑ ↓', 'Row by row'],
      ['Page Up, Page Down', 'Screen by screen'],
      ['Home, End', 'First and last row'],
      ['Enter', 'Open the row'],
      ['Esc', 'Close the pane, back to the table'],
      ['Ctrl G', 'Go to a record number'],
    ],
  },
  {
    title: 'Timeline',
    rows: [
      ['← →', 'Mark by mark'],
      ['+ -', 'Nearer and farther; also Ctrl and the wheel'],
      ['0', 'All numbers'],
      ['Page Up, Page Down', 'Half a ribbon back and on'],
      ['Home, End', 'First and last number'],
      ['Enter', 'Open the record, or look nearer'],
    ],
  },
  {
    title: 'Text size',
    rows: [
      ['Ctrl +', 'Larger'],
      ['Ctrl -', 'Smaller'],
      ['Ctrl 0', 'Back to 100 %'],
    ],
  },
];
