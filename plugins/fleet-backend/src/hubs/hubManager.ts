import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type {
  HubSink,
  HubSource,
  HubSourceFactory,
} from '@backstage-fleet/plugin-fleet-node';
import { readHubEntries } from './hubEntries';

/** A hub of the configuration. */
export interface HubDefinition {
  id: string;
  title: string;
  url: string;
  /** Where people open Argo CD. */
  argocdUrl?: string;
  /** Name that the GitOps repositories give the hub's own cluster. */
  cluster?: string;
  /** `timeout.reconciliation` of its Argo CD; 0 where it compares only when something changes. */
  reconciliationSeconds?: number;
  /** Whether its ApplicationSet controller finds files by the newer globbing. */
  newGitFileGlobbing?: boolean;
  /** Whether Argo CD may be asked there to sync and refresh Applications. */
  actions?: boolean;
}

const HUB_ID = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Reads `fleet.hubs` and makes a source for each of them. */
export function readHubs(
  config: Config,
  factories: readonly HubSourceFactory[],
): Array<{ hub: HubDefinition; source: HubSource }> {
  const byType = new Map(factories.map(factory => [factory.type, factory]));
  const ids = new Set<string>();
  return readHubEntries(config).map(entry => {
    const id = entry.getString('id');
    if (!HUB_ID.test(id)) {
      throw new InputError(
        `fleet.hubs: \`id\` must be lower case letters, digits and dashes, not '${id}'.`,
      );
    }
    if (ids.has(id)) {
      throw new InputError(`fleet.hubs: two hubs have the \`id\` '${id}'.`);
    }
    ids.add(id);

    const type = entry.getOptionalString('type') ?? 'kubernetes';
    const factory = byType.get(type);
    if (!factory) {
      throw new InputError(
        `fleet.hubs: \`type\` of hub ${id} is '${type}'; known are ${[
          ...byType.keys(),
        ].join(', ')}.`,
      );
    }
    const source = factory.create({ hubId: id, config: entry });
    const actions = entry.getOptionalBoolean('actions') ?? false;
    if (actions && !source.request) {
      throw new InputError(
        `fleet.hubs: hub ${id} has \`actions: true\`, but hubs of type '${type}' are read-only.`,
      );
    }
    return {
      hub: {
        id,
        title: entry.getOptionalString('title') ?? id,
        url: entry.getOptionalBoolean('kubernetesProxy')
          ? entry.getOptionalString('url') ??
            `${entry.getString('kubernetesCluster')} of the Kubernetes plugin`
          : entry.getString('url'),
        argocdUrl: entry.getOptionalString('argocdUrl')?.replace(/\/+$/, ''),
        cluster: entry.getOptionalString('cluster'),
        reconciliationSeconds: entry.getOptionalNumber('reconciliationSeconds'),
        newGitFileGlobbing: entry.getOptionalBoolean('newGitFileGlobbing'),
        actions,
      },
      source,
    };
  });
}

/**
 * Runs all hub sources until stopped. A source that breaks, against its contract, is said in the log and started again;
 * the other hubs go on.
 */
export class HubManager {
  readonly #controller = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly hubs: ReturnType<typeof readHubs>,
    private readonly logger: LoggerService,
  ) {}

  start(sinkFor: (hub: HubDefinition) => HubSink) {
    this.#running = Promise.all(
      this.hubs.map(({ hub, source }) => this.#run(hub, source, sinkFor(hub))),
    );
  }

  async stop(): Promise<void> {
    this.#controller.abort();
    await this.#running;
  }

  async #run(hub: HubDefinition, source: HubSource, sink: HubSink) {
    const { signal } = this.#controller;
    while (!signal.aborted) {
      try {
        await source.run(sink, signal);
        return;
      } catch (error) {
        this.logger.error(`The source of hub ${hub.id} broke`, error as Error);
        await new Promise(resolve => {
          const timer = setTimeout(resolve, 30_000);
          signal.addEventListener('abort', () => {
            clearTimeout(timer);
            resolve(undefined);
          });
        });
      }
    }
  }
}
