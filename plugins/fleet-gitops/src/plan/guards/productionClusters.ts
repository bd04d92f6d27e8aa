import type { HubSnapshot } from '../../model/fleetSnapshot';
import type { GuardContext } from './types';

/** Whether a cluster's labels say that it is production, before or after the change. */
export function isProduction(context: GuardContext, cluster: string): boolean {
  const {
    productionEnvironments = ['prod', 'production'],
    environmentLabels = ['environment', 'env'],
  } = context.options;
  return [context.before, context.after].some(({ hub }) => {
    const labels = clusterLabels(hub).get(cluster) ?? {};
    const label = environmentLabels.find(key => key in labels);
    return (
      label !== undefined && productionEnvironments.includes(labels[label])
    );
  });
}

const labelsByHub = new WeakMap<
  HubSnapshot,
  Map<string, Record<string, string>>
>();

function clusterLabels(hub: HubSnapshot): Map<string, Record<string, string>> {
  const known = labelsByHub.get(hub);
  if (known) return known;
  const labels = new Map(
    hub.clusters.map(cluster => [cluster.name, cluster.labels]),
  );
  labelsByHub.set(hub, labels);
  return labels;
}
