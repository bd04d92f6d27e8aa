import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { layoutOf, serviceRoots } from '../../layouts';
import type { RepositorySnapshot } from '../../model/repository';
import { clusterNames, directory, dnsLabel } from '../grammar';
import type { IntentDefinition } from '../types';

/** Puts a service on the fleet, or on more of its clusters. */
export const onboardService: IntentDefinition<'service.onboard'> = {
  kind: 'service.onboard',
  schema: z.strictObject({
    service: dnsLabel,
    clusters: clusterNames,
    path: directory.optional(),
    namespace: dnsLabel.optional(),
  }),
  subject: ({ service }) => service,
  apply(parameters, repository, options) {
    const { service, clusters, path, namespace } = parameters;
    const layout = layoutOf(repository, options.layout);
    if (path !== undefined) checkPath(path, repository);
    const edit = layout.onboard(
      { service, clusters, path, namespace },
      repository,
    );
    return {
      changes: edit.changes,
      title: `Deploy ${service} to ${
        clusters.length === 1 ? clusters[0] : `${clusters.length} clusters`
      }`,
      lines: edit.lines,
      touched: { services: [service], clusters },
    };
  },
};

function checkPath(path: string, repository: RepositorySnapshot): void {
  const roots = serviceRoots(repository);
  if (roots.length > 0 && !roots.some(root => path.startsWith(`${root}/`))) {
    throw new InputError(
      `parameters.path: \`${path}\` is not inside ${roots
        .map(root => `\`${root}/\``)
        .join(' or ')}, where the services of this repository are.`,
    );
  }
  for (const file of repository.files.keys())
    if (file.startsWith(`${path}/`)) return;
  throw new InputError(
    `parameters.path: \`${path}\` does not exist in the repository. Add the service’s chart there first, or name its directory.`,
  );
}
