import type { FleetService } from '@backstage-fleet/plugin-fleet-node';
import { createChangeAction } from '../lib/createChangeAction';

import { examples } from './serviceOffboard.examples';

/**
 * `fleet:service:offboard`: takes a service off the whole fleet by a commit or a pull request.
 *
 * @public
 */
export function createServiceOffboardAction({
  fleet,
}: {
  fleet: FleetService;
}) {
  return createChangeAction(fleet, {
    id: 'fleet:service:offboard',
    description:
      'Takes a service off all clusters of the fleet by a commit or a pull request to the GitOps repository',
    kind: 'service.offboard',
    examples,
    input: {
      service: z => z.string().describe('Name of the service'),
      deleteFiles: z =>
        z
          .boolean()
          .optional()
          .describe(
            "Delete the service's chart and values too. Default: they stay",
          ),
    },
    parameters: ({ service, deleteFiles }) => ({ service, deleteFiles }),
    subject: ({ service }) => service,
  });
}
