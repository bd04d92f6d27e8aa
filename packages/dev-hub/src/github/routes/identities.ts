import type { Identity } from '../../git';
import { validationFailed } from '../http/GithubError';
import type { RequestBody } from '../http/input';
import type { RepositoryContext } from '../http/operation';

function identity(
  fields: RequestBody | undefined,
  fallback: Identity,
  field: string,
): Identity {
  if (!fields) {
    return fallback;
  }
  const text = fields.optionalString('date');
  const date = text === undefined ? fallback.date : new Date(text);
  const name = fields.string('name');
  const email = fields.string('email');
  const malformed =
    Number.isNaN(date.getTime()) ||
    [name, email].some(value => !value.trim() || /[<>\n\0]/.test(value));
  if (malformed) {
    throw validationFailed({ resource: 'Commit', field, code: 'invalid' });
  }
  return { name, email, date };
}

/** `author` and `committer` of a request; the token's user where they are left out, as GitHub does. */
export function committers(context: RepositoryContext): {
  author: Identity;
  committer: Identity;
} {
  const { account } = context.viewer;
  const author = identity(
    context.body.optionalObject('author'),
    { name: account.name, email: account.email, date: context.host.clock() },
    'author',
  );
  const committer = identity(
    context.body.optionalObject('committer'),
    author,
    'committer',
  );
  return { author, committer };
}
