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
