import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { type FleetStore, toService } from '../store';
import { clusterFilter, serviceFilter, stateFilter } from './query/filters';
import type { Visibilities } from './visibility';

/** An agent asks again, more narrowly, where there are more. */
const MOST = 200;

/**
 * Registers what can be read as actions for agents, with the same permissions as the HTTP API. None of them changes
 * anything.
 */
export function registerReadActions(
  registry: ActionsRegistryService,
  options: { store: FleetStore; visibilities: Visibilities },
): void {
  const { store, visibilities } = options;
  const attributes = { readOnly: true, destructive: false, idempotent: true };

  registry.register({
    name: 'list-services',
    title: 'List the services of the fleet',
    description:
      'Services that run on the fleet or that the catalog declares, with owner, number of deployments and the worst state of them.',
    attributes,
    schema: {
      input: z =>
        z.object({
          text: z.string().optional().describe('Part of the name or title'),
          owner: z.string().optional().describe('Entity ref of the owner'),
        }),
      output: z =>
        z.object({
          services: z.array(z.record(z.unknown())),
          more: z.boolean().describe('Whether some were left out'),
        }),
    },
    action: async ({ input, credentials }) => {
      const visible = await visibilities.of(
        credentials,
        'deployments',
        'see services',
      );
      const asked = serviceFilter(store, input);
      const names = store
        .axes()
        .services.filter(name => visible.service(name) && asked(name));
      return {
        output: {
          services: names.slice(0, MOST).map(name => {
            const service = toService(store, name, visible.deployment);
            return json({
              name,
              title: service.title,
              entityRef: service.entityRef,
              owner: service.owner,
              deployments: service.deployments,
              worst: service.worst,
            });
          }),
          more: names.length > MOST,
        },
      };
    },
  });

  registry.register({
    name: 'find-deployments',
    title: 'Find out what runs where',
    description:
      'Deployments of services on clusters: version, state, health and sync, and whether that is how it is now or only the last that is known.',
    attributes,
    schema: {
      input: z =>
        z.object({
          service: z.string().optional(),
          hub: z.string().optional().describe('Id of the hub'),
          environment: z.string().optional(),
          region: z.string().optional(),
          state: z
            .string()
            .optional()
            .describe(
              'One or more of degraded, missing, unknown, suspended, progressing, out-of-sync, healthy; by comma',
            ),
        }),
      output: z =>
        z.object({
          deployments: z.array(z.record(z.unknown())),
          more: z.boolean().describe('Whether some were left out'),
          hubs: z
            .array(z.record(z.unknown()))
            .describe('How far what is known of each hub can be trusted'),
        }),
    },
    action: async ({ input, credentials }) => {
      const visible = await visibilities.of(
        credentials,
        'deployments',
        'see deployments',
      );
      const onCluster = clusterFilter(store, visible, input);
      const inState = stateFilter(input);
      const records = input.service
        ? store.applicationsOfService(input.service)
        : [...store.applications()];
      const found = records.filter(record => {
        const cluster = store.cluster(record.clusterId);
        return (
          record.service !== undefined &&
          cluster !== undefined &&
          onCluster(cluster) &&
          inState(record) &&
          visible.deployment(record)
        );
      });
      return {
        output: {
          deployments: found.slice(0, MOST).map(record =>
            json({
              service: record.service,
              cluster: record.clusterId,
              application: record.id,
              state: record.state.state,
              health: record.state.health,
              sync: record.state.sync,
              desired: record.versions.desired?.text,
              running: record.running?.text,
              freshness: store.freshnessOf(record),
              actions: visible.actions(record),
            }),
          ),
          more: found.length > MOST,
          hubs: visible.freshness(input.hub).map(json),
        },
      };
    },
  });
}

/** What JSON keeps of a value: no `undefined`, dates as text. */
function json(value: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value));
}
