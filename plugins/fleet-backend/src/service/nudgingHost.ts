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
  return {
    url: repository.url,
    webUrl: target => repository.webUrl(target),
    resolve: ref => repository.resolve(ref),
    snapshot: sha => repository.snapshot(sha),
    commit: sha => repository.commit(sha),
    ...(repository.findCommit && {
      findCommit: options => repository.findCommit!(options),
    }),
    protection: branch => repository.protection(branch),
    ensurePullRequest: options => repository.ensurePullRequest(options),
    pullRequest: number => repository.pullRequest(number),
    async commitToBranch(options) {
      const commit = await repository.commitToBranch(options);
      moved();
      return commit;
    },
  };
}
