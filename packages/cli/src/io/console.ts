import type { Readable } from 'node:stream';

/** Where a command reads from and writes to. */
export interface Console {
  input: Readable;
  out(text: string): void;
  error(text: string): void;
}

/** What a command is given, and where it leaves its exit code. */
export interface CommandContext {
  console: Console;
  exitCode: number;
}

export function processConsole(): Console {
  return {
    input: process.stdin,
    out: text => process.stdout.write(text),
    error: text => process.stderr.write(text),
  };
}
