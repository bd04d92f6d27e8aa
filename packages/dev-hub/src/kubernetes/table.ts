import type { KubernetesObject, PrinterColumn, Resource } from '../objects';
import { humanDuration } from './humanDuration';

const NAME_DESCRIPTION =
  'Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names';

interface ColumnDefinition {
  name: string;
  type: string;
  format: string;
  description: string;
  priority: number;
}

/** `columnDefinitions` of a Table; built-in kinds send every date as text. */
export function columnDefinitions(resource: Resource): ColumnDefinition[] {
  return [
    {
      name: 'Name',
      type: 'string',
      format: 'name',
      description: NAME_DESCRIPTION,
      priority: 0,
    },
    ...resource.columns.map(column => ({
      name: column.name,
      type: resource.custom ? column.type : 'string',
      format: column.format ?? '',
      description:
        column.description ??
        `Custom resource definition column (in JSONPath format): ${column.jsonPath}`,
      priority: column.priority ?? 0,
    })),
  ];
}

function atPath(object: KubernetesObject, jsonPath: string): unknown {
  let value: any = object;
  for (const step of jsonPath.split('.').slice(1)) value = value?.[step];
  return value;
}

function cell(
  column: PrinterColumn,
  object: KubernetesObject,
  now: number,
): unknown {
  if (column.value) return column.value(object);
  const value = atPath(object, column.jsonPath);
  if (column.type === 'date') {
    return typeof value === 'string'
      ? humanDuration(now - Date.parse(value))
      : '<unknown>';
  }
  // Without a value the cell is null, which kubectl prints as nothing.
  return value === undefined ? null : value;
}

/** The cells of one row: the name, then the columns of the resource. */
export function tableCells(
  resource: Resource,
  object: KubernetesObject,
  now: number,
): unknown[] {
  return [
    object.metadata.name,
    ...resource.columns.map(column => cell(column, object, now)),
  ];
}
