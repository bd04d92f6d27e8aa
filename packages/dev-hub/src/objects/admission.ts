import { metadataCauses } from './metadataRules';
import { invalid } from './status';
import type { KubernetesObject, Resource, WriteOptions } from './types';

/**
 * Completes an object and checks it; raises 422 with all reasons.
 *
 * @param old - the object that it replaces, on updates
 */
export function admitObject(
  resource: Resource<any>,
  object: KubernetesObject,
  old: KubernetesObject | undefined,
  options: WriteOptions,
): KubernetesObject {
  const apiVersion = resource.group
    ? `${resource.group}/${resource.version}`
    : resource.version;
  const kind = object.kind ?? resource.kind;
  const complete = { ...object, apiVersion, kind };
  const prepared = resource.prepare ? resource.prepare(complete) : complete;
  const metadata = metadataCauses(resource, prepared, old);
  const { causes = [], warnings = [] } =
    kind === resource.kind ? resource.admit?.(prepared, old) ?? {} : {};
  const wrongKind = {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${JSON.stringify(kind)}: must be ${resource.kind}`,
    field: 'kind',
  };
  const all = [
    ...(kind === resource.kind ? [] : [wrongKind]),
    ...metadata,
    ...causes,
  ];
  if (all.length > 0) {
    throw invalid(
      { group: resource.group, kind },
      prepared.metadata.name ?? '',
      all,
    );
  }
  for (const warning of warnings) options.onWarning?.(warning);
  return prepared;
}
