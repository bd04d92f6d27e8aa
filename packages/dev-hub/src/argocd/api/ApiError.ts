/** gRPC codes that argocd-server answers, with their HTTP status. */
const HTTP_STATUS: Record<number, number> = {
  2: 500,
  3: 400,
  5: 404,
  7: 403,
  9: 400,
  16: 401,
};

/** A refusal of argocd-server: `{error, code, message}`. */
export class ApiError extends Error {
  readonly name = 'ApiError';

  constructor(readonly code: number, message: string) {
    super(message);
  }

  get status(): number {
    return HTTP_STATUS[this.code];
  }

  get body() {
    return { error: this.message, code: this.code, message: this.message };
  }
}

export const unauthenticated = () => new ApiError(16, 'no session information');
/** Also the answer for what does not exist, so that nobody learns that it does not. */
export const permissionDenied = () => new ApiError(7, 'permission denied');

export function notFound(message: string): ApiError {
  return new ApiError(5, `${message} not found`);
}
