import type {
  ClaimPart,
  Deployment,
} from '@backstage-fleet/plugin-fleet-common';
import type { ChangeRecord, ObservedCluster } from '../types';
import { nextProgress } from './nextProgress';
import { FAILED_FOR_MS, UPGRADED_FOR_MS } from './upgradeProgress';

const MERGED_AT = new Date('2026-03-01T12:00:00Z');
const after = (milliseconds: number) =>
  new Date(MERGED_AT.getTime() + milliseconds);

const upgrade = (more: Partial<ChangeRecord> = {}): ChangeRecord =>
  ({
    intent: {
      kind: 'cluster.upgrade',
      parameters: { clusters: ['eu'], kubernetesVersion: 'v1.34.1' },
    },
    state: 'merged',
    step: 'follow',
    commit: { sha: 'c'.repeat(40), date: MERGED_AT },
    updatedAt: MERGED_AT,
    plan: { evaluable: true, applications: [] },
    ...more,
  } as ChangeRecord);

const inWaves = () =>
  upgrade({
    stages: ['eu', 'us'].map((cluster, index) => ({
      id: `wave-${index + 1}`,
      title: `Wave ${index + 1}`,
      waitFor: 'healthy' as const,
      clusters: [cluster],
    })),
    stage: 0,
  });

type Provisioning = NonNullable<ObservedCluster['provisioning']>;

const claim = (more: Partial<Provisioning> = {}): ObservedCluster => ({
  registered: true,
  provisioning: { state: 'ready', version: 'v1.34.1', ...more },
});

const part = (more: Partial<ClaimPart>): ClaimPart => ({
  kind: 'KubeadmControlPlane',
  name: 'eu-cp',
  role: 'control-plane',
  ready: 3,
  desired: 3,
  ...more,
});

const service = (more: Partial<Deployment>) =>
  ({ name: 'payments-eu', health: 'Healthy', ...more } as Deployment);

const next = (
  change: ChangeRecord,
  observed: ObservedCluster | undefined,
  { now = after(1000), services = [] as Deployment[], live = true } = {},
) =>
  nextProgress(
    change,
    {
      live,
      deployment: () => undefined,
      cluster: () => observed,
      deploymentsOn: () => services,
    },
    now,
  );

const UNDER_WAY = 'Being upgraded to Kubernetes v1.34.1: eu ';

describe('progress of an upgrade', () => {
  it.each<[string, ObservedCluster, string | undefined]>([
    ['asks for the old version', claim({ version: 'v1.33.4' }), undefined],
    [
      'is at work',
      claim({ state: 'provisioning', message: '1 of 3 nodes ready' }),
      `${UNDER_WAY}(1 of 3 nodes ready)`,
    ],
    [
      'is ready, and its control plane is old',
      claim({ parts: [part({ version: 'v1.33.4' })] }),
      `${UNDER_WAY}(KubeadmControlPlane eu-cp has v1.33.4)`,
    ],
    [
      'is ready, and its workers are being replaced',
      claim({
        parts: [
          part({ version: 'v1.34.1' }),
          part({
            kind: 'MachineDeployment',
            name: 'md-0',
            role: 'workers',
            version: 'v1.34.1',
            upToDate: 1,
          }),
        ],
      }),
      `${UNDER_WAY}(1 of 3 machines of md-0 are up to date)`,
    ],
    [
      'is ready, and its status says the old version',
      claim({ version: '1.34', running: '1.33' }),
      `${UNDER_WAY}(it runs 1.33)`,
    ],
    [
      'is ready, and Argo CD says the old version',
      { ...claim(), serverVersion: 'v1.33' },
      `${UNDER_WAY}(Argo CD says that it runs v1.33; if that is out of date, invalidate the cluster's cache in Argo CD)`,
    ],
    [
      'has failed just now',
      claim({ state: 'failed', message: 'Cannot be reached' }),
      `${UNDER_WAY}(Cannot be reached)`,
    ],
  ])('waits while its claim %s', (_, observed, message) => {
    const progress = next(upgrade(), observed);
    expect(progress?.entry.message).toBe(message);
    expect(progress?.patch.state).toBe(message && 'provisioning');
    // Said once.
    expect(next(upgrade({ state: 'provisioning' }), observed)).toBeUndefined();
    expect(
      next(inWaves(), observed, {
        live: false,
        now: after(UPGRADED_FOR_MS * 2),
      }),
    ).toBeUndefined();
  });

  it.each<[string, ObservedCluster]>([
    ['nothing says more than the claim', claim()],
    ['its status says so', claim({ running: '1.34' })],
    // What Argo CD was told may be hours old.
    [
      'its control plane says so, whatever Argo CD says',
      {
        ...claim({ parts: [part({ version: 'v1.34.1' })] }),
        serverVersion: '1.33',
      },
    ],
    [
      'only Argo CD knows it',
      { registered: true, serverVersion: 'v1.34.1-eks-1' },
    ],
  ])('is over where the cluster runs the version: %s', (_, observed) => {
    expect(next(upgrade({ state: 'provisioning' }), observed)).toMatchObject({
      patch: { state: 'healthy', step: 'done' },
      entry: {
        message: 'eu runs the version, and what is deployed there is healthy',
      },
    });
    expect(next(inWaves(), observed)).toMatchObject({
      patch: { state: 'planned', step: 'write', stage: 1 },
    });
  });

  it.each<[string, Partial<Deployment>, boolean]>([
    ['starts again', { health: 'Progressing' }, true],
    ['is broken by it', { health: 'Degraded', healthSince: after(1) }, true],
    [
      'was broken before',
      { health: 'Degraded', healthSince: after(-1) },
      false,
    ],
    ['is suspended', { health: 'Suspended' }, false],
    ['is being deleted', { health: 'Missing', deleting: true }, false],
  ])('waits for a service that %s: %#', (_, deployment, waits) => {
    const progress = next(inWaves(), claim(), {
      services: [service(deployment)],
    });
    expect(progress === undefined).toBe(waits);
  });

  it('fails where a claim stays failed, and writes no other wave', () => {
    const broken = claim({ state: 'failed', message: 'quota exceeded' });
    expect(
      next(inWaves(), broken, { now: after(FAILED_FOR_MS + 1) }),
    ).toMatchObject({
      patch: {
        state: 'failed',
        step: 'done',
        error: 'Could not be upgraded: eu: quota exceeded',
      },
    });
    // Failed anew since.
    const since = after(FAILED_FOR_MS);
    expect(
      next(
        upgrade({ state: 'provisioning' }),
        claim({ state: 'failed', since }),
        { now: after(FAILED_FOR_MS + 1) },
      ),
    ).toBeUndefined();
  });

  it('is given up after hours, and says what is left', () => {
    const old = claim({ version: 'v1.33.4' });
    expect(
      next(upgrade(), old, { now: after(UPGRADED_FOR_MS + 1) })?.patch.error,
    ).toBe(
      'After 720 minutes still not upgraded: eu (its claim on the hub asks for v1.33.4)',
    );
  });

  it('says that it is not followed where nothing tells of the cluster, and then writes no other wave', () => {
    const options = { now: after(60_001) };
    expect(next(upgrade(), undefined)).toBeUndefined();
    expect(next(upgrade(), undefined, options)).toMatchObject({
      patch: { state: 'merged', step: 'done' },
      entry: {
        message:
          'The upgrade is not followed to its end: no hub has the claims of eu',
      },
    });
    expect(next(inWaves(), undefined, options)).toBeUndefined();
  });
});
