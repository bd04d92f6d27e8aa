import { startGarbageCollector } from './garbageCollector';
import { startNamespaceController } from './namespaceController';
import { ObjectStore } from './ObjectStore';
import {
  applicationSets,
  applications,
  namespaces,
  secrets,
} from './resources';
import type { KubernetesObject } from './types';

const SET = { namespace: 'argocd', name: 'services' };

function ownerReference(owner: KubernetesObject, kind = 'ApplicationSet') {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid!,
    controller: true,
  };
}

describe('garbage collector', () => {
  let store: ObjectStore;

  function names(): string[] {
    return store.list(applications).items.map(({ metadata }) => metadata.name);
  }

  function application(name: string, owners: any[], finalizers?: string[]) {
    return store.create(applications, {
      metadata: {
        name,
        namespace: 'argocd',
        ownerReferences: owners,
        finalizers,
      },
      spec: { project: 'default', destination: {} },
    });
  }

  beforeEach(() => {
    store = new ObjectStore();
    store.create(namespaces, { metadata: { name: 'argocd' } });
    const set = store.create(applicationSets, { metadata: SET, spec: {} });
    const other = store.create(applicationSets, {
      metadata: { namespace: 'argocd', name: 'other' },
      spec: {},
    });
    application('owned', [ownerReference(set)]);
    startGarbageCollector(store);
    application('held', [ownerReference(set)], ['example.com/hold']);
    application('shared', [ownerReference(set), ownerReference(other)]);
    application('foreign', [
      ownerReference(set),
      { ...ownerReference(set, 'Cluster'), uid: 'x' },
    ]);
    application('free', []);
  });

  it('deletes objects all of whose owners are gone', () => {
    store.remove(applicationSets, SET);
    expect(names()).toEqual(['foreign', 'free', 'held', 'shared']);
    const held = { namespace: 'argocd', name: 'held' };
    expect(
      store.get(applications, held).metadata.deletionTimestamp,
    ).toBeDefined();
    store.remove(applicationSets, { namespace: 'argocd', name: 'other' });
    expect(names()).toEqual(['foreign', 'free', 'held']);
  });

  it('lets the owner wait for its dependents in the foreground', () => {
    expect(
      store.remove(applicationSets, SET, { propagationPolicy: 'Foreground' })
        .removed,
    ).toBe(false);
    expect(names()).toEqual(['foreign', 'free', 'held', 'shared']);
    expect(store.find(applicationSets, SET)).toBeDefined();
    store.mergePatch(
      applications,
      { namespace: 'argocd', name: 'held' },
      { metadata: { finalizers: null } },
    );
    expect(names()).toEqual(['foreign', 'free', 'shared']);
    expect(store.find(applicationSets, SET)).toBeUndefined();
  });

  it('sets dependents free when they are orphaned', () => {
    store.remove(applicationSets, SET, { propagationPolicy: 'Orphan' });
    expect(store.find(applicationSets, SET)).toBeUndefined();
    expect(names()).toEqual(['foreign', 'free', 'held', 'owned', 'shared']);
    expect(
      store.get(applications, { namespace: 'argocd', name: 'owned' }).metadata
        .ownerReferences,
    ).toBeUndefined();
  });
});

describe('namespace controller', () => {
  it('empties a namespace that is deleted', () => {
    const store = new ObjectStore();
    startNamespaceController(store);
    for (const name of ['argocd', 'other']) {
      store.create(namespaces, { metadata: { name } });
      store.create(secrets, { metadata: { name: 's', namespace: name } });
    }
    store.remove(namespaces, { name: 'argocd' });
    expect(
      store.list(secrets).items.map(({ metadata }) => metadata.namespace),
    ).toEqual(['other']);
  });
});
