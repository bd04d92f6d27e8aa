import { Blueprint } from '@backstage-fleet/plugin-fleet-common';
import { extractSchemaFromStep } from '@backstage/plugin-scaffolder-react/alpha';
import { RJSFSchema, UiSchema, getDefaultFormState } from '@rjsf/utils';
import validator from '@rjsf/validator-ajv8';

/** What the field holds. */
export interface BlueprintChoice {
  blueprint: string;
  repository: string;
  parameters: Record<string, unknown>;
}

/** The form of a blueprint's parameters: its schema, and the `ui:` keywords that stand in it. */
export function formOf(blueprint: Blueprint): {
  schema: RJSFSchema;
  uiSchema: UiSchema;
} {
  const { schema, uiSchema } = extractSchemaFromStep(
    // It takes apart what it is given.
    structuredClone(blueprint.parameters),
  );
  return { schema: schema as RJSFSchema, uiSchema };
}

/**
 * A blueprint as chosen: its parameters with the schema's defaults, and what was filled in for another one where it fits
 * here too.
 */
export function choose(
  blueprint: Blueprint,
  before: Record<string, unknown> = {},
): BlueprintChoice {
  const { schema } = formOf(blueprint);
  const kept = Object.entries(before).filter(([name, value]) => {
    const property = schema.properties?.[name];
    return (
      typeof property === 'object' && validator.isValid(property, value, schema)
    );
  });
  return {
    blueprint: blueprint.id,
    repository: blueprint.repository,
    parameters: (getDefaultFormState(
      validator,
      schema,
      Object.fromEntries(kept),
      schema,
    ) ?? {}) as Record<string, unknown>,
  };
}

/** The blueprint that is chosen, where it is among those that there are. */
export function chosenOf(
  choice: Partial<BlueprintChoice> | undefined,
  blueprints: Blueprint[],
): Blueprint | undefined {
  return blueprints.find(
    each =>
      each.id === choice?.blueprint && each.repository === choice.repository,
  );
}

/**
 * What is wrong with a choice, nothing where it can be used.
 *
 * @param blueprints - `undefined` where they are not known
 */
export function choiceProblems(
  choice: Partial<BlueprintChoice> | undefined,
  blueprints: Blueprint[] | undefined,
): string[] {
  if (!choice?.blueprint) {
    return ['Choose a blueprint.'];
  }
  if (!blueprints) return [];
  const blueprint = chosenOf(choice, blueprints);
  if (!blueprint) {
    return [
      `There is no blueprint ${choice.blueprint} any more. Choose another one.`,
    ];
  }
  const { schema } = formOf(blueprint);
  const { errors } = validator.validateFormData(
    choice.parameters ?? {},
    schema,
  );
  return [...new Set(errors.map(error => error.stack))];
}
