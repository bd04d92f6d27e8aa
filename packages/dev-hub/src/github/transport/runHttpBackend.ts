import { spawn } from 'child_process';
import type { Request, Response } from 'express';
import { gitEnvironment } from '../../git/process';

/**
 * Lets `git http-backend` answer a request of the smart HTTP protocol, as a CGI program.
 *
 * Source: git documentation, git-http-backend; RFC 3875 for the environment and the answer.
 */
export function runHttpBackend(
  request: Request,
  response: Response,
  options: {
    /** The bare repository. */
    directory: string;
    /** `/info/refs`, `/git-upload-pack` or `/git-receive-pack`. */
    service: string;
    body: Buffer;
    user?: string;
    /** Runs when git has done its work, before the client learns that it is done. */
    finished?: () => Promise<void>;
  },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const query = request.originalUrl.split('?')[1] ?? '';
    const child = spawn('git', ['http-backend'], {
      env: gitEnvironment({
        GIT_PROJECT_ROOT: options.directory,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: options.service,
        QUERY_STRING: query,
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.get('content-type') ?? '',
        CONTENT_LENGTH: String(options.body.length),
        HTTP_CONTENT_ENCODING: request.get('content-encoding') ?? '',
        GIT_PROTOCOL: request.get('git-protocol') ?? '',
        REMOTE_USER: options.user ?? '',
        REMOTE_ADDR: request.socket.remoteAddress ?? '',
      }),
      windowsHide: true,
    });
    const errors: Buffer[] = [];
    let head: Buffer | undefined = Buffer.alloc(0);
    child.stdout.on('data', (chunk: Buffer) => {
      if (!head) {
        response.write(chunk);
        return;
      }
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end >= 0) {
        sendHead(response, head.toString('latin1', 0, end));
        response.write(head.subarray(end + 4));
        head = undefined;
      }
    });
    child.stderr.on('data', chunk => errors.push(chunk));
    child.stdin.on('error', () => {});
    child.once('error', reject);
    child.once('close', code => {
      if (head) {
        reject(
          new Error(
            `git http-backend ended with ${code}: ${Buffer.concat(errors)}`,
          ),
        );
      } else {
        Promise.resolve(options.finished?.())
          .finally(() => response.end())
          .then(resolve, reject);
      }
    });
    // Whoever hangs up during a long fetch need not be served further.
    response.once('close', () => child.kill());
    child.stdin.end(options.body);
  });
}

function sendHead(response: Response, head: string) {
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') {
      response.status(parseInt(value, 10));
    } else if (colon > 0) {
      response.setHeader(name, value);
    }
  }
}
