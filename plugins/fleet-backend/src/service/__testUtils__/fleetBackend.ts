import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import request from 'supertest';
import { fleetPlugin } from '../../plugin';

export interface FleetBackendOptions {
  /** `fleet` of the configuration. */
  fleet: JsonObject;
  /** `integrations` of the configuration. */
  integrations?: JsonObject;
  permission?: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
  entities?: Entity[];
  /** Default: SQLite in memory. */
  database?: Knex;
}

/** The plugin in a backend of its own, asked over HTTP. */
export class FleetBackend {
  /** Revisions that browsers were told of. */
  readonly revisions: number[] = [];
  /** Everything that was logged, with what was logged beside the message. */
  readonly logs: string[] = [];
  #backend!: Awaited<ReturnType<typeof startTestBackend>>;

  static async start(options: FleetBackendOptions): Promise<FleetBackend> {
    const backend = new FleetBackend();
    await backend.#start(options);
    return backend;
  }

  async get(path: string, headers?: Record<string, string>) {
    return request(this.#backend.server)
      .get(`/api/fleet${path}`)
      .set(headers ?? { authorization: 'Bearer mock-user-token' });
  }

  async post(path: string, body: object) {
    return request(this.#backend.server)
      .post(`/api/fleet${path}`)
      .set('authorization', 'Bearer mock-user-token')
      .send(body);
  }

  /** The status of each hub, by its id. */
  async statuses(): Promise<Record<string, string>> {
    const { body } = await this.get('/hubs');
    return Object.fromEntries(
      body.items.map(({ id, freshness }: any) => [id, freshness.status]),
    );
  }

  async stop(): Promise<void> {
    await this.#backend.stop();
  }

  async #start(options: FleetBackendOptions) {
    const {
      permission = AuthorizeResult.ALLOW,
      entities = [],
      integrations = {},
      fleet,
      database,
    } = options;
    const log = (message: string, more?: unknown) =>
      void this.logs.push(
        more instanceof Error ? `${message} ${more.stack}` : message,
      );
    const logger = mockServices.rootLogger.mock({
      child: () => logger,
      info: log,
      warn: log,
      error: log,
      debug: log,
    });
    this.#backend = await startTestBackend({
      features: [
        fleetPlugin,
        catalogServiceMock.factory({ entities }),
        mockServices.permissions.factory({ result: permission }),
        createServiceFactory({
          service: signalsServiceRef,
          deps: {},
          factory: () => ({
            publish: async ({ message }: any) => {
              if (message.revision) this.revisions.push(message.revision);
            },
          }),
        }),
        createServiceFactory({
          service: mockServices.rootLogger.factory().service as any,
          deps: {},
          factory: () => logger as any,
        }),
        ...(database
          ? [
              createServiceFactory({
                service: coreServices.database,
                deps: {},
                factory: () => mockServices.database({ knex: database }),
              }),
            ]
          : []),
        mockServices.rootConfig.factory({ data: { integrations, fleet } }),
      ],
    });
  }
}
