import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** In mode `mock` the page starts with a back end made of sample data instead of the real one. */
function mockBackEnd(): Plugin {
  return {
    name: 'mock-back-end',
    transformIndexHtml: { order: 'pre', handler: (html) => html.replace('/src/main.ts', '/mock/main.ts') },
  };
}

export default defineConfig(({ mode }) => ({
  base: './',
  plugins: mode === 'mock' ? [mockBackEnd(), svelte()] : [svelte()],
  // Fonts stay files of their own: the page's policy allows them from itself only, never as data.
  build: { outDir: 'dist', emptyOutDir: true, target: 'safari16.4', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  test: { environment: 'happy-dom', setupFiles: ['tests/setup.ts'], include: ['tests/**/*.test.ts'] },
}));
