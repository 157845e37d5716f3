import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './corpus';
import { trainModel } from './trained';

/** Run by the build: trains and saves the model; `--keep` also writes the calibration that starts without a build use. */
function main(args: string[]): void {
  const report = trainModel({ progress: (step) => process.stdout.write(`nlu: ${step}\n`) });
  if (args.includes('--keep')) {
    writeFileSync(
      join(projectRoot(), 'intents', 'acceptance.json'),
      `${JSON.stringify(report.acceptance)}\n`,
    );
  }
}

if (require.main === module) main(process.argv.slice(2));
