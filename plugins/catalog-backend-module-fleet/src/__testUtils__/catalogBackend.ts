import {
  SchedulerServiceTaskInvocationDefinition,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { JsonObject } from '@backstage/types';
import fleetModule from '../index';
import { FleetApi } from './fleetApi';

/** A catalog with the module, beside a fleet's backend, asked over HTTP. The schedule runs when a test says so. */
export class CatalogBackend {
  readonly warnings: string[] = [];
  #backend!: Awaited<ReturnType<typeof startTestBackend>>;
  #task: SchedulerServiceTaskInvocationDefinition | undefined;

  static async start(options: {
    fleet: FleetApi;
    config?: JsonObject;
    /** What else is in the catalog. */
    entities?: Entity[];
  }): Promise<CatalogBackend> {
    const catalog = new CatalogBackend();
    await catalog.#start(options);
    return catalog;
  }

  /** What happens whenever the schedule says so. */
  async refresh(): Promise<void> {
    await this.#task!.fn(new AbortController().signal);
  }

  /** The `Resource` entities, when the catalog has processed them so that they are as expected. */
  async resources(
    expected: (entities: Entity[]) => boolean,
  ): Promise<Entity[]> {
    const give = Date.now() + 20_000;
    for (;;) {
      const found = await this.#read();
      if (expected(found)) return found;
      if (Date.now() > give) {
        throw new Error(`The catalog has ${JSON.stringify(found, null, 2)}`);
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  async stop(): Promise<void> {
    await this.#backend.stop();
  }

  async #read(): Promise<Entity[]> {
    const address = this.#backend.server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const response = await fetch(
      `http://localhost:${port}/api/catalog/entities?filter=kind=resource`,
    );
    return (await response.json()) as Entity[];
  }

  async #start(options: {
    fleet: FleetApi;
    config?: JsonObject;
    entities?: Entity[];
  }) {
    const logger = mockServices.rootLogger.mock({
      child: () => logger,
      warn: message => void this.warnings.push(message),
    });
    this.#backend = await startTestBackend({
      features: [
        catalogPlugin,
        fleetModule,
        options.fleet.plugin,
        others(options.entities ?? []),
        logger.factory,
        mockServices.scheduler.mock({
          createScheduledTaskRunner: () => ({
            run: async task => {
              this.#task = task;
            },
          }),
        }).factory,
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://portal' },
            catalog: {
              stitchingStrategy: { pollingInterval: { milliseconds: 100 } },
              ...(options.config && { providers: { fleet: options.config } }),
            },
          },
        }),
      ],
    });
  }
}

/** A provider of entities that stay as they are. */
function others(entities: Entity[]) {
  return createBackendModule({
    pluginId: 'catalog',
    moduleId: 'others',
    register: registration => {
      registration.registerInit({
        deps: { catalog: catalogProcessingExtensionPoint },
        init: async ({ catalog }) =>
          catalog.addEntityProvider({
            getProviderName: () => 'others',
            connect: connection =>
              connection.applyMutation({
                type: 'full',
                entities: entities.map(entity => ({ entity })),
              }),
          }),
      });
    },
  });
}
