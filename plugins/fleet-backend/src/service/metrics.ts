import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { RequestHandler } from 'express';
import type { Clock } from '../hubs';
import type { FleetStore } from '../store';

/** Counts requests to hubs. */
export interface HubMeter {
  /** @param outcome - the status of the answer, or `error` where there is none */
  request(hub: string, pathAndQuery: string, outcome: number | 'error'): void;
}

/** Counters for what goes to the hubs. No name of a user, service or cluster is a label. */
export function createHubMeter(metrics: MetricsService): HubMeter {
  const requests = metrics.createCounter('fleet.hub.requests', {
    description: 'Requests to hubs by type and status',
  });
  const lists = metrics.createCounter('fleet.hub.lists', {
    description: 'Lists that were begun, at start or because a watch was lost',
  });
  const watches = metrics.createCounter('fleet.hub.watches', {
    description: 'Watches and streams that were opened',
  });
  return {
    request(hub, pathAndQuery, outcome) {
      const type = requestType(pathAndQuery);
      requests.add(1, { hub, type, outcome: String(outcome) });
      if (type === 'list') lists.add(1, { hub });
      if (type === 'watch') watches.add(1, { hub });
    },
  };
}

function requestType(pathAndQuery: string): string {
  if (/[?&]watch=true/.test(pathAndQuery)) return 'watch';
  if (pathAndQuery.startsWith('/api/v1/stream/')) return 'watch';
  if (/[?&]continue=/.test(pathAndQuery)) return 'page';
  return /[?&]limit=|^\/api\/v1\/application(s|sets)(\?|$)/.test(pathAndQuery)
    ? 'list'
    : 'other';
}

/**
 * Gauges for what is known of the hubs, read when somebody collects them.
 */
export function observeStore(
  metrics: MetricsService,
  store: FleetStore,
  clock: Clock,
): void {
  const gauge = (name: string, description: string, unit?: string) =>
    metrics.createObservableGauge(name, { description, unit });

  gauge('fleet.hub.objects', 'Objects that are known of a hub').addCallback(
    result => {
      for (const { id } of store.hubs) {
        const kinds = store
          .connections(id)
          .kinds(kind => store.objects(id, kind).size);
        for (const { kind, objects } of kinds) {
          result.observe(objects, { hub: id, kind });
        }
      }
    },
  );
  gauge('fleet.hub.live', '1 where a hub is connected').addCallback(result => {
    for (const { id } of store.hubs) {
      result.observe(store.hubStatus(id) === 'live' ? 1 : 0, { hub: id });
    }
  });
  gauge(
    'fleet.hub.staleness',
    'How long ago a hub last said anything',
    's',
  ).addCallback(result => {
    for (const { id, observedAt } of store.freshness()) {
      if (!observedAt) continue;
      const age = clock.now() - new Date(observedAt).getTime();
      result.observe(Math.max(0, age / 1000), { hub: id });
    }
  });
}

/** How long after a revision browsers are told of it, and how long answers of the API take. */
export function createApiMeter(metrics: MetricsService, clock: Clock) {
  const lag = metrics.createHistogram('fleet.revision.lag', {
    description: 'From a new revision until browsers are told',
    unit: 's',
  });
  const durations = metrics.createHistogram('fleet.api.duration', {
    description: 'Time that answers of the API take',
    unit: 's',
  });
  const middleware: RequestHandler = (request, response, next) => {
    const begin = clock.now();
    response.on('finish', () => {
      durations.record((clock.now() - begin) / 1000, {
        // The pattern of the route, not the path, which has names in it.
        route: request.route?.path ?? 'unknown',
        method: request.method,
        status: response.statusCode,
      });
    });
    next();
  };
  return {
    middleware,
    revisionTold: (sinceMilliseconds: number) =>
      lag.record(sinceMilliseconds / 1000),
  };
}
