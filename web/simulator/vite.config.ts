import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The simulator's page: dist/web/simulator. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/simulator/',
  logLevel: 'warn',
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    outDir: fileURLToPath(new URL('../../dist/web/simulator', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // Everything as a file: the page's policy allows no inline data but pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
