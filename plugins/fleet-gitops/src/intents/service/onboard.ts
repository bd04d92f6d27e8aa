import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { layoutOfService } from '../../layouts';
import { rootsOf } from '../../layouts/fleetServices';
import type { Layout } from '../../layouts/types';
import type { RepositorySnapshot } from '../../model/repository';
import { clusterNames, directory, dnsLabel } from '../grammar';
import type { IntentDefinition } from '../types';
import { describeTargets, layoutContext } from './targets';

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
    const context = layoutContext(options);
    const layout = layoutOfService(
      repository,
      service,
      options.layout,
      context,
    );
    if (path !== undefined) checkPath(path, layout, repository);
    const edit = layout.onboard(
      { service, clusters, path, namespace },
      repository,
      context,
    );
    return {
      ...edit,
      title: `Deploy ${service} to ${describeTargets({ clusters })}`,
      touched: { services: [service], clusters },
    };
  },
};

/** A path never leads out of the directories where the layout has its services. */
function checkPath(
  path: string,
  layout: Layout,
  repository: RepositorySnapshot,
): void {
  const roots = rootsOf(layout.listServices(repository));
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
