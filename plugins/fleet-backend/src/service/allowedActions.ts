import type { DeploymentAction } from '@backstage-fleet/plugin-fleet-common';
import type { Allows } from '../permissions';
import type { ApplicationRecord, FleetStore } from '../store';
import { deploymentScope } from './scopes';

/** What somebody may ask Argo CD to do with a deployment; `undefined` where nothing, or where its hub is read-only. */
export function allowedActions(
  store: FleetStore,
  allows: Partial<Record<DeploymentAction, Allows>>,
): (record: ApplicationRecord) => DeploymentAction[] | undefined {
  const open = new Set(
    store.hubs.filter(({ actions }) => actions).map(({ id }) => id),
  );
  const possible = (['sync', 'refresh'] as const).flatMap(action => {
    const allowed = allows[action];
    return allowed && !allowed.denied ? [{ action, allowed }] : [];
  });
  const all = possible.map(({ action }) => action);
  const always = possible.every(({ allowed }) => allowed.unconditional);
  return record => {
    if (all.length === 0 || !open.has(record.hub)) return undefined;
    if (always) return all;
    const scope = deploymentScope(store, record);
    const some = possible.filter(({ allowed }) => allowed(scope));
    return some.length > 0 ? some.map(({ action }) => action) : undefined;
  };
}
