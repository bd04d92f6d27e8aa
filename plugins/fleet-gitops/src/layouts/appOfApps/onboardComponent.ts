import { ConflictError, InputError } from '@backstage/errors';
import type { Application } from '../../model/argocd';
import {
  normalizeRepositoryUrl,
  RepositorySnapshot,
} from '../../model/repository';
import { nameToken, snakeCase } from '../../repository/serviceName';
import { sourcesOf } from '../../sources/version';
import { normalizePath, readYamlFile } from '../../sources/yamlFiles';
import type { YamlValue } from '../../yaml';
import type { Edits } from '../edits';
import { hasDirectory } from '../fleetServices';
import type { OnboardRequest } from '../types';
import { pathIn } from './applicationCharts';
import type { ChartModel, Component } from './model';
import { hasOwnTemplate, ownValues } from './offboardComponent';
import { setInFile } from './valueEdits';
import { isValues, valueAt, ValuesPath } from '../../sources/values';

/** The ways to write a name: `order-history`, `orderHistory`, `OrderHistory`, `order_history`, `ORDER_HISTORY`. */
function spellings(name: string): string[] {
  const pascal = name.replace(/(?:^|[-_.])([A-Za-z0-9])/g, (_match, letter) =>
    letter.toUpperCase(),
  );
  return [
    name,
    pascal[0].toLowerCase() + pascal.slice(1),
    pascal,
    snakeCase(name),
    snakeCase(name).toUpperCase(),
  ];
}

/** Replaces a name in each of its spellings by the other in the same one. */
function renamed(text: string, from: string, to: string): string {
  const targets = spellings(to);
  const done = new Set<string>();
  return spellings(from).reduce((result, spelling, index) => {
    if (done.has(spelling)) return result;
    done.add(spelling);
    return result.replace(nameToken(spelling, 'g'), () => targets[index]);
  }, text);
}

/** Keys of values cannot have hyphens in a template's path, so a name of one word becomes `orderHistory` there. */
function renamedKeys(text: string, from: string, to: string): string {
  const key = spellings(to)[1];
  return text.replace(/\.Values(?:\.[A-Za-z_][A-Za-z0-9_]*)+/g, reference =>
    from.includes('-')
      ? reference
      : reference.replace(nameToken(from, 'g'), () => key),
  );
}

function renameValue(value: unknown, from: string, to: string): YamlValue {
  if (typeof value === 'string') return renamed(value, from, to);
  if (Array.isArray(value))
    return value.map(item => renameValue(item, from, to));
  if (isValues(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [
        key,
        renameValue(entry, from, to),
      ]),
    );
  return value as YamlValue;
}

/** The template without comments that speak of its service. */
function withoutComments(template: string): string {
  return template
    .replace(/\{\{-?\s*\/\*[^]*?\*\/\s*-?\}\}\n?/g, '')
    .replace(/^[ \t]*#.*\n/gm, '');
}

/** The directory of this repository that an Application deploys. */
export function directoryOf(
  application: Application,
  repository: RepositorySnapshot,
): string | undefined {
  const own = sourcesOf(application).find(
    ({ path, repoURL = '' }) =>
      path !== undefined &&
      normalizeRepositoryUrl(repoURL) ===
        normalizeRepositoryUrl(repository.url),
  );
  return own && normalizePath(own.path!);
}

/** What was asked for beside the clusters must be what the chart says. */
export function checkComponent(
  request: OnboardRequest,
  component: Component,
  model: ChartModel,
): void {
  const file = pathIn(model.chart, component.template);
  const { namespace } = component.example.spec.destination ?? {};
  if (request.namespace !== undefined && request.namespace !== namespace) {
    throw new ConflictError(
      `parameters.namespace: ${file} deploys \`${component.name}\` to namespace \`${namespace}\`, not \`${request.namespace}\`. Leave the namespace out, or change it in that file.`,
    );
  }
  const paths = sourcesOf(component.example).flatMap(({ path }) => path ?? []);
  if (
    request.path !== undefined &&
    !paths.some(path => normalizePath(path) === request.path)
  ) {
    throw new ConflictError(
      `parameters.path: ${file} deploys \`${component.name}\` from ${
        paths.length > 0 ? `\`${paths[0]}\`` : 'a Helm repository'
      }, not \`${
        request.path
      }\`. Leave the path out, or change it in that file.`,
    );
  }
}

interface Pattern {
  model: ChartModel;
  sibling: Component;
  directory: string;
}

/** The component in this repository's own sources whose template and values most others share. */
function findPattern(
  service: string,
  models: ChartModel[],
  repository: RepositorySnapshot,
): Pattern {
  const shapes = new Map<string, Pattern[]>();
  for (const model of models) {
    for (const sibling of model.components) {
      const directory = directoryOf(sibling.example, repository);
      const text = model.chart.files.get(sibling.template);
      if (!directory || text === undefined) continue;
      if (!nameToken(sibling.name).test(directory)) continue;
      const shape = hasOwnTemplate(model, sibling)
        ? renamed(withoutComments(text), sibling.name, 'a-service')
        : sibling.template;
      shapes.set(shape, [
        ...(shapes.get(shape) ?? []),
        { model, sibling, directory },
      ]);
    }
  }
  const [most] = [...shapes.values()].sort(
    (one, other) => other.length - one.length,
  );
  if (!most) {
    throw new ConflictError(
      `No Application of the charts can be the pattern for \`${service}\`: one is needed that deploys a directory of this repository with its service’s name. Write the first one by hand.`,
    );
  }
  // One with a hyphen shows how the team writes such names in keys.
  return most.find(({ sibling }) => sibling.name.includes('-')) ?? most[0];
}

