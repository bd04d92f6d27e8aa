/**
 * The backend's own sentence in place of "Request failed with 409 Conflict", which is all that a task's log would show
 * of a `ResponseError`.
 */
export function withBackendSentence(error: unknown): Error {
  const { cause, body } = error as {
    cause?: Error;
    body?: { error?: { name?: string; message?: string } };
  };
  const message = body?.error?.message ?? cause?.message;
  if ((error as Error).name !== 'ResponseError' || !message) {
    return error as Error;
  }
  const readable = new Error(message);
  readable.name = body?.error?.name ?? 'Error';
  return readable;
}
