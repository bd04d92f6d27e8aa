import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import type { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { Clock, sleep } from '../hubs';
import {
  DeclaredService,
  declaredService,
  FleetStore,
  SERVICE_ANNOTATIONS,
} from '../store';

const INTERVAL_MS = 30_000;
/** A catalog that has just started fills up over some seconds. */
const FIRST_INTERVAL_MS = 3_000;
const FIRST_MINUTE_MS = 60_000;

export interface CatalogServicesOptions {
  auth: AuthService;
  catalog: CatalogService;
  config: Config;
  store: FleetStore;
  clock: Clock;
  logger: LoggerService;
}

/** Keeps what the catalog declares about services up to date in the store, until the signal aborts. */
export async function followCatalog(
  options: CatalogServicesOptions,
  signal: AbortSignal,
): Promise<void> {
  const { store, clock, logger } = options;
  const startedAt = clock.now();
  let failed = false;
  while (!signal.aborted) {
    const young = clock.now() - startedAt < FIRST_MINUTE_MS;
    try {
      await store.setDeclaredServices(await readServices(options));
      failed = false;
    } catch (error) {
      // What was read last stays; while everything starts, the catalog may just not listen yet.
      if (!failed && !young) {
        logger.warn(`Services cannot be read from the catalog: ${error}`);
        failed = true;
      }
    }
    await sleep(clock, young ? FIRST_INTERVAL_MS : INTERVAL_MS, signal);
  }
}

async function readServices({
  auth,
  catalog,
  config,
}: CatalogServicesOptions): Promise<DeclaredService[]> {
  const credentials = await auth.getOwnServiceCredentials();
  // The first is github.com where none is configured.
  const [github] = ScmIntegrations.fromConfig(config).github.list();
  const services: DeclaredService[] = [];
  const pages = catalog.streamEntities(
    {
      filter: SERVICE_ANNOTATIONS.map(annotation => ({
        kind: 'Component',
        [`metadata.annotations.${annotation}`]: CATALOG_FILTER_EXISTS,
      })),
    },
    { credentials },
  );
  for await (const page of pages) {
    for (const entity of page) {
      const service = declaredService(entity, github?.config.host);
      if (service) services.push(service);
    }
  }
  return services.sort((a, b) => (a.entityRef < b.entityRef ? -1 : 1));
}
