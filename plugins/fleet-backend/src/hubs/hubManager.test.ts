import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { HubSource } from '@backstage-fleet/plugin-fleet-node';
import { HubManager, readHubs } from './hubManager';

const idle: HubSource = {
  run: (_sink, signal) =>
    new Promise(resolve => {
      signal.addEventListener('abort', () => resolve());
    }),
};
const factories = [
  { type: 'kubernetes', create: () => idle },
  { type: 'mine', create: () => idle },
];
const read = (...hubs: object[]) =>
  readHubs(new ConfigReader({ fleet: { hubs } }), factories);

describe('readHubs', () => {
  it('reads hubs of every type', () => {
    const hubs = read(
      { id: 'eu', url: 'https://eu', argocdUrl: 'https://argocd.eu/' },
      {
        id: 'us',
        title: 'America',
        type: 'mine',
        url: 'https://us',
        newGitFileGlobbing: true,
      },
    );
    expect(hubs.map(({ hub }) => hub)).toEqual([
      {
        id: 'eu',
        title: 'eu',
        url: 'https://eu',
        argocdUrl: 'https://argocd.eu',
        actions: false,
      },
      {
        id: 'us',
        title: 'America',
        url: 'https://us',
        argocdUrl: undefined,
        newGitFileGlobbing: true,
        actions: false,
      },
    ]);
    expect(readHubs(new ConfigReader({}), factories)).toEqual([]);
  });

  it.each([
    [[{ id: 'Eu/1', url: 'https://eu' }], /lower case letters.*'Eu\/1'/],
    [
      [
        { id: 'eu', url: 'https://a' },
        { id: 'eu', url: 'https://b' },
      ],
      /two hubs have the `id` 'eu'/,
    ],
    [
      [{ id: 'eu', url: 'https://eu', type: 'other' }],
      /`type` of hub eu is 'other'; known are kubernetes, mine/,
    ],
    [[{ id: 'eu' }], /url/],
    [
      [{ id: 'eu', url: 'https://eu', type: 'mine', actions: true }],
      /hub eu has `actions: true`, but hubs of type 'mine' are read-only/,
    ],
  ])('%j is refused', (hubs, message) => {
    expect(() => read(...hubs)).toThrow(message);
  });
});

describe('HubManager', () => {
  it('keeps the other hubs running when a source breaks, and stops them all', async () => {
    const logger = mockServices.logger.mock();
    const ran: string[] = [];
    const [eu, us] = read(
      { id: 'eu', url: 'https://eu' },
      { id: 'us', url: 'https://us' },
    );
    const manager = new HubManager(
      [
        {
          ...eu,
          source: {
            run: async () => {
              throw new Error('a bug');
            },
          },
        },
        {
          ...us,
          source: {
            run: async (sink, signal) => {
              await idle.run(sink, signal);
              ran.push('us');
            },
          },
        },
      ],
      logger,
    );
    manager.start(() => ({
      merge() {},
      replace() {},
      upsert() {},
      remove() {},
      state() {},
    }));
    await new Promise(resolve => setImmediate(resolve));
    expect(logger.error).toHaveBeenCalledWith(
      'The source of hub eu broke',
      expect.objectContaining({ message: 'a bug' }),
    );
    expect(ran).toEqual([]);
    await manager.stop();
    expect(ran).toEqual(['us']);
  });
});
