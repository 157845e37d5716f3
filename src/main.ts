import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { startProduct, type Product } from './app';
import { loadConfig, readEnvironment, type Config } from './config';
import { AppError } from './core/errors';
import { createLog } from './log';
import { renderUnicodeCompact } from 'uqr';
import { DEMO_AGENTS } from './demo/people';

/**
 * V8 makes machine code of a function after it has done this much, a sixth of its default. A message runs through thousands of functions once
 * each, so that a shop with few messages would be answered by the interpreter for hours.
 */
const TIER_UP = '--interrupt-budget=10000';

/** A stop that hangs is ended after this long, milliseconds. */
const LAST_RESORT_MS = 9_500;

/** What a person reads on the terminal after the start. Standard output is theirs; the log goes beside it. */
function greeting(product: Product, config: Config): string {
  const at = config.publicUrlIsSet ? config.publicUrl : product.url;
  const lines = ['', `Doorstep is ready: ${at}`, ''];
  if (product.demo) {
    lines.push(
      `  Demo shop with the chat widget   ${at}/`,
      `  Simulator (WhatsApp, Instagram)  ${at}/simulator`,
    );
  }
  lines.push(`  Agents' desk                     ${at}/desk`, '');
  if (product.firstAdmin) {
    const { email, password } = product.firstAdmin;
    lines.push(
      `  First admin: ${email}${password ? `  password: ${password}  (shown only now)` : '  (password from ADMIN_PASSWORD)'}`,
    );
  }
  if (product.demo)
    for (const agent of DEMO_AGENTS) lines.push(`  Demo agent:  ${agent.email}  password: ${agent.password}`);
  return `${lines.join('\n')}\n\n`;
}

/** A code to scan, for the person at the terminal. A log would only keep it; there the desk shows it to admins. */
function showCode(channel: string, code: string): void {
  if (!process.stdout.isTTY) return;
  const how = `${channel}: scan this with the phone of the shop (WhatsApp, Linked devices)`;
  process.stdout.write(`\n${renderUnicodeCompact(code, { border: 2 })}\n${how}\n`);
}

/** Starts the product from the environment and stays until it is told to stop. Settings that need attention end it with code 1 and a list. */
export async function main(): Promise<void> {
  setFlagsFromString(TIER_UP);
  let config: Config;
  try {
    config = loadConfig(readEnvironment());
  } catch (error) {
    fail(error);
    return;
  }
  const log = createLog({ level: config.logLevel });
  const pidFile = join(config.dataDir, 'doorstep.pid');
  try {
    const product = await startProduct(config, { log, onCode: showCode });
    mkdirSync(config.dataDir, { recursive: true });
    writeFileSync(pidFile, `${process.pid}\n`);
    process.stdout.write(greeting(product, config));
    let stopping = false;
    const stop = (signal: string) => {
      if (stopping) return;
      stopping = true;
      log.info({ reason: signal }, 'stopping: finishing turns and sends');
      setTimeout(() => process.exit(1), LAST_RESORT_MS).unref();
      void product.stop().finally(() => {
        rmSync(pidFile, { force: true });
        process.exit(0);
      });
    };
    process.on('SIGTERM', () => stop('SIGTERM'));
    process.on('SIGINT', () => stop('SIGINT'));
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  const known = error instanceof AppError;
  process.stderr.write(
    known
      ? `${error.message}\n`
      : `Doorstep could not start: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown fault'}\n`,
  );
  process.exitCode = 1;
  setTimeout(() => process.exit(1), 500).unref();
}

if (require.main === module) void main();
