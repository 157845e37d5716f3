// The command line: builds the server code if needed, then runs one command.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildServer } from './build.mjs';

await buildServer();
createRequire(import.meta.url)(join(fileURLToPath(import.meta.url), '../../dist/src/cli/main.js')).main(
  process.argv.slice(2),
);
