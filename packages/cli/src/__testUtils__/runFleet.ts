import { Readable } from 'node:stream';
import { main } from '../main';

/** Runs the command line with some standard input; what it wrote, and its exit code. */
export async function runFleet(args: string[], input: string[] = []) {
  let out = '';
  let error = '';
  const code = await main(['node', 'fleet', ...args], {
    input: Readable.from(input.map(chunk => Buffer.from(chunk))),
    out: text => {
      out += text;
    },
    error: text => {
      error += text;
    },
  });
  return { code, out, error };
}
