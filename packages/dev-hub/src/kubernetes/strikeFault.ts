import type { IncomingMessage, ServerResponse } from 'node:http';
import { StatusError, expired } from '../objects';
import { resetConnection } from './connection';
import type { ApiContext } from './context';
import type { RequestInfo } from './requestInfo';
import { unauthorized } from './errors';
import { delay } from './timers';

const REASONS: Record<number, string> = {
  403: 'Forbidden',
  429: 'TooManyRequests',
  500: 'InternalError',
  502: 'InternalError',
  503: 'ServiceUnavailable',
};

/** What comes from something that is not the API: no JSON. */
export const GARBAGE =
  '{"items":[{"metadata":{"name":\n<html>Bad Gateway</html>\n';

/** Ends the connection when half of the answer was sent; a watch is cut in the middle of its first event. */
function cutInHalf(message: IncomingMessage, response: ServerResponse): void {
  const half = (chunk: unknown) => {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    return bytes.subarray(0, Math.floor(bytes.length / 2));
  };
  const { write } = response;
  const cut = (chunk: unknown) => {
    // Nothing may be sent twice, and what is sent must arrive before the connection ends.
    response.write = () => false;
    response.end = () => response;
    write.call(response, half(chunk ?? ''), 'utf8', () =>
      message.socket.destroy(),
    );
  };
  response.write = ((chunk: unknown) => {
    cut(chunk);
    return false;
  }) as ServerResponse['write'];
  response.end = ((chunk: unknown) => {
    cut(chunk);
    return response;
  }) as ServerResponse['end'];
}

/**
 * Lets a request meet the fault that is planned for it.
 *
 * @returns true when the request is done with
 */
export async function strikeFault(
  context: ApiContext,
  info: RequestInfo,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const fault = context.faults.strike({
    verb: info.verb,
    resource: info.type === 'resource' ? info.plural : undefined,
  });
  if (!fault) return false;
  switch (fault.kind) {
    case 'down':
      message.socket.destroy();
      return true;
    case 'reset':
      resetConnection(message.socket);
      return true;
    case 'silent':
      return true;
    case 'garbage':
      response.setHeader('Content-Type', 'application/json');
      response.end(GARBAGE);
      return true;
    case 'half-page':
      cutInHalf(message, response);
      return false;
    case 'slow':
      await delay(context.timers, fault.milliseconds);
      return false;
    case 'expired':
      if (info.verb === 'watch') {
        response.setHeader('Content-Type', 'application/json');
        response.write(
          `${JSON.stringify({
            type: 'ERROR',
            object: expired(
              'The resourceVersion for the provided watch is too old.',
            ).status,
          })}\n`,
        );
        response.end();
        return true;
      }
      throw expired('The resourceVersion for the provided list is too old.');
    default:
      throw fault.code === 401
        ? unauthorized()
        : new StatusError({
            code: fault.code,
            reason: REASONS[fault.code],
            message: `fault ${fault.code} was asked for on the control port`,
          });
  }
}
