const REFUSALS = ['InputError', 'NotFoundError', 'ConflictError'];

/** Whether an error says that something cannot be done to these files, and is not a fault of the program. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && REFUSALS.includes(error.name);
}
