import { badRequest } from '../objects';

const TOKEN_VERSION = 'meta.k8s.io/v1';

/** Where a paged list goes on. */
export interface ContinueToken {
  /** The version of the first page; -1 to go on at the newest version. */
  resourceVersion: number;
  /** First key of the next page, relative to the namespace of the list. */
  startKey: string;
}

export function encodeContinueToken(token: ContinueToken): string {
  return Buffer.from(
    JSON.stringify({
      v: TOKEN_VERSION,
      rv: token.resourceVersion,
      start: token.startKey,
    }),
  ).toString('base64url');
}

/** Go's message for text that is not JSON, as far as its first character tells. */
function notJson(text: string): string {
  const first = text.codePointAt(0) ?? 0;
  if (text.startsWith('n') && !text.startsWith('nu')) {
    return `invalid character ${JSON.stringify(text[1] ?? '').replaceAll(
      '"',
      "'",
    )} in literal null (expecting 'u')`;
  }
  const shown =
    first < 0x20 || (first > 0x7e && first < 0xa0)
      ? `\\u${first.toString(16).padStart(4, '0')}`
      : text[0] ?? '';
  return `invalid character '${shown}' looking for beginning of value`;
}

/** Raises 400 for anything that is not such a token. Source: Kubernetes `apiserver/pkg/storage/continue.go`. */
export function decodeContinueToken(text: string): ContinueToken {
  const fail = (reason: string) =>
    badRequest(`invalid continue token: continue key is not valid: ${reason}`);
  const decoded = Buffer.from(text, 'base64url').toString('latin1');
  let value: any;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw fail(notJson(decoded));
  }
  if (value?.v !== TOKEN_VERSION) {
    throw fail(`server does not recognize this encoded version ${value?.v}`);
  }
  if (!Number.isInteger(value.rv) || value.rv === 0) {
    throw fail(
      'incorrect encoded start resourceVersion (version meta.k8s.io/v1)',
    );
  }
  if (typeof value.start !== 'string' || value.start === '') {
    throw fail('encoded start key empty (version meta.k8s.io/v1)');
  }
  return { resourceVersion: value.rv, startKey: value.start };
}
