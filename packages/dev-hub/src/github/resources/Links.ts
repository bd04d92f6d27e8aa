import type { HostedRepository } from '../host/HostedRepository';

/** `a/b c` → `a/b%20c`. */
export const encodePath = (path: string) =>
  path.split('/').map(encodeURIComponent).join('/');

export const nodeId = (kind: string, id: string | number) =>
  Buffer.from(`${kind}:${id}`).toString('base64');

/** GitHub's form of a date: seconds, UTC. */
export const toTimestamp = (date: Date | string) =>
  `${new Date(date).toISOString().slice(0, 19)}Z`;

/** Addresses of the API and the pages as the caller reaches them. */
export class Links {
  constructor(
    /** `http://localhost:7101`. */
    readonly origin: string,
    readonly apiPath: string,
  ) {}

  get root(): string {
    return this.origin + this.apiPath;
  }

  of(repository: HostedRepository): RepositoryLinks {
    return {
      fullName: repository.fullName,
      api: `${this.root}/repos/${repository.fullName}`,
      html: `${this.origin}/${repository.fullName}`,
    };
  }
}

/** Addresses of one repository, without a slash at the end. */
export interface RepositoryLinks {
  fullName: string;
  api: string;
  html: string;
}
