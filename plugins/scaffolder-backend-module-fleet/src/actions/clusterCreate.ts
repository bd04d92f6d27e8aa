import type { FleetService } from '@backstage-fleet/plugin-fleet-node';
import { createChangeAction } from '../lib/createChangeAction';

import { examples } from './clusterCreate.examples';

/**
 * `fleet:cluster:create`: makes a new cluster from a blueprint of the platform team.
 *
 * @public
 */
export function createClusterCreateAction({ fleet }: { fleet: FleetService }) {
  return createChangeAction(fleet, {
    id: 'fleet:cluster:create',
    description:
      'Makes a new cluster from a blueprint, with its registration, by a commit or a pull request to the GitOps repository',
    kind: 'cluster.create',
    examples,
    input: {
      blueprint: z =>
        z.string().describe('Id of a blueprint in the repository'),
      cluster: z => z.string().describe('Name of the new cluster, a DNS label'),
      parameters: z =>
        z
          .record(z.any())
          .optional()
          .describe("What the blueprint's JSON schema asks for"),
      labels: z =>
        z
          .record(z.string())
          .optional()
          .describe(
            'Labels of the registered cluster, over those of the blueprint. They decide which services it receives',
          ),
      annotations: z =>
        z
          .record(z.string())
          .optional()
          .describe('Annotations of the registered cluster'),
    },
    parameters: ({
      blueprint,
      cluster,
      parameters = {},
      labels,
      annotations,
    }) => ({ blueprint, cluster, parameters, labels, annotations }),
    subject: ({ cluster }) => cluster,
  });
}
