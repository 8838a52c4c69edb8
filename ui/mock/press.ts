import { arrive, fail, hold } from './backend';

/** Presses controls by their test ids, waiting for each to appear. `id=text` types, `key:F6` presses a key, `arrive:a+b` drops packs. */
export async function press(steps: string[]): Promise<void> {
  for (const step of steps) {
    if (step.startsWith('key:')) pressKey(step.slice(4));
    else if (step.startsWith('arrive:')) await arrive(step.slice(7).split('+'));
    else if (step.startsWith('drag:')) await hold(Number(step.slice(5)));
    else if (step.startsWith('trouble:')) await fail();
    else if (step.startsWith('wait:')) await pause(Number(step.slice(5)));
    else {
      const [id = '', text] = step.split('=');
      const element = await appear(id);
      if (text === undefined) element.click();
      else type(element, text);
    }
    await pause(60);
  }
  document.documentElement.dataset['pressed'] = 'all';
}

function pressKey(name: string): void {
  const target = document.activeElement ?? document.body;
  target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
}

function type(element: HTMLElement, text: string): void {
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) element.value = text;
  element.dispatchEvent(new Event(element instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
}

/** `id` or `id#n`: the n-th one with this id, from 0. */
async function appear(id: string): Promise<HTMLElement> {
  const [name = '', place = '0'] = id.split('#');
  for (;;) {
    const found = document.querySelectorAll<HTMLElement>(`[data-testid="${name}"]`)[Number(place)];
    if (found) return found;
    await pause(20);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
