import {
  checkClaim,
  type ProvisionerKind,
} from '@backstage-fleet/plugin-fleet-gitops';
import { runProvisioning } from '../__testUtils__/runProvisioning';
import type { SourceRun } from '../__testUtils__/runSource';
import { ScriptedCluster } from '../__testUtils__/scriptedCluster';
import { status } from '../__testUtils__/scriptedHub';
import { VirtualClock } from '../__testUtils__/virtualClock';
import type { ClusterKinds } from './provisioningKinds';

const CAPI = '/apis/cluster.x-k8s.io/v1beta2';
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const XRDS =
  '/apis/apiextensions.crossplane.io/v1/compositeresourcedefinitions';
const RGDS = '/apis/kro.run/v1alpha1/resourcegraphdefinitions';

const text = (description: string) => ({ type: 'string', description });

const xrd = {
  metadata: { name: 'eksclusters.platform.example.org' },
  spec: {
    group: 'platform.example.org',
    names: { kind: 'EksCluster', plural: 'eksclusters' },
    scope: 'Namespaced',
    versions: [
      { name: 'v1alpha1', served: false, referenceable: false },
      {
        name: 'v1',
        served: true,
        referenceable: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                description: 'What people want. '.repeat(1_000),
                properties: {
                  region: { ...text('Where'), enum: ['eu', 'us'] },
                  // A field of this name is no description.
                  description: text('What it is for'),
                },
                required: ['region'],
              },
            },
          },
        },
      },
    ],
  },
};

const otherXrd = {
  metadata: { name: 'databases.platform.example.org' },
  spec: {
    ...xrd.spec,
    names: { kind: 'Database', plural: 'databases' },
  },
};

const rgd = {
  metadata: { name: 'gkecluster' },
  spec: {
    schema: {
      apiVersion: 'v1alpha1',
      kind: 'GkeCluster',
      spec: { nodes: 'integer | minimum=1' },
    },
    resources: [{ id: 'cluster', template: { secret: 'template' } }],
  },
};

