/** One entry of `errors` in a "Validation Failed" answer. */
export interface GithubErrorDetail {
  resource: string;
  code: 'missing' | 'missing_field' | 'invalid' | 'already_exists' | 'custom';
  field?: string;
  message?: string;
}

/**
 * An error answer in GitHub's form.
 *
 * Source: GitHub REST documentation, "Troubleshooting the REST API" and "Client errors".
 */
export class GithubError extends Error {
  readonly name = 'GithubError';

  constructor(
    readonly status: number,
    message: string,
    readonly details?: GithubErrorDetail[],
  ) {
    super(message);
  }

  /** The body; the documentation link is that of the operation. */
  body(documentation: string) {
    return {
      message: this.message,
      ...(this.details ? { errors: this.details } : {}),
      documentation_url: documentationUrl(documentation),
      status: String(this.status),
    };
  }
}

export function documentationUrl(documentation: string): string {
  return documentation
    ? `https://docs.github.com/rest/${documentation}`
    : 'https://docs.github.com/rest';
}

export const notFound = (message = 'Not Found') =>
  new GithubError(404, message);

export const unprocessable = (message: string) => new GithubError(422, message);

export const validationFailed = (...details: GithubErrorDetail[]) =>
  new GithubError(422, 'Validation Failed', details);
