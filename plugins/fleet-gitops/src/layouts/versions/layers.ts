import type { ApplicationSource } from '../../model/argocd';
import type {
  RepositoryLookup,
  RepositorySnapshot,
} from '../../model/repository';
import { ResolvedSource, resolveSources } from '../../sources/helmValues';
import { sourcesOf } from '../../sources/version';
import { parseYaml, readYamlFile } from '../../sources/yamlFiles';
import type { YamlPath } from '../../yaml';
import type { DeployedApplication, FieldOrigin } from './types';

/**
 * One of the places that can decide an Application's version.
 */
export interface VersionLayer {
  /** What it says; absent where it says nothing. */
  value?: string;
  /** Where it is written; absent where this repository does not have it, or it cannot be told. */
  place?: FieldOrigin;
  /** Whether the version can be written there although it says nothing now. */
  addable: boolean;
  /** For people: `helm.parameters`, a file, … */
  name: string;
}

const TAG: YamlPath = ['image', 'tag'];

function scalar(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number'
    ? String(value) || undefined
    : undefined;
}

/** Where the repository says a field of the Application. */
function fieldLayer(
  deployed: DeployedApplication,
  path: YamlPath,
  value: string,
): VersionLayer {
  return {
    value,
    place: deployed.origin(path, value),
    addable: false,
    name: path.filter(key => typeof key === 'string').join('.'),
  };
}

function helmFieldLayers(
  deployed: DeployedApplication,
  source: ApplicationSource,
  at: YamlPath,
): VersionLayer[] {
  const { parameters = [], valuesObject, values } = source.helm ?? {};
  const layers: VersionLayer[] = [];
  // The last of several parameters with one name counts.
  const index = parameters.map(({ name }) => name).lastIndexOf('image.tag');
  if (index >= 0)
    layers.push(
      fieldLayer(
        deployed,
        [...at, 'helm', 'parameters', index, 'value'],
        parameters[index].value,
      ),
    );
  const tag = scalar((valuesObject ?? parseYaml(values))?.image?.tag);
  if (tag !== undefined)
    layers.push(
      valuesObject
        ? fieldLayer(deployed, [...at, 'helm', 'valuesObject', ...TAG], tag)
        : // Text inside a text: an edit of the file cannot reach it, an expression in it can be followed.
          {
            ...fieldLayer(deployed, [...at, 'helm', 'values'], tag),
            value: tag,
          },
    );
  return layers;
}

/** Directories with a template that prints values of `image`, by the files they were found in. */
const tagReaders = new WeakMap<object, Set<string>>();

/** Whether the chart prints `image.tag`, so that writing it has an effect. */
function readsTag({ files }: RepositorySnapshot, path: string): boolean {
  let charts = tagReaders.get(files);
  if (!charts) {
    charts = new Set();
    for (const [file, text] of files) {
      const [, chart] = /^(?:(.*)\/)?templates\//.exec(file) ?? [];
      if (file.includes('templates/') && /\.Values\.image\b/.test(text))
        charts.add(chart ?? '');
    }
    tagReaders.set(files, charts);
  }
  return charts.has(path);
}

function helmFileLayers(
  { source, repository, path, valueFiles }: ResolvedSource,
  own: RepositorySnapshot,
): VersionLayer[] {
  const prefix = path ? `${path}/` : '';
  const chart = readYamlFile(repository, `${prefix}Chart.yaml`);
  const defaults = `${prefix}values.yaml`;
  const files = [{ file: defaults, repository }, ...valueFiles].reverse();
  const seen = new Set<string>();
  const addable = readsTag(repository, path);
  const layers = files.flatMap<VersionLayer>(({ file, repository: other }) => {
    if (seen.has(file)) return [];
    seen.add(file);
    const isOwn = other.files === own.files;
    // The chart's own values need not be there either.
    const exists = other.files.has(file) || file === defaults;
    const value = scalar(readYamlFile(other, file)?.image?.tag);
    return [
      {
        ...(value === undefined ? {} : { value }),
        ...(isOwn ? { place: { file, document: 0, path: TAG } } : {}),
        addable:
          isOwn &&
          addable &&
          (exists || source.helm?.ignoreMissingValueFiles === true),
        name: file,
      },
    ];
  });
  const appVersion = scalar(chart?.appVersion);
  const file = `${prefix}Chart.yaml`;
  return [
    ...layers,
    {
      ...(appVersion === undefined ? {} : { value: appVersion }),
      ...(repository.files === own.files
        ? { place: { file, document: 0, path: ['appVersion'] } }
        : {}),
      addable: false,
      name: file,
    },
  ];
}