const crd = {
  metadata: { name: 'clusters.cluster.x-k8s.io' },
  spec: {
    group: 'cluster.x-k8s.io',
    scope: 'Namespaced',
    names: { kind: 'Cluster', plural: 'clusters' },
    versions: [
      {
        name: 'v1beta2',
        served: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                properties: {
                  topology: {
                    type: 'object',
                    'x-kubernetes-preserve-unknown-fields': true,
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
};

const clusterClass = {
  metadata: { name: 'aws', namespace: 'fleet' },
  spec: {
    infrastructure: { templateRef: { name: 'huge' } },
    variables: [
      {
        name: 'zone',
        required: true,
        schema: { openAPIV3Schema: text('Where') },
      },
    ],
    workers: { machineDeployments: [{ class: 'small', template: {} }] },
  },
};

const repository = { url: 'https://git', sha: 'a', files: new Map() };

describe('definitions of a hub', () => {
  let clock: VirtualClock;
  let hub: ScriptedCluster;
  let run: SourceRun;

  async function start(clusterKinds?: ClusterKinds) {
    run = await runProvisioning(hub, clock, clusterKinds);
  }

  const definitions = () => run.copy.of('Definition');
  const state = () => run.copy.states.get('Definition');
  const check = (kind: ProvisionerKind, claim: any) =>
    checkClaim(claim, kind, repository, [...definitions().values()]);

  beforeEach(() => {
    clock = new VirtualClock();
    hub = new ScriptedCluster(clock);
  });

  afterEach(() => run.stop());

  it('say what a Crossplane claim may be, without what is written for people', async () => {
    hub.lists.set(XRDS, { kind: '', items: [xrd, otherXrd] });
    await start();
    expect(state()?.status).toBe('live');
    expect([...definitions().keys()].sort()).toEqual([
      'CompositeResourceDefinition/databases.platform.example.org',
      'CompositeResourceDefinition/eksclusters.platform.example.org',
    ]);
    expect(JSON.stringify([...definitions().values()]).length).toBeLessThan(
      1_600,
    );

    const claim = (spec: object) => ({
      apiVersion: 'platform.example.org/v1',
      kind: 'EksCluster',
      metadata: { name: 'a', namespace: 'fleet' },
      spec,
    });
    expect(
      check('crossplane-xr', claim({ region: 'eu', description: 'Shop' })),
    ).toEqual({
      violations: [],
      checkedAgainst:
        'the hub’s CompositeResourceDefinition eksclusters.platform.example.org',
      notChecked: [],
    });
    const { violations } = check('crossplane-xr', claim({ region: 'mars' }));
    expect(violations.map(({ path }) => path.join('.'))).toEqual([
      'spec.region',
    ]);
  });

  it('say what a claim may be whose kind is not called a cluster', async () => {
    hub.lists.set(XRDS, { kind: '', items: [otherXrd] });
    await start();
    const claim = {
      apiVersion: 'platform.example.org/v1',
      kind: 'Database',
      metadata: { name: 'a', namespace: 'fleet' },
      spec: { region: 'mars' },
    };
    const { checkedAgainst, violations } = check('crossplane-xr', claim);
    expect(checkedAgainst).toBe(
      'the hub’s CompositeResourceDefinition databases.platform.example.org',
    );
    expect(violations.map(({ field }) => field)).toEqual(['spec.region']);
  });

  it('say what an instance of KRO may be, without what is made of it', async () => {
    hub.lists.set(RGDS, { kind: '', items: [rgd] });
    await start();
    expect(JSON.stringify([...definitions().values()])).not.toContain(
      'template',
    );
    const claim = (nodes: number) => ({
      apiVersion: 'kro.run/v1alpha1',
      kind: 'GkeCluster',
      metadata: { name: 'a', namespace: 'fleet' },
      spec: { nodes },
    });
    expect(check('kro', claim(3))).toMatchObject({
      violations: [],
      checkedAgainst: 'the hub’s ResourceGraphDefinition gkecluster',
    });
    expect(check('kro', claim(0)).violations).toHaveLength(1);
  });

  it('say what a Cluster of Cluster API may be, by its CRD and its class', async () => {
    hub.lists.set(CRDS, {
      kind: '',
      items: [crd, { ...crd, metadata: { name: 'secrets.example.org' } }],
    });
    hub.lists.set(`${CAPI}/clusters`, { kind: 'Cluster', items: [] });
    hub.lists.set(`${CAPI}/clusterclasses`, {
      kind: 'ClusterClass',
      items: [clusterClass],
    });
    await start();
    expect([...definitions().keys()].sort()).toEqual([
      'ClusterClass/aws',
      'CustomResourceDefinition/clusters.cluster.x-k8s.io',
    ]);
    const claim = (variables: object[]) => ({
      apiVersion: 'cluster.x-k8s.io/v1beta2',
      kind: 'Cluster',
      metadata: { name: 'a', namespace: 'fleet' },
      spec: {
        topology: {
          classRef: { name: 'aws' },
          version: 'v1.33.4',
          variables,
          workers: { machineDeployments: [{ name: 'a', class: 'small' }] },
        },
      },
    });
    expect(check('cluster-api', claim([{ name: 'zone', value: 'a' }]))).toEqual(
      {
        violations: [],
        checkedAgainst:
          'the hub’s CustomResourceDefinition clusters.cluster.x-k8s.io',
        notChecked: [],
      },
    );
    expect(check('cluster-api', claim([])).violations).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('lacks `zone`'),
      }),
    ]);
  });

  it('are asked for by name, and the rule that would allow it has this name', async () => {
    hub.lists.set(CRDS, { kind: '', items: [crd] });
    hub.lists.set(`${CAPI}/clusters`, { kind: 'Cluster', items: [] });
    hub.fault = path => (path === CRDS ? status(403, 'forbidden') : undefined);
    await start();
    expect(state()).toMatchObject({
      status: 'unauthorized',
      message: expect.stringContaining(
        '{apiGroups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], resourceNames: ["clusters.cluster.x-k8s.io"], verbs: ["list", "watch"]}',
      ),
    });
    // Without it a Cluster is checked by what is built in.
    expect(definitions().size).toBe(0);
  });

  it('change and go as they do on the hub, and are not told of where there are none', async () => {
    await start();
    expect(state()).toBeUndefined();
    hub.lists.set(XRDS, { kind: '', items: [] });
    await clock.advance(40_000);
    expect(state()?.status).toBe('live');

    const tell = async (type: string, rest: object = {}) => {
      const metadata = { ...xrd.metadata, resourceVersion: '8' };
      hub.watches.get(XRDS)!.event(type, {
        ...xrd,
        ...rest,
        apiVersion: 'apiextensions.crossplane.io/v1',
        kind: 'CompositeResourceDefinition',
        metadata,
      });
      await clock.advance(0);
    };
    await tell('ADDED');
    expect(definitions().size).toBe(1);
    await tell('MODIFIED', { spec: { ...xrd.spec, scope: 'Cluster' } });
    expect([...definitions().values()][0].spec.scope).toBe('Cluster');
    await tell('DELETED');
    expect(definitions().size).toBe(0);
  });
});
