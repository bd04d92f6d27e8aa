import type { UncheckedRule } from '@backstage-fleet/plugin-fleet-common';
import { formatFieldPath, parseFieldPath } from '../../fieldPath';
import type { FieldPath } from '../../fieldPath';
import type { JsonSchema } from '../../types';
import { SchemaViolation, violation } from '../structuralSchema';
import { equals } from './comparison';
import { EvaluationFailure } from './errors';
import { evaluateCel, Variables } from './evaluate';
import { reads } from './parse';
import { Optional } from './types';
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

/**
 * Evaluates the CEL rules (`x-kubernetes-validations`) of a definition for an object that its schema allows.
 *
 * @remarks
 * Rules that read `oldSelf` hold where there is an old value at the same place: the same property, map key, or item of a
 * list of type `map` with the same keys. With `optionalOldSelf` they hold always. What a rule says of a value that is as it was
 * is no violation ("ratcheting"). Source: Kubernetes "Extend the Kubernetes API with CustomResourceDefinitions", "Validation
 * rules"; apiextensions-apiserver `pkg/apiserver/schema/cel/validation.go`.
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
  if (!hasRules(schema)) return check;
  const isUnchanged = () => false;
  visit(schema, { schema, value, previous, path: [], isUnchanged }, check);
  return check;
}

/** The API server evaluates those in an `allOf` only where there are others. */
function hasRules(schema: any): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  const { properties = {}, items, additionalProperties } = schema;
  return (
    schema['x-kubernetes-validations']?.length > 0 ||
    [items, additionalProperties, ...Object.values(properties)].some(hasRules)
  );
}

/** A value, and where it is. */
interface Place {
  schema: any;
  value: any;
  previous: any;
  path: FieldPath;
  /** Whether what holds the value is as it was. */
  isUnchanged(): boolean;
  /** Set below an `allOf`, where the API server looks no further than to what holds it. */
  isWithinAllOf?: boolean;
}

/** @param rules - the schema that has the rules: that of the value, or a part of its `allOf` */
function visit(rules: any, place: Place, check: RulesCheck): void {
  const { schema, value, previous, path } = place;
  if (!rules || !schema || value === undefined || value === null) return;
  for (const rule of rules['x-kubernetes-validations'] ?? [])
    checkRule(rule, place, check);
  for (const part of rules.allOf ?? [])
    visit(part, { ...place, isWithinAllOf: true }, check);
  const { isWithinAllOf } = place;
  const below = { isUnchanged: () => isAsBefore(place), isWithinAllOf };
  if (Array.isArray(value)) {
    const old = oldItems(schema, previous);
    value.forEach((item, index) => {
      const at = { schema: schema.items, value: item, previous: old(item) };
      visit(rules.items, { ...at, ...below, path: [...path, index] }, check);
    });
  } else if (typeof value === 'object') {
    const before = isMap(previous) ? previous : {};
    for (const [key, item] of Object.entries(value)) {
      const at = {
        schema: schemaOfEntry(schema, key),
        value: item,
        previous: Object.hasOwn(before, key) ? before[key] : undefined,
      };
      visit(
        schemaOfEntry(rules, key),
        { ...at, ...below, path: [...path, key] },
        check,
      );
    }
  }
}

function isAsBefore(place: Place): boolean {
  const { schema, value, previous } = place;
  return place.isWithinAllOf || previous === undefined || previous === null
    ? place.isUnchanged()
    : equals(toCelValue(schema, value), toCelValue(schema, previous));
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

function checkRule(
  rule: ValidationRule,
  place: Place,
  check: RulesCheck,
): void {
  try {
    const found = violationOf(rule, place);
    if (found) check.violations.push(found);
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof EvaluationFailure) {
      check.violations.push(
        violation(
          place.path,
          `is refused by the rule \`${oneLine(rule.rule)}\`: ${message}`,
        ),
      );
      return;
    }
    check.notChecked.push({
      field: formatFieldPath(place.path),
      rule: oneLine(rule.rule),
      reason: message,
    });
  }
}

function violationOf(
  rule: ValidationRule,
  place: Place,
): SchemaViolation | undefined {
  const isOfChanges = reads(rule.rule, 'oldSelf');
  const variables = variablesOf(rule, isOfChanges, place);
  if (!variables) return undefined;
  const answer = evaluateCel(rule.rule, variables);
  if (answer === true) return undefined;
  if (answer !== false) throw new Error('it answers no boolean');
  if (!isOfChanges && isAsBefore(place)) return undefined;
  return violation(
    pathOf(rule, place.path),
    `is refused by a rule: ${messageOf(rule, variables)}`,
  );
}

/** `undefined` where a rule about a change has nothing to compare with. */
function variablesOf(
  { optionalOldSelf }: ValidationRule,
  isOfChanges: boolean,
  { schema, value, previous }: Place,
): Variables | undefined {
  const self = toCelValue(schema, value);
  const isKnown = previous !== undefined && previous !== null;
  if (optionalOldSelf)
    return {
      self,
      oldSelf: isKnown
        ? Optional.of(toCelValue(schema, previous))
        : Optional.NONE,
    };
  if (isKnown) return { self, oldSelf: toCelValue(schema, previous) };
  return isOfChanges ? undefined : { self };
}

function messageOf(rule: ValidationRule, variables: Variables): string {
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
