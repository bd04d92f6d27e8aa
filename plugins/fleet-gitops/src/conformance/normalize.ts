/** Maps whose entries are data, so that only `null` is left out of them. */
const DATA_MAPS = new Set([
  'labels',
  'annotations',
  'commonLabels',
  'commonAnnotations',
  'valuesObject',
]);
const KEEPS_FALSE = new Set(['enabled', 'prune', 'selfHeal', 'allowEmpty']);

/**
 * An Application reduced to what golden cases compare: metadata, spec and operation without empty members.
 */
export function normalizeApplication(application: any): any {
  const { metadata = {}, spec, operation } = application;
  const { name, namespace, labels, annotations, finalizers, owned } = metadata;
  return normalize(
    {
      metadata: { name, namespace, labels, annotations, finalizers, owned },
      spec,
      operation,
    },
    '',
    false,
  );
}

function normalize(value: any, key: string, inData: boolean): any {
  if (Array.isArray(value)) {
    return value.map(item => normalize(item, '', inData));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const result: Record<string, any> = {};
  for (const [name, item] of Object.entries(value)) {
    const normalized = normalize(item, name, inData || DATA_MAPS.has(name));
    if (!isLeftOut(name, normalized, inData || DATA_MAPS.has(key))) {
      result[name] = normalized;
    }
  }
  return result;
}

function isLeftOut(name: string, value: any, inData: boolean): boolean {
  if (value === null || value === undefined) {
    return true;
  }
  if (inData) {
    return false;
  }
  if (Array.isArray(value)) {
    return value.length === 0;
  }
  if (typeof value === 'object') {
    return (
      (name === 'destination' || name === 'metadata') &&
      Object.keys(value).length === 0
    );
  }
  return (
    value === '' ||
    (value === false && !KEEPS_FALSE.has(name)) ||
    (value === 0 && name !== 'revisionHistoryLimit')
  );
}

/** Applications in a canonical order and form, to compare two sets of them. */
export function normalizeApplications(applications: any[]): any[] {
  return applications
    .map(normalizeApplication)
    .map(application => ({ application, key: canonical(application) }))
    .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ application }) => application);
}

/** JSON with sorted keys. */
export function canonical(value: any): string {
  return JSON.stringify(value, (_, item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(
          Object.entries(item).sort(([a], [b]) => (a < b ? -1 : Number(a > b))),
        )
      : item,
  );
}
