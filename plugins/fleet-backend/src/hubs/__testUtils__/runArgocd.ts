import { ConfigReader } from '@backstage/config';
import { createArgocdHubSourceFactory } from '../argocd';
import { runSource, type SourceRun } from './runSource';
import type { ScriptedArgocd } from './scriptedArgocd';
import type { VirtualClock } from './virtualClock';

/** Watches a hub by the API of its Argo CD; objects have their names as keys. */
export function runArgocd(
  argocd: ScriptedArgocd,
  clock: VirtualClock,
): Promise<SourceRun> {
  const source = createArgocdHubSourceFactory({
    clock,
    random: () => 0.5,
    createTransport: () => argocd,
  }).create({
    hubId: 'hub',
    config: new ConfigReader({ url: 'https://argocd' }),
  });
  return runSource(clock, source);
}
