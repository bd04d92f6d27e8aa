import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { layoutOfService } from '../../layouts';
import { rootsOf } from '../../layouts/fleetServices';
import type { Layout } from '../../layouts/types';
import type { RepositorySnapshot } from '../../model/repository';
import { withChanges } from '../../repository';
import { clusterNames, directory, dnsLabel } from '../grammar';
import type { IntentDefinition } from '../types';
import { addFiles, newFiles } from './newFiles';
import { describeTargets, layoutContext } from './targets';

/** Puts a service on the fleet, or on more of its clusters. */
export const onboardService: IntentDefinition<'service.onboard'> = {
  kind: 'service.onboard',
  schema: z.strictObject({
    service: dnsLabel,
    clusters: clusterNames,
    path: directory.optional(),
    namespace: dnsLabel.optional(),
    files: newFiles.optional(),
  }),
  subject: ({ service }) => service,
  apply(parameters, repository, options) {
    const { service, clusters, path, namespace, files } = parameters;
    const context = layoutContext(options);
    const layout = layoutOfService(
      repository,
      service,
      options.layout,
      context,
    );
    const own = files && addFiles({ service, path, files }, layout, repository);
    // What deploys the service is made for a repository that has its files.
    const before = own ? withChanges(repository, own.changes) : repository;
    const source = own?.directory ?? path;
    if (source !== undefined) checkPath(source, layout, before);
    const edit = layout.onboard(
      { service, clusters, path: source, namespace },
      before,
      context,
    );
    return {
      changes: new Map([...(own?.changes ?? []), ...edit.changes]),
      lines: [...(own?.lines ?? []), ...edit.lines],
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
