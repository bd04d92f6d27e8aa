/** A pull request cannot be opened, changed or merged; `reason` says which rule stopped it. */
export class PullRequestError extends Error {
  readonly name = 'PullRequestError';

  constructor(
    readonly reason:
      | 'exists'
      | 'no-commits'
      | 'base-missing'
      | 'head-missing'
      | 'not-open'
      | 'unfinished'
      | 'conflict'
      | 'head-moved'
      | 'base-moved',
    message: string,
  ) {
    super(message);
  }
}
