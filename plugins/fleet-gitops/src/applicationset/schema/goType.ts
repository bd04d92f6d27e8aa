/**
 * The Go types that Argo CD decodes manifests into, as data. Decoding, rendering, merging of templates and strategic
 * merge patches all walk a value along such a type, because what they do depends on it: whether `false` counts as
 * absent, whether a key is kept, whether a list is replaced or merged.
 */
export type GoType =
  | { kind: 'string' | 'boolean' | 'integer' | 'intOrString' | 'json' }
  | { kind: 'list'; element: GoType }
  | { kind: 'map'; element: GoType }
  | StructType;

export interface StructType {
  kind: 'struct';
  name: string;
  fields: Record<string, StructField>;
}

export interface StructField {
  type: GoType;
  /** `omitempty`: zero values, empty lists and empty maps are not written. */
  omitEmpty: boolean;
  /** A Go pointer: absent and zero are two different things. */
  pointer: boolean;
  /** Keeps an empty list or map apart from an absent one, where Argo CD asks for `nil`. */
  keepEmpty?: boolean;
  /** Leaves out the zero value of a struct (`omitzero`). */
  omitZero?: boolean;
  /** Go's `patchStrategy` tag; without it lists are replaced and maps merged. */
  patchStrategy?: 'merge' | 'replace';
  /** The parameters `values` of a generator, which the matrix generator resolves key by key. */
  generatorValues?: boolean;
}

export const string: GoType = { kind: 'string' };
export const boolean: GoType = { kind: 'boolean' };
export const integer: GoType = { kind: 'integer' };
export const intOrString: GoType = { kind: 'intOrString' };
/** Any JSON value, kept as it is (`apiextensions.JSON`, `runtime.RawExtension`). */
export const json: GoType = { kind: 'json' };

export function list(element: GoType): GoType {
  return { kind: 'list', element };
}

export function map(element: GoType): GoType {
  return { kind: 'map', element };
}

export function struct(
  name: string,
  fields: Record<string, StructField>,
): StructType {
  return { kind: 'struct', name, fields };
}

/** A field without `omitempty`. */
export function required(type: GoType): StructField {
  return { type, omitEmpty: false, pointer: false };
}

/** A field with `omitempty`. */
export function optional(
  type: GoType,
  options: Partial<StructField> = {},
): StructField {
  return { type, omitEmpty: true, pointer: false, ...options };
}

/** A pointer field with `omitempty`. */
export function pointer(type: GoType): StructField {
  return { type, omitEmpty: true, pointer: true };
}
