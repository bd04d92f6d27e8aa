import type { FleetService } from '@backstage-fleet/plugin-fleet-node';
import { createChangeAction } from '../lib/createChangeAction';
import { readTextFiles } from '../lib/readTextFiles';
import { examples } from './serviceOnboard.examples';

/**
 * `fleet:service:onboard`: puts a service on clusters by a commit or a pull request to the GitOps repository.
 *
 * @public
 */
export function createServiceOnboardAction({ fleet }: { fleet: FleetService }) {
  return createChangeAction(fleet, {
    id: 'fleet:service:onboard',
    description:
      'Puts a service on clusters of the fleet by a commit or a pull request to the GitOps repository',
    kind: 'service.onboard',
    examples,
    input: {
      service: z => z.string().describe('Name of the service, a DNS label'),
      clusters: z =>
        z
          .array(z.string())
          .min(1)
          .describe('Names of the clusters that shall run it'),
      path: z =>
        z
          .string()
          .optional()
          .describe(
            "Directory of the service's chart in the GitOps repository. Default: services/<service>",
          ),
      namespace: z =>
        z
          .string()
          .optional()
          .describe("Namespace on the clusters. Default: the service's name"),
      sourcePath: z =>
        z
          .string()
          .optional()
          .describe(
            'Folder of the workspace with the chart of a service that the GitOps repository does not have yet. It is written with the same commit',
          ),
    },
    parameters: async (
      { service, clusters, path, namespace, sourcePath },
      workspacePath,
    ) => ({
      service,
      clusters,
      path: path || undefined,
      namespace: namespace || undefined,
      files: sourcePath
        ? await readTextFiles(workspacePath, sourcePath)
        : undefined,
    }),
    subject: ({ service }) => service,
  });
}
