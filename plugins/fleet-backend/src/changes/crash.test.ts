import { changeTrailer } from './messages';
import { ChangeJournal } from './journal';
import { ChangesHarness, label } from '../__testUtils__/changes';

// Each test runs Git processes.
jest.setTimeout(60_000);

/** A process that ends at one of its steps: from then on nothing it does has an effect. */
class Process {
  dead = false;
  readonly #dies: string;
  readonly #when: 'before' | 'after';

  constructor(dies: string, when: 'before' | 'after') {
    this.#dies = dies;
    this.#when = when;
  }

  /** Whether this step is carried out, and whether the process is there to see the outcome. */
  step(name: string): { carriedOut: boolean; seen: boolean } {
    if (this.dead) return { carriedOut: false, seen: false };
    if (!name.includes(this.#dies)) return { carriedOut: true, seen: true };
    this.dead = true;
    return { carriedOut: this.#when === 'after', seen: false };
  }

  journal(journal: ChangeJournal): ChangeJournal {
    return new Proxy(journal, {
      get: (target, property: keyof ChangeJournal) => {
        return async (...parameters: any[]) => {
          const patch = JSON.stringify(parameters[1] ?? {});
          const { carriedOut, seen } = this.step(`${property} ${patch}`);
          const result = carriedOut
            ? await (target[property] as any)(...parameters)
            : undefined;
          if (!seen) throw new Error('The process ended');
          return result;
        };
      },
    });
  }
}

const STEPS = {
  commit: [
    'insert',
    'POST /repos/acme/fleet-gitops/git/trees',
    'POST /repos/acme/fleet-gitops/git/commits',
    'PATCH /repos/acme/fleet-gitops/git/refs',
    '"state":"merged"',
  ],
  'pull-request': [
    'insert',
    'GET /repos/acme/fleet-gitops/pulls',
    'POST /repos/acme/fleet-gitops/git/trees',
    'POST /repos/acme/fleet-gitops/git/commits',
    'POST /repos/acme/fleet-gitops/git/refs',
    'POST /repos/acme/fleet-gitops/pulls',
    '"state":"proposed"',
  ],
};

const CASES = Object.entries(STEPS).flatMap(([mode, steps]) =>
  steps.flatMap(step => [
    [mode, 'before', step] as const,
    [mode, 'after', step] as const,
  ]),
) as Array<[keyof typeof STEPS, 'before' | 'after', string]>;

describe('a process that ends in the middle of a change', () => {
  let harness: ChangesHarness;
  beforeEach(async () => {
    harness = await ChangesHarness.start();
  });
  afterEach(() => harness.stop());

  it.each(CASES)(
    '%s, %s %s: no duplicate, no loss',
    async (mode, when, step) => {
      const process = new Process(step, when);
      harness.host.gate = name => {
        const { carriedOut, seen } = process.step(name);
        if (!carriedOut) return 'lose-request';
        return seen ? 'pass' : 'lose-answer';
      };
      const first = await harness.replica({
        journal: process.journal(await harness.journal()),
      });
      const intent = label('a', { tier: 'x' });
      await expect(first.engine.create({ intent, mode })).rejects.toThrow();
      expect(process.dead).toBe(true);

      harness.host.gate = () => 'pass';
      harness.skewMs = 10 * 60_000;
      const second = await harness.replica();
      await second.engine.resume();
      await second.engine.resume();

      const accepted = !(step === 'insert' && when === 'before');
      const changes = await second.journal.list({ limit: 10 });
      expect(changes.map(change => change.state)).toEqual(
        accepted ? [mode === 'commit' ? 'merged' : 'proposed'] : [],
      );
      const line = accepted ? changeTrailer(changes[0].id) : 'Fleet-Change';
      const branch =
        mode === 'pull-request' && accepted ? 'fleet/label/a-tier' : 'main';
      const commits = (await harness.host.log(branch)).filter(message =>
        message.includes(line),
      );
      expect(commits).toHaveLength(accepted ? 1 : 0);
      expect(await harness.host.pullRequests()).toHaveLength(
        mode === 'pull-request' && accepted ? 1 : 0,
      );
    },
  );

  it('is not resumed by two replicas, nor while it is being written', async () => {
    const process = new Process('PATCH', 'before');
    harness.host.gate = name =>
      process.step(name).carriedOut ? 'pass' : 'lose-request';
    const first = await harness.replica({
      journal: process.journal(await harness.journal()),
    });
    await expect(
      first.engine.create({
        intent: label('a', { tier: 'x' }),
        mode: 'commit',
      }),
    ).rejects.toThrow();
    harness.host.gate = () => 'pass';

    const replicas = [await harness.replica(), await harness.replica()];
    await Promise.all(replicas.map(({ engine }) => engine.resume()));
    expect(await harness.host.log()).toHaveLength(1);

    harness.skewMs = 10 * 60_000;
    await Promise.all(replicas.map(({ engine }) => engine.resume()));
    expect(await harness.host.log()).toHaveLength(2);
  });

  it('keeps a change whose outcome is unknown, and finishes it', async () => {
    let answers = true;
    harness.host.gate = name => {
      if (!answers) return 'lose-request';
      if (!name.startsWith('PATCH')) return 'pass';
      answers = false;
      return 'lose-answer';
    };
    const { engine, journal } = await harness.replica();
    await expect(
      engine.create({ intent: label('a', { tier: 'x' }), mode: 'commit' }),
    ).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('finished as soon as the host answers'),
    });
    expect(await journal.list({ limit: 1 })).toMatchObject([
      { state: 'planned' },
    ]);

    answers = true;
    harness.host.gate = () => 'pass';
    harness.skewMs = 10 * 60_000;
    await engine.resume();
    expect(await journal.list({ limit: 1 })).toMatchObject([
      {
        state: 'merged',
        commit: { sha: await harness.host.git.resolve('main') },
      },
    ]);
    expect(await harness.host.log()).toHaveLength(2);
  });
});
