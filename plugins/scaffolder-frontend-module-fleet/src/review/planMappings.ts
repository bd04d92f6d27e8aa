import { IntentMapping } from '../fields/FleetPlanPreview';

/** The `ui:field` that shows a plan. */
const PLAN_FIELD = 'FleetPlanPreview';

/**
 * How the form of a template becomes intents: the options of its `FleetPlanPreview` fields, wherever in the steps they
 * are, each once. Templates often show the same plan on several pages.
 */
export function planMappings(
  steps: ReadonlyArray<{ uiSchema: object }>,
): IntentMapping[] {
  const found = new Map<string, IntentMapping>();
  for (const mapping of steps.flatMap(step => mappingsIn(step.uiSchema))) {
    found.set(JSON.stringify(mapping), mapping);
  }
  return [...found.values()];
}

/** Whether any page of a template, as its author wrote it, has a field that shows a plan. */
export function showsPlan(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  if ('ui:field' in schema && schema['ui:field'] === PLAN_FIELD) return true;
  return Object.values(schema).some(showsPlan);
}

function mappingsIn(uiSchema: unknown): IntentMapping[] {
  if (typeof uiSchema !== 'object' || uiSchema === null) return [];
  const { 'ui:field': field, 'ui:options': options } = uiSchema as Record<
    string,
    unknown
  >;
  if (field === PLAN_FIELD) return options ? [options as IntentMapping] : [];
  return Object.entries(uiSchema)
    .filter(([key]) => !key.startsWith('ui:'))
    .flatMap(([, value]) => mappingsIn(value));
}
