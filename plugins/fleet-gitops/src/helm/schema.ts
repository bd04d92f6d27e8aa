import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import Ajv2019 from 'ajv/dist/2019';
import Ajv2020 from 'ajv/dist/2020';
import { GoDict, GoInteger, Value, isDict } from '../gotemplate/values/types';
import { Chart } from './chart';
import { HelmError } from './errors';

function validatorFor(schema: any): Ajv {
  const options = {
    strict: false,
    allErrors: true,
    validateFormats: false,
    logger: false,
  } as const;
  const dialect = typeof schema?.$schema === 'string' ? schema.$schema : '';
  if (/draft-0[67]/.test(dialect)) {
    return new Ajv(options);
  }
  return dialect.includes('2019-09')
    ? new Ajv2019(options)
    : new Ajv2020(options);
}

function compile(chart: Chart): ValidateFunction {
  const path = `${chart.metadata.name}/values.schema.json`;
  try {
    const { $schema, ...schema } = JSON.parse(chart.schema!);
    return validatorFor({ $schema }).compile(schema);
  } catch (error) {
    throw new HelmError(
      `${path} is no valid JSON schema: ${(error as Error).message}`,
      { path, cause: error },
    );
  }
}

function describe(error: ErrorObject): string {
  return `- at '${error.instancePath}': ${error.message}`;
}

/** The schema's words are for JSON numbers; integers of `--set` are of a type of their own. */
function plainNumbers(value: Value): unknown {
  if (value instanceof GoInteger) return Number(value.value);
  if (Array.isArray(value)) return value.map(plainNumbers);
  return isDict(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, plainNumbers(item)]),
      )
    : value;
}

function problems(chart: Chart, values: GoDict): string[] {
  const found: string[] = [];
  if (chart.schema !== undefined) {
    const validate = compile(chart);
    if (!validate(plainNumbers(values))) {
      found.push(
        `${chart.metadata.name}:`,
        ...(validate.errors ?? []).map(describe),
      );
    }
  }
  for (const subchart of chart.subcharts) {
    const { name } = subchart.metadata;
    const own = Object.hasOwn(values, name) ? values[name] : undefined;
    if (isDict(own)) {
      found.push(...problems(subchart, own));
    }
  }
  return found;
}

/**
 * Checks the values of a chart and its subcharts against their values.schema.json.
 *
 * @throws HelmError that lists every violation
 */
export function validateValues(chart: Chart, values: GoDict): void {
  const found = problems(chart, values);
  if (found.length > 0) {
    throw new HelmError(
      `values don't meet the specifications of the schema(s) in the following chart(s):\n${found.join(
        '\n',
      )}`,
      { path: `${chart.metadata.name}/values.schema.json` },
    );
  }
}
