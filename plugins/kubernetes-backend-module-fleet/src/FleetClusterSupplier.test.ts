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

function supplier(
  read: () => Promise<FleetAnswer>,
  others?: ClusterDetails[],
  refreshMilliseconds = 1000,
) {
  let time = 0;
  const logger = mockServices.logger.mock();
  const created = new FleetClusterSupplier({
    access: {
      refreshMilliseconds,
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

/** When what was begun without anybody waiting is over. */
const settled = () => new Promise(resolve => setImmediate(resolve));

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

it('asks once for as long as a list is good, however many want it, and keeps nobody waiting later', async () => {
  let answer: (clusters: FleetAnswer) => void = () => {};
  const read = jest
    .fn()
    .mockResolvedValueOnce(answerWith('a'))
    .mockReturnValueOnce(
      new Promise<FleetAnswer>(resolve => {
        answer = resolve;
      }),
    );
  const { names, pass } = supplier(read);
  expect(await Promise.all([names(), names()])).toEqual([['a'], ['a']]);
  pass(999);
  expect(await names()).toEqual(['a']);
  expect(read).toHaveBeenCalledTimes(1);
  pass(1);
  // The list that is there is answered, the next one is on its way.
  expect(await names()).toEqual(['a']);
  answer(answerWith('b'));
  await settled();
  expect(await names()).toEqual(['b']);
  expect(read).toHaveBeenCalledTimes(2);
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
    await settled();
  }
  expect(read).toHaveBeenCalledTimes(4);
  expect(logger.warn).toHaveBeenCalledTimes(1);
  expect(logger.warn).toHaveBeenCalledWith(
    expect.stringContaining('Service unavailable.'),
  );
});

it('asks again soon where there was no answer yet', async () => {
  const read = jest
    .fn()
    .mockRejectedValueOnce(new Error('It starts.'))
    .mockResolvedValue(answerWith('a'));
  const { names, pass } = supplier(read, undefined, 60_000);
  expect(await names()).toEqual([]);
  expect(await names()).toEqual([]);
  expect(read).toHaveBeenCalledTimes(1);
  pass(5_000);
  expect(await names()).toEqual(['a']);
});
