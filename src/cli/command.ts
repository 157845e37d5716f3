import type { Readable } from 'node:stream';
import type { ParseArgsConfig } from 'node:util';
import type { Config } from '../config';

/** Where a command reads and writes; tests hand in their own. */
export interface Io {
  /** One line of the answer. */
  out(line: string): void;
  /** One line for people only: progress, warnings, errors. */
  err(line: string): void;
  /** How far work has come: shown in place on a terminal, as a line now and then elsewhere. An empty text takes it away. */
  progress?(text: string): void;
  stdin: Readable;
  /** Fires when the person wants to stop. */
  interrupted: AbortSignal;
}

/** What a command is run with. */
export interface Invocation {
  positionals: string[];
  options: Record<string, string | boolean | undefined>;
  io: Io;
  /** Reads the settings; only commands that need them do. */
  config(): Config;
}

/** One command. */
export interface Command {
  /** As typed, for example `orders import`. */
  name: string;
  /** What follows the name, for the usage line. */
  usage: string;
  summary: string;
  /** A line for each option, and whatever else `--help` should say. */
  help?: string[];
  options?: NonNullable<ParseArgsConfig['options']>;
  /** How many words follow the name. */
  positionals: number;
  /** Answers the exit code; 0 when it says nothing. */
  run(invocation: Invocation): Promise<number | undefined>;
}

/** The value of an option that must be there; says which one is missing otherwise. */
export class UsageError extends Error {}

/** Reads a text option that must be given. */
export function required(invocation: Invocation, name: string): string {
  const value = invocation.options[name];
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new UsageError(`--${name} is missing`);
}

/** Reads a text option that may be left out. */
export function optional(invocation: Invocation, name: string): string | undefined {
  const value = invocation.options[name];
  return typeof value === 'string' ? value : undefined;
}
