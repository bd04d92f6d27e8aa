import type { RepositorySnapshot } from '../../model/repository';
import { normalizeRepositoryUrl } from '../../model/repository';
import { sourcesOf } from '../../sources/version';
import { normalizePath, readYamlFile } from '../../sources/yamlFiles';
import { removeKey } from '../../yaml';
import type { Edits } from '../edits';
import { pathIn } from './applicationCharts';
import type { ChartModel, Component } from './model';
import { valueAt, ValuesPath } from '../../sources/values';

/** The values that are a component's alone: the map around its toggle, or the toggle where the map has others too. */
export function ownValues(model: ChartModel, component: Component): ValuesPath {
  const { path } = component.toggle;
  const parent = path.slice(0, -1);
  const isShared = model.components.some(
    other =>
      other.name !== component.name &&
      parent.every((key, index) => other.toggle.path[index] === key),
  );
  return isShared || parent.length === 0 ? path : parent;
}

/** Whether a template renders this component only. */
export function hasOwnTemplate(
  model: ChartModel,
  component: Component,
): boolean {
  return model.components.every(
    ({ name, template }) =>
      name === component.name || template !== component.template,
  );
}

/** Removes a component's template, where it has one of its own, and its values from every file. */
export function offboardComponent(
  model: ChartModel,
  component: Component,
  repository: RepositorySnapshot,
  edits: Edits,
): void {
  const { name } = component;
  if (hasOwnTemplate(model, component)) {
    const file = pathIn(model.chart, component.template);
    edits.delete(file, `${file}: remove the Application of ${name}`);
  }
  const path = ownValues(model, component);
  const files = new Set([
    pathIn(model.chart, 'values.yaml'),
    ...model.clusters.flatMap(({ valueFiles }) => valueFiles),
  ]);
  for (const file of files) {
    if (valueAt(readYamlFile(repository, file), path) === undefined) continue;
    edits.set(
      file,
      removeKey(edits.text(file), path, { file }),
      `${file}: remove the values of ${name}`,
    );
  }
}

/** Deletes the files that the component is deployed from, where they are in this repository. */
export function deleteSource(
  { example }: Component,
  repository: RepositorySnapshot,
  edits: Edits,
): void {
  const url = normalizeRepositoryUrl(repository.url);
  for (const { repoURL = '', path } of sourcesOf(example)) {
    const directory = path && normalizePath(path);
    if (!directory || normalizeRepositoryUrl(repoURL) !== url) continue;
    for (const file of repository.files.keys())
      if (file.startsWith(`${directory}/`))
        edits.delete(file, `${file}: remove`);
  }
}
