import type { FleetService } from '@backstage-fleet/plugin-fleet-node';
import { createChangeAction } from '../lib/createChangeAction';
import { targets, waves } from '../lib/schema';
import { examples } from './servicePromote.examples';

/**
 * `fleet:service:promote`: brings a version of a service to environments or clusters.
 *
 * @public
 */
export function createServicePromoteAction({ fleet }: { fleet: FleetService }) {
  return createChangeAction(fleet, {
    id: 'fleet:service:promote',
    description:
      'Brings a version of a service to environments or clusters, at once or in waves',
    kind: 'service.promote',
    examples,
    input: {
      service: z => z.string().describe('Name of the service'),
      version: z =>
        z
          .string()
          .optional()
          .describe('The version to bring. Default: the one that `from` runs'),
      from: z =>
        z
          .string()
          .optional()
          .describe('The environment whose version is brought'),
      ...targets,
      strategy: z =>
        z
          .enum(['edit', 'merge-branch', 'move-tag'])
          .optional()
          .describe(
            'edit changes the version in the files of the target; merge-branch and move-tag follow the branch or tag that its Applications name. Default: edit',
          ),
      waves,
    },
    parameters: ({
      service,
      version,
      from,
      environments,
      clusters,
      strategy,
      waves: wanted,
    }) => ({
      service,
      version: version || undefined,
      from: from || undefined,
      to: { environments, clusters },
      strategy,
      waves: wanted,
    }),
    subject: ({ service }) => service,
  });
}
