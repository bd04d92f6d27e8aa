import type { RepositorySnapshot } from '../../model/repository';
import { appendListItem, setMapEntry, YamlPath } from '../../yaml';
import type { GeneratedDeployment } from '../applicationSets/deployments';
import { evaluationScope } from '../applicationSets/evaluations';
import { parameterName, templateText } from '../applicationSets/fieldOrigin';
import {
  GeneratorLeaf,
  generatorLeaves,
} from '../applicationSets/generatorLeaves';
import { selectsCluster } from '../applicationSets/selectsCluster';
import { Edits } from '../edits';
import type { LayoutContext, LayoutEdit } from '../types';
import { DeployedApplication, versionLayers } from '../versions';
import { isOverride, overrideLists, setOverride } from './overrideLists';

/** The parameter that a generated Application takes its version from, where one alone does. */
function versionParameter(
  { declared, generated, deployed }: GeneratedDeployment,
  repository: RepositorySnapshot,
  context: LayoutContext,
): string[] | undefined {
  const paths: YamlPath[] = [];
  // The layers ask where the fields are that can say the version, the strongest first.
  const asking: DeployedApplication = {
    ...deployed,
    origin: path => {
      paths.push(path);
      return undefined;
    },
  };
  const { repositories } = evaluationScope(repository, context).hub;
  versionLayers(asking, repository, repositories);
  for (const path of paths) {
    const template = templateText(path, { declared, generated, repository });
    const expression = /^\{\{-?\s*([^{}]*?)\s*-?\}\}$/.exec(
      template?.text ?? '',
    )?.[1];
    const name =
      expression === undefined
        ? undefined
        : parameterName(expression, Boolean(declared.object.spec.goTemplate));
    if (name) return name;
  }
  return undefined;
}

/**
 * Writes a version into the override of an environment, for deployments of one ApplicationSet that are all of it.
 *
 * @returns `undefined` where there is no such override, or it says a version already
 */
export function overrideEnvironment(
  targets: readonly GeneratedDeployment[],
  all: readonly GeneratedDeployment[],
  version: string,
  repository: RepositorySnapshot,
  context: LayoutContext,
): LayoutEdit | undefined {
  const parameter = versionParameter(targets[0], repository, context);
  const [values, key] = parameter ?? [];
  if (values !== 'values' || key === undefined || parameter!.length > 2)
    return undefined;
  const leaf = environmentOverride(targets, all, key);
  if (!leaf) return undefined;
  const { file, document } = targets[0].declared;
  const edits = new Edits(repository);
  edits.set(
    file,
    setMapEntry(edits.text(file), [...leaf.path, 'values'], key, version, {
      file,
      document,
    }),
    `${file}: ${key} ${version}`,
  );
  return edits.result();
}

/**
 * Writes a version into the element of one cluster in the list of overrides.
 *
 * @returns `undefined` where the ApplicationSet has no place for it
 */
export function overrideCluster(
  target: GeneratedDeployment,
  version: string,
  repository: RepositorySnapshot,
  context: LayoutContext,
): LayoutEdit | undefined {
  const { declared, generated, deployed } = target;
  const parameter = versionParameter(target, repository, context);
  const cluster = evaluationScope(repository, context).hub.clusters.find(
    ({ name }) => name === deployed.cluster,
  );
  if (!parameter || !cluster) return undefined;
  const { file } = declared;
  const edits = new Edits(repository);
  const text = edits.text(file);
  // Of several lists the last one wins.
  const list = overrideLists(declared, cluster).pop();
  const changed = list
    ? setOverride(list, declared, parameter, version, text)
    : withList(
        declared,
        generated.generator,
        cluster,
        parameter,
        version,
        text,
      );
  if (changed === undefined) return undefined;
  edits.set(
    file,
    changed,
    `${file}: ${parameter[parameter.length - 1]} ${version} for ${
      cluster.name
    }`,
  );
  return edits.result();
}

/** The cluster generator of a merge that selects exactly these deployments and does not say the value yet. */
function environmentOverride(
  targets: readonly GeneratedDeployment[],
  all: readonly GeneratedDeployment[],
  key: string,
): GeneratorLeaf | undefined {
  const [{ declared, generated }] = targets;
  const meant = new Set(targets);
  return generatorLeaves(declared.object, generated.generator).find(
    leaf =>
      leaf.kind === 'clusters' &&
      isOverride(leaf) &&
      leaf.spec.selector !== undefined &&
      leaf.spec.values?.[key] === undefined &&
      all.every(
        item =>
          item.declared.object !== declared.object ||
          selectsCluster(leaf, item.generated.params) === meant.has(item),
      ),
  );
}

/** A merge without a list of overrides gets one behind its other generators. */
function withList(
  { object, file, document }: GeneratedDeployment['declared'],
  generator: string,
  cluster: { name: string; server: string },
  parameter: readonly string[],
  version: string,
  text: string,
): string | undefined {
  const leaf = generatorLeaves(object, generator).find(isOverride);
  const [key, ...others] = leaf?.mergeKeys ?? [];
  if (!leaf || others.length > 0 || (key !== 'name' && key !== 'server'))
    return undefined;
  const value = object.spec.goTemplate
    ? parameter.reduceRight<any>((inner, name) => ({ [name]: inner }), version)
    : { [parameter.join('.')]: version };
  return appendListItem(
    text,
    leaf.path.slice(0, -2),
    { list: { elements: [{ [key]: cluster[key], ...value }] } },
    { file, document },
  );
}
