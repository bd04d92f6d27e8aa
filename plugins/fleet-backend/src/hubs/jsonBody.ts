import { GarbageError } from './problems';

const NEWLINE = 0x0a;
/** An object of etcd has at most 1.5 MiB; anything far above it is no watch event. */
const LONGEST_LINE_BYTES = 32 * 1024 * 1024;

/** Reads a whole body. */
export async function readBody(
  body: AsyncIterable<Uint8Array>,
  onBytes?: () => void,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) {
    onBytes?.();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Parses JSON. The error names no part of the text, because the text may be a cluster's credentials
 * (the message of `JSON.parse` quotes it).
 */
export function parseJson(text: string, what: string): any {
  try {
    return JSON.parse(text);
  } catch {
    throw new GarbageError(
      `The hub sent ${what} that is not JSON (${text.length} characters).`,
    );
  }
}

/** The lines of a body, without their ends; a line may be spread over chunks. */
export async function* readLines(
  body: AsyncIterable<Uint8Array>,
  onBytes?: () => void,
): AsyncGenerator<string> {
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  for await (const chunk of body) {
    onBytes?.();
    let start = 0;
    let end = chunk.indexOf(NEWLINE);
    while (end !== -1) {
      pending.push(chunk.subarray(start, end));
      const line = Buffer.concat(pending).toString('utf8').trim();
      pending = [];
      pendingBytes = 0;
      if (line) yield line;
      start = end + 1;
      end = chunk.indexOf(NEWLINE, start);
    }
    if (start < chunk.length) {
      pending.push(chunk.subarray(start));
      pendingBytes += chunk.length - start;
      if (pendingBytes > LONGEST_LINE_BYTES) {
        throw new GarbageError('The hub sent a line without an end.');
      }
    }
  }
  const rest = Buffer.concat(pending).toString('utf8').trim();
  if (rest) yield rest;
}
