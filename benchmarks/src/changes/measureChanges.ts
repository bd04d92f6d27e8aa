// The engine is measured on the host and journal that it is tested on; the published package has neither.
/* eslint-disable no-restricted-imports, @backstage/no-forbidden-package-imports */
import {
  ChangesHarness,
  label,
} from '@backstage-fleet/plugin-fleet-backend/src/__testUtils__/changes';
import {
  contend,
  storm,
  type StormOutcome,
} from '@backstage-fleet/plugin-fleet-backend/src/__testUtils__/storms';
import { report } from '../report';
import { percentile } from '../timing';
import { measurePreview } from './preview';
import { measureRequests } from './requests';

const COMMITS = 60;
const CONTENDERS = 50;
const STORM = { seed: 6, changes: 200, repositories: 10 };

/** Writing to Git: requests, time, and what becomes of many changes at once while things fail. */
export async function measureChanges(): Promise<void> {
  await measureRequests();
  await measurePreview();
  await measureCommits();
  const outcomes = [await measureContention(), await measureStorm()];
  report({
    measure: 'changes.lost',
    value: outcomes.flatMap(({ lost }) => lost).length,
    unit: 'changes',
    bar: 0,
  });
  report({
    measure: 'changes.duplicates',
    value: outcomes.flatMap(({ duplicates }) => duplicates).length,
    unit: 'changes',
    bar: 0,
  });
}

/** From the request to the commit, one after the other, on an embedded Git host without pauses between writes. */
async function measureCommits(): Promise<void> {
  const harness = await ChangesHarness.start();
  const { engine } = await harness.replica();
  const milliseconds: number[] = [];
  for (let index = 0; index < COMMITS; index += 1) {
    const began = performance.now();
    await engine.create({
      intent: label('a', { [`key${index}`]: 'on' }),
      mode: 'commit',
    });
    milliseconds.push(performance.now() - began);
  }
  await harness.stop();
  for (const [name, share] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const) {
    report({
      measure: `changes.commit.${name}.ms`,
      value: percentile(milliseconds, share),
      unit: 'ms',
    });
  }
}

async function measureContention(): Promise<StormOutcome> {
  const harness = await ChangesHarness.start();
  const began = performance.now();
  const { outcome } = await contend(harness, CONTENDERS);
  const minutes = (performance.now() - began) / 60_000;
  await harness.stop();
  report({
    measure: 'changes.landed.contention',
    value: outcome.written,
    unit: 'changes',
    bar: CONTENDERS,
    keep: 'least',
  });
  report({
    measure: 'changes.perMinute',
    value: outcome.written / minutes,
    unit: 'changes/min',
  });
  return outcome;
}

async function measureStorm(): Promise<StormOutcome> {
  const others = Array.from(
    { length: STORM.repositories - 1 },
    (_, index) => `fleet-${index + 2}`,
  );
  const harness = await ChangesHarness.start({ others });
  const outcome = await storm(harness, {
    ...STORM,
    repositories: ['fleet-gitops', ...others],
  });
  await harness.stop();
  report({
    measure: 'changes.storm.written',
    value: outcome.written,
    unit: 'changes',
  });
  report({
    measure: 'changes.storm.refused',
    value: outcome.refused,
    unit: 'changes',
  });
  return outcome;
}
