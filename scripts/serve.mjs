// Starts what is built; says so and stops when nothing is.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const built = join(fileURLToPath(import.meta.url), '../../dist/src/main.js');
if (!existsSync(built)) {
  console.error('Doorstep is not built yet. Run: npm run build');
  process.exit(1);
}
createRequire(import.meta.url)(built).main();
