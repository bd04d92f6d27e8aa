import { GithubError } from './GithubError';

/**
 * The fields of a JSON request body. A missing or wrongly typed field is answered as GitHub answers it:
 * 422 `Invalid request.` with one line per problem.
 */
export class RequestBody {
  readonly #fields: Record<string, unknown>;

  constructor(body: unknown) {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new GithubError(400, 'Body should be a JSON object');
    }
    this.#fields = body as Record<string, unknown>;
  }

  string(field: string): string {
    const value = this.optionalString(field);
    if (value === undefined) {
      throw invalidRequest(`"${field}" wasn't supplied.`);
    }
    return value;
  }

  optionalString(field: string): string | undefined {
    const value = this.#fields[field] ?? undefined;
    if (value !== undefined && typeof value !== 'string') {
      throw wrongType(field, value, 'a string');
    }
    return value;
  }

  optionalBoolean(field: string): boolean | undefined {
    const value = this.#fields[field] ?? undefined;
    if (value !== undefined && typeof value !== 'boolean') {
      throw wrongType(field, value, 'a boolean');
    }
    return value;
  }

  optionalInteger(field: string): number | undefined {
    const value = this.#fields[field] ?? undefined;
    if (value !== undefined && !Number.isInteger(value)) {
      throw wrongType(field, value, 'an integer');
    }
    return value as number | undefined;
  }

  optionalArray(field: string): unknown[] | undefined {
    const value = this.#fields[field] ?? undefined;
    if (value !== undefined && !Array.isArray(value)) {
      throw wrongType(field, value, 'an array');
    }
    return value;
  }

  optionalObject(field: string): RequestBody | undefined {
    const value = this.#fields[field] ?? undefined;
    if (value === undefined) {
      return undefined;
    }
    if (typeof value !== 'object' || Array.isArray(value)) {
      throw wrongType(field, value, 'an object');
    }
    return new RequestBody(value);
  }

  /** Whether the field is there and `null`, which means something other than absent. */
  isNull(field: string): boolean {
    return this.#fields[field] === null;
  }
}

export function invalidRequest(problem: string): GithubError {
  return new GithubError(422, `Invalid request.\n\n${problem}`);
}

function wrongType(field: string, value: unknown, expected: string) {
  return invalidRequest(
    `For 'properties/${field}', ${JSON.stringify(value)} is not ${expected}.`,
  );
}
