import { parseAllDocuments } from 'yaml';
import type { GeneratedApplication } from '../../applicationset';
import type { ApplicationSet } from '../../model/argocd';
import type { RepositorySnapshot } from '../../model/repository';
import type { Declared } from '../../repository';
import type { YamlPath } from '../../yaml';
import { GeneratorLeaf, generatorLeaves } from './generatorLeaves';

/** A map in the repository whose entries became parameters of an Application. */
export interface ParameterPlace {
  kind: 'element' | 'file';
  file: string;
  document: number;
  /** Of the map in the file. */
  path: YamlPath;
  /** The map itself. */
  values: Record<string, any>;
  leaf: GeneratorLeaf;
}

/** Whether a row became part of these parameters: each of its entries is among them. */
function isIn(
  row: Record<string, any>,
  params: Record<string, any>,
  { mergeKeys }: GeneratorLeaf,
): boolean {
  if (mergeKeys) {
    const own = mergeKeys.filter(key => parameter(row, key) !== undefined);
    return (
      own.length > 0 &&
      own.every(key => parameter(row, key) === parameter(params, key))
    );
  }
  return Object.entries(row).every(([key, value]) =>
    contains(params[key] ?? flatMap(params, key), value),
  );
}

/** The nested map that flat parameters (`values.a`, `values.b`) stand for. */
function flatMap(params: Record<string, any>, key: string): any {
  const prefix = `${key}.`;
  const entries = Object.entries(params).filter(([name]) =>
    name.startsWith(prefix),
  );
  return entries.length > 0
    ? Object.fromEntries(
        entries.map(([name, value]) => [name.slice(prefix.length), value]),
      )
    : undefined;
}

function contains(actual: any, expected: any): boolean {
  // A generator inside a matrix may itself be a template.
  if (typeof expected === 'string' && expected.includes('{{')) return true;
  if (expected && typeof expected === 'object') {
    return Object.entries(expected).every(([key, value]) =>
      contains(actual?.[key] ?? flatMap(actual ?? {}, key), value),
    );
  }
  return actual === expected || String(actual) === String(expected);
}

/** A parameter by its dotted name, nested or flat. */
export function parameter(params: Record<string, any>, name: string): unknown {
  if (Object.hasOwn(params, name)) return params[name];
  return name.split('.').reduce<any>((value, key) => value?.[key], params);
}

/** The directory that a git generator found for these parameters. */
export function generatorDirectory(
  { spec }: GeneratorLeaf,
  params: Record<string, any>,
): string | undefined {
  const { pathParamPrefix: prefix } = spec;
  const nested = prefix ? params[prefix]?.path : params.path;
  const path =
    nested && typeof nested === 'object'
      ? nested.path
      : params[prefix ? `${prefix}.path` : 'path'];
  return typeof path === 'string' ? path : undefined;
}

/** The file that a git generator read for these parameters. */
export function generatorFile(
  leaf: GeneratorLeaf,
  params: Record<string, any>,
): string | undefined {
  const { pathParamPrefix: prefix } = leaf.spec;
  const directory = generatorDirectory(leaf, params);
  const nested = prefix ? params[prefix]?.path : params.path;
  const name =
    nested && typeof nested === 'object'
      ? nested.filename
      : params[`${prefix ? `${prefix}.` : ''}path.filename`];
  if (directory === undefined || typeof name !== 'string') return undefined;
  return directory === '.' ? name : `${directory}/${name}`;
}

function rowsOfFile(
  leaf: GeneratorLeaf,
  params: Record<string, any>,
  repository: RepositorySnapshot,
): ParameterPlace[] {
  const file = generatorFile(leaf, params);
  const text = file === undefined ? undefined : repository.files.get(file);
  if (text === undefined) return [];
  const documents = parseAllDocuments(text, { merge: true });
  const content =
    'empty' in documents || documents[0].errors.length > 0
      ? undefined
      : documents[0].toJS();
  const place = (values: any, path: YamlPath): ParameterPlace[] =>
    values && typeof values === 'object' && isIn(values, params, leaf)
      ? [{ kind: 'file', file: file!, document: 0, path, values, leaf }]
      : [];
  return Array.isArray(content)
    ? content.flatMap((item, index) => place(item, [index]))
    : place(content, []);
}

/**
 * The list elements and files that the parameters of an Application come from, in the order of their generators.
 */
export function parameterPlaces(
  declared: Declared<ApplicationSet>,
  { generator, params }: GeneratedApplication,
  repository: RepositorySnapshot,
): ParameterPlace[] {
  return generatorLeaves(declared.object, generator).flatMap(leaf => {
    if (leaf.kind === 'git' && leaf.spec.files)
      return rowsOfFile(leaf, params, repository);
    if (leaf.kind !== 'list') return [];
    const elements: any[] = leaf.spec.elements ?? [];
    const index = elements.findIndex(
      element =>
        element && typeof element === 'object' && isIn(element, params, leaf),
    );
    if (index < 0) return [];
    return [
      {
        kind: 'element' as const,
        file: declared.file,
        document: declared.document,
        path: [...leaf.path, 'elements', index],
        values: elements[index],
        leaf,
      },
    ];
  });
}
