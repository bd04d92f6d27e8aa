import type { Request, RequestHandler } from 'express';

/**
 * Lets only this host's own forms post. Browsers say in `Origin` where a form came from; what comes without it is no
 * browser's form and has the API.
 */
export function isSameOrigin(request: Request): boolean {
  const origin = request.get('origin');
  try {
    return origin !== undefined && new URL(origin).host === request.get('host');
  } catch {
    return false;
  }
}

export const requireSameOrigin: RequestHandler = (request, response, next) => {
  if (isSameOrigin(request)) {
    next();
  } else {
    response
      .status(403)
      .type('text')
      .send('This form was not sent from a page of this host.\n');
  }
};