/**
 * Adds a service to the chart as its siblings are: a template of its own, or an entry of the values that one template
 * ranges over; switched off until a cluster's values switch it on.
 */
export function createComponent(
  request: OnboardRequest,
  models: ChartModel[],
  repository: RepositorySnapshot,
  edits: Edits,
): { model: ChartModel; component: Component } {
  const { service } = request;
  const { model, sibling, directory } = findPattern(
    service,
    models,
    repository,
  );
  const to = (text: string) => renamed(text, sibling.name, service);
  const path = request.path ?? to(directory);
  if (!hasDirectory(repository, path)) {
    throw new InputError(
      `parameters.path: \`${path}\` does not exist in the repository. Add the service’s chart there first, or name its directory.`,
    );
  }
  // Templates cannot reach a key with a hyphen by a path, so what follows a name of one word is written as one word too.
  const word =
    hasOwnTemplate(model, sibling) && !sibling.name.includes('-')
      ? spellings(service)[1]
      : undefined;
  const keyTo = (valuesPath: ValuesPath) =>
    valuesPath.map(key =>
      word === undefined
        ? to(key)
        : key.replace(nameToken(sibling.name, 'g'), () => word),
    );
  const from = ownValues(model, sibling);
  const own = keyTo(from);
  const toggle = { ...sibling.toggle, path: keyTo(sibling.toggle.path) };
  if (own.join('.') === from.join('.')) {
    throw new ConflictError(
      `The values of \`${sibling.name}\` do not have its name in their keys, so \`${service}\` cannot be added in the same way. Add it by hand.`,
    );
  }
  const defaults = pathIn(model.chart, 'values.yaml');
  const entry = valueAt(readYamlFile(repository, defaults), from);
  if (hasOwnTemplate(model, sibling))
    addTemplate(
      request,
      { model, sibling, directory },
      path,
      repository,
      edits,
    );
  else refuseOtherPlace(request, path, to(directory));
  setInFile(
    model,
    defaults,
    own,
    withValue(
      entry === undefined ? {} : renameValue(entry, sibling.name, service),
      toggle.path.slice(own.length),
      !toggle.on,
    ),
    edits,
  );
  const component: Component = {
    ...sibling,
    name: service,
    template: to(sibling.template),
    toggle,
  };
  return { model, component };
}

/** The value with another one at a path in it. */
function withValue(
  value: YamlValue,
  [key, ...rest]: ValuesPath,
  inner: YamlValue,
): YamlValue {
  if (key === undefined) return inner;
  const map = isValues(value) ? (value as Record<string, YamlValue>) : {};
  return { ...map, [key]: withValue(map[key] ?? {}, rest, inner) };
}

function refuseOtherPlace(
  request: OnboardRequest,
  path: string,
  usual: string,
): void {
  if (path !== usual || request.namespace !== undefined) {
    throw new InputError(
      `parameters.${
        path === usual ? 'namespace' : 'path'
      }: one template writes it for all services of this chart. Leave it out.`,
    );
  }
}

/** A template for the new service, the sibling's with the name exchanged. */
function addTemplate(
  { service, namespace }: OnboardRequest,
  { model, sibling, directory }: Pattern,
  path: string,
  repository: RepositorySnapshot,
  edits: Edits,
): void {
  const file = pathIn(model.chart, sibling.template);
  const source = withoutComments(repository.files.get(file)!);
  const added = pathIn(
    model.chart,
    renamed(sibling.template, sibling.name, service),
  );
  if (added === file || repository.files.has(added)) {
    throw new ConflictError(
      `${added} exists already and does not deploy \`${service}\`. Rename or remove it first.`,
    );
  }
  let text = renamed(
    renamedKeys(source, sibling.name, service),
    sibling.name,
    service,
  );
  const usual = renamed(directory, sibling.name, service);
  if (path !== usual)
    text = replaceOnce(text, `path: ${usual}`, `path: ${path}`, 'path', file);
  const own = sibling.example.spec.destination?.namespace;
  const given = own && renamed(own, sibling.name, service);
  if (namespace !== undefined && namespace !== given)
    text = replaceOnce(
      text,
      `namespace: ${given}`,
      `namespace: ${namespace}`,
      'namespace',
      file,
    );
  edits.set(added, text, `${added}: Application for ${service}`);
}

function replaceOnce(
  text: string,
  from: string,
  to: string,
  field: string,
  file: string,
): string {
  const parts = text.split(
    new RegExp(
      `(?<=^ *)${from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?=[ \\t]*$)`,
      'm',
    ),
  );
  if (parts.length !== 2) {
    throw new InputError(
      `parameters.${field}: the template of the pattern, ${file}, does not write it as such. Leave it out.`,
    );
  }
  return parts.join(to);
}
