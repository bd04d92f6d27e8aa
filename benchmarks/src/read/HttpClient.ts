import { Agent, request } from 'node:http';

export interface Response {
  status: number;
  /** As it came over the wire. */
  bytes: number;
  body: Buffer;
  encoding?: string;
}

/** Asks the HTTP API of the backend plugin as a browser does: signed in, over kept connections. */
export class HttpClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 256 });

  constructor(readonly port: number) {}

  get(path: string): Promise<Response> {
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          agent: this.#agent,
          host: '127.0.0.1',
          port: this.port,
          path: `/api/fleet${path}`,
          headers: {
            authorization: 'Bearer mock-user-token',
            'accept-encoding': 'gzip',
          },
        },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const raw = Buffer.concat(chunks);
            const encoding = response.headers['content-encoding'];
            resolve({
              status: response.statusCode ?? 0,
              bytes: raw.length,
              body: raw,
              encoding,
            });
          });
        },
      );
      sent.on('error', error => {
        // The server ends a kept connection just when it is used again: RFC 9112, 9.3.1 lets a client try again.
        if (sent.reusedSocket) this.get(path).then(resolve, reject);
        else reject(error);
      });
      sent.end();
    });
  }

  stop(): void {
    this.#agent.destroy();
  }
}
