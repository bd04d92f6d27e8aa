import { parseLabelSelector } from './labelSelector';
import { badRequest } from './status';
import type { KubernetesObject, ObjectFilter, Resource } from './types';

export type ObjectPredicate = (object: KubernetesObject) => boolean;

const everything: ObjectPredicate = () => true;

const COMMON_FIELDS = ['metadata.name', 'metadata.namespace'];

function fieldValue(object: KubernetesObject, path: string): string {
  let value: any = object;
  for (const step of path.split('.')) value = value?.[step];
  return value === undefined ? '' : String(value);
}

/**
 * Parses `metadata.name=x,metadata.namespace!=y`; raises 400 for fields that the resource cannot be selected by.
 *
 * Source: Kubernetes `apimachinery/pkg/fields/selector.go` ParseSelector.
 */
export function parseFieldSelector(
  resource: Pick<Resource, 'selectableFields'>,
  text: string,
): ObjectPredicate {
  const fields = [...COMMON_FIELDS, ...(resource.selectableFields ?? [])];
  const terms = text
    .split(',')
    .filter(term => term !== '')
    .map(term => {
      const match = /^(.*?)(==|!=|=)(.*)$/.exec(term);
      if (!match) {
        throw badRequest(
          `invalid selector: '${text}'; can't understand '${term}'`,
        );
      }
      const [, field, operator, value] = match;
      if (!fields.includes(field)) {
        throw badRequest(`field label not supported: ${field}`);
      }
      return { field, equal: operator !== '!=', value };
    });
  if (terms.length === 0) return everything;
  return object =>
    terms.every(
      term => (fieldValue(object, term.field) === term.value) === term.equal,
    );
}

/** One test for all parts of a filter. Raises 400 for selectors that do not parse. */
export function parseFilter(
  resource: Pick<Resource, 'selectableFields'>,
  filter: ObjectFilter,
): ObjectPredicate {
  const byLabel = filter.labelSelector
    ? parseLabelSelector(filter.labelSelector)
    : undefined;
  const byField = filter.fieldSelector
    ? parseFieldSelector(resource, filter.fieldSelector)
    : undefined;
  const { namespace } = filter;
  if (!byLabel && !byField && namespace === undefined) return everything;
  return object =>
    (namespace === undefined || object.metadata.namespace === namespace) &&
    (!byLabel || byLabel(object.metadata.labels ?? {})) &&
    (!byField || byField(object));
}
