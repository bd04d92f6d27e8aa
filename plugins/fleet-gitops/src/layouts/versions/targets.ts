import { NotFoundError } from '@backstage/errors';
import { suggest } from '../nearMatches';

/** What can be chosen by name, cluster and environment. */
interface Located {
  service: string;
  cluster?: string;
  environment?: string;
}

function names(values: Array<string | undefined>): string[] {
  return [
    ...new Set(values.filter((value): value is string => value !== undefined)),
  ].sort();
}

/**
 * The deployments of a service that are meant: on one of the clusters and in one of the environments, where these are named.
 *
 * @throws `NotFoundError` for a service, cluster or environment without a deployment, so that nothing that was named is
 *   left out silently
 * @public
 */
export function selectDeployments<Deployment extends Located>(
  deployments: readonly Deployment[],
  request: { service: string; clusters?: string[]; environments?: string[] },
): Deployment[] {
  const { service, clusters, environments } = request;
  const own = deployments.filter(deployment => deployment.service === service);
  if (own.length === 0) {
    throw new NotFoundError(
      `\`${service}\` is not deployed from the repository. ${suggest(
        service,
        names(deployments.map(deployment => deployment.service)),
      )}`,
    );
  }
  const inEnvironments = own.filter(
    ({ environment }) =>
      !environments?.length ||
      (environment !== undefined && environments.includes(environment)),
  );
  for (const environment of environments ?? []) {
    if (!own.some(deployment => deployment.environment === environment))
      throw new NotFoundError(
        `\`${service}\` does not run in environment \`${environment}\`. ${suggest(
          environment,
          names(own.map(deployment => deployment.environment)),
        )}`,
      );
  }
  for (const cluster of clusters ?? []) {
    if (!inEnvironments.some(deployment => deployment.cluster === cluster))
      throw new NotFoundError(
        `\`${service}\` does not run on cluster \`${cluster}\`${
          environments?.length ? ` in ${environments.join(', ')}` : ''
        }. ${suggest(
          cluster,
          names(inEnvironments.map(deployment => deployment.cluster)),
        )}`,
      );
  }
  return inEnvironments.filter(
    ({ cluster }) =>
      !clusters?.length ||
      (cluster !== undefined && clusters.includes(cluster)),
  );
}
