import type { ViewName } from '../bindings/ViewName';
import { ipc } from './ipc';
import type { Session } from './session.svelte';
import { settings } from './settings.svelte';
import { VIEWS } from './words';

/** One entry of the command palette. */
export type Command = { id: string; label: string; keys?: string; run: () => void };

/** What can be done now. */
export function commands(session: Session): Command[] {
  return [...openCommands(session), ...reviewCommands(session), ...helpCommands(session), ...lookCommands()];
}

/** The commands whose words begin with the words typed, in any order. */
export function matching(all: Command[], search: string): Command[] {
  const typed = search.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((command) => {
    const words = command.label.toLowerCase().split(/[\s:]+/);
    return typed.every((word) => words.some((other) => other.startsWith(word)));
  });
}

function openCommands(session: Session): Command[] {
  return [
    { id: 'open-file', label: 'Open a file…', keys: 'Ctrl O', run: () => void session.open(ipc.openDialog(false)) },
    { id: 'open-folder', label: 'Open a folder…', keys: 'Ctrl Shift O', run: () => void session.open(ipc.openDialog(true)) },
    { id: 'start', label: 'Go to: Start page', run: () => session.visit('start') },
    { id: 'list', label: 'Go to: Packs opened', run: () => session.visit('list') },
    { id: 'key-book', label: 'Go to: Key book', run: () => session.visit('keyBook') },
  ];
}

function reviewCommands(session: Session): Command[] {
  const review = session.current;
  const summary = review?.summary;
  if (!review || !summary || session.screen !== 'review') return [];
  const views = (Object.keys(VIEWS) as ViewName[]).filter((view) => summary.rail.some((item) => item.view === view)).map((view) => ({
    id: `view-${view}`,
    label: `Go to: ${VIEWS[view]}`,
    run: () => session.view(view),
  }));
  return [
    ...views,
    { id: 'find', label: 'Search in records', keys: 'Ctrl F', run: () => session.find() },
    { id: 'notes', label: 'Write a note', keys: 'Ctrl Shift N', run: () => session.openNotes() },
    { id: 'export', label: 'Export…', keys: 'Ctrl E', run: () => (session.dialog = { kind: 'export', record: null }) },
    { id: 'copy', label: 'Copy the verdict as a sentence', run: () => void session.copy(summary.copySentence) },
    ...digestCommands(session, summary.footer.sha256),
    { id: 'print', label: 'Print this page', keys: 'Ctrl P', run: () => window.print() },
    { id: 'recheck', label: 'Check again', run: () => void session.recheck(review) },
    { id: 'close', label: 'Close this pack', run: () => void session.close(review) },
  ];
}

function digestCommands(session: Session, sha256: string | null): Command[] {
  if (!sha256) return [];
  const label = 'SHA-256 of the pack';
  return [
    { id: 'copy-sha256', label: `Copy the ${label}`, run: () => void session.copy(`sha256:${sha256}`) },
    { id: 'compare', label: `Compare the ${label} with a value…`, run: () => (session.dialog = { kind: 'compare', ours: sha256, label }) },
  ];
}

function helpCommands(session: Session): Command[] {
  return [
    { id: 'glossary', label: 'Glossary', run: () => (session.dialog = { kind: 'glossary' }) },
    { id: 'shortcuts', label: 'Keys and help', keys: '?', run: () => (session.dialog = { kind: 'shortcuts' }) },
  ];
}

function lookCommands(): Command[] {
  return [
    { id: 'theme-light', label: 'Look: light', run: () => (settings.theme = 'light') },
    { id: 'theme-dark', label: 'Look: dark', run: () => (settings.theme = 'dark') },
    { id: 'theme-system', label: 'Look: as the desktop', run: () => (settings.theme = 'system') },
    { id: 'zoom-in', label: 'Text: larger', keys: 'Ctrl +', run: () => settings.zoomBy(1) },
    { id: 'zoom-out', label: 'Text: smaller', keys: 'Ctrl -', run: () => settings.zoomBy(-1) },
    { id: 'zoom-reset', label: 'Text: 100 %', keys: 'Ctrl 0', run: () => (settings.zoom = 100) },
  ];
}
