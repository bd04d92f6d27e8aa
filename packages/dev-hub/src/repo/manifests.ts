import {
  type ApplicationSource,
  matchDoublestar,
  renderHelmChart,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { parseAllDocuments } from 'yaml';
import { ManifestError } from './errors';

/** What a source renders to, and with which tool, as `status.sourceType` says it. */
export interface Manifests {
  sourceType: 'Helm' | 'Directory';
  objects: KubernetesObject[];
}

/**
 * Renders an Application's source as Argo CD's repo server does: a Helm chart where there is a Chart.yaml, plain YAML
 * otherwise.
 *
 * @throws {@link ManifestError}
 */
export function renderManifests(options: {
  files: ReadonlyMap<string, string>;
  source: ApplicationSource;
  application: string;
  namespace: string;
}): Manifests {
  const { files, source } = options;
  const folder = normalizeFolder(source.path ?? '.');
  const inside = new Map<string, string>();
  for (const [path, text] of files) {
    if (folder === '') inside.set(path, text);
    else if (path.startsWith(`${folder}/`)) {
      inside.set(path.slice(folder.length + 1), text);
    }
  }
  if (inside.size === 0) {
    throw new ManifestError(`${source.path}: app path does not exist`);
  }
  return inside.has('Chart.yaml')
    ? { sourceType: 'Helm', objects: renderChart(inside, folder, options) }
    : { sourceType: 'Directory', objects: readDirectory(inside, source) };
}

function normalizeFolder(path: string): string {
  const parts = path.split('/').filter(part => part !== '' && part !== '.');
  if (parts.includes('..')) {
    throw new ManifestError(`${path}: app path is outside repository`);
  }
  return parts.join('/');
}

/** Top-level files only, unless the source says `directory.recurse`; `include` and `exclude` are globs. */
function readDirectory(
  files: ReadonlyMap<string, string>,
  source: ApplicationSource,
) {
  const { recurse, include, exclude } = source.directory ?? {};
  const objects: KubernetesObject[] = [];
  for (const path of [...files.keys()].sort()) {
    if (!recurse && path.includes('/')) continue;
    if (!/\.(ya?ml|json)$/.test(path)) continue;
    if (exclude && matchDoublestar(exclude, path)) continue;
    if (include && !matchDoublestar(include, path)) continue;
    objects.push(...parseManifests(path, files.get(path)!));
  }
  return objects;
}

function renderChart(
  chart: ReadonlyMap<string, string>,
  folder: string,
  {
    files,
    source,
    application,
    namespace,
  }: Parameters<typeof renderManifests>[0],
): KubernetesObject[] {
  const helm = source.helm ?? {};
  const valueFiles: string[] = [];
  for (const name of helm.valueFiles ?? []) {
    // A leading slash means the repository's root (docs/user-guide/helm.md).
    const text = name.startsWith('/')
      ? files.get(name.slice(1))
      : files.get(folder ? `${folder}/${name}` : name);
    if (text !== undefined) valueFiles.push(text);
    else if (!helm.ignoreMissingValueFiles) {
      throw new ManifestError(
        `Manifest generation error (cached): failed to execute helm template command: Error: open ${name}: no such file or directory`,
      );
    }
  }
  if (helm.values) valueFiles.push(helm.values);

  let rendered: Map<string, string>;
  try {
    rendered = renderHelmChart({
      chart,
      valueFiles,
      set: helm.valuesObject,
      release: { name: helm.releaseName ?? application, namespace },
    });
  } catch (error) {
    throw new ManifestError(
      `Manifest generation error (cached): failed to execute helm template command: Error: ${
        (error as Error).message
      }`,
    );
  }
  return [...rendered]
    .filter(([path]) => !path.endsWith('NOTES.txt'))
    .flatMap(([path, text]) => parseManifests(path, text));
}

function parseManifests(path: string, text: string): KubernetesObject[] {
  return parseAllDocuments(text).flatMap(document => {
    if (document.errors?.length) {
      throw new ManifestError(
        `Failed to unmarshal "${path}": failed to unmarshal manifest: error converting YAML to JSON: yaml: ${document.errors[0].message}`,
        'FailedPrecondition',
      );
    }
    const object = document.toJS() as KubernetesObject | null;
    if (!object) return [];
    if (!object.kind || !object.metadata?.name) {
      throw new ManifestError(
        `Failed to unmarshal "${path}": failed to unmarshal manifest: Object 'Kind' is missing`,
        'FailedPrecondition',
      );
    }
    return [object];
  });
}
