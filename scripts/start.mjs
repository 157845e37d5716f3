// Builds if needed, then starts the product in this process.
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildAll } from './build.mjs';

await buildAll();
createRequire(import.meta.url)(join(fileURLToPath(import.meta.url), '../../dist/src/main.js')).main();
