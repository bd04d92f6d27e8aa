/**
 * A pattern that cannot be read.
 *
 * @public
 */
export class GlobError extends Error {
  constructor(pattern: string, reason = 'is no valid pattern') {
    super(`${JSON.stringify(pattern)} ${reason}`);
    this.name = 'GlobError';
  }
}
