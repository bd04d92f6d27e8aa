import {
  FLEET_BLUEPRINT_ANNOTATION,
  FLEET_CLUSTER_ANNOTATION,
  KubernetesObject,
} from '@backstage-fleet/plugin-fleet-common';
import { ConflictError } from '@backstage/errors';
import { parseFieldPath, setValueAt } from './fieldPath';
import { BlueprintValues, readSource } from './placeholders';
import type { ClusterBlueprint } from './types';

/**
 * The claim that a blueprint makes of its values.
 *
 * @remarks
 * Values are put at their paths in the parsed manifest; no text is filled into YAML, so that no value can become
 * anything but a value.
 *
 * @throws `ConflictError` where a path of the blueprint does not fit its manifest
 */
export function buildClaim(
  blueprint: ClusterBlueprint,
  values: BlueprintValues,
): KubernetesObject {
  const { manifest, values: bindings } = blueprint.claim;
  const { apiVersion, kind, metadata, ...rest } = structuredClone(manifest);
  const { name: _name, namespace, labels, annotations, ...other } = metadata;
  const claim: KubernetesObject = {
    apiVersion,
    kind,
    metadata: {
      name: values.cluster,
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels === undefined ? {} : { labels }),
      annotations: {
        ...annotations,
        [FLEET_BLUEPRINT_ANNOTATION]: blueprint.id,
        [FLEET_CLUSTER_ANNOTATION]: values.cluster,
      },
      ...other,
    },
    ...rest,
  };
  for (const { path, ...source } of bindings) {
    const value = readSource(source, values);
    if (value === undefined) continue;
    try {
      setValueAt(claim, parseFieldPath(path)!, structuredClone(value));
    } catch (error) {
      throw new ConflictError(
        `${blueprint.file}: \`${path}\` does not fit the manifest: ${
          (error as Error).message
        }.`,
      );
    }
  }
  return claim;
}
