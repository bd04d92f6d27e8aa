// The engine is measured on the host and journal that it is tested on; the published package has neither.
/* eslint-disable no-restricted-imports, @backstage/no-forbidden-package-imports */
import {
  applyIntent,
  parseIntent,
  planChanges,
} from '@backstage-fleet/plugin-fleet-gitops';
import { ChangesHarness } from '@backstage-fleet/plugin-fleet-backend/src/__testUtils__/changes';
import { clusterName, fleetRepository, toggle } from '../engine/fleet';
import { report } from '../report';
import { percentile } from '../timing';

const SIZE = { clusters: 500, services: 200 };
const PREVIEWS = 40;

/** Plans on 500 clusters and 200 services, as somebody types: the branch stands, what is asked for changes. */
export async function measurePreview(): Promise<void> {
  const { files } = fleetRepository(SIZE);
  const harness = await ChangesHarness.start({ files });
  const { engine } = await harness.replica({
    intents: { parseIntent, applyIntent, planChanges },
  });
  const plan = (index: number) =>
    engine.plan({
      kind: 'cluster.label',
      parameters: {
        cluster: clusterName(index % SIZE.clusters),
        labels:
          index % 2 === 0
            ? { [toggle(index % SIZE.services)]: 'false' }
            : { tier: String(index) },
      },
    });
  const cold = performance.now();
  await plan(0);
  report({
    measure: 'changes.planPreview.cold.ms',
    value: performance.now() - cold,
    unit: 'ms',
  });
  const milliseconds: number[] = [];
  for (let index = 1; index <= PREVIEWS; index += 1) {
    const began = performance.now();
    await plan(index);
    milliseconds.push(performance.now() - began);
  }
  await harness.stop();
  report({
    measure: 'changes.planPreview.p50.ms',
    value: percentile(milliseconds, 0.5),
    unit: 'ms',
  });
  report({
    measure: 'changes.planPreview.p99.ms',
    value: percentile(milliseconds, 0.99),
    unit: 'ms',
    bar: 300,
  });
}
