import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

/** One classic script in plain ASCII (so that it reads right on pages of any encoding), nothing loaded besides: dist/web/widget/widget.js. */
export default defineConfig({
  root: here,
  logLevel: 'warn',
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact', legalComments: 'none', charset: 'ascii' },
  build: {
    outDir: fileURLToPath(new URL('../../dist/web/widget', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    lib: { entry: `${here}main.tsx`, name: 'DoorstepWidget', formats: ['iife'], fileName: () => 'widget.js' },
  },
});
