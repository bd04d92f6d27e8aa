import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { defined, pick, projectMetadata } from './metadata';

/** An AppProject: what it allows, without its roles and their tokens. */
export function projectAppProject(object: KubernetesObject): KubernetesObject {
  return defined({
    apiVersion: object.apiVersion,
    kind: 'AppProject',
    metadata: projectMetadata(object),
    spec: pick(object.spec, ['description', 'destinations', 'sourceRepos']),
  });
}
