import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { defined, pick, projectMetadata, shortMessage } from './metadata';

/**
 * An ApplicationSet with its whole spec, because the engine evaluates it, and a status without the list of Applications,
 * which the hub's Applications tell themselves.
 */
export function projectApplicationSet(
  object: KubernetesObject,
): KubernetesObject {
  const status = object.status ?? {};
  return defined({
    apiVersion: object.apiVersion,
    kind: 'ApplicationSet',
    metadata: projectMetadata(object),
    spec: object.spec ?? {},
    status: defined({
      conditions: status.conditions?.map((condition: any) =>
        defined({
          ...pick(condition, ['type', 'status', 'reason']),
          message: shortMessage(condition?.message),
        }),
      ),
      applicationStatus: status.applicationStatus?.map((application: any) =>
        pick(application, ['application', 'status', 'step']),
      ),
      resourcesCount: status.resourcesCount,
    }),
  });
}
