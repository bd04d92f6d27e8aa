import type { ChangeMode } from '@backstage-fleet/plugin-fleet-common';
import type { JournaledChange } from '../changes/journal';
import { changeTrailer } from '../changes/messages';
import { ChangesHarness, label } from './changes';

/** What became of many changes at once. */
export interface StormOutcome {
  /** How many were written: merged, or proposed. */
  written: number;
  /** How many were refused with an error that the requester saw. */
  refused: number;
  /** Changes that Git and journal do not agree on: written and not there, or there and not said to be written. */
  lost: string[];
  /** Changes that are in Git more than once. */
  duplicates: string[];
}

/** As many changes to one file at once, of two replicas. Returns milliseconds from the request to the commit, each. */
export async function contend(
  harness: ChangesHarness,
  count: number,
): Promise<{ outcome: StormOutcome; milliseconds: number[] }> {
  const replicas = [await harness.replica(), await harness.replica()];
  const milliseconds: number[] = [];
  await Promise.allSettled(
    Array.from({ length: count }, async (_, index) => {
      const began = performance.now();
      await replicas[index % 2].engine.create({
        intent: label('a', { [`key${index}`]: 'on' }),
        mode: 'commit',
      });
      milliseconds.push(performance.now() - began);
    }),
  );
  return { outcome: await compare(harness, ['fleet-gitops']), milliseconds };
}

/**
 * Mixed changes from two replicas to several repositories, while requests and answers get lost, the host fails and
 * limits, and heads move, all by chance from a seed; then calm, in which what was left half done is finished.
 */
export async function storm(
  harness: ChangesHarness,
  options: { seed: number; changes: number; repositories: string[] },
): Promise<StormOutcome> {
  const { seed, changes, repositories } = options;
  const random = randomOf(seed);
  const { host } = harness;
  host.gate = () => {
    const chance = random();
    if (chance < 0.02) return 'lose-request';
    if (chance < 0.04) return 'lose-answer';
    if (chance < 0.06) host.faults.inject(...faultOf(random));
    return 'pass';
  };
  const replicas = [await harness.replica(), await harness.replica()];
  const modes: ChangeMode[] = ['commit', 'auto', 'pull-request'];
  const refused: unknown[] = [];
  await Promise.all(
    Array.from({ length: changes }, (_, index) => {
      const cluster = random() < 0.5 ? 'a' : 'b';
      return replicas[index % 2].engine
        .create({
          intent: {
            ...label(cluster, { [`key${index}`]: 'on' }),
            repository: repositories[index % repositories.length],
          },
          mode: modes[Math.floor(random() * modes.length)],
        })
        .catch(error => refused.push(error));
    }),
  );
  host.faults.clear();
  host.gate = () => 'pass';
  harness.skewMs = 5 * 60_000;
  const calm = await harness.replica();
  await calm.engine.resume();
  return compare(harness, repositories);
}

async function compare(
  harness: ChangesHarness,
  repositories: string[],
): Promise<StormOutcome> {
  const journal = await harness.journal();
  const changes = await journal.list({ limit: 10_000 });
  const outcome: StormOutcome = {
    written: 0,
    refused: 0,
    lost: [],
    duplicates: [],
  };
  for (const repository of repositories) {
    const commits = await harness.host.log('main', repository);
    const pulls = await harness.host.pullRequests(repository);
    const onMain = (change: JournaledChange) =>
      commits.filter(message => message.includes(changeTrailer(change.id)))
        .length;
    const proposed = (change: JournaledChange) =>
      pulls.filter(({ body }) => body?.includes(change.id)).length;
    for (const change of changes) {
      if (change.repository !== repository) continue;
      const times = onMain(change) + proposed(change);
      const isWritten =
        change.state === 'merged' || change.state === 'proposed';
      if (isWritten) outcome.written += 1;
      else outcome.refused += 1;
      if (times > 1) outcome.duplicates.push(describe(change, times));
      if (isWritten !== times > 0) outcome.lost.push(describe(change, times));
    }
  }
  return outcome;
}

function describe(
  { state, mode, error, timeline }: JournaledChange,
  n: number,
) {
  const said = timeline.map(({ message }) => message).join(' | ');
  return `${mode} ${state}, ${n} times in Git: ${error ?? ''} (${said})`;
}

function faultOf(random: () => number) {
  const faults = [
    { kind: 'respond', status: 502, when: 'after' },
    { kind: 'respond', status: 500, times: 4 },
    { kind: 'rate-limit', limit: 'secondary' },
    { kind: 'advance-head' },
    { kind: 'respond', status: 409, message: 'Conflict' },
  ] as const;
  return [faults[Math.floor(random() * faults.length)]];
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
