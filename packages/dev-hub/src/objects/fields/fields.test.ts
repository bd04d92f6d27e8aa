import { applications, namespaces, secrets } from '../resources';
import { ObjectStore } from '../ObjectStore';
import { strategicMergePatch } from './strategicMerge';

const key = { name: 'shop', namespace: 'argocd' };
const FINALIZER = 'resources-finalizer.argocd.argoproj.io';

function object(metadata: object, spec: object = {}): any {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { ...key, ...metadata },
    spec: {
      project: 'default',
      destination: { name: 'spoke-a' },
      source: { repoURL: 'http://git.example/x', path: 'x' },
      ...spec,
    },
  };
}

/** Only what a manager cares for, as a partial object. */
function part(fields: object): any {
  const { spec: _spec, ...rest } = object({});
  return {
    ...rest,
    ...fields,
    metadata: { ...key, ...(fields as any).metadata },
  };
}

describe('server-side apply', () => {
  let store: ObjectStore;
  beforeEach(() => {
    store = new ObjectStore();
    store.create(namespaces, { metadata: { name: 'argocd' } });
  });
  const apply = (fieldManager: string, applied: any, force = false) =>
    store.apply(applications, applied, { fieldManager, force }).object as any;
  const owners = () =>
    Object.fromEntries(
      (store.get(applications, key) as any).metadata.managedFields?.map(
        ({ manager, operation, fieldsV1 }: any) => [
          `${operation} ${manager}`,
          fieldsV1,
        ],
      ) ?? [],
    );

  it('keeps what other managers own of a list with keys, and of a set', () => {
    apply('a', object({ finalizers: [FINALIZER] }));
    apply('b', part({ metadata: { finalizers: ['example.com/b'] } }));
    expect(store.get(applications, key).metadata.finalizers).toEqual([
      FINALIZER,
      'example.com/b',
    ]);
    expect(owners()['Apply b']).toEqual({
      'f:metadata': { 'f:finalizers': { 'v:"example.com/b"': {} } },
    });
    apply('b', part({}));
    expect(store.get(applications, key).metadata.finalizers).toEqual([
      FINALIZER,
    ]);
    expect(Object.keys(owners())).toEqual(['Apply a']);
  });

  it('takes a list without keys as one value', () => {
    apply('a', object({}, { ignoreDifferences: [{ kind: 'A' }] }));
    expect(() =>
      apply('b', part({ spec: { ignoreDifferences: [{ kind: 'B' }] } })),
    ).toThrow(
      'Apply failed with 1 conflict: conflict with "a": .spec.ignoreDifferences',
    );
    // The same value is no conflict: both own it then.
    apply('b', part({ spec: { ignoreDifferences: [{ kind: 'A' }] } }));
    apply('a', object({}));
    expect(
      (store.get(applications, key) as any).spec.ignoreDifferences,
    ).toEqual([{ kind: 'A' }]);
  });

  it('removes a record with its last field', () => {
    apply('a', object({ labels: { env: 'prod' } }));
    const { metadata } = apply('a', object({}));
    expect(metadata.labels).toBeUndefined();
  });

  it('gives fields that an update changes to who updates', () => {
    apply('a', object({ labels: { env: 'prod', tier: 'x' } }));
    store.mergePatch(
      applications,
      key,
      { metadata: { labels: { env: 'test', tier: null } } },
      { fieldManager: 'kubectl-edit' },
    );
    expect(owners()['Update kubectl-edit']).toEqual({
      'f:metadata': { 'f:labels': { 'f:env': {} } },
    });
    expect(owners()['Apply a']['f:metadata']).toBeUndefined();
    expect(() => apply('a', object({ labels: { env: 'prod' } }))).toThrow(
      /^Apply failed with 1 conflict: conflict with "kubectl-edit" using argoproj.io\/v1alpha1 at .*Z: \.metadata\.labels\.env$/,
    );
    apply('a', object({ labels: { env: 'prod' } }), true);
    expect(owners()['Update kubectl-edit']).toBeUndefined();
  });

  it('has an owner for what was there before the first apply', () => {
    store.create(applications, object({ labels: { env: 'prod' } }));
    expect(owners()).toEqual({});
    expect(() =>
      apply('a', part({ metadata: { labels: { env: 'x' } } })),
    ).toThrow('conflict with "before-first-apply"');
    apply('a', part({ metadata: { labels: { tier: 'x' } } }));
    expect(Object.keys(owners())).toEqual([
      'Apply a',
      'Update before-first-apply',
    ]);
  });

  it('writes nothing when it changes nothing', () => {
    const first = apply('a', object({ labels: { env: 'prod' } }));
    expect(apply('a', object({ labels: { env: 'prod' } }))).toBe(first);
  });

  it('stores nothing in a dry run', () => {
    const options = { fieldManager: 'a', force: false, dryRun: true };
    store.apply(applications, object({}), options);
    expect(store.find(applications, key)).toBeUndefined();
  });

  it('applies to built-in kinds', () => {
    const secret: any = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', namespace: 'argocd' },
      stringData: { name: 'x' },
    };
    const { created } = store.apply(secrets, secret, {
      fieldManager: 'a',
      force: false,
    });
    expect(created).toBe(true);
    expect(store.get(secrets, { name: 's', namespace: 'argocd' }).data).toEqual(
      { name: 'eA==' },
    );
  });
});

