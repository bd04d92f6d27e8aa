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
import { isOverride, overrideLists, setOverride } from './switches';

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
 * Writes a version for some deployments of one ApplicationSet that share it with others now: into the override of their
 * environment, where that is exactly them, else into the element of each cluster.
 *
 * @returns `undefined` where the ApplicationSet has no place for it
 */
export function overrideVersion(
  targets: readonly GeneratedDeployment[],
  all: readonly GeneratedDeployment[],
  version: string,
  repository: RepositorySnapshot,
  context: LayoutContext,
): LayoutEdit | undefined {
  const [{ declared, generated }] = targets;
  const parameter = versionParameter(targets[0], repository, context);
  if (!parameter) return undefined;
  const { file, document } = declared;
  const edits = new Edits(repository);
  const leaf =
    parameter[0] === 'values' && parameter.length === 2
      ? environmentOverride(targets, all, parameter[1])
      : undefined;
  if (leaf) {
    edits.set(
      file,
      setMapEntry(
        edits.text(file),
        [...leaf.path, 'values'],
        parameter[1],
        version,
        { file, document },
      ),
      `${file}: ${parameter[1]} ${version}`,
    );
    return edits.result();
  }
  const { clusters } = evaluationScope(repository, context).hub;
  for (const { deployed } of targets) {
    const cluster = clusters.find(({ name }) => name === deployed.cluster);
    const lists = cluster && overrideLists(declared, cluster);
    if (!cluster || !lists) return undefined;
    // Of several lists the last one wins.
    const list = lists[lists.length - 1];
    const text = edits.text(file);
    const line = `${file}: ${parameter[parameter.length - 1]} ${version} for ${
      cluster.name
    }`;
    if (list) {
      edits.set(
        file,
        setOverride(list, declared, parameter, version, text),
        line,
      );
    } else {
      const added = withList(
        declared,
        generated.generator,
        cluster,
        parameter,
        version,
        text,
      );
      // Several elements go into one new list, one change after the other.
      if (added === undefined || targets.length > 1) return undefined;
      edits.set(file, added, line);
    }
  }
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
