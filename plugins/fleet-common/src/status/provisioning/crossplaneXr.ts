import type { KubernetesObject } from '../../model/kubernetes';
import { crossplaneState } from './crossplane';
import type { ProvisioningHistory, ProvisioningStatus } from './types';

/**
 * The state of a Crossplane composite resource: v2, with Crossplane's fields in `spec.crossplane`, or the older form.
 *
 * @public
 */
export function crossplaneXrStatus(
  composite: KubernetesObject,
  history: ProvisioningHistory = {},
): ProvisioningStatus {
  return {
    ...crossplaneState(composite, 'Creating', history),
    ...resourceProgress(composite),
  };
}

/*
 * Crossplane names the resources that are not ready, the first few of them: `Unready resources: vpc, subnet, and 3 more`.
 * Source: crossplane `internal/controller/apiextensions/composite/reconciler.go`, `resource.StableNAndSomeMore`.
 */
const UNREADY = /^Unready resources: (.+)$/;

function resourceProgress({
  spec,
  status,
}: KubernetesObject): Pick<ProvisioningStatus, 'progress'> {
  const resources = spec?.crossplane?.resourceRefs ?? spec?.resourceRefs;
  if (!Array.isArray(resources) || resources.length === 0) return {};
  const ready = (
    Array.isArray(status?.conditions) ? status.conditions : []
  ).find((condition: { type?: unknown }) => condition?.type === 'Ready');
  const total = resources.length;
  if (ready?.status === 'True')
    return { progress: { done: total, total, of: 'resources' } };
  const [, names] = UNREADY.exec(ready?.message ?? '') ?? [];
  if (names === undefined) return {};
  const unready = names
    .split(/,\s*(?:and\s+)?|\s+and\s+/)
    .reduce((count, name) => {
      const [, more] = /^([0-9]+) more$/.exec(name) ?? [];
      return count + (more === undefined ? 1 : Number(more));
    }, 0);
  // Resources that are still to be made are unready and have no reference yet.
  return {
    progress: {
      done: Math.max(total - unready, 0),
      total: Math.max(total, unready),
      of: 'resources',
    },
  };
}
