import { request } from 'node:http';
import { request as secureRequest, type Agent } from 'node:https';
import { gunzipSync } from 'node:zlib';
import type { RecordedRequest } from './recording';

/** An answer that may still be coming in. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Lines so far. */
  lines(): string[];
  /** Everything so far. */
  text(): string;
  /** True when the server has ended the body. */
  ended(): boolean;
  /** Resolves when the body has ended or the connection is closed. */
  closed: Promise<void>;
  abort(): void;
}

/** JSON as Python prints it, which is what the recorder sent and some error messages quote. */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, child]) => `${JSON.stringify(key)}: ${pythonJson(child)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value);
}

/** Sends a request; resolves when the headers of the answer are there. */
export function send(
  baseUrl: string,
  recorded: RecordedRequest,
  agent?: Agent,
): Promise<Answer> {
  const query = new URLSearchParams(recorded.query ?? {}).toString();
  const base = new URL(baseUrl);
  const { body } = recorded;
  const payload =
    typeof body === 'string' || body === undefined || body === null
      ? body ?? undefined
      : pythonJson(body);
  return new Promise((resolve, reject) => {
    const secure = base.protocol === 'https:';
    const outgoing = (secure ? secureRequest : request)(
      {
        host: base.hostname,
        port: base.port,
        agent: agent ?? false,
        method: recorded.method,
        path: recorded.path + (query ? `?${query}` : ''),
        headers: {
          ...recorded.headers,
          ...(payload === undefined
            ? {}
            : { 'Content-Length': Buffer.byteLength(payload) }),
        },
      },
      incoming => {
        const chunks: Buffer[] = [];
        let ended = false;
        incoming.on('data', chunk => chunks.push(chunk));
        incoming.on('error', () => {});
        const closed = new Promise<void>(done => {
          incoming.on('end', () => {
            ended = true;
            done();
          });
          incoming.on('close', () => done());
        });
        const text = () => {
          const bytes = Buffer.concat(chunks);
          return (
            incoming.headers['content-encoding'] === 'gzip'
              ? gunzipSync(bytes)
              : bytes
          ).toString('utf8');
        };
        resolve({
          status: incoming.statusCode!,
          headers: incoming.headers,
          text,
          lines: () => text().split('\n').slice(0, -1),
          ended: () => ended,
          closed,
          abort: () => outgoing.destroy(),
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(payload);
  });
}
