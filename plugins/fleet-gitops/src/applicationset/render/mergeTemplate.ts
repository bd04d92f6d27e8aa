import type { GoType, StructField, StructType } from '../schema/goType';

/**
 * The template of one generator, with its empty fields filled from the ApplicationSet's template. Empty strings, `false`
 * and 0 count as empty, behind pointers too, so they cannot override; maps are filled key by key, lists as a whole.
 *
 * Source: `dario.cat/mergo` 1.0.2 `Merge`, as Argo CD's `mergeGeneratorTemplate` calls it.
 */
export function mergeTemplate(type: StructType, own: any, base: any): any {
  const result: Record<string, any> = {};
  for (const [name, field] of Object.entries(type.fields)) {
    const value = mergeField(field, own[name], base[name]);
    if (value !== undefined) {
      result[name] = value;
    }
  }
  return result;
}

function mergeField(field: StructField, own: any, base: any): any {
  if (own === undefined) {
    return base;
  }
  return base === undefined ? own : mergeValue(field.type, own, base);
}

function mergeValue(type: GoType, own: any, base: any): any {
  switch (type.kind) {
    case 'struct':
      return mergeTemplate(type, own, base);
    case 'map': {
      const result = { ...own };
      for (const [key, value] of Object.entries(base)) {
        if (isEmpty(result[key])) {
          result[key] = value;
        }
      }
      return result;
    }
    case 'json':
      return own;
    default:
      return isEmpty(own) && !isEmpty(base) ? base : own;
  }
}

function isEmpty(value: any): boolean {
  return (
    value === undefined ||
    value === '' ||
    value === false ||
    value === 0 ||
    (Array.isArray(value) && value.length === 0)
  );
}
