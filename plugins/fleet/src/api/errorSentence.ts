/**
 * The sentence to show for an error: the backend's own where it answered, else what the connection's failure means.
 *
 * @public
 */
export function errorSentence(error: unknown): string {
  const body = (error as { body?: { error?: { message?: unknown } } })?.body;
  if (typeof body?.error?.message === 'string' && body.error.message) {
    return body.error.message;
  }
  // Browsers throw a bare TypeError ("Failed to fetch") when there was no answer at all.
  if (error instanceof TypeError) {
    return 'The fleet backend does not answer. Check the connection, then try again.';
  }
  if (error instanceof Error && error.message) {
    return error.message;
  }
  return 'The fleet backend answered in a way this page does not understand.';
}
