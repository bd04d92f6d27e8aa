import {
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  DeferredEntity,
  EntityProvider,
  EntityProviderConnection,
  EntityProviderMutation,
} from '@backstage/plugin-catalog-node';
import { Matrix } from '@backstage-fleet/plugin-fleet-common';
import { EntityOptions, clusterEntities } from './clusterEntities';
import { FleetReader } from './fleetReader';

/** Keeps entities of others that are called the same from being taken over. */
const LOCATION_KEY = 'fleet-clusters';

/** After so many runs without news the whole is given again, to mend what another replica may have given from older news. */
const QUIET_AT_MOST = 20;

/**
 * Gives the fleet's clusters to the catalog whenever they, or what runs on them, are others.
 *
 * @remarks
 * An entity goes only when its hub is live and does not know the cluster any more, or is no longer configured. While the
 * fleet's backend does not answer, or a hub does not, the last entities stay. One replica at a time runs; each compares
 * with what it gave last, and gives the whole now and then.
 */
export class FleetClusterProvider implements EntityProvider {
  #given: { key: string; byHub: Map<string, Entity[]> } | undefined;
  #quiet = 0;
  #problem: string | undefined;

  constructor(
    private readonly options: {
      reader: Pick<FleetReader, 'read' | 'forget'>;
      schedule: SchedulerServiceTaskRunner;
      entities: EntityOptions;
      logger: LoggerService;
    },
  ) {}

  getProviderName(): string {
    return 'FleetClusterProvider';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    await this.options.schedule.run({
      id: 'fleet-clusters',
      fn: signal => this.refresh(connection, signal),
    });
  }

  /** Asks the fleet once, and tells the catalog what is another. Errors are logged once for as long as they last. */
  async refresh(
    connection: EntityProviderConnection,
    signal?: AbortSignal,
  ): Promise<void> {
    const { reader, logger } = this.options;
    try {
      if (this.#quiet >= QUIET_AT_MOST) reader.forget();
      const matrix = await reader.read(signal);
      const given = matrix && (await this.#give(connection, matrix));
      this.#quiet = given ? 0 : this.#quiet + 1;
      if (this.#problem) logger.info('The fleet answers again.');
      this.#problem = undefined;
    } catch (error) {
      reader.forget();
      const problem = error instanceof Error ? error.message : String(error);
      if (problem !== this.#problem) {
        logger.warn(
          `The clusters of the fleet cannot be read; the catalog keeps the last ones. ${problem}`,
        );
      }
      this.#problem = problem;
    }
  }

  /** Whether there was anything to tell. */
  async #give(
    connection: EntityProviderConnection,
    matrix: Matrix,
  ): Promise<boolean> {
    const byHub = clusterEntities(matrix, this.options.entities);
    const silent = matrix.hubs
      .filter(({ status }) => status !== 'live')
      .map(({ id }) => id);
    for (const hub of silent) {
      const known = this.#given?.byHub.get(hub);
      if (known && !byHub.has(hub)) byHub.set(hub, known);
    }
    const key = JSON.stringify([silent, ...byHub.values()]);
    if (key === this.#given?.key && this.#quiet < QUIET_AT_MOST) return false;
    await connection.applyMutation(
      silent.length === 0
        ? { type: 'full', entities: deferred([...byHub.values()].flat()) }
        : partial(byHub, this.#given?.byHub, new Set(silent)),
    );
    this.#given = { key, byHub };
    return true;
  }
}

/** What hubs that are live tell, while others are silent: nothing of those goes. */
function partial(
  byHub: Map<string, Entity[]>,
  before: Map<string, Entity[]> | undefined,
  silent: Set<string>,
): EntityProviderMutation {
  const added = [...byHub.values()].flat();
  const there = new Set(added.map(entity => stringifyEntityRef(entity)));
  const removed = [...(before ?? [])]
    .filter(([hub]) => !silent.has(hub))
    .flatMap(([, entities]) => entities)
    .map(entity => stringifyEntityRef(entity))
    .filter(ref => !there.has(ref));
  return {
    type: 'delta',
    added: deferred(added),
    removed: removed.map(entityRef => ({
      entityRef,
      locationKey: LOCATION_KEY,
    })),
  };
}

function deferred(entities: Entity[]): DeferredEntity[] {
  return entities.map(entity => ({ entity, locationKey: LOCATION_KEY }));
}
