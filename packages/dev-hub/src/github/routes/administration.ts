import { notFound, validationFailed } from '../http/GithubError';
import { noContent, ok, type RepositoryOperation } from '../http/operation';

/** Source: GitHub documentation, "Classifying your repository with topics". */
const TOPIC = /^[a-z0-9][a-z0-9-]{0,49}$/;

/** How a repository is set up: its topics and who works on it. */
export const administrationOperations: RepositoryOperation[] = [
  {
    method: 'get',
    path: '/topics',
    access: 'read',
    documentation: 'repos/repos#get-all-repository-topics',
    handle: async ({ repository }) => ok({ names: repository.topics }),
  },
  {
    method: 'put',
    path: '/topics',
    access: 'admin',
    documentation: 'repos/repos#replace-all-repository-topics',
    async handle({ repository, body }) {
      const names = (body.optionalArray('names') ?? []).map(String);
      if (!names.every(name => TOPIC.test(name))) {
        throw validationFailed({
          resource: 'Repository',
          field: 'topics',
          code: 'invalid',
        });
      }
      repository.topics = names;
      return ok({ names });
    },
  },
  {
    method: 'put',
    path: '/collaborators/:username',
    access: 'admin',
    documentation: 'collaborators/collaborators#add-a-repository-collaborator',
    async handle(context) {
      // Whoever has a token for the host has it for all repositories, so nobody needs to be invited.
      const { host } = context;
      if (!host.accounts.byLogin(context.parameter('username'))) {
        throw notFound();
      }
      return noContent;
    },
  },
];
