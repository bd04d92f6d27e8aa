import { Intent } from '@backstage-fleet/plugin-fleet-common';
import { valueAt } from '../common';

/** How a form's fields become an intent; the options of the field in a template. */
export interface IntentMapping {
  kind: string;
  repository?: { from: string };
  /** `{ from: field }` stands for a field's value, with `map` for what that has for the value, all else for itself. */
  parameters: Record<string, unknown>;
  /** Fields without which there is no intent. */
  needs?: string[];
  /** By guard, the field whose value says that the template overrides it. */
  overrides?: Record<string, { from: string }>;
}

/**
 * The intent that a form asks for as far as it is filled in, or the fields that are missing. What is empty in the form is
 * left out of the intent.
 */
export function intentOf(
  mapping: IntentMapping,
  form: unknown,
): { intent: Intent; missing?: undefined } | { missing: string[] } {
  const missing = (mapping.needs ?? []).filter(field =>
    isEmpty(filled(valueAt(form, field))),
  );
  if (missing.length > 0) return { missing };
  const repository = mapping.repository && resolve(mapping.repository, form);
  return {
    intent: {
      kind: mapping.kind as Intent['kind'],
      ...(typeof repository === 'string' && { repository }),
      parameters: (resolve(mapping.parameters, form) ?? {}) as Record<
        string,
        unknown
      >,
    },
  };
}

/** The guards that a form overrides: those whose field is filled in, and not with `false`. */
export function overriddenGuards(
  mapping: IntentMapping | undefined,
  form: unknown,
): Set<string> {
  const guards = Object.entries(mapping?.overrides ?? {}).filter(
    ([, { from }]) => Boolean(filled(valueAt(form, from))),
  );
  return new Set(guards.map(([guard]) => guard));
}

function resolve(template: unknown, form: unknown): unknown {
  if (Array.isArray(template)) {
    return filled(template.map(item => resolve(item, form)));
  }
  if (!isObject(template)) return template;
  if (isReference(template)) {
    const value = filled(valueAt(form, template.from));
    return template.map ? template.map[String(value)] : value;
  }
  const entries = Object.entries(template)
    .map(([key, value]) => [key, resolve(value, form)] as const)
    .filter(([, value]) => value !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** A form's value without what is empty: forms fill lists up to `minItems` with nothing. */
function filled(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.filter(item => !isEmpty(item));
    return items.length > 0 ? items : undefined;
  }
  return isEmpty(value) ? undefined : value;
}

/** A value of the form, or what `map` has for it. */
interface Reference {
  from: string;
  map?: Record<string, unknown>;
}

function isReference(template: object): template is Reference {
  const { from, map, ...others } = template as Record<string, unknown>;
  return (
    typeof from === 'string' &&
    (map === undefined || isObject(map)) &&
    Object.keys(others).length === 0
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
