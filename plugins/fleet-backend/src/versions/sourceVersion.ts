import type {
  ApplicationSource,
  RepositorySnapshot,
} from '@backstage-fleet/plugin-fleet-gitops';
import { imageVersion, parseImage } from './imageReference';
import { helmValues, joinPath } from './helmValues';
import { runningVersion } from './runningVersion';
import { readYaml } from './yamlFiles';

/** A version as the files of a repository name it. */
export interface SourceVersion {
  text: string;
  /** Repository of the image that has this version as its tag. */
  imageRepository?: string;
}

/**
 * The version that an Application's source asks for, read from the files at one commit.
 *
 * - Helm chart in the repository: `image.tag` of its values, then the chart's `appVersion`.
 * - Kustomize: `newTag` of the service's image.
 * - Plain manifests: the tag of the service's image in its workloads.
 *
 * @returns `undefined` where none of these is there
 */
export function sourceVersion(
  snapshot: RepositorySnapshot,
  source: ApplicationSource,
  options: {
    service?: string;
    resolveRef?: (name: string) => RepositorySnapshot | undefined;
  } = {},
): SourceVersion | undefined {
  const directory = joinPath('', source.path ?? '');
  const { service, resolveRef = () => undefined } = options;
  if (snapshot.files.has(joinPath(directory, 'Chart.yaml'))) {
    return chartVersion(snapshot, { ...source, path: directory }, resolveRef);
  }
  const kustomization = ['kustomization.yaml', 'kustomization.yml']
    .map(name => joinPath(directory, name))
    .find(path => snapshot.files.has(path));
  return kustomization
    ? kustomizeVersion(snapshot, kustomization, service)
    : manifestVersion(snapshot, directory, service);
}

function chartVersion(
  snapshot: RepositorySnapshot,
  source: ApplicationSource,
  resolveRef: (name: string) => RepositorySnapshot | undefined,
): SourceVersion | undefined {
  const values = helmValues(snapshot, source, resolveRef);
  if (!values) return undefined;
  const { image } = values;
  if (typeof image === 'string') {
    const reference = parseImage(image);
    return {
      text: imageVersion(reference),
      imageRepository: reference.repository,
    };
  }
  const imageRepository = repositoryOf(image);
  if (isText(image?.tag)) return { text: String(image.tag), imageRepository };

  const chart = readYaml(snapshot, joinPath(source.path!, 'Chart.yaml'))[0] as
    | { appVersion?: unknown }
    | undefined;
  return isText(chart?.appVersion)
    ? { text: String(chart!.appVersion), imageRepository }
    : undefined;
}

function repositoryOf(image: any): string | undefined {
  if (!isText(image?.repository)) return undefined;
  return isText(image.registry)
    ? `${image.registry}/${image.repository}`
    : image.repository;
}

function kustomizeVersion(
  snapshot: RepositorySnapshot,
  path: string,
  service: string | undefined,
): SourceVersion | undefined {
  const { images } = (readYaml(snapshot, path)[0] ?? {}) as { images?: any };
  if (!Array.isArray(images)) return undefined;
  const references = images
    .filter(image => isText(image?.name) && isText(image.newTag))
    .map(image => `${image.newName ?? image.name}:${image.newTag}`);
  return ofImages(references, service);
}

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout'];

function manifestVersion(
  snapshot: RepositorySnapshot,
  directory: string,
  service: string | undefined,
): SourceVersion | undefined {
  const prefix = directory === '' ? '' : `${directory}/`;
  const images: string[] = [];
  for (const [path, text] of snapshot.files) {
    if (!path.startsWith(prefix) || !/\.(ya?ml|json)$/.test(path)) continue;
    if (path.slice(prefix.length).includes('/')) continue;
    if (!text.includes('image')) continue;
    for (const document of readYaml(snapshot, path) as any[]) {
      if (!WORKLOADS.includes(document?.kind)) continue;
      const containers = document.spec?.template?.spec?.containers;
      if (!Array.isArray(containers)) continue;
      images.push(
        ...containers.map(({ image }) => image).filter(image => isText(image)),
      );
    }
  }
  return ofImages(images, service);
}

function ofImages(
  images: string[],
  service: string | undefined,
): SourceVersion | undefined {
  const version = runningVersion([...new Set(images)], { service });
  return version && { text: version.text };
}

function isText(value: unknown): boolean {
  return (
    (typeof value === 'string' && value !== '') || typeof value === 'number'
  );
}
