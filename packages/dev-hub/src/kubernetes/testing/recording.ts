import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export interface RecordedRequest {
  method: string;
  path: string;
  query?: Record<string, string>;
  headers: Record<string, string>;
  /** Text is sent as it is; anything else as JSON. */
  body?: unknown;
}

export interface RecordedResponse {
  status: number;
  headers: Record<string, string>;
  body?: unknown;
  bodyEndsWithNewline?: boolean;
  /** In place of a body: the lines of a watch. */
  stream?: Array<{ atSeconds: number; line: unknown }>;
  ended?: string;
  openSeconds?: number;
}

export interface RecordedExchange {
  request: RecordedRequest;
  response: RecordedResponse;
  note?: string;
  secondsTaken?: number;
}

export interface Recording {
  scenario: string;
  about: string;
  exchanges: RecordedExchange[];
}

/** Reads a recording from a folder of gzipped JSON files. */
export function readRecording(folder: string, scenario: string): Recording {
  const file = join(folder, `${scenario}.json.gz`);
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
}
