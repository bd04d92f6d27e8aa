// The engine is measured on the host and journal that it is tested on; the published package has neither.
/* eslint-disable no-restricted-imports, @backstage/no-forbidden-package-imports */
import {
  applyIntent,
  parseIntent,
  planChanges,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { Intent } from '@backstage-fleet/plugin-fleet-common';
import { ChangesHarness } from '@backstage-fleet/plugin-fleet-backend/src/__testUtils__/changes';
import { clusterFile, clusterName, fleetRepository } from '../engine/fleet';
import { report } from '../report';
import { countPublishRequests } from './publishRequests';

const CLUSTERS = 50;
const SERVICE = 'checkout-service-000';
const BAR = 9;

interface Asked {
  intent: Intent;
  mode: 'commit' | 'pull-request';
}

/** Switches a service off on so many clusters: an edit of as many files. */
function disable(count: number): Intent {
  const clusters = Array.from({ length: count }, (_, i) => clusterName(i));
  return {
    kind: 'service.disable',
    parameters: { service: SERVICE, clusters },
  };
}

const BY_KIND: Intent[] = [
  {
    kind: 'cluster.label',
    parameters: { cluster: clusterName(0), labels: { tier: 'gold' } },
  },
  { kind: 'service.offboard', parameters: { service: SERVICE } },
];

/** API requests of one change from a cold start, by number of files and by kind, next to Backstage's own action. */
export async function measureRequests(): Promise<void> {
  for (const mode of ['commit', 'pull-request'] as const) {
    for (const count of [1, 10, CLUSTERS]) {
      const { requests, edits } = await countRequests({
        intent: disable(count),
        mode,
      });
      if (edits.size !== count) {
        throw new Error(`The change edits ${edits.size} files, not ${count}`);
      }
      const suffix = mode === 'commit' ? '.commit' : '';
      report({
        measure: `changes.requests.${count}files${suffix}`,
        value: requests,
        unit: 'requests',
        bar: BAR,
      });
    }
  }
  for (const intent of BY_KIND) {
    const { requests } = await countRequests({ intent, mode: 'pull-request' });
    report({
      measure: `changes.requests.${intent.kind}`,
      value: requests,
      unit: 'requests',
      bar: BAR,
    });
  }
  await measurePublish();
}

/** The same 50 files by `publish:github:pull-request`. */
async function measurePublish(): Promise<void> {
  const { files } = fleetRepository({ clusters: CLUSTERS, services: 2 });
  const edited = new Map(
    Array.from({ length: CLUSTERS }, (_, i) => {
      const path = clusterFile(i);
      return [path, `${files.get(path)}# Edited\n`] as const;
    }),
  );
  report({
    measure: `changes.requests.${CLUSTERS}files.publishGithubPullRequest`,
    value: await countPublishRequests(files, edited),
    unit: 'requests',
  });
}

async function countRequests({ intent, mode }: Asked) {
  const { files } = fleetRepository({ clusters: CLUSTERS, services: 2 });
  const harness = await ChangesHarness.start({ files });
  const { engine } = await harness.replica({
    intents: { parseIntent, applyIntent, planChanges },
  });
  const { change } = await engine.create({
    intent,
    mode,
    overrides: ['deletions', 'empty-result', 'last-cluster', 'production'].map(
      guard => ({ guard, reason: 'A measurement' }),
    ),
  });
  const edits = new Set(change.plan.edits.map(({ path }) => path));
  const requests = harness.host.requests.length;
  await harness.stop();
  return { requests, edits };
}
