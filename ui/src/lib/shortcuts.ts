/** What a key press means anywhere in the window. */
export type Action = 'openFile' | 'openFolder' | 'find' | 'palette' | 'shortcuts' | 'nextRegion' | 'previousRegion' | 'zoomIn' | 'zoomOut' | 'zoomReset' | 'print' | 'export' | 'notes' | 'undo' | 'redo' | 'escape';

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'target'>;

/** The action of this key press; nothing when the press belongs to whatever has the focus. */
export function actionOf(press: Press): Action | undefined {
  if (press.altKey) return undefined;
  if (press.ctrlKey || press.metaKey) return withControl(press);
  if (press.key === 'F6') return press.shiftKey ? 'previousRegion' : 'nextRegion';
  if (press.key === 'Escape') return 'escape';
  if (press.key === '?' && !isTyping(press.target)) return 'shortcuts';
  return undefined;
}

function withControl(press: Press): Action | undefined {
  switch (press.key.toLowerCase()) {
    case 'o':
      return press.shiftKey ? 'openFolder' : 'openFile';
    case 'f':
      return 'find';
    case 'k':
      return 'palette';
    case 'e':
      return 'export';
    case 'n':
      return press.shiftKey ? 'notes' : undefined;
    case 'z':
      if (isTyping(press.target)) return undefined;
      return press.shiftKey ? 'redo' : 'undo';
    case 'p':
      return 'print';
    case '+':
    case '=':
      return 'zoomIn';
    case '-':
      return 'zoomOut';
    case '0':
      return 'zoomReset';
    default:
      return undefined;
  }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select');
}
