import { ChangesHarness } from '../__testUtils__/changes';
import { TestPostgres } from '../__testUtils__/postgres';
import { contend, storm } from '../__testUtils__/storms';

// Each change runs Git processes.
jest.setTimeout(180_000);

describe('many changes at once', () => {
  let harness: ChangesHarness;
  let server: TestPostgres | undefined;
  afterEach(async () => {
    await harness.stop();
    await server?.stop();
    server = undefined;
  });

  // Two replicas share a server; SQLite stands in where there is none.
  it(`land all, 50 on one file from two replicas on ${
    TestPostgres.isInstalled ? 'PostgreSQL' : 'SQLite, as PostgreSQL is absent'
  }`, async () => {
    if (TestPostgres.isInstalled) server = await TestPostgres.start();
    harness = await ChangesHarness.start({
      connect: await server?.createDatabase(),
    });
    const { outcome } = await contend(harness, 50);
    expect(outcome).toEqual({
      written: 50,
      refused: 0,
      lost: [],
      duplicates: [],
    });
    const text = (await harness.host.files()).get('clusters/a');
    expect(text!.split('\n')).toHaveLength(52);
  });

  it.each([1, 2])(
    'are each there once or refused, whatever fails (seed %d)',
    async seed => {
      const others = ['fleet-two', 'fleet-three'];
      harness = await ChangesHarness.start({ others });
      const outcome = await storm(harness, {
        seed,
        changes: 24,
        repositories: ['fleet-gitops', ...others],
      });
      expect(outcome).toMatchObject({ lost: [], duplicates: [] });
      expect(outcome.written).toBeGreaterThan(0);
    },
  );
});
