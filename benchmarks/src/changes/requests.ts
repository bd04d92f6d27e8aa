// The engine is measured on the host and journal that it is tested on; the published package has neither.
/* eslint-disable no-restricted-imports, @backstage/no-forbidden-package-imports */
import {
  applyIntent,
  parseIntent,
  planChanges,
} from '@backstage-fleet/plugin-fleet-gitops';
import { ChangesHarness } from '@backstage-fleet/plugin-fleet-backend/src/__testUtils__/changes';
import { clusterFile, clusterName, fleetRepository } from '../engine/fleet';
import { report } from '../report';

const CLUSTERS = 50;
const SERVICE = 'checkout-service-000';

/** API requests of one change that edits 50 files, from a cold start. */
export async function measureRequests(): Promise<void> {
  for (const mode of ['commit', 'pull-request'] as const) {
    const { files } = fleetRepository({ clusters: CLUSTERS, services: 2 });
    const harness = await ChangesHarness.start({ files });
    const { engine } = await harness.replica({
      intents: { parseIntent, applyIntent, planChanges },
    });
    const { change } = await engine.create({
      intent: {
        kind: 'service.disable',
        parameters: {
          service: SERVICE,
          clusters: Array.from({ length: CLUSTERS }, (_, i) => clusterName(i)),
        },
      },
      mode,
      overrides: [
        'deletions',
        'empty-result',
        'last-cluster',
        'production',
      ].map(guard => ({ guard, reason: 'A measurement' })),
    });
    const edited = change.plan.edits.filter(({ path }) =>
      Array.from({ length: CLUSTERS }, (_, i) => clusterFile(i)).includes(path),
    );
    if (edited.length !== CLUSTERS) {
      throw new Error(`The change edits ${edited.length} files, not 50`);
    }
    report({
      measure:
        mode === 'pull-request'
          ? 'changes.requests.50files'
          : 'changes.requests.50files.commit',
      value: harness.host.requests.length,
      unit: 'requests',
      bar: 9,
    });
    await harness.stop();
  }
}
