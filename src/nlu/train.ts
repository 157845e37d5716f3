import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './corpus';
import { trainModel, trainNlpjs } from './trained';

/** Run by the build: trains and saves the model; `--keep` also writes the calibration that starts without a build use. */
async function main(args: string[]): Promise<void> {
  const progress = (step: string): void => {
    process.stdout.write(`nlu: ${step}\n`);
  };
  const report = trainModel({ progress });
  await trainNlpjs({ progress });
  if (args.includes('--keep')) {
    writeFileSync(
      join(projectRoot(), 'intents', 'acceptance.json'),
      `${JSON.stringify(report.acceptance)}\n`,
    );
  }
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
