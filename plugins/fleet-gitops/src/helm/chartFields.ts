import { valueText } from '../gotemplate/fmt/printf';
import { GoDict, isDict, Value } from '../gotemplate/values/types';
import { HelmError } from './errors';

type FieldKind = 'text' | 'texts' | 'flag' | 'map' | 'list';

/** The fields of Chart.yaml. Source: Helm `pkg/chart/metadata.go` `Metadata`. */
const FIELDS: Record<string, FieldKind> = {
  name: 'text',
  home: 'text',
  sources: 'texts',
  version: 'text',
  description: 'text',
  keywords: 'texts',
  maintainers: 'list',
  icon: 'text',
  apiVersion: 'text',
  condition: 'text',
  tags: 'text',
  appVersion: 'text',
  deprecated: 'flag',
  annotations: 'map',
  kubeVersion: 'text',
  dependencies: 'list',
  type: 'text',
};

const NAMES = new Map(
  Object.keys(FIELDS).map(name => [name.toLowerCase(), name]),
);

/** Fields that may hold more than one line of printable characters. */
const VERBATIM = new Set(['version', 'apiVersion', 'type']);

/** The text of a scalar; numbers and booleans are one where a text is meant. */
export function text(value: Value): string {
  return value === undefined || value === null ? '' : valueText(value);
}

/** One line of printable characters. Source: Helm `pkg/chart/metadata.go` `sanitizeString`. */
export function sanitize(value: Value): string {
  return text(value)
    .replace(/\p{White_Space}/gu, ' ')
    .replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '');
}

function isScalar(value: Value): boolean {
  return !Array.isArray(value) && !isDict(value);
}

function isOfKind(value: Value, kind: FieldKind): boolean {
  switch (kind) {
    case 'text':
      return isScalar(value);
    case 'texts':
      return Array.isArray(value) && value.every(isScalar);
    case 'flag':
      return typeof value === 'boolean';
    case 'map':
      return isDict(value) && Object.values(value).every(isScalar);
    default:
      return (
        Array.isArray(value) &&
        value.every(item => item !== null && isDict(item))
      );
  }
}

const MEANING: Record<FieldKind, string> = {
  text: 'a text',
  texts: 'a list of texts',
  flag: 'true or false',
  map: 'a map of texts',
  list: 'a list of maps',
};

/**
 * The fields of Chart.yaml as Go decodes them, whatever the case of their names, and with the texts that Helm cleans.
 *
 * @throws HelmError that names a field of another type than Helm expects
 */
export function readChartFields(raw: GoDict, path: string): GoDict {
  const fields: GoDict = {};
  for (const key of Object.keys(raw).sort()) {
    const name = NAMES.get(key.toLowerCase());
    const value = raw[key];
    if (!name || value === null || value === undefined) continue;
    const kind = FIELDS[name];
    if (!isOfKind(value, kind)) {
      throw new HelmError(`${path}: ${key} must be ${MEANING[kind]}`, { path });
    }
    if (kind === 'text' && !VERBATIM.has(name)) {
      fields[name] = sanitize(value);
    } else if (kind === 'texts') {
      fields[name] = (value as Value[]).map(sanitize);
    } else {
      fields[name] = value;
    }
  }
  return fields;
}
