import { accessOf } from '../host/Accounts';
import type { RepositoryConfig } from '../host/types';
import { GithubError, notFound, validationFailed } from '../http/GithubError';
import {
  type ApiContext,
  created,
  type Answer,
  type RootOperation,
} from '../http/operation';
import { fullRepository } from '../resources/repositories';

/** What GitHub allows; other characters it would replace by hyphens. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/;

function creationFailed(message: string) {
  return new GithubError(422, 'Repository creation failed.', [
    { resource: 'Repository', code: 'custom', field: 'name', message },
  ]);
}

async function createRepository(
  context: ApiContext,
  owner: string,
): Promise<Answer> {
  const { body, host, viewer, links } = context;
  const name = body.string('name');
  if (!NAME.test(name) || name.endsWith('.git')) {
    throw creationFailed('name is invalid');
  }
  const access = accessOf(viewer, `${owner}/${name}`);
  if (access !== 'write' && access !== 'admin') {
    throw new GithubError(
      403,
      'Resource not accessible by personal access token',
    );
  }
  const visibility = body.optionalString('visibility');
  if (visibility && visibility !== 'public' && visibility !== 'private') {
    throw validationFailed({
      resource: 'Repository',
      field: 'visibility',
      code: 'invalid',
    });
  }
  const config: RepositoryConfig = {
    owner,
    name,
    description: body.optionalString('description'),
    homepage: body.optionalString('homepage'),
    isPrivate:
      body.optionalBoolean('private') ?? (visibility ?? 'public') === 'private',
  };
  const repository = await host.create({
    ...config,
    commits: body.optionalBoolean('auto_init')
      ? [
          {
            changes: new Map([
              ['README.md', `# ${name}\n${config.description ?? ''}`],
            ]),
            message: 'Initial commit',
            author: viewer.account,
            date: host.clock(),
          },
        ]
      : [],
  });
  if (!repository) throw creationFailed('name already exists on this account');
  return created(fullRepository(repository, links, access), {
    Location: links.of(repository).api,
  });
}

/** `publish:github` and its like begin with these. */
export const newRepositoryOperations: RootOperation[] = [
  {
    method: 'post',
    path: '/orgs/:org/repos',
    documentation: 'repos/repos#create-an-organization-repository',
    async handle(context) {
      const organization = context.parameter('org');
      if (!context.host.isOrganization(organization)) throw notFound();
      const [known] = context.host.repositories.filter(
        ({ owner }) => owner.toLowerCase() === organization.toLowerCase(),
      );
      return createRepository(context, known.owner);
    },
  },
  {
    method: 'post',
    path: '/user/repos',
    documentation: 'repos/repos#create-a-repository-for-the-authenticated-user',
    handle: context => createRepository(context, context.viewer.account.login),
  },
];
