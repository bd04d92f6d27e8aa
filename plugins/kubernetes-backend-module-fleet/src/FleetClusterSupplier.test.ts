import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ClusterDetails } from '@backstage/plugin-kubernetes-node';
import { clusterOf } from './__testUtils__/clusterOf';
import { FleetAnswer } from './FleetClusters';
import { FleetClusterSupplier } from './FleetClusterSupplier';

const asked = { credentials: mockCredentials.service() };

function answerWith(...names: string[]): FleetAnswer {
  const clusters = names.map(name => clusterOf(name));
  return {
    clusters,
    selected: [new Set(clusters.map(({ id }) => id))],
    hubs: new Map(),
  };
}

function supplier(read: () => Promise<FleetAnswer>, others?: ClusterDetails[]) {
  let time = 0;
  const logger = mockServices.logger.mock();
  const created = new FleetClusterSupplier({
    access: {
      refreshMilliseconds: 1000,
      rules: [
        {
          authMetadata: { 'kubernetes.io/auth-provider': 'oidc' },
          skipTLSVerify: false,
          skipMetricsLookup: false,
        },
      ],
    },
    read,
    others: others && { getClusters: async () => others },
    logger,
    now: () => time,
  });
  return {
    logger,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    names: async () =>
      (await created.getClusters(asked)).map(({ name }) => name),
  };
}

it('adds to the clusters that are configured otherwise, which stay as they are', async () => {
  const { names } = supplier(
    async () => answerWith('spoke-a', 'spoke-b', 'mine'),
    [
      { name: 'mine', url: 'https://elsewhere', authMetadata: {} },
      { name: 'b', url: 'https://spoke-b.example.com/', authMetadata: {} },
    ],
  );
  expect(await names()).toEqual(['mine', 'b', 'spoke-a']);
});

it('asks once for as long as a list is good, however many want it', async () => {
  const read = jest
    .fn()
    .mockResolvedValueOnce(answerWith('a'))
    .mockResolvedValueOnce(answerWith('b'));
  const { names, pass } = supplier(read);
  expect(await Promise.all([names(), names()])).toEqual([['a'], ['a']]);
  pass(999);
  expect(await names()).toEqual(['a']);
  expect(read).toHaveBeenCalledTimes(1);
  pass(1);
  expect(await names()).toEqual(['b']);
});

it('keeps the last clusters and the others while the fleet does not answer, and says so once', async () => {
  const read = jest
    .fn()
    .mockResolvedValueOnce(answerWith('a'))
    .mockRejectedValue(new Error('Service unavailable.'));
  const { names, pass, logger } = supplier(read, [
    { name: 'mine', url: 'https://mine', authMetadata: {} },
  ]);
  await names();
  for (let i = 0; i < 3; i++) {
    pass(1000);
    expect(await names()).toEqual(['mine', 'a']);
  }
  expect(read).toHaveBeenCalledTimes(4);
  expect(logger.warn).toHaveBeenCalledTimes(1);
  expect(logger.warn).toHaveBeenCalledWith(
    expect.stringContaining('Service unavailable.'),
  );
});
