/** Values that expressions start from: `schema`, and each resource by its id. */
export type Scope = Record<string, unknown>;

/** An expression that is no plain path; KRO evaluates all of CEL. */
export class ExpressionError extends Error {
  readonly name = 'ExpressionError';
}

const PATH = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;

function valueAt(expression: string, scope: Scope): unknown {
  const path = expression.trim();
  if (!PATH.test(path)) {
    throw new ExpressionError(
      `\${${expression}}: the embedded hub evaluates paths such as schema.spec.name only`,
    );
  }
  return path
    .split('.')
    .reduce<unknown>((value, step) => (value as any)?.[step], scope);
}

/** Ids of the resources that a template refers to. */
export function referencesOf(template: unknown): Set<string> {
  const found = new Set<string>();
  for (const [, root] of JSON.stringify(template ?? null).matchAll(
    /\$\{\s*([A-Za-z_]\w*)/g,
  )) {
    if (root !== 'schema') found.add(root);
  }
  return found;
}

/** A template with its `${…}` expressions replaced; one that is a whole value keeps the value's type. */
export function render(template: unknown, scope: Scope): unknown {
  if (typeof template === 'string') {
    const whole = /^\$\{([^}]*)\}$/.exec(template);
    if (whole) return valueAt(whole[1], scope);
    return template.replace(/\$\{([^}]*)\}/g, (_match, expression) =>
      String(valueAt(expression, scope) ?? ''),
    );
  }
  if (Array.isArray(template)) return template.map(item => render(item, scope));
  if (typeof template === 'object' && template !== null) {
    return Object.fromEntries(
      Object.entries(template)
        .map(([key, value]) => [key, render(value, scope)])
        .filter(([, value]) => value !== undefined),
    );
  }
  return template;
}
