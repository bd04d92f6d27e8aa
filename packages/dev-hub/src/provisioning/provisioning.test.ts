import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { customResourceDefinitions } from '../objects';
import { FAIL_ANNOTATION } from './outcome';
import { Platform } from './testing/platform';

// Name of the example's cluster → what tells that such a cluster is ready.
const CLAIMS: Array<[string, string, string]> = [
  ['Cluster API cluster', 'spoke-ap-south-1-staging', 'Available'],
  ['Crossplane v2 composite', 'spoke-eu-west-1-staging', 'Ready'],
  ['Crossplane claim', 'spoke-eu-west-1-prod', 'Ready'],
  ['KRO instance', 'spoke-us-east-1-staging', 'Ready'],
];

describe('provisioning', () => {
  let platform: Platform;

  beforeEach(async () => {
    platform = await Platform.create();
  });

  afterEach(() => platform.close());

  function annotate(
    object: KubernetesObject,
    annotations: Record<string, string>,
  ): KubernetesObject {
    return {
      ...object,
      metadata: {
        ...object.metadata,
        annotations: { ...object.metadata.annotations, ...annotations },
      },
    };
  }

  describe.each(CLAIMS)('a %s', (_name, example, ready) => {
    let claim: KubernetesObject;

    beforeEach(() => {
      claim = platform.claim(example, 'spoke-new');
    });

    it('becomes a cluster that is registered and can be reached', async () => {
      platform.apply(claim);
      const seen = await platform.watch(
        30,
        () => platform.condition(claim, ready).split('/')[0],
      );
      expect(seen).toContain('False');
      expect(seen[seen.length - 1]).toBe('True');
      expect(platform.isReachable('spoke-new')).toBe(true);
      const [secret] = platform.clusterSecrets();
      expect(Buffer.from(secret.data!.server, 'base64').toString()).toBe(
        'https://spoke-new.clusters.example:6443',
      );
    });

    it('cannot be reached before it is ready', async () => {
      platform.apply(claim);
      await platform.pass(2);
      expect(platform.condition(claim, ready)).toMatch(/^False/);
      expect(platform.isReachable('spoke-new')).toBe(false);
      expect(platform.clusterSecrets()).toEqual([]);
    });

    it('tells why it fails, and goes on when the reason is gone', async () => {
      platform.apply(annotate(claim, { [FAIL_ANNOTATION]: 'no quota left' }));
      await platform.pass(30);
      expect(platform.condition(claim, ready)).not.toMatch(/^True/);
      expect(JSON.stringify(platform.live(claim).status)).toContain(
        'no quota left',
      );
      expect(platform.isReachable('spoke-new')).toBe(false);

      platform.apply(claim);
      await platform.pass(30);
      expect(platform.condition(claim, ready)).toMatch(/^True/);
    });

    it('is torn down with everything that was made for it', async () => {
      const before = new Set(objects(platform));
      platform.apply(claim);
      await platform.pass(30);
      platform.hub.remove({
        group: claim.apiVersion!.split('/')[0],
        version: claim.apiVersion!.split('/')[1],
        kind: claim.kind!,
        namespace: claim.metadata.namespace!,
        name: claim.metadata.name,
      });
      await platform.pass(0.5);
      expect(platform.live(claim).metadata.deletionTimestamp).toBeDefined();
      await platform.pass(30);
      expect(platform.live(claim)).toBeUndefined();
      expect(platform.isReachable('spoke-new')).toBe(false);
      expect(objects(platform).filter(name => !before.has(name))).toEqual([]);
    });
  });

  it('completes the Secret that Git has for a cluster, and leaves it to Git', async () => {
    const claim = platform.claim('spoke-eu-west-1-prod', 'spoke-new');
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'spoke-new',
        namespace: 'argocd',
        labels: {
          'argocd.argoproj.io/secret-type': 'cluster',
          environment: 'prod',
        },
      },
      stringData: { name: 'spoke-new' },
    };
    platform.apply(secret);
    platform.apply(claim);
    await platform.pass(30);
    expect(platform.clusterSecrets()).toMatchObject([
      {
        metadata: { name: 'spoke-new', labels: { environment: 'prod' } },
        data: {
          server: Buffer.from(
            'https://spoke-new.clusters.example:6443',
          ).toString('base64'),
        },
      },
    ]);
  });

  describe('Cluster API', () => {
    const workers = {
      group: 'cluster.x-k8s.io',
      version: 'v1beta2',
      kind: 'MachineDeployment',
      namespace: 'clusters',
      name: 'spoke-new-general',
    };

    async function readyCluster() {
      const claim = platform.claim('spoke-ap-south-1-staging', 'spoke-new');
      platform.apply(claim);
      await platform.pass(30);
      return claim;
    }

    it('goes through its phases in the order of the controllers', async () => {
      const claim = platform.claim('spoke-ap-south-1-staging', 'spoke-new');
      platform.apply(claim);
      const phases = await platform.watch(30, () => {
        const {
          phase,
          initialization = {},
          workers: own = {},
        } = platform.live(claim).status ?? {};
        return `${phase} ${initialization.infrastructureProvisioned} ${initialization.controlPlaneInitialized} ${own.availableReplicas}`;
      });
      expect(phases).toEqual([
        'undefined undefined undefined undefined',
        'Pending false false undefined',
        'Provisioning false false 0',
        'Provisioned true false 0',
        'Provisioned true true 0',
        'Provisioned true true 1',
        'Provisioned true true 2',
      ]);
    });

    it('upgrades the control plane first and then each machine', async () => {
      const claim = await readyCluster();
      const upgraded = structuredClone(claim) as any;
      upgraded.spec.topology.version = 'v1.35.0';
      platform.apply(upgraded);
      const seen = await platform.watch(20, () => {
        const { controlPlane } = platform.live(claim).status!;
        const { spec, status } = platform.hub.get(workers) as any;
        return `${controlPlane.versions} ${spec.template.spec.version} ${status.upToDateReplicas}`;
      });
      expect(seen).toEqual([
        'v1.34.1 v1.34.1 2',
        'v1.35.0 v1.34.1 2',
        'v1.35.0 v1.35.0 2',
        'v1.35.0 v1.35.0 0',
        'v1.35.0 v1.35.0 1',
        'v1.35.0 v1.35.0 2',
      ]);
      expect(platform.condition(claim, 'Available')).toMatch(/^True/);
    });

    it('scales, and does nothing while it is paused', async () => {
      const claim = await readyCluster();
      const scaled = structuredClone(claim) as any;
      scaled.spec.topology.workers.machineDeployments[0].replicas = 4;
      scaled.spec.paused = true;
      platform.apply(scaled);
      await platform.pass(10);
      expect(platform.condition(claim, 'Paused')).toBe('True/Paused');
      expect(platform.live(claim).status!.workers.replicas).toBe(2);

      delete scaled.spec.paused;
      platform.apply(scaled);
      await platform.pass(10);
      expect(platform.live(claim).status!.workers.availableReplicas).toBe(4);
    });

    it('tells the same in v1beta1 as that version has it', async () => {
      const claim = await readyCluster();
      const old = platform.live({
        ...claim,
        apiVersion: 'cluster.x-k8s.io/v1beta1',
      }) as any;
      expect(old.spec.topology.class).toBe('eks-standard');
      expect(old.spec.topology.classRef).toBeUndefined();
      expect(old.status).toMatchObject({
        phase: 'Provisioned',
        infrastructureReady: true,
        controlPlaneReady: true,
      });
      expect(old.status.conditions).toContainEqual(
        expect.objectContaining({ type: 'Ready', status: 'True' }),
      );
      expect(old.status.v1beta2.conditions).toContainEqual(
        expect.objectContaining({ type: 'Available', status: 'True' }),
      );
    });

    it('has a phase Failed in v1beta1 only', async () => {
      const claim = annotate(
        platform.claim('spoke-ap-south-1-staging', 'spoke-new'),
        { [FAIL_ANNOTATION]: 'no quota left' },
      );
      platform.apply(claim);
      await platform.pass(10);
      expect(platform.live(claim).status!.phase).toBe('Pending');
      expect(platform.condition(claim, 'TopologyReconciled')).toBe(
        'False/ReconcileFailed',
      );
      const old = platform.live({
        ...claim,
        apiVersion: 'cluster.x-k8s.io/v1beta1',
      }) as any;
      expect(old.status).toMatchObject({
        phase: 'Failed',
        failureMessage: 'no quota left',
      });
      expect(old.status.conditions).toContainEqual(
        expect.objectContaining({
          type: 'Ready',
          status: 'False',
          severity: 'Error',
        }),
      );
    });
  });

  it.each([
    [
      'crossplane.io/paused',
      'true',
      'spoke-eu-west-1-prod',
      'Synced',
      'False/ReconcilePaused',
    ],
    [
      'crossplane.io/paused',
      'true',
      'spoke-eu-west-1-staging',
      'Synced',
      'False/ReconcilePaused',
    ],
    [
      'kro.run/reconcile',
      'suspended',
      'spoke-us-east-1-staging',
      'Ready',
      'False/ReconciliationSuspended',
    ],
  ])('%s: %s stops %s', async (annotation, value, example, type, condition) => {
    const claim = platform.claim(example, 'spoke-new');
    platform.apply(claim);
    await platform.pass(30);
    platform.apply(annotate(claim, { [annotation]: value }));
    await platform.pass(5);
    expect(platform.condition(claim, type)).toBe(condition);
  });

  it('hands a changed claim on to its composite, which stays ready', async () => {
    const claim = platform.claim('spoke-eu-west-1-prod', 'spoke-new') as any;
    platform.apply(claim);
    await platform.pass(30);
    const { resourceRef } = platform.live(claim).spec as any;
    const before = claim.spec.parameters.kubernetesVersion;
    claim.spec.parameters.kubernetesVersion = '1.34';
    platform.apply(claim);
    const seen = await platform.watch(10, () =>
      [
        platform.condition(claim, 'Ready'),
        platform.live(claim).status?.kubernetesVersion,
      ].join(' '),
    );
    // Ready all the time; what runs follows what was asked for.
    expect(seen).toEqual([`True/Available ${before}`, 'True/Available 1.34']);
    expect(
      platform.live({ ...resourceRef, metadata: { name: resourceRef.name } })
        .spec,
    ).toMatchObject({
      parameters: { kubernetesVersion: '1.34' },
      claimRef: { name: 'spoke-new' },
    });
  });

  it('has an instance of KRO that is not ready before the cloud has what it asks for', async () => {
    const claim = platform.claim('spoke-us-east-1-staging', 'spoke-new') as any;
    platform.apply(claim);
    await platform.pass(30);
    claim.spec.version = '1.35';
    platform.apply(claim);
    const seen = await platform.watch(10, () => {
      const { metadata, status } = platform.live(claim);
      const { observedGeneration } = status!.conditions[0];
      return [
        platform.condition(claim, 'Ready'),
        observedGeneration === metadata.generation ? 'now' : 'before',
      ].join(' ');
    });
    expect(seen).toEqual([
      'True/Ready before',
      'False/ResourcesNotReady now',
      'True/Ready now',
    ]);
  });

  it('refuses claims that their schema does not allow', () => {
    const claim = platform.claim('spoke-eu-west-1-prod', 'spoke-new') as any;
    claim.spec.parameters.nodes.count = 0;
    delete claim.spec.parameters.region;
    expect(() => platform.apply(claim)).toThrow(
      /spec\.parameters\.region: Required value.*spec\.parameters\.nodes\.count in body should be greater than or equal to 1/s,
    );
  });

  it('serves the kinds of a definition as long as that exists', async () => {
    const xrd = {
      group: 'apiextensions.crossplane.io',
      version: 'v1',
      kind: 'CompositeResourceDefinition',
      namespace: '',
      name: 'xeksclusters.platform.acme.example',
    };
    expect(
      platform.store.findKind('platform.acme.example', 'EKSCluster'),
    ).toBeDefined();
    expect(platform.store.findKind('kro.run', 'EksCluster')).toBeDefined();
    platform.hub.remove(xrd);
    await platform.pass(1);
    expect(
      platform.store.findKind('platform.acme.example', 'EKSCluster'),
    ).toBeUndefined();
    expect(
      platform.store.findKind('platform.acme.example', 'XEKSCluster'),
    ).toBeUndefined();
    expect(
      platform.store
        .list(customResourceDefinitions)
        .items.map(({ metadata }) => metadata.name),
    ).not.toContain('eksclusters.platform.acme.example');
  });
});

/** Everything that there is, as kind and name. */
function objects({ store }: Platform): string[] {
  return store
    .resources()
    .flatMap(resource =>
      store
        .list(resource)
        .items.map(({ metadata }) => `${resource.kind} ${metadata.name}`),
    );
}
