import type { YamlEdit, YamlValue } from '@backstage-fleet/plugin-fleet-gitops';

/** One line of the input of `fleet edit`. */
export interface EditRequest {
  id: unknown;
  source: string;
  edits: YamlEdit[];
}

/** A line that asks for nothing that can be done; the message names the member at fault. */
export class EditRequestError extends Error {
  /** As far as the line has one. */
  readonly id: unknown;

  constructor(id: unknown, message: string) {
    super(message);
    this.id = id;
  }
}

/**
 * Reads a line of JSON.
 *
 * @throws EditRequestError
 */
export function parseEditRequest(line: string): EditRequest {
  let request: any;
  try {
    request = JSON.parse(line);
  } catch (error) {
    throw new EditRequestError(
      undefined,
      `The line is not valid JSON: ${(error as Error).message}.`,
    );
  }
  const { id, source, edits } = Object(request);
  const fail = (message: string) => new EditRequestError(id, message);
  if (typeof source !== 'string')
    throw fail('`source` must be the text of the file.');
  if (!Array.isArray(edits)) throw fail('`edits` must be a list.');
  return {
    id,
    source,
    edits: edits.map((edit, index) =>
      parseEdit(Object(edit), reason => fail(`edits[${index}]: ${reason}`)),
    ),
  };
}

function parseEdit(edit: any, fail: (reason: string) => Error): YamlEdit {
  const { op, key, index, value, document } = edit;
  const path = parsePath(edit.path, fail);
  if (document !== undefined && !isIndex(document))
    throw fail('`document` must be a number from 0 on.');
  const target = { path, ...(document === undefined ? {} : { document }) };
  switch (op) {
    case 'set':
    case 'append':
      return { op, ...target, value: parseValue(value, fail) };
    case 'add':
      return {
        op,
        ...target,
        key: parseKey(key, fail),
        value: parseValue(value, fail),
      };
    case 'remove': {
      const last = key ?? index;
      const whole = last === undefined ? path : [...path, last];
      if (whole.length === 0) throw fail('`path` must not be empty.');
      return { op, ...target, path: parsePath(whole, fail) };
    }
    case 'rename':
      if (path.length === 0) throw fail('`path` must not be empty.');
      return { op, ...target, key: parseKey(key, fail) };
    case 'insert':
      if (!isIndex(index)) throw fail('`index` must be a number from 0 on.');
      return { op, ...target, index, value: parseValue(value, fail) };
    default:
      throw fail('`op` must be set, add, remove, rename, append or insert.');
  }
}

function parseKey(key: unknown, fail: (reason: string) => Error): string {
  if (typeof key !== 'string' && typeof key !== 'number')
    throw fail('`key` must be a string.');
  return String(key);
}

function parsePath(
  path: unknown,
  fail: (reason: string) => Error,
): Array<string | number> {
  const isPath =
    Array.isArray(path) &&
    path.every(
      segment => typeof segment === 'string' || typeof segment === 'number',
    );
  if (!isPath) throw fail('`path` must be a list of keys and list indexes.');
  return path;
}

function isIndex(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

/** A value as it was sent: a number that JavaScript cannot hold exactly would be written as another one. */
function parseValue(
  value: unknown,
  fail: (reason: string) => Error,
): YamlValue {
  if (value === undefined) throw fail('`value` is missing.');
  JSON.stringify(value, (_key, item) => {
    const isInexact =
      typeof item === 'number' &&
      (!Number.isFinite(item) ||
        (Number.isInteger(item) && !Number.isSafeInteger(item)));
    if (isInexact)
      throw fail('`value` has a number too large to be exact; send a string.');
    return item;
  });
  return value as YamlValue;
}