describe('strategicMergePatch', () => {
  const owner = (uid: string, extra: object = {}) => ({
    uid,
    kind: 'X',
    ...extra,
  });
  const metadata = {
    finalizers: ['a', 'b'],
    ownerReferences: [owner('1'), owner('2')],
    labels: { env: 'prod', tier: 'x' },
  };

  it.each([
    [
      'adds to a set',
      { finalizers: ['b', 'c'] },
      { finalizers: ['a', 'b', 'c'] },
    ],
    [
      'takes from a set',
      { '$deleteFromPrimitiveList/finalizers': ['a'] },
      { finalizers: ['b'] },
    ],
    [
      'orders a set',
      { '$setElementOrder/finalizers': ['c', 'b', 'a'], finalizers: ['c'] },
      { finalizers: ['c', 'b', 'a'] },
    ],
    [
      'merges items by their key',
      { ownerReferences: [{ uid: '2', controller: true }, owner('3')] },
      {
        ownerReferences: [
          owner('1'),
          owner('2', { controller: true }),
          owner('3'),
        ],
      },
    ],
    [
      'deletes an item',
      { ownerReferences: [{ $patch: 'delete', uid: '1' }] },
      { ownerReferences: [owner('2')] },
    ],
    [
      'replaces a list',
      { ownerReferences: [{ $patch: 'replace' }, owner('9')] },
      { ownerReferences: [owner('9')] },
    ],
    ['removes by null', { labels: { env: null } }, { labels: { tier: 'x' } }],
    [
      'replaces a record',
      { labels: { $patch: 'replace', env: 'test' } },
      { labels: { env: 'test' } },
    ],
    [
      'keeps the keys that are named',
      { labels: { $retainKeys: ['env'], env: 'test' } },
      { labels: { env: 'test' } },
    ],
  ])('%s', (_what, patch, changed) => {
    expect(strategicMergePatch({ metadata }, { metadata: patch })).toEqual({
      metadata: { ...metadata, ...changed },
    });
  });

  it('refuses an item without its key, and an unknown directive', () => {
    const patch = (inside: object) => () =>
      strategicMergePatch({ metadata }, { metadata: inside });
    expect(patch({ ownerReferences: [{ kind: 'X' }] })).toThrow(
      'does not contain declared merge key: uid',
    );
    expect(patch({ labels: { $patch: 'bend' } })).toThrow(
      'Unknown patch type found: bend',
    );
  });
});
