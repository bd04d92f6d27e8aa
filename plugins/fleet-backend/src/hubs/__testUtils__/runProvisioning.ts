import { HubWakeUp } from '../connectionTracker';
import type { ClusterKinds } from '../provisioning/provisioningKinds';
import { ProvisioningWatcher } from '../provisioning/provisioningWatcher';
import type { HubTransport } from '../transport';
import { HubCopy } from './hubCopy';
import { runSource, type SourceRun } from './runSource';
import type { VirtualClock } from './virtualClock';

/** Watches what clusters of a hub are made from; objects have the keys `<kind>/<name>`. */
export function runProvisioning(
  transport: HubTransport,
  clock: VirtualClock,
  clusterKinds?: ClusterKinds,
): Promise<SourceRun> {
  return runSource(
    clock,
    {
      run: (sink, signal) =>
        new ProvisioningWatcher({
          transport,
          clock,
          random: () => 0.5,
          wakeUp: new HubWakeUp(),
          clusterKinds,
          sink,
        }).run(signal),
    },
    new HubCopy(({ kind, metadata }) => `${kind}/${metadata.name}`),
  );
}
