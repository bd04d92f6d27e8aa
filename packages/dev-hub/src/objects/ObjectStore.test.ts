import fc from 'fast-check';
import { ObjectStore } from './ObjectStore';
import {
  applicationSets,
  applications,
  namespaces,
  secrets,
} from './resources';
import { StatusError } from './status';
import type { KubernetesObject, ObjectList, WatchEvent } from './types';

const clock = { now: () => Date.UTC(2026, 0, 2, 3, 4, 5) };

function newStore(historyCapacity?: number): ObjectStore {
  const store = new ObjectStore({ clock, historyCapacity });
  store.create(namespaces, { metadata: { name: 'argocd' } });
  store.create(namespaces, { metadata: { name: 'team-a' } });
  return store;
}

function application(
  name: string,
  metadata: Record<string, unknown> = {},
): KubernetesObject {
  return {
    metadata: { name, namespace: 'argocd', ...metadata },
    spec: { project: 'default', destination: {}, source: { repoURL: 'x' } },
  };
}

function statusOf(run: () => unknown): StatusError['status'] {
  try {
    run();
  } catch (error) {
    if (error instanceof StatusError) return error.status;
    throw error;
  }
  throw new Error('expected a Status');
}

const KEY = { namespace: 'argocd', name: 'a' };

describe('ObjectStore', () => {
  it('stores what the server decides and freezes it', () => {
    const store = newStore();
    const created = store.create(applications, {
      ...application('a', { uid: 'mine', generation: 9, labels: {} }),
      status: { sync: { status: 'Synced' } },
    });
    expect(created).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        name: 'a',
        namespace: 'argocd',
        uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        resourceVersion: String(store.resourceVersion),
        generation: 1,
        creationTimestamp: '2026-01-02T03:04:05Z',
      },
      spec: { project: 'default', destination: {}, source: { repoURL: 'x' } },
      status: { sync: { status: 'Synced' } },
    });
    expect(() => {
      (created.spec as any).project = 'changed';
    }).toThrow(TypeError);
    expect(Object.keys(created)).toEqual([
      'apiVersion',
      'kind',
      'metadata',
      'spec',
      'status',
    ]);
  });

  it('shares unchanged parts between versions', () => {
    const store = newStore();
    const before = store.create(applications, application('a'));
    const after = store.mergePatch(applications, KEY, {
      metadata: { labels: { x: '1' } },
    });
    expect(after.spec).toBe(before.spec);
    const again = store.mergePatch(applications, KEY, {
      status: { health: { status: 'Healthy' } },
    });
    expect(again.metadata.labels).toBe(after.metadata.labels);
  });

  it('writes nothing, and tells nobody, when nothing changes', () => {
    const store = newStore();
    const created = store.create(applications, application('a'));
    const listener = jest.fn();
    store.watch(
      applications,
      { resourceVersion: store.resourceVersion },
      listener,
    );
    expect(store.mergePatch(applications, KEY, { spec: {} })).toBe(created);
    expect(store.modify(applications, KEY, () => {})).toBe(created);
    expect(store.update(applications, created)).toBe(created);
    expect(listener).not.toHaveBeenCalled();
  });

  it('delivers changes in order when a listener makes changes itself', () => {
    const store = newStore();
    const seen: string[] = [];
    store.watch(applications, {}, ({ type, object }) => {
      if (type === 'ADDED' && object.metadata.name === 'a') {
        store.create(applications, application('b'));
        store.remove(applications, KEY);
      }
    });
    store.watch(applications, {}, ({ type, object }) =>
      seen.push(`${type} ${object.metadata.name}`),
    );
    store.create(applications, application('a'));
    expect(seen).toEqual(['ADDED a', 'ADDED b', 'DELETED a']);
  });

  it('gives a watch that begins inside a delivery every change once', () => {
    const store = newStore();
    const seen: string[] = [];
    let started = false;
    store.watch(applications, {}, () => {
      if (started) return;
      started = true;
      store.create(applications, application('b'));
      store.watch(applications, {}, ({ object }) =>
        seen.push(object.metadata.name),
      );
    });
    store.create(applications, application('a'));
    store.create(applications, application('c'));
    expect(seen).toEqual(['a', 'b', 'c']);
  });

  it('keeps a writer safe from a listener that throws', () => {
    const errors: unknown[] = [];
    const store = new ObjectStore({
      onListenerError: error => errors.push(error),
    });
    store.watch(namespaces, {}, () => {
      throw new Error('broken');
    });
    const seen = jest.fn();
    store.watch(namespaces, {}, seen);
    store.create(namespaces, { metadata: { name: 'argocd' } });
    expect(seen).toHaveBeenCalledTimes(1);
    expect(errors).toEqual([new Error('broken')]);
  });

  it('expires versions that the history no longer holds', () => {
    const store = newStore(10);
    store.create(applications, application('a'));
    const start = store.resourceVersion;
    for (let step = 0; step < 30; step += 1) {
      store.mergePatch(applications, KEY, { spec: { step } });
    }
    expect(
      statusOf(() =>
        store.watch(applications, { resourceVersion: start }, () => {}),
      ),
    ).toMatchObject({ code: 410, reason: 'Expired' });
    expect(
      statusOf(() => store.list(applications, { resourceVersion: start })),
    ).toMatchObject({ code: 410, reason: 'Expired' });
    const seen: WatchEvent[] = [];
    store.watch(
      applications,
      { resourceVersion: store.resourceVersion - 5 },
      event => seen.push(event),
    );
    expect(seen.map(({ object }) => object.spec.step)).toEqual([
      25, 26, 27, 28, 29,
    ]);
  });

  it('expires the versions of a store that ran before it', () => {
    const earlier = new ObjectStore({
      clock: { now: () => clock.now() - 1000 },
    });
    earlier.create(namespaces, { metadata: { name: 'argocd' } });
    const later = newStore();
    expect(
      statusOf(() =>
        later.watch(
          namespaces,
          { resourceVersion: earlier.resourceVersion },
          () => {},
        ),
      ).code,
    ).toBe(410);
  });

  it('separates status from the rest where it is a subresource', () => {
    const store = newStore();
    const key = { namespace: 'argocd', name: 'set' };
    store.create(applicationSets, {
      metadata: key,
      spec: { generators: [] },
      status: { conditions: [] },
    });
    expect(store.get(applicationSets, key).status).toBeUndefined();
    const status = { conditions: [{ type: 'ErrorOccurred' }] };
    store.mergePatch(
      applicationSets,
      key,
      { status, spec: { goTemplate: true } },
      { status: true },
    );
    expect(store.get(applicationSets, key)).toMatchObject({
      metadata: { generation: 1 },
      spec: { generators: [] },
      status,
    });
    store.mergePatch(applicationSets, key, { status: null, spec: { x: 1 } });
    expect(store.get(applicationSets, key)).toMatchObject({
      metadata: { generation: 2 },
      status,
    });
  });

  it('folds stringData of Secrets into data on every write', () => {
    const store = newStore();
    const key = { namespace: 'argocd', name: 's' };
    store.create(secrets, { metadata: key, stringData: { name: 'one' } });
    const { data, stringData } = store.mergePatch(secrets, key, {
      stringData: { server: 'https://x' },
    });
    expect(data).toEqual({ name: 'b25l', server: 'aHR0cHM6Ly94' });
    expect(stringData).toBeUndefined();
  });

  it.each([
    ['no such object', 404, (s: ObjectStore) => s.get(applications, KEY)],
    [
      'no such namespace',
      404,
      (s: ObjectStore) =>
        s.create(applications, application('a', { namespace: 'nowhere' })),
    ],
    [
      'annotations over 256 KiB',
      422,
      (s: ObjectStore) =>
        s.create(
          applications,
          application('a', { annotations: { x: 'x'.repeat(262_144) } }),
        ),
    ],
    [
      'a selector that does not parse',
      400,
      (s: ObjectStore) => s.list(applications, { labelSelector: 'a in b' }),
    ],
  ])('raises a Status: %s', (_title, code, run) => {
    const store = newStore();
    const version = store.resourceVersion;
    expect(statusOf(() => run(store))).toMatchObject({
      status: 'Failure',
      code,
    });
    expect(store.resourceVersion).toBe(version);
  });
});

