import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { fleetChangeCreatePermission } from '@backstage-fleet/plugin-fleet-common';
import type { AuthorizedChanges } from './authorizedChanges';

const INTENT =
  'What is asked for: kind (for example service.onboard, service.promote, cluster.label), repository (where several are configured) and the parameters of the kind';

/**
 * Registers changes as actions for agents, with the same permissions and audit events as the HTTP API. Plans only read.
 */
export function registerChangeActions(
  registry: ActionsRegistryService,
  changes: AuthorizedChanges,
): void {
  registry.register({
    name: 'plan-change',
    title: 'Plan a change of the fleet',
    description:
      'Says which Applications on which clusters a change would create, change and delete, which files it would edit, and which guards would stop it. Writes nothing.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    visibilityPermission: fleetChangeCreatePermission,
    schema: {
      input: z => z.object({ intent: intent(z) }),
      output: z => z.object({ plan: z.record(z.unknown()) }),
    },
    action: async ({ input, credentials }) => ({
      output: {
        plan: json(await changes.plan({ credentials }, input.intent)),
      },
    }),
  });

  registry.register({
    name: 'create-change',
    title: 'Change the fleet',
    description:
      'Writes a change to the GitOps repository by a commit or a pull request, after its guards; the same request twice is one change. Plan it first.',
    // What it deletes is on its plan; asked for twice it is written once.
    attributes: { readOnly: false, destructive: true, idempotent: true },
    visibilityPermission: fleetChangeCreatePermission,
    schema: {
      input: z =>
        z.object({
          intent: intent(z),
          mode: z
            .enum(['auto', 'commit', 'pull-request'])
            .optional()
            .describe('Default: auto'),
          reason: z
            .string()
            .optional()
            .describe('Why. Goes into the commit and the pull request'),
        }),
      output: z =>
        z.object({ change: z.record(z.unknown()), written: z.boolean() }),
    },
    async action({ input, credentials }) {
      const { change, written } = await changes.create(
        { credentials },
        input as any,
      );
      return { output: { change: json(change), written } };
    },
  });

  registry.register({
    name: 'get-change',
    title: 'Look at a change of the fleet',
    description:
      'The state of a change, its plan, commit or pull request, and what happened to it since.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z => z.object({ id: z.string().describe('Id of the change') }),
      output: z => z.object({ change: z.record(z.unknown()) }),
    },
    action: async ({ input, credentials }) => ({
      output: { change: json(await changes.get({ credentials }, input.id)) },
    }),
  });

  registry.register({
    name: 'list-changes',
    title: 'List changes of the fleet',
    description:
      'The latest changes, newest first; of one service, cluster, kind, state or requester, or of all.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          service: z.string().optional().describe('Name of a service'),
          cluster: z.string().optional().describe('Name of a cluster'),
          state: z
            .string()
            .optional()
            .describe(
              'One state or more, by comma, for example failed,stopped',
            ),
          kind: z
            .string()
            .optional()
            .describe('For example service.promote, or cluster.*; by comma'),
          requester: z.string().optional().describe('Entity ref of who asked'),
          ended: z.boolean().optional().describe('false: only those under way'),
          text: z.string().optional().describe('Part of the title or reason'),
          limit: z.number().int().min(1).max(200).optional(),
        }),
      output: z =>
        z.object({
          changes: z.array(z.record(z.unknown())),
          total: z.number().describe('How many there are in all'),
        }),
    },
    async action({ input, credentials }) {
      const { items, total } = await changes.list({ credentials }, input);
      return { output: { changes: items.map(json), total } };
    },
  });
}

type Zod = Parameters<
  Parameters<ActionsRegistryService['register']>[0]['schema']['input']
>[0];

function intent(z: Zod) {
  return z
    .object({
      kind: z.string(),
      repository: z.string().optional(),
      parameters: z.record(z.unknown()),
    })
    .describe(INTENT);
}

/** As it goes over the wire: no dates, no undefined. */
function json(value: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value));
}
