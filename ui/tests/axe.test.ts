import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { press } from '../mock/press';
import { SCREENS } from '../mock/screens.mjs';
import { settle, withWindow } from './window';

// Colours need a real engine: `mock/pictures.mjs` runs the same rules with contrast in a browser.
const OPTIONS = { resultTypes: ['violations' as const], rules: { 'color-contrast': { enabled: false } }, iframes: false };

describe('axe finds nothing on', () => {
  withWindow();
  for (const [name, steps] of Object.entries(SCREENS).filter(([, steps]) => !steps.includes('&'))) {
    test(name, async () => {
      await press(steps.split(',').filter(Boolean));
      await settle(50);
      const { violations } = await axe.run(document.documentElement, OPTIONS);
      expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join('\n')}`)).toEqual([]);
    });
  }
});
