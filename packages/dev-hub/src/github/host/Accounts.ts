import { createHash, timingSafeEqual } from 'crypto';
import type {
  Account,
  GitHostToken,
  GitHostUser,
  RepositoryAccess,
} from './types';

/** Who is asking, and what the token allows. */
export interface Viewer {
  account: Account;
  token: GitHostToken;
}

/** A number that stays the same for a name, as database ids do. */
export function stableId(name: string): number {
  return parseInt(
    createHash('sha1').update(name).digest('hex').slice(0, 7),
    16,
  );
}

export function toAccount(user: GitHostUser): Account {
  return {
    login: user.login,
    name: user.name ?? user.login,
    email: user.email ?? `${user.login}@users.noreply.localhost`,
    id: stableId(`user:${user.login}`),
  };
}

function sameSecret(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

/** The people of a Git host and their tokens. */
export class Accounts {
  readonly #tokens: readonly GitHostToken[];
  readonly #accounts = new Map<string, Account>();

  constructor(tokens: readonly GitHostToken[], users: readonly GitHostUser[]) {
    this.#tokens = tokens;
    for (const user of [...tokens.map(token => token.user), ...users]) {
      this.#accounts.set(user.login.toLowerCase(), toAccount(user));
    }
  }

  byLogin(login: string): Account | undefined {
    return this.#accounts.get(login.toLowerCase());
  }

  byEmail(email: string): Account | undefined {
    return [...this.#accounts.values()].find(
      account => account.email.toLowerCase() === email.toLowerCase(),
    );
  }

  byToken(secret: string): Viewer | undefined {
    const token = this.#tokens.find(known => sameSecret(known.token, secret));
    return token && { token, account: this.byLogin(token.user.login)! };
  }
}

export function accessOf(viewer: Viewer, fullName: string): RepositoryAccess {
  const { access = 'write' } = viewer.token;
  return typeof access === 'string' ? access : access[fullName] ?? 'none';
}
