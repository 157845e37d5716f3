import { parseArgs } from 'node:util';
import { loadConfig, readEnvironment } from '../config';
import { AppError } from '../core/errors';
import { agentCommands } from './agents';
import { chatCommand } from './chat';
import { type Command, type Io, UsageError } from './command';
import { dataCommands } from './data';
import { nluCommands } from './nlu';
import { orderCommands } from './orders';
import { progressOn } from './progress';

const COMMANDS: Command[] = [
  ...orderCommands,
  ...agentCommands,
  chatCommand,
  ...nluCommands,
  ...dataCommands,
];

function overview(): string[] {
  const width = Math.max(...COMMANDS.map(({ name, usage }) => `${name} ${usage}`.trim().length));
  return [
    'npm run cli -- <command>',
    '',
    ...COMMANDS.map(({ name, usage, summary }) => `  ${`${name} ${usage}`.trim().padEnd(width)}  ${summary}`),
    '',
    'Each command explains itself with --help. Settings come from the environment and .env, as for the product.',
  ];
}

function helpOf(command: Command): string[] {
  const usage = `npm run cli -- ${command.name} ${command.usage}`.trim();
  return [
    usage,
    '',
    command.summary,
    ...(command.help ? ['', ...command.help.map((line) => `  ${line}`)] : []),
  ];
}

function find(argv: string[]): { command: Command; rest: string[] } | undefined {
  for (const words of [2, 1]) {
    const command = COMMANDS.find(({ name }) => name === argv.slice(0, words).join(' '));
    if (command) return { command, rest: argv.slice(words) };
  }
  return undefined;
}

function failure(error: unknown, io: Io, command: Command): number {
  const code = (error as { code?: unknown }).code;
  if (error instanceof UsageError || String(code).startsWith('ERR_PARSE_ARGS')) {
    io.err((error as Error).message);
    io.err(`See: npm run cli -- ${command.name} --help`);
    return 2;
  }
  if (error instanceof AppError) {
    io.err(error.message);
    for (const { field, message } of error.fields ?? [])
      if (error.code !== 'settings') io.err(`  ${field} ${message}`);
    return 1;
  }
  if (error instanceof Error && error.name.startsWith('Mongo')) {
    io.err(`The database does not answer as it should: ${error.message}`);
    return 1;
  }
  io.err(error instanceof Error ? (error.stack ?? error.message) : 'something went wrong');
  return 1;
}

/** Runs one command; answers its exit code. Never throws. */
export async function run(argv: string[], io: Io, env: Record<string, string | undefined>): Promise<number> {
  const found = find(argv);
  if (!found) {
    const asked = argv.length === 0 || ['--help', '-h', 'help'].includes(argv[0] ?? '');
    if (!asked) io.err(`There is no command "${argv.slice(0, 2).join(' ')}".`);
    for (const line of overview()) (asked ? io.out : io.err)(line);
    return asked ? 0 : 2;
  }
  const { command, rest } = found;
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) {
      for (const line of helpOf(command)) io.out(line);
      return 0;
    }
    if (positionals.length !== command.positionals) {
      throw new UsageError(`"${command.name}" takes ${command.usage || 'no further words'}`);
    }
    const options = values as Record<string, string | boolean | undefined>;
    return (await command.run({ positionals, options, io, config: () => loadConfig(env) })) ?? 0;
  } catch (error) {
    return failure(error, io, command);
  }
}

/** The program: reads the process's own arguments and sets its exit code. */
export async function main(argv: string[]): Promise<void> {
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  process.once('SIGTERM', () => interrupt.abort());
  // Who reads no further ("| head") ends the command as Ctrl-C would: at a clean place, without a word.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    interrupt.abort();
  });
  const show = progressOn(process.stderr);
  const io: Io = {
    out: (line) => {
      show.clear();
      process.stdout.write(`${line}\n`);
    },
    err: (line) => {
      show.clear();
      process.stderr.write(`${line}\n`);
    },
    progress: show.say,
    stdin: process.stdin,
    interrupted: interrupt.signal,
  };
  process.exitCode = await run(argv, io, readEnvironment());
}
