import type { Request } from 'express';
import { accessOf, type Viewer } from '../host/Accounts';
import type { GitHostState } from '../host/GitHost';
import type { HostedRepository } from '../host/HostedRepository';
import type { Faults } from '../Faults';
import type { Links, RepositoryLinks } from '../resources/Links';
import { linkHeader, pageOf, type Page } from './pagination';
import type { RateLimiter } from './RateLimiter';
import { RequestBody } from './input';

/** What an operation is given. */
export class ApiContext {
  readonly page: Page;

  constructor(
    readonly request: Request,
    readonly host: GitHostState,
    readonly viewer: Viewer,
    readonly links: Links,
    readonly services: { faults: Faults; rateLimiter: RateLimiter },
  ) {
    this.page = pageOf(request.query);
  }

  /** A path parameter; `0` is what a wildcard matched. */
  parameter(name: string): string {
    return this.request.params[name] ?? '';
  }

  /** A query parameter that is there once and not empty. */
  query(name: string): string | undefined {
    const value = this.request.query[name];
    return typeof value === 'string' && value ? value : undefined;
  }

  get body(): RequestBody {
    return new RequestBody(this.request.body);
  }

  /** What the request accepts is `application/vnd.github.<format>` (or with a version or `+json` in it). */
  accepts(format: string): boolean {
    return new RegExp(
      `application/vnd\\.github\\.(v3\\.)?${format}(\\+json)?\\b`,
    ).test(this.request.headers.accept ?? '');
  }

  /** One page of a list that is in memory, with its `Link` header. */
  paginate<T>(items: readonly T[]): { items: T[]; headers: Answer['headers'] } {
    const start = (this.page.page - 1) * this.page.perPage;
    const link = linkHeader(
      this.links.origin + this.request.originalUrl,
      this.page,
      items.length,
    );
    return {
      items: items.slice(start, start + this.page.perPage),
      headers: link ? { Link: link } : {},
    };
  }
}

/** The same, below `/repos/{owner}/{repo}`. */
export class RepositoryContext extends ApiContext {
  readonly urls: RepositoryLinks;

  constructor(context: ApiContext, readonly repository: HostedRepository) {
    super(
      context.request,
      context.host,
      context.viewer,
      context.links,
      context.services,
    );
    this.urls = context.links.of(repository);
  }

  get git() {
    return this.repository.git;
  }

  /** What the answers about commits need. */
  get commitView() {
    return {
      urls: this.urls,
      links: this.links,
      accounts: this.host.accounts,
    };
  }

  /** What the answers about pull requests need. */
  get pullRequestView() {
    return {
      repository: this.repository,
      links: this.links,
      accounts: this.host.accounts,
      access: accessOf(this.viewer, this.repository.fullName),
    };
  }
}

/** Sent as JSON; text and bytes are sent as they are. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Operation {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Express path, below the API root or, for repository operations, below `/repos/:owner/:repo`. */
  path: string;
  /** Page and anchor in GitHub's REST documentation, for `documentation_url`. */
  documentation: string;
}

export interface RootOperation extends Operation {
  handle(context: ApiContext): Promise<Answer>;
}

export interface RepositoryOperation extends Operation {
  /** What the token must allow. */
  access: 'read' | 'write' | 'admin';
  handle(context: RepositoryContext): Promise<Answer>;
}

export const ok = (body: unknown, headers?: Answer['headers']): Answer => ({
  status: 200,
  body,
  headers,
});

export const created = (
  body: unknown,
  headers?: Answer['headers'],
): Answer => ({ status: 201, body, headers });

export const noContent: Answer = { status: 204 };
