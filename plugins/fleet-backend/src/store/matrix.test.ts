import fc from 'fast-check';
import type {
  KubernetesObject,
  Matrix,
} from '@backstage-fleet/plugin-fleet-common';
import { FleetStore } from './fleetStore';
import { buildMatrix } from './matrix';
import { application, cluster, testStore } from './__testUtils__/objects';

/** A client as the page has it: axes, and a cell for each pair. */
class Client {
  matrix: Matrix | undefined;
  cells = new Map<string, string>();

  fetch(store: FleetStore) {
    const answer = buildMatrix(store, this.matrix?.revision);
    if (answer.full) {
      this.matrix = answer;
      this.cells.clear();
    } else this.matrix!.revision = answer.revision;
    const { cells, versions, removed } = answer;
    for (let index = 0; index < removed.length; index += 2) {
      this.cells.delete(`${removed[index]}:${removed[index + 1]}`);
    }
    cells.row.forEach((row, index) =>
      this.cells.set(
        `${row}:${cells.column[index]}`,
        [
          cells.state[index],
          cells.health[index],
          cells.sync[index],
          versions[cells.running[index]],
          versions[cells.desired[index]],
          cells.since[index],
        ].join(),
      ),
    );
    return answer.full;
  }
}

type Step =
  | {
      do: 'upsert' | 'remove';
      app: number;
      on: number;
      health: string;
      tag: string;
    }
  | { do: 'relist'; apps: number[] }
  | { do: 'cluster'; on: number; region: string }
  | { do: 'desired'; app: number; on: number; tag: string }
  | { do: 'fetch' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('upsert' as const, 'remove' as const),
    app: fc.nat(4),
    on: fc.nat(3),
    health: fc.constantFrom('Healthy', 'Degraded', 'Missing'),
    tag: fc.constantFrom('1.0', '1.1', '2.0'),
  }),
  fc.record({
    do: fc.constant('relist' as const),
    apps: fc.array(fc.nat(4), { maxLength: 3 }),
  }),
  fc.record({
    do: fc.constant('cluster' as const),
    on: fc.nat(3),
    region: fc.constantFrom('eu', 'us'),
  }),
  fc.record({
    do: fc.constant('desired' as const),
    app: fc.nat(4),
    on: fc.nat(3),
    tag: fc.constantFrom('1.0', '3.0'),
  }),
  fc.constant({ do: 'fetch' as const }),
);

describe('matrix', () => {
  const name = (app: number, on: number) => `service-${app}-spoke-${on}`;
  const object = (app: number, on: number, health = 'Healthy', tag = '1.0') =>
    application({
      name: name(app, on),
      destination: { name: `spoke-${on}` },
      health,
      images: [`r/service-${app}:${tag}`],
    });

  function apply(store: FleetStore, what: Step) {
    const sink = store.sink('eu');
    switch (what.do) {
      case 'upsert':
        sink.upsert(
          'Application',
          object(what.app, what.on, what.health, what.tag),
        );
        break;
      case 'remove':
        sink.remove('Application', {
          metadata: { name: name(what.app, what.on), namespace: 'argocd' },
        });
        break;
      case 'relist':
        sink.replace(
          'Application',
          what.apps.map(app => object(app, app % 4)),
        );
        break;
      case 'cluster':
        sink.upsert(
          'Cluster',
          cluster(`spoke-${what.on}`, { region: what.region }),
        );
        break;
      case 'desired':
        store.setVersions(
          new Map([
            [
              `eu/argocd/${name(what.app, what.on)}`,
              { desired: { text: what.tag } },
            ],
          ]),
        );
        break;
      default:
    }
  }

  it.each([3, 1_000])(
    'is the same by deltas as all at once, with a ring of %i',
    ringSize => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 40 }), steps => {
          const store = testStore({ ringSize });
          const client = new Client();
          client.fetch(store);
          for (const what of steps) {
            if (what.do === 'fetch') client.fetch(store);
            else apply(store, what);
          }
          client.fetch(store);
          const fresh = new Client();
          fresh.fetch(store);
          expect([...client.cells].sort()).toEqual([...fresh.cells].sort());
          expect(client.matrix!.services.map(s => s.name)).toEqual(
            fresh.matrix!.services.map(s => s.name),
          );
          expect(client.matrix!.clusters.map(c => c.id)).toEqual(
            fresh.matrix!.clusters.map(c => c.id),
          );
        }),
        { numRuns: 150 },
      );
    },
  );

  it('sends a delta for a changed cell, and all where rows or columns change', () => {
    const store = testStore();
    store
      .sink('eu')
      .replace('Cluster', [cluster('spoke-0'), cluster('spoke-1')]);
    store.sink('eu').replace('Application', [object(0, 0), object(0, 1)]);
    const client = new Client();
    expect(client.fetch(store)).toBe(true);
    const { revision } = client.matrix!;

    apply(store, {
      do: 'upsert',
      app: 0,
      on: 1,
      health: 'Degraded',
      tag: '2.0',
    });
    const delta = buildMatrix(store, revision);
    expect(delta).toMatchObject({
      full: false,
      services: [],
      clusters: [],
      versions: ['2.0'],
      cells: { row: [0], column: [1], state: [0], health: [2], running: [0] },
    });
    expect(buildMatrix(store, store.revision).cells.row).toEqual([]);

    apply(store, { do: 'remove', app: 0, on: 1, health: '', tag: '' });
    expect(buildMatrix(store, delta.revision)).toMatchObject({
      full: false,
      removed: [0, 1],
    });
    apply(store, { do: 'upsert', app: 1, on: 1, health: 'Healthy', tag: '1' });
    expect(buildMatrix(store, delta.revision).full).toBe(true);
    expect(buildMatrix(store, 7).full).toBe(true);
  });

  it('shows the worst of several Applications of one pair', () => {
    const store = testStore();
    const two: KubernetesObject[] = ['Healthy', 'Degraded'].map(
      (health, index) =>
        application({
          name: `part-${index}`,
          labels: { 'fleet/service': 'a' },
          health,
        }),
    );
    store.sink('eu').replace('Application', two);
    expect(buildMatrix(store).cells).toMatchObject({ row: [0], state: [0] });
  });
});
