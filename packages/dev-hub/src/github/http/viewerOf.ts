import type { Request } from 'express';
import type { Viewer } from '../host/Accounts';
import type { GitHostState } from '../host/GitHost';

/** Who asks: by `Authorization: Bearer <token>`, `token <token>`, or Basic with the token as password. */
export function viewerOf(
  request: Request,
  host: GitHostState,
): Viewer | undefined {
  const [scheme, value = ''] = (request.get('authorization') ?? '').split(' ');
  let secret: string | undefined;
  if (/^(bearer|token)$/i.test(scheme)) {
    secret = value;
  } else if (/^basic$/i.test(scheme)) {
    secret = Buffer.from(value, 'base64').toString().split(/:(.*)/)[1];
  }
  return secret ? host.accounts.byToken(secret) : undefined;
}
