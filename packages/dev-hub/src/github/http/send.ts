import type { Request, Response } from 'express';
import type { Faults } from '../Faults';
import { GithubError } from './GithubError';
import type { Answer } from './operation';

/** Turns a failure into GitHub's answer; what nobody foresaw becomes a 500 and is logged. */
export function errorAnswer(
  error: unknown,
  documentation: string,
  log: (message: string) => void,
): Answer {
  if (error instanceof GithubError) {
    return { status: error.status, body: error.body(documentation) };
  }
  log(`The Git host failed: ${(error as Error)?.stack ?? error}`);
  return {
    status: 500,
    body: new GithubError(500, 'Server Error').body(documentation),
  };
}

/** Sends an answer, or the error of an `after` fault in its place. */
export function sendAnswer(
  request: Request,
  response: Response,
  answer: Answer,
  faults: Faults,
): void {
  const lost = faults.take(
    'respond',
    { method: request.method, path: request.path },
    fault => fault.when === 'after',
  );
  const sent = lost ? faultAnswer(lost.status, lost.message) : answer;
  response.status(sent.status).set(sent.headers ?? {});
  if (sent.body === undefined) {
    response.end();
  } else if (typeof sent.body === 'string' || Buffer.isBuffer(sent.body)) {
    response.send(sent.body);
  } else {
    response.json(sent.body);
  }
}

export function faultAnswer(status: number, message = 'Server Error'): Answer {
  return { status, body: new GithubError(status, message).body('') };
}
