import type { StatusCause } from './types';

/** The part of an OpenAPI schema that admission checks. Fields without a rule are taken as they come. */
export interface Shape {
  type: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  required?: string[];
  fields?: Record<string, Shape>;
  items?: Shape;
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') {
    return Number.isInteger(value) ? 'integer' : 'number';
  }
  return typeof value;
}

function join(path: string, step: string): string {
  return path ? `${path}.${step}` : step;
}

function walk(
  shape: Shape,
  value: any,
  path: string,
  wrongTypes: StatusCause[],
  missing: StatusCause[],
): void {
  const type = typeOf(value);
  if (type !== shape.type) {
    wrongTypes.push({
      reason: 'FieldValueTypeInvalid',
      message: `Invalid value: "${type}": ${path} in body must be of type ${shape.type}: "${type}"`,
      field: path,
    });
    return;
  }
  for (const [name, field] of Object.entries(shape.fields ?? {})) {
    // The API server drops a null before it checks, where the field may not be null.
    if (value[name] !== undefined && value[name] !== null) {
      walk(field, value[name], join(path, name), wrongTypes, missing);
    }
  }
  for (const name of shape.required ?? []) {
    if (value[name] === undefined || value[name] === null) {
      missing.push({
        reason: 'FieldValueRequired',
        message: 'Required value',
        field: join(path, name),
      });
    }
  }
  if (shape.items) {
    (value as unknown[]).forEach((item, index) =>
      walk(shape.items!, item, `${path}[${index}]`, wrongTypes, missing),
    );
  }
}

/** Reasons to refuse a value, in the words of the API server. */
export function checkShape(shape: Shape, value: unknown): StatusCause[] {
  const wrongTypes: StatusCause[] = [];
  const missing: StatusCause[] = [];
  walk(shape, value, '', wrongTypes, missing);
  return [...wrongTypes, ...missing];
}
