import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { fleetChangeCreatePermission } from '@backstage-fleet/plugin-fleet-common';
import type { DeploymentActions } from './deploymentActions';

/**
 * Registers what can be done with a deployment as actions for agents, with the same permissions and audit events as the
 * HTTP API.
 */
export function registerDeploymentAgentActions(
  registry: ActionsRegistryService,
  actions: DeploymentActions,
): void {
  registry.register({
    name: 'sync-deployment',
    title: 'Sync a deployment',
    description:
      'Asks Argo CD to bring what runs in line with Git, for one service on one cluster. Says that it was asked, not that it is done: look at the deployment afterwards.',
    // With prune it deletes resources.
    attributes: { readOnly: false, destructive: true, idempotent: false },
    schema: {
      input: z =>
        z.object({
          deployment: deployment(z),
          revision: z
            .string()
            .optional()
            .describe('Default: what the Application follows'),
          prune: z
            .boolean()
            .optional()
            .describe('Delete resources that are no longer in Git'),
        }),
      output: z => z.object({ message: z.string() }),
    },
    async action({ input, credentials }) {
      const { deployment: id, ...request } = input;
      const { message } = await actions.sync({ credentials }, id, request);
      return { output: { message } };
    },
  });

  registry.register({
    name: 'refresh-deployment',
    title: 'Refresh a deployment',
    description:
      'Asks Argo CD to compare a deployment with Git now, instead of at its next regular look.',
    attributes: { readOnly: false, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          deployment: deployment(z),
          type: z
            .enum(['normal', 'hard'])
            .optional()
            .describe('hard makes the manifests anew. Default: normal'),
        }),
      output: z => z.object({ message: z.string() }),
    },
    async action({ input, credentials }) {
      const { deployment: id, ...request } = input;
      const { message } = await actions.refresh({ credentials }, id, request);
      return { output: { message } };
    },
  });

  registry.register({
    name: 'rollback-deployment',
    title: 'Roll a deployment back',
    description:
      'Brings an earlier version of a service back to one cluster, by a commit or a pull request; the same request twice is one change.',
    attributes: { readOnly: false, destructive: true, idempotent: true },
    visibilityPermission: fleetChangeCreatePermission,
    schema: {
      input: z =>
        z.object({
          deployment: deployment(z),
          version: z.string().describe('The version to go back to'),
          reason: z
            .string()
            .optional()
            .describe('Why. Goes into the commit and the pull request'),
          dryRun: z
            .boolean()
            .optional()
            .describe('Only tell what it would change'),
        }),
      output: z =>
        z.object({ change: z.record(z.unknown()), written: z.boolean() }),
    },
    async action({ input, credentials }) {
      const { deployment: id, ...order } = input;
      const { change, written } = await actions.rollback(
        { credentials },
        id,
        order,
      );
      return {
        output: { change: JSON.parse(JSON.stringify(change)), written },
      };
    },
  });
}

type Zod = Parameters<
  Parameters<ActionsRegistryService['register']>[0]['schema']['input']
>[0];

function deployment(z: Zod) {
  return z
    .string()
    .describe('Id of the deployment, `application` of find-deployments');
}