/** `name:tag`, `name=other:tag`; a digest is no version. Source: Argo CD `docs/user-guide/kustomize.md`, "images". */
function imageTag(image: unknown): string | undefined {
  const found = /:([^/:@]+)$/.exec(typeof image === 'string' ? image : '');
  return found?.[1];
}

function kustomizeLayers(
  deployed: DeployedApplication,
  { source, repository, path }: ResolvedSource,
  at: YamlPath,
  own: RepositorySnapshot,
): VersionLayer[] {
  const prefix = path ? `${path}/` : '';
  const file = `${prefix}kustomization.yaml`;
  if (!repository.files.has(file)) return [];
  const fields: unknown[] = source.kustomize?.images ?? [];
  const field = fields.findIndex(image => imageTag(image) !== undefined);
  const images: unknown = readYamlFile(repository, file)?.images;
  const index = Array.isArray(images)
    ? images.findIndex(image => scalar(image?.newTag) !== undefined)
    : -1;
  return [
    ...(field < 0
      ? []
      : [
          fieldLayer(
            deployed,
            [...at, 'kustomize', 'images', field],
            imageTag(fields[field])!,
          ),
        ]),
    ...(index < 0
      ? []
      : [
          {
            value: scalar((images as any[])[index].newTag),
            ...(repository.files === own.files
              ? {
                  place: {
                    file,
                    document: 0,
                    path: ['images', index, 'newTag'],
                  },
                }
              : {}),
            addable: false,
            name: file,
          },
        ]),
  ];
}

/**
 * The places that can decide the version of an Application, the strongest first: what the Application itself says to Helm,
 * its value files from the last to the first, the chart's `values.yaml`, the chart's `appVersion`; the images of a
 * kustomization; the version of a chart from a Helm repository.
 *
 * Source: Argo CD `docs/user-guide/helm.md`, "Helm Value Precedence"; `docs/user-guide/kustomize.md`.
 */
export function versionLayers(
  deployed: DeployedApplication,
  own: RepositorySnapshot,
  lookup: RepositoryLookup,
): VersionLayer[] {
  const { application } = deployed;
  const sources = sourcesOf(application);
  const at = (source: ApplicationSource): YamlPath =>
    application.spec.sources?.length
      ? ['spec', 'sources', sources.indexOf(source)]
      : ['spec', 'source'];
  let silent: VersionLayer[] = [];
  for (const resolved of resolveSources(sources, lookup)) {
    const { source, repository, path } = resolved;
    const isChart = repository.files.has(
      path ? `${path}/Chart.yaml` : 'Chart.yaml',
    );
    const layers = isChart
      ? [
          ...helmFieldLayers(deployed, source, at(source)),
          ...helmFileLayers(resolved, own),
        ]
      : kustomizeLayers(deployed, resolved, at(source), own);
    if (layers.some(({ value }) => value !== undefined)) return layers;
    if (silent.length === 0) silent = layers;
  }
  const chart = sources.find(source => source.chart && source.targetRevision);
  return chart
    ? [
        fieldLayer(
          deployed,
          [...at(chart), 'targetRevision'],
          chart.targetRevision!,
        ),
      ]
    : silent;
}

/** The layer that decides, and its index; `undefined` where nothing says a version. */
export function decidingLayer(
  layers: VersionLayer[],
): { layer: VersionLayer; index: number; value: string } | undefined {
  const index = layers.findIndex(({ value }) => value !== undefined);
  if (index < 0) return undefined;
  return { layer: layers[index], index, value: layers[index].value! };
}

/** The same text for the same place. */
export function placeKey({ file, document, path }: FieldOrigin): string {
  return JSON.stringify([file, document, path]);
}
