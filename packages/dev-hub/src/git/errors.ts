/**
 * A git command failed.
 *
 * @public
 */
export class GitCommandError extends Error {
  readonly name = 'GitCommandError';

  constructor(
    readonly command: string,
    readonly exitCode: number | undefined,
    readonly stderr: string,
  ) {
    super(
      `git ${command} ended with ${exitCode ?? 'a signal'}: ${
        stderr.trim() || 'no output'
      }`,
    );
  }
}

/**
 * A ref is not where the caller believed it to be; nothing was written.
 *
 * @public
 */
export class RefConflictError extends Error {
  readonly name = 'RefConflictError';

  constructor(
    readonly ref: string,
    readonly expected: string | undefined,
    readonly actual: string | undefined,
  ) {
    super(
      `${ref} is at ${actual ?? 'no commit'}, not at ${
        expected ?? 'no commit'
      }`,
    );
  }
}

/**
 * The caller named something that cannot be written or read: a malformed path, a missing object, a wrong type.
 *
 * @public
 */
export class InvalidGitInputError extends Error {
  readonly name = 'InvalidGitInputError';

  constructor(
    message: string,
    /** What was wrong, for callers that translate it. */
    readonly reason: 'path' | 'ref' | 'object' | 'identity' | 'missing-path',
  ) {
    super(message);
  }
}
