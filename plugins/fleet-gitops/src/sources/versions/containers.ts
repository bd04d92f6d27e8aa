import { parseAllDocuments } from 'yaml';
import type { RepositorySnapshot } from '../../model/repository';
import type { YamlPath } from '../../yaml';

/** A container that a manifest runs. */
export interface ManifestContainer {
  file: string;
  document: number;
  /** Path of its `image`. */
  path: YamlPath;
  /** Its own name. */
  name: string;
  /** The image without tag and digest. */
  image: string;
  /** Absent where the image is named by a digest, or not at all. */
  tag?: string;
}

/** Where manifests have pods. Source: Kubernetes API reference, and `argoproj.io` `Rollout`. */
const PODS: YamlPath[] = [
  ['spec'],
  ['spec', 'template', 'spec'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
];

const cache = new WeakMap<object, Map<string, ManifestContainer[]>>();

/** The containers of plain manifests, in order; files that are no YAML have none. */
export function containersIn(
  { files }: RepositorySnapshot,
  paths: readonly string[],
): ManifestContainer[] {
  let known = cache.get(files);
  if (!known) {
    known = new Map();
    cache.set(files, known);
  }
  const found = known;
  return paths.flatMap(file => {
    const cached = found.get(file);
    if (cached) return cached;
    const containers = read(file, files.get(file) ?? '');
    found.set(file, containers);
    return containers;
  });
}

function read(file: string, text: string): ManifestContainer[] {
  if (!/\bimage"?\s*:/.test(text)) return [];
  return parseAllDocuments(text).flatMap((document, index) => {
    if (document.errors.length > 0) return [];
    const manifest = document.toJS();
    return PODS.flatMap(pod =>
      ['containers', 'initContainers'].flatMap(list => {
        const containers = at(manifest, [...pod, list]);
        if (!Array.isArray(containers)) return [];
        return containers.flatMap((container, position) =>
          typeof container?.image === 'string'
            ? [
                {
                  file,
                  document: index,
                  path: [...pod, list, position, 'image'],
                  name: String(container.name ?? ''),
                  ...splitImage(container.image),
                },
              ]
            : [],
        );
      }),
    );
  });
}

function at(value: any, path: YamlPath): unknown {
  return path.reduce<any>((inner, key) => inner?.[key], value);
}

/** `registry:5000/team/web:1.2` in its parts. A digest is no version. */
export function splitImage(text: string): { image: string; tag?: string } {
  const [named, digest] = text.split('@');
  const [, image, tag] = /^(.*):([^/:]+)$/.exec(named) ?? [];
  if (tag === undefined) return { image: named };
  return digest === undefined ? { image, tag } : { image };
}

/** `web` of `registry:5000/team/web`. */
export function lastSegment(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1);
}
