import type { Request } from 'express';
import { unauthenticated } from './ApiError';

/** Somebody with a token of Argo CD. */
export interface Account {
  token: string;
  name: string;
  /** Password for `POST /api/v1/session`. */
  password?: string;
  /** The only projects whose Applications the account may read, and nothing else; everything without it. */
  projects?: string[];
}

function tokenOf(request: Request): string | undefined {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '');
  const cookie = /(?:^|;\s*)argocd\.token=([^;]+)/.exec(
    request.headers.cookie ?? '',
  );
  return bearer?.[1] ?? cookie?.[1];
}

/** Who sends a request, by bearer token or cookie. */
export function accountOf(
  request: Request,
  accounts: Account[],
): Account | undefined {
  const token = tokenOf(request);
  return accounts.find(account => account.token === token);
}

export function requireAccount(request: Request, accounts: Account[]): Account {
  const account = accountOf(request, accounts);
  if (!account) throw unauthenticated();
  return account;
}

export function mayRead(account: Account, project: string): boolean {
  return !account.projects || account.projects.includes(project);
}
