import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { ReplayClock } from '../clock';
import { resourceHealth } from './health';
import { TRACKING_ANNOTATION } from './resourceKey';
import { runningImages, SpokeCluster } from './spokeCluster';

const START = new Date('2026-01-01T00:00:00Z');
const key = {
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'shop',
};

function deployment(
  tag: string,
  { replicas = 2, memory = '64Mi' } = {},
): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'shop',
      annotations: {
        [TRACKING_ANNOTATION]: 'shop-a:apps/Deployment:shop/shop',
      },
    },
    spec: {
      replicas,
      template: {
        spec: {
          containers: [
            {
              name: 'shop',
              image: `registry.example/shop:${tag}`,
              resources: { requests: { memory } },
            },
          ],
        },
      },
    },
  };
}

function setUp() {
  const clock = new ReplayClock(START);
  const spoke = new SpokeCluster({ clock, podStartMilliseconds: () => 1000 });
  const seconds = (count: number) =>
    clock.advanceTo(
      new Date(clock.now().getTime() + count * 1000),
      async () => {},
    );
  const health = () => resourceHealth(spoke.get(key)!)?.status;
  const images = () => runningImages(spoke.get(key)!);
  return { spoke, seconds, health, images };
}

describe('SpokeCluster', () => {
  it('rolls a Deployment out pod by pod and tells of each step', async () => {
    const { spoke, seconds, health } = setUp();
    const available: number[] = [];
    spoke.onChange(({ status }) => available.push(status.availableReplicas));

    expect(spoke.apply(deployment('1.0.0'), 'shop')).toBe('created');
    expect(health()).toBe('Progressing');
    await seconds(1);
    expect(health()).toBe('Progressing');
    await seconds(1);
    expect(health()).toBe('Healthy');
    expect(available).toEqual([0, 1, 2]);
  });

  it('changes nothing when the same is applied again', async () => {
    const { spoke, seconds, health } = setUp();
    spoke.apply(deployment('1.0.0'), 'shop');
    await seconds(5);
    expect(spoke.apply(deployment('1.0.0'), 'shop')).toBe('unchanged');
    expect(health()).toBe('Healthy');
  });

  it('keeps the old pods until new ones are ready', async () => {
    const { spoke, seconds, health, images } = setUp();
    spoke.apply(deployment('1.0.0'), 'shop');
    await seconds(5);
    expect(spoke.apply(deployment('2.0.0'), 'shop')).toBe('configured');
    expect(health()).toBe('Progressing');
    expect(images()).toEqual(['registry.example/shop:1.0.0']);
    await seconds(5);
    expect(health()).toBe('Healthy');
    expect(images()).toEqual(['registry.example/shop:2.0.0']);
  });

  it('is Degraded after the progress deadline when no node has room', async () => {
    const { spoke, seconds, health } = setUp();
    spoke.apply(deployment('1.0.0', { memory: '96Gi' }), 'shop');
    await seconds(599);
    expect(health()).toBe('Progressing');
    await seconds(1);
    expect(health()).toBe('Degraded');
    // Asking for less heals it.
    spoke.apply(deployment('1.0.1'), 'shop');
    await seconds(5);
    expect(health()).toBe('Healthy');
  });

  it('starts no pods of a paused Deployment until it is resumed', async () => {
    const { spoke, seconds, health, images } = setUp();
    spoke.apply(deployment('1.0.0'), 'shop');
    await seconds(5);
    const paused = deployment('2.0.0');
    paused.spec!.paused = true;
    spoke.apply(paused, 'shop');
    await seconds(60);
    expect(health()).toBe('Suspended');
    expect(images()).toEqual(['registry.example/shop:1.0.0']);
    spoke.apply(deployment('2.0.0'), 'shop');
    await seconds(5);
    expect(health()).toBe('Healthy');
    expect(images()).toEqual(['registry.example/shop:2.0.0']);
  });

  it('knows what an Application brought, and forgets what is removed while it rolls out', async () => {
    const { spoke, seconds } = setUp();
    spoke.apply(deployment('1.0.0'), 'shop');
    expect(spoke.trackedBy('shop-a')).toHaveLength(1);
    expect(spoke.trackedBy('shop')).toHaveLength(0);
    spoke.remove(key);
    await seconds(10);
    expect(spoke.get(key)).toBeUndefined();
  });
});
