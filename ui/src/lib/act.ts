import { ipc } from './ipc';
import type { Notes } from './notes.svelte';
import { enter, neighbour } from './regions';
import type { Session } from './session.svelte';
import { settings } from './settings.svelte';
import type { Action } from './shortcuts';

/** Does what a key press asked for; false when it means nothing here and the press goes its own way. */
export function act(action: Action, session: Session): boolean {
  if (session.dialog) return actInDialog(action);
  switch (action) {
    case 'openFile':
      void session.open(ipc.openDialog(false));
      return true;
    case 'openFolder':
      void session.open(ipc.openDialog(true));
      return true;
    case 'palette':
      session.dialog = { kind: 'palette' };
      return true;
    case 'shortcuts':
      session.dialog = { kind: 'shortcuts' };
      return true;
    case 'find':
      return find(session);
    case 'export':
      return exportResult(session);
    case 'notes':
      return notes(session);
    case 'undo':
      return withNotes(session, (notes) => notes.view?.canUndo && void notes.undo());
    case 'redo':
      return withNotes(session, (notes) => notes.view?.canRedo && void notes.redo());
    case 'print':
      window.print();
      return true;
    case 'nextRegion':
      return moveRegion(false);
    case 'previousRegion':
      return moveRegion(true);
    case 'escape':
      return escape(session);
    default:
      return zoom(action);
  }
}

/** A dialog keeps all keys but those for the size of the text; Esc is its own. */
function actInDialog(action: Action): boolean {
  return action === 'escape' ? false : zoom(action);
}

function zoom(action: Action): boolean {
  if (action === 'zoomIn') settings.zoomBy(1);
  else if (action === 'zoomOut') settings.zoomBy(-1);
  else if (action === 'zoomReset') settings.zoom = 100;
  else return false;
  return true;
}

function find(session: Session): boolean {
  if (session.screen !== 'review' || session.current?.state !== 'done') return false;
  session.find();
  return true;
}

function exportResult(session: Session): boolean {
  if (session.screen !== 'review' || session.current?.state !== 'done') return false;
  session.dialog = { kind: 'export', record: null };
  return true;
}

/** Opens the notes and goes to them; from inside them closes them. */
function notes(session: Session): boolean {
  return withNotes(session, () => {
    const panel = document.querySelector('[data-testid="notes"]');
    if (panel?.contains(document.activeElement)) session.closeNotes();
    else session.openNotes();
  });
}

function withNotes(session: Session, does: (notes: Notes) => unknown): boolean {
  const review = session.current;
  if (session.screen !== 'review' || review?.state !== 'done') return false;
  does(review.notes);
  return true;
}

function moveRegion(backwards: boolean): boolean {
  const region = neighbour(document, document.activeElement, backwards);
  if (!region) return false;
  enter(region);
  return true;
}

function escape(session: Session): boolean {
  const review = session.current;
  if (session.screen === 'keyBook' || session.screen === 'note') session.back();
  else if (session.screen === 'review' && review?.state === 'checking') void session.attempt(review.cancel());
  else return false;
  return true;
}
