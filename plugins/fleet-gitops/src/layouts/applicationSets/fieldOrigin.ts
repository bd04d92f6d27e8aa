import type { GeneratedApplication } from '../../applicationset';
import type { ApplicationSet } from '../../model/argocd';
import type { RepositorySnapshot } from '../../model/repository';
import type { Declared } from '../../repository';
import { indexRepository } from '../../repository/indexRepository';
import type { YamlPath } from '../../yaml';
import type { FieldOrigin } from '../versions/types';
import { generatorLeaves } from './generatorLeaves';
import { parameter, parameterPlaces } from './parameterPlaces';
import { selectsCluster } from './selectsCluster';

/** An Application and where it was generated. */
export interface Generation {
  declared: Declared<ApplicationSet>;
  generated: GeneratedApplication;
  repository: RepositorySnapshot;
}

/** An expression that may stand several levels deep: a value that is itself a template, and so on. */
const MAX_DEPTH = 4;
const EXPRESSION = /\{\{-?\s*(.*?)\s*-?\}\}/g;

function at(value: any, path: YamlPath): any {
  return path.reduce<any>((inner, key) => inner?.[key], value);
}

/** What a template says for a field: that of the generator comes first. */
export function templateText(
  path: YamlPath,
  { declared, generated }: Generation,
): { text: string; path: YamlPath } | undefined {
  const own = generated.generator
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .map(key => (/^\d+$/.test(key) ? Number(key) : key));
  const candidates: YamlPath[] = [
    [...own, 'template', ...path],
    ['spec', 'template', ...path],
  ];
  for (const candidate of candidates) {
    const value = at(declared.object, candidate);
    if (['string', 'number'].includes(typeof value) && value !== '')
      return { text: String(value), path: candidate };
  }
  return undefined;
}

/**
 * The name of the parameter that an expression prints: `version`, `.values.version`, `index .metadata.labels "a/b"`.
 * `undefined` for anything more than that.
 */
export function parameterName(
  expression: string,
  goTemplate: boolean,
): string[] | undefined {
  if (!goTemplate) return splitFlat(expression);
  const [head] = expression.split('|');
  const dotted = /^\.(\w+(?:\.\w+)*)$/.exec(head.trim());
  if (dotted) return dotted[1].split('.');
  const indexed = /^index\s+\.(\w+(?:\.\w+)*)((?:\s+"[^"]*")+)$/.exec(
    head.trim(),
  );
  return indexed
    ? [
        ...indexed[1].split('.'),
        ...[...indexed[2].matchAll(/"([^"]*)"/g)].map(([, key]) => key),
      ]
    : undefined;
}

/** Flat names of nested parameters: `metadata.labels.<key>` and `values.<key>`, whose keys may have dots. */
function splitFlat(name: string): string[] {
  const nested = /^(metadata\.(?:labels|annotations)|values)\.(.+)$/.exec(name);
  return nested ? [...nested[1].split('.'), nested[2]] : name.split('.');
}

/** Where a parameter of an Application is written. */
function parameterOrigin(
  name: string[],
  part: string,
  generation: Generation,
  depth: number,
): FieldOrigin | undefined {
  const { declared, generated, repository } = generation;
  const places = parameterPlaces(declared, generated, repository);
  // Of merged rows the last one that says it wins.
  for (const place of [...places].reverse()) {
    // An element may have `values.version` as one key.
    const flat = name.join('.');
    const isFlat = Object.hasOwn(place.values, flat);
    const written = isFlat ? place.values[flat] : at(place.values, name);
    if (written !== undefined && String(written) === part)
      return {
        file: place.file,
        document: place.document,
        path: [...place.path, ...(isFlat ? [flat] : name)],
      };
  }
  const leaves = generatorLeaves(declared.object, generated.generator);
  const [first, ...rest] = name;
  if (first === 'values' && rest.length === 1) {
    for (const leaf of [...leaves].reverse()) {
      const text: unknown = leaf.spec.values?.[rest[0]];
      if (typeof text !== 'string' || !selectsCluster(leaf, generated.params))
        continue;
      const origin = textOrigin(
        { text, path: [...leaf.path, 'values', rest[0]] },
        part,
        generation,
        depth + 1,
      );
      if (origin) return origin;
    }
  }
  if (first !== 'metadata' || rest.length !== 2) return undefined;
  const cluster = indexRepository(repository).clusters.find(
    candidate => candidate.name === generated.params.name,
  );
  const field = rest[0] as 'labels' | 'annotations';
  return cluster && String(cluster[field]?.[rest[1]]) === part
    ? { file: cluster.file, document: cluster.document, path: name }
    : undefined;
}

/** Where the piece of a rendered text is written: in the text itself, or in what one of its expressions prints. */
function textOrigin(
  { text, path }: { text: string; path: YamlPath },
  part: string,
  generation: Generation,
  depth: number,
): FieldOrigin | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const { declared, generated } = generation;
  const goTemplate = Boolean(declared.object.spec.goTemplate);
  for (const [, expression] of text.matchAll(EXPRESSION)) {
    const name = parameterName(expression, goTemplate);
    if (!name) continue;
    const value =
      parameter(generated.params, name.join('.')) ?? at(generated.params, name);
    if (value === undefined || String(value) !== part) continue;
    const origin = parameterOrigin(name, part, generation, depth);
    if (origin) return origin;
  }
  const literal = text.replace(EXPRESSION, match => ' '.repeat(match.length));
  const start = literal.lastIndexOf(part);
  if (start < 0) return undefined;
  const { file, document } = declared;
  const format =
    text === part
      ? {}
      : {
          format: (version: string) =>
            text.slice(0, start) + version + text.slice(start + part.length),
        };
  return { file, document, path, ...format };
}

/**
 * Where the repository says a field of a generated Application: in the ApplicationSet's template, or where the parameter
 * comes from that the template prints: a list element, a file of a git generator, a label or annotation of a cluster, a
 * generator's `values`.
 *
 * @returns `undefined` where more than that decides, for example a `templatePatch` or a template with logic
 */
export function fieldOrigin(
  path: YamlPath,
  part: string,
  generation: Generation,
): FieldOrigin | undefined {
  const template = templateText(path, generation);
  if (!template) return undefined;
  const isPatched =
    !template.text.includes('{{') &&
    template.text !== String(at(generation.generated.application, path));
  return isPatched ? undefined : textOrigin(template, part, generation, 0);
}
