import { accessOf } from '../host/Accounts';
import { notFound } from '../http/GithubError';
import { ok, type RootOperation } from '../http/operation';
import { publicOrganization, publicUser } from '../resources/accounts';
import { repositorySummary } from '../resources/repositories';

export const rootOperations: RootOperation[] = [
  {
    method: 'get',
    path: '/user',
    documentation: 'users/users#get-the-authenticated-user',
    handle: async ({ viewer, links }) => ok(publicUser(viewer.account, links)),
  },
  {
    method: 'get',
    path: '/users/:username',
    documentation: 'users/users#get-a-user',
    async handle(context) {
      const { host, links } = context;
      const login = context.parameter('username');
      const account = host.accounts.byLogin(login);
      if (account) return ok(publicUser(account, links));
      if (!host.isOrganization(login)) throw notFound();
      return ok(publicOrganization(login, links));
    },
  },
  {
    method: 'get',
    path: '/user/repos',
    documentation: 'repos/repos#list-repositories-for-the-authenticated-user',
    async handle(context) {
      const visible = context.host.repositories
        .map(repository => ({
          repository,
          access: accessOf(context.viewer, repository.fullName),
        }))
        .filter(({ access }) => access !== 'none');
      const { items, headers } = context.paginate(visible);
      return ok(
        items.map(({ repository, access }) =>
          repositorySummary(repository, context.links, access),
        ),
        headers,
      );
    },
  },
  {
    method: 'get',
    path: '/rate_limit',
    documentation:
      'rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user',
    async handle({ services, viewer }) {
      const core = services.rateLimiter.use(viewer.token.token, 0);
      return ok({ resources: { core, search: core }, rate: core });
    },
  },
  {
    method: 'get',
    path: '/meta',
    documentation: 'meta/meta#get-github-enterprise-server-meta-information',
    handle: async () =>
      ok({
        verifiable_password_authentication: false,
        installed_version: '3.19.0',
      }),
  },
];
