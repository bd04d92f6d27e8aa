import type { UncheckedRule } from '@backstage-fleet/plugin-fleet-common';
import { formatFieldPath, parseFieldPath } from '../../fieldPath';
import type { FieldPath } from '../../fieldPath';
import type { JsonSchema } from '../../types';
import { SchemaViolation, violation } from '../structuralSchema';
import { evaluateCel } from './environment';
import { reads } from './expression';
import { toCelValue } from './values';

/** One entry of `x-kubernetes-validations`. */
interface ValidationRule {
  rule: string;
  message?: string;
  messageExpression?: string;
  fieldPath?: string;
  optionalOldSelf?: boolean;
}

/** What the rules of a definition say of an object. */
export interface RulesCheck {
  violations: SchemaViolation[];
  /** Rules that could not be evaluated. */
  notChecked: UnevaluatedRule[];
}

/** A rule that could not be evaluated, before it is known which file it is about. */
export type UnevaluatedRule = Omit<UncheckedRule, 'file'>;

/** Errors that come of the values: the API server refuses the object for them too. */
const FAILURES = new Set([
  'no_such_key',
  'index_out_of_bounds',
  'division_by_zero',
  'modulo_by_zero',
  'numeric_overflow',
]);

/**
 * Evaluates the CEL rules (`x-kubernetes-validations`) of a definition for an object that its schema allows.
 *
 * @remarks
 * Rules that read `oldSelf` hold where there is an old value at the same place: the same property, map key, or item of a
 * list of type `map` with the same keys. With `optionalOldSelf` they hold always. Source: Kubernetes "Extend the Kubernetes API
 * with CustomResourceDefinitions", "Validation rules"; apiextensions-apiserver `pkg/apiserver/schema/cel/validation.go`.
 *
 * @param schema - what {@link closedSchema} made of the definition
 * @param value - the object with its defaults
 * @param previous - the object before, where it is changed
 */
export function checkRules(
  schema: JsonSchema,
  value: unknown,
  previous?: unknown,
): RulesCheck {
  const check: RulesCheck = { violations: [], notChecked: [] };
  visit(schema, value, previous, [], check);
  return check;
}

function visit(
  schema: any,
  value: any,
  previous: any,
  path: FieldPath,
  check: RulesCheck,
): void {
  if (!schema || value === undefined || value === null) return;
  for (const rule of schema['x-kubernetes-validations'] ?? [])
    checkRule(rule, { schema, value, previous, path }, check);
  if (Array.isArray(value)) {
    const old = oldItems(schema, previous);
    value.forEach((item, index) =>
      visit(schema.items, item, old(item), [...path, index], check),
    );
  } else if (typeof value === 'object') {
    const before = isMap(previous) ? previous : {};
    for (const [key, item] of Object.entries(value))
      visit(
        schemaOfEntry(schema, key),
        item,
        Object.hasOwn(before, key) ? before[key] : undefined,
        [...path, key],
        check,
      );
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function schemaOfEntry(schema: any, key: string): any {
  const properties = schema.properties ?? {};
  return Object.hasOwn(properties, key)
    ? properties[key]
    : schema.additionalProperties;
}

/** The item that an item of a list was before. Only lists of type `map` say which it is. */
function oldItems(schema: any, previous: unknown): (item: any) => unknown {
  const keys: string[] = schema['x-kubernetes-list-map-keys'] ?? [];
  if (!Array.isArray(previous) || keys.length === 0) return () => undefined;
  return item =>
    previous.find(candidate =>
      keys.every(key => candidate?.[key] === item?.[key]),
    );
}

interface Place {
  schema: any;
  value: unknown;
  previous: unknown;
  path: FieldPath;
}

function checkRule(
  rule: ValidationRule,
  place: Place,
  check: RulesCheck,
): void {
  try {
    const variables = variablesOf(rule, place);
    if (!variables) return;
    const answer = evaluateCel(rule.rule, variables);
    if (answer === true) return;
    if (answer !== false) throw new Error('it answers no boolean');
    check.violations.push(
      violation(
        pathOf(rule, place.path),
        `is refused by a rule: ${messageOf(rule, variables)}`,
      ),
    );
  } catch (error) {
    const { code, summary, message } = error as Error & {
      code?: string;
      summary?: string;
    };
    const reason = summary ?? message;
    if (code !== undefined && FAILURES.has(code)) {
      check.violations.push(
        violation(
          place.path,
          `is refused by the rule \`${oneLine(rule.rule)}\`: ${reason}`,
        ),
      );
      return;
    }
    check.notChecked.push({
      field: formatFieldPath(place.path),
      rule: oneLine(rule.rule),
      reason,
    });
  }
}

/** `undefined` where a rule about a change has nothing to compare with. */
function variablesOf(
  rule: ValidationRule,
  { schema, value, previous }: Place,
): Record<string, unknown> | undefined {
  const self = toCelValue(schema, value);
  if (!reads(rule.rule, 'oldSelf')) return { self };
  const isKnown = previous !== undefined && previous !== null;
  if (!rule.optionalOldSelf)
    return isKnown
      ? { self, oldSelf: toCelValue(schema, previous) }
      : undefined;
  const oldSelf = isKnown
    ? evaluateCel('optional.of(self)', { self: toCelValue(schema, previous) })
    : evaluateCel('optional.none()', {});
  return { self, oldSelf };
}

function messageOf(
  rule: ValidationRule,
  variables: Record<string, unknown>,
): string {
  const fallback = rule.message ?? `failed rule: ${oneLine(rule.rule)}`;
  if (!rule.messageExpression) return fallback;
  try {
    const message = evaluateCel(rule.messageExpression, variables);
    const isText = typeof message === 'string' && !message.includes('\n');
    return isText && message.trim() !== '' ? message : fallback;
  } catch {
    return fallback;
  }
}

function pathOf({ fieldPath }: ValidationRule, path: FieldPath): FieldPath {
  const relative = fieldPath && parseFieldPath(fieldPath.replace(/^\./, ''));
  return relative ? [...path, ...relative] : path;
}

function oneLine(rule: string): string {
  return rule.trim().replace(/\s+/g, ' ');
}
