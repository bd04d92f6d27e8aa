/**
 * The branch is no longer at the commit that a change was computed from: compute it again on the new head.
 *
 * Told apart by name, so that Git hosts of other packages can throw their own.
 */
export class HeadMovedError extends Error {
  readonly name = 'HeadMovedError';
  readonly statusCode = 409;
}

/** The branch takes no direct commits; a pull request may still work. */
export class ProtectedBranchError extends Error {
  readonly name = 'ProtectedBranchError';
  readonly statusCode = 409;
}

/** Two branches changed the same lines: a person must merge them. */
export class MergeConflictError extends Error {
  readonly name = 'MergeConflictError';
  readonly statusCode = 409;
}

/** Whether an error says that people must merge. */
export function isMergeConflictError(error: unknown): boolean {
  return (error as Error | undefined)?.name === 'MergeConflictError';
}

/** Whether an error says that the head moved. */
export function isHeadMovedError(error: unknown): boolean {
  return (error as Error | undefined)?.name === 'HeadMovedError';
}

/** Whether an error says that the branch takes no direct commits. */
export function isProtectedBranchError(error: unknown): boolean {
  return (error as Error | undefined)?.name === 'ProtectedBranchError';
}
