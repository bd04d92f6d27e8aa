import { createHash } from 'crypto';
import type { Request, Response } from 'express';

/**
 * Sets the `ETag` of an answer and says whether the client has it already; then 304 is sent and nothing need be computed.
 *
 * @param parts - everything that the answer is made of: the revision, who looks, the heads of repositories
 */
export function notModified(
  request: Request<any, any, any, any, any>,
  response: Response<any, any>,
  ...parts: Array<string | number>
): boolean {
  const hash = createHash('sha256')
    .update(parts.join('\n'))
    .digest('base64url');
  response.set('ETag', `W/"${hash.slice(0, 22)}"`);
  response.set('Cache-Control', 'private, no-cache');
  // What somebody may see depends on who it is.
  response.vary('Authorization');
  if (!request.fresh) return false;
  response.status(304).end();
  return true;
}
