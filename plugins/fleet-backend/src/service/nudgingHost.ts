import type {
  GitHost,
  GitRepository,
} from '@backstage-fleet/plugin-fleet-node';

/**
 * A Git host that tells when a branch was moved through it, so that whoever follows the branch looks at once.
 */
export function nudgingHost(
  host: GitHost,
  moved: (url: string) => void,
): GitHost {
  return {
    handles: url => host.handles(url),
    open: async url => withNudge(await host.open(url), () => moved(url)),
  };
}

function withNudge(
  repository: GitRepository,
  moved: () => void,
): GitRepository {
  const { mergeBranch, moveTag } = repository;
  return bound(repository, {
    async commitToBranch(options) {
      const commit = await repository.commitToBranch(options);
      moved();
      return commit;
    },
    ...(mergeBranch && {
      async mergeBranch(options) {
        const commit = await mergeBranch.call(repository, options);
        moved();
        return commit;
      },
    }),
    ...(moveTag && {
      async moveTag(options) {
        await moveTag.call(repository, options);
        moved();
      },
    }),
  });
}

/** The repository with some of its methods in another way; the others work on the repository itself. */
function bound(
  repository: GitRepository,
  others: Partial<GitRepository>,
): GitRepository {
  return new Proxy(repository, {
    get(target, property) {
      if (property in others) return (others as any)[property];
      const value = (target as any)[property];
      // Private fields are those of the repository, not of the proxy.
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
