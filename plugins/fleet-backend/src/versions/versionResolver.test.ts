import { mockServices } from '@backstage/backend-test-utils';
import type { Commit } from '@backstage-fleet/plugin-fleet-common';
import type { GitRepository } from '@backstage-fleet/plugin-fleet-node';
import { exampleRepository } from '../__testUtils__/exampleRepository';
import { GitRepositories } from '../git';
import { VirtualClock } from '../hubs/__testUtils__/virtualClock';
import {
  application,
  cluster,
  testStore,
} from '../store/__testUtils__/objects';
import type { FleetStore } from '../store';
import { FollowedRepositories } from './followedRepositories';
import { VersionResolver } from './versionResolver';

const URL = 'https://git.example/acme/fleet-gitops';

/** A repository whose commits are `1`, `2`, … */
class MemoryRepository {
  readonly commits: Array<Map<string, string>> = [];
  readonly asked: string[] = [];
  down = false;

  commit(changes: Record<string, string>): string {
    const last = this.commits[this.commits.length - 1] ?? [];
    this.commits.push(new Map([...last, ...Object.entries(changes)]));
    return String(this.commits.length);
  }

  get repository(): GitRepository {
    const answer = <T>(what: string, value: () => T) => {
      this.asked.push(what);
      if (this.down) throw new Error('Git does not answer');
      return value();
    };
    const commit = (sha: string): Commit => ({ sha, message: `commit ${sha}` });
    const read: Pick<
      GitRepository,
      'url' | 'webUrl' | 'resolve' | 'commit' | 'snapshot'
    > = {
      url: URL,
      webUrl: () => URL,
      resolve: async () =>
        answer('resolve', () => commit(String(this.commits.length))),
      commit: async sha => answer(`commit ${sha}`, () => commit(sha)),
      snapshot: async sha =>
        answer(`snapshot ${sha}`, () => {
          const files = this.commits[Number(sha) - 1];
          if (!files) throw new Error(`no commit ${sha}`);
          return { url: URL, sha, files };
        }),
    };
    return read as GitRepository;
  }
}

describe('VersionResolver', () => {
  let git: MemoryRepository;
  let clock: VirtualClock;
  let store: FleetStore;
  let repositories: FollowedRepositories;
  let versions: VersionResolver;

  const values = (tag: string) => ({
    'services/payments/values.yaml': `image:\n  repository: r/pay\n  tag: "${tag}"\n`,
  });
  const labels = {
    enable_payments: 'true',
    region: 'eu-west-1',
    environment: 'prod',
  };
  const payments = (revision: string, sync = 'Synced') => {
    const object = application({
      name: 'payments-spoke',
      labels: { 'fleet/service': 'payments' },
      applicationSet: 'services-payments',
      sync,
    });
    object.spec.source = {
      repoURL: URL,
      path: 'services/payments',
      targetRevision: 'main',
      helm: { valueFiles: ['values.yaml'] },
    };
    object.status.sync.revision = revision;
    object.status.history = [{ revision: '1' }];
    return object;
  };
  const found = () => {
    const record = store.application('eu/argocd/payments-spoke');
    return {
      desired: record?.versions.desired?.text,
      synced: record?.versions.synced?.text,
    };
  };
  const settled = async (milliseconds = 0) => {
    await clock.advance(milliseconds);
    await versions.settled();
    await clock.advance(0);
  };

  beforeEach(async () => {
    git = new MemoryRepository();
    git.commit({ ...exampleRepository(URL), ...values('1.0.0') });
    clock = new VirtualClock();
    store = testStore();
    repositories = new FollowedRepositories({
      repositories: new GitRepositories({
        configs: [{ id: 'gitops', url: URL, branch: 'main', hubs: ['eu'] }],
        hosts: [{ handles: () => true, open: async () => git.repository }],
      }),
      pollSeconds: new Map([['gitops', 10]]),
      clock,
      logger: mockServices.logger.mock(),
    });
    versions = new VersionResolver({
      store,
      repositories,
      logger: mockServices.logger.mock(),
    });
    versions.start();
    repositories.start();
    store.sink('eu').replace('Cluster', [cluster('spoke', labels)]);
    store.sink('eu').replace('Application', [payments('1')]);
    await settled();
  });

  afterEach(async () => {
    versions.stop();
    await repositories.stop();
  });

  it('reads both versions from Git, and notices that the branch moved', async () => {
    expect(found()).toEqual({ desired: '1.0.0', synced: '1.0.0' });
    git.commit(values('1.1.0'));
    await settled(9_000);
    expect(found().desired).toBe('1.0.0');
    await settled(2_000);
    expect(found()).toEqual({ desired: '1.1.0', synced: '1.0.0' });

    store.sink('eu').upsert('Application', payments('2', 'OutOfSync'));
    await settled();
    expect(found()).toEqual({ desired: '1.1.0', synced: '1.0.0' });
    store.sink('eu').upsert('Application', payments('2'));
    await settled();
    expect(found()).toEqual({ desired: '1.1.0', synced: '1.1.0' });
  });

  it('looks at once when nudged', async () => {
    git.commit(values('1.1.0'));
    repositories.nudge(`${URL}.git`);
    await settled();
    expect(found().desired).toBe('1.1.0');
  });

  it('takes what the ApplicationSet in Git generates, not what the hub still has', async () => {
    const path = 'applicationsets/payments.yaml';
    const text = git.commits[0].get(path)!;
    git.commit({
      [path]: text.replaceAll('services/payments', 'services/pay'),
      'services/pay/Chart.yaml': 'name: pay\n',
      'services/pay/values.yaml': 'image: { tag: 2.0.0 }\n',
    });
    await settled(11_000);
    expect(found()).toEqual({ desired: '2.0.0', synced: '1.0.0' });
  });

  it('asks for a commit and its files once, however many Applications are at it', async () => {
    git.asked.length = 0;
    const sha = git.commit(values('1.1.0'));
    await settled(11_000);
    store.sink('eu').replace(
      'Application',
      Array.from({ length: 300 }, (_, index) => {
        const object = payments(sha);
        object.metadata.name = `payments-${index}`;
        return object;
      }),
    );
    await settled();
    expect(
      store.application('eu/argocd/payments-299')?.versions.synced,
    ).toMatchObject({ text: '1.1.0', commit: { message: 'commit 2' } });
    expect(git.asked.filter(what => what === 'commit 2')).toHaveLength(1);
    expect(
      git.asked.filter(what => what === 'snapshot 2').length,
    ).toBeLessThanOrEqual(2);
  });

  it('leaves the desired version out while Git does not answer', async () => {
    git.down = true;
    await settled(200_000);
    expect(found().desired).toBeUndefined();
    expect(repositories.list()[0]).toMatchObject({
      head: undefined,
      error: 'Git does not answer',
    });
    git.down = false;
    await settled(61_000);
    expect(found()).toEqual({ desired: '1.0.0', synced: '1.0.0' });
  });

  it('reads a synced version later that could not be read at first', async () => {
    const sha = git.commit(values('1.1.0'));
    await settled(11_000);
    git.down = true;
    store.sink('eu').upsert('Application', payments(sha));
    await settled();
    expect(found().synced).toBe(sha);
    git.down = false;
    store.sink('eu').upsert('Application', application({ name: 'other' }));
    await settled();
    expect(found().synced).toBe('1.1.0');
  });
});