type Change =
  | { kind: 'create' | 'remove' | 'finish'; name: string; value?: string }
  | { kind: 'label'; name: string; value: string };

const names = fc.constantFrom('a', 'b', 'a-b', 'c', 'd.e');
const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constantFrom('create' as const, 'remove', 'finish'),
      name: names,
    }),
    fc.record({
      kind: fc.constant('label' as const),
      name: names,
      value: fc.constantFrom('prod', 'test'),
    }),
  ),
  { maxLength: 40 },
);

function apply(store: ObjectStore, change: Change): void {
  const key = { namespace: 'argocd', name: change.name };
  const object = store.find(applications, key);
  if (change.kind === 'create') {
    if (object) return;
    // Some are held by a finalizer when they are removed.
    const finalizers = change.name.length > 1 ? ['example.com/hold'] : [];
    store.create(applications, application(change.name, { finalizers }));
    return;
  }
  if (!object) return;
  if (change.kind === 'remove') store.remove(applications, key);
  else {
    store.mergePatch(applications, key, {
      metadata:
        change.kind === 'finish'
          ? { finalizers: null }
          : { labels: { environment: change.value } },
    });
  }
}

describe('ObjectStore, whatever happens', () => {
  it.each([undefined, 'environment=prod', '!environment'])(
    'a list and the changes after it make up the next list (selector %s)',
    labelSelector => {
      fc.assert(
        fc.property(changes, changes, (before, after) => {
          const store = newStore();
          before.forEach(change => apply(store, change));
          const list = store.list(applications, { labelSelector });
          const known = new Map<string, KubernetesObject>(
            list.items.map(item => [item.metadata.name, item]),
          );
          after.forEach(change => apply(store, change));
          let last = list.resourceVersion;
          store.watch(
            applications,
            { labelSelector, resourceVersion: list.resourceVersion },
            ({ type, object, resourceVersion }) => {
              const { name } = object.metadata;
              expect(known.has(name)).toBe(type !== 'ADDED');
              expect(object.metadata.resourceVersion).toBe(
                String(resourceVersion),
              );
              expect(resourceVersion).toBeGreaterThan(last);
              last = resourceVersion;
              if (type === 'DELETED') known.delete(name);
              else known.set(name, object);
            },
          );
          const now = store.list(applications, { labelSelector }).items;
          expect([...known.values()]).toEqual(expect.arrayContaining(now));
          expect(known.size).toBe(now.length);
        }),
      );
    },
  );

  it('pages at the version of the first page, whatever changes meanwhile', () => {
    fc.assert(
      fc.property(
        changes,
        changes,
        fc.integer({ min: 1, max: 4 }),
        (before, meanwhile, limit) => {
          const store = newStore();
          before.forEach(change => apply(store, change));
          const { items, resourceVersion } = store.list(applications);
          const paged: KubernetesObject[] = [];
          const pages: ObjectList[] = [];
          const pending = [...meanwhile];
          let startKey: string | undefined;
          do {
            const page = store.list(applications, {
              namespace: 'argocd',
              limit,
              startKey,
              resourceVersion,
            });
            pages.push(page);
            paged.push(...page.items);
            startKey = page.nextKey;
            pending.splice(0, 5).forEach(change => apply(store, change));
          } while (startKey !== undefined);
          const left = pages.map((_, index) =>
            Math.max(0, items.length - (index + 1) * limit),
          );
          expect(pages.map(page => page.remainingItemCount ?? 0)).toEqual(left);
          expect(paged).toEqual(items);
        },
      ),
    );
  });
});
