import { KUSTOMIZATION_FILES, SourceKind } from '../sourceKind';
import { readKustomization } from '../kustomization';
import type { ResolvedSource } from '../helmValues';
import type { YamlPath } from '../../yaml';
import { normalizePath, readYamlFile } from '../yamlFiles';
import {
  containersIn,
  lastSegment,
  ManifestContainer,
  splitImage,
} from './containers';
import type { SourceStatements, VersionHints, VersionStatement } from './types';

/** An image as a kustomization, or the Application's Kustomize settings, names it. */
interface NamedImage {
  name: string;
  newName?: string;
  tag?: string;
  /** Index in its list. */
  index: number;
  digest?: string;
}

/** The images of one `kustomization.yaml`. */
interface Level {
  file: string;
  images: NamedImage[];
}

/**
 * Where the version of manifests can stand: the images of the Application's Kustomize settings, of the overlay, of its bases;
 * the images of containers. Of several images the one counts that is said to, else that of the service's name, else the first
 * that has a tag in a kustomization, else the only one of all containers.
 *
 * Source: Argo CD `docs/user-guide/kustomize.md`, "images"; Kustomize `images` field.
 */
export function imageStatements(
  resolved: ResolvedSource,
  kind: SourceKind,
  hints: VersionHints,
  at: YamlPath,
): SourceStatements {
  if (kind === 'chart' || kind === 'plugin') return { statements: [] };
  const isKustomization = kind === 'kustomization';
  const settings = isKustomization ? settingsOf(resolved) : [];
  const { levels, containers } = contentOf(resolved, kind);
  const chosen = choose(settings, levels, containers, hints);
  if (!chosen) return { statements: [], ...ambiguous(containers) };
  return {
    statements: [
      ...settings
        .filter(image => image.tag !== undefined && isSame(image, chosen))
        .map(
          ({ tag, index }): VersionStatement => ({
            kind: 'image',
            value: tag,
            field: [...at, 'kustomize', 'images', index],
            addable: false,
            name: 'spec.source.kustomize.images',
          }),
        ),
      ...levels.map((level, depth) =>
        levelStatement(level, chosen, resolved, depth === 0),
      ),
      ...containerStatement(
        containers.filter(({ image }) => image === chosen),
        resolved,
      ),
    ],
  };
}

const contents = new WeakMap<
  object,
  Map<string, { levels: Level[]; containers: ManifestContainer[] }>
>();

/** The same for all Applications of one directory. */
function contentOf(resolved: ResolvedSource, kind: SourceKind) {
  const { repository, path, source } = resolved;
  let known = contents.get(repository.files);
  if (!known) {
    known = new Map();
    contents.set(repository.files, known);
  }
  const key = `${kind} ${source.directory?.recurse === true} ${path}`;
  let content = known.get(key);
  if (!content) {
    content = {
      levels: kind === 'kustomization' ? levelsOf(resolved) : [],
      containers: containersIn(repository, manifests(resolved, kind)),
    };
    known.set(key, content);
  }
  return content;
}

function isSame({ name, newName }: NamedImage, image: string): boolean {
  return name === image || newName === image;
}

function levelStatement(
  { file, images }: Level,
  chosen: string,
  { repository }: ResolvedSource,
  isOverlay: boolean,
): VersionStatement {
  const own = images.find(image => isSame(image, chosen));
  const place = { repository, file, document: 0 };
  const common = { kind: 'image' as const, name: file };
  if (!own)
    return {
      ...common,
      place: {
        ...place,
        path: ['images'],
        item: version => ({ name: chosen, newTag: version }),
      },
      addable: isOverlay,
    };
  if (own.digest) return { ...common, addable: false };
  return {
    ...common,
    ...(own.tag === undefined ? {} : { value: own.tag }),
    place: { ...place, path: ['images', own.index, 'newTag'] },
    addable: isOverlay,
  };
}

/** All containers of one image get its version; the first that has one says it. */
function containerStatement(
  containers: ManifestContainer[],
  { repository }: ResolvedSource,
): VersionStatement[] {
  const tagged = containers.filter(({ tag }) => tag !== undefined);
  const [place, ...further] = tagged.map(({ file, document, path, image }) => ({
    repository,
    file,
    document,
    path,
    format: (version: string) => `${image}:${version}`,
  }));
  return place
    ? [
        {
          kind: 'image',
          value: tagged[0].tag,
          place,
          further,
          addable: false,
          name: place.file,
        },
      ]
    : [];
}

function choose(
  settings: NamedImage[],
  levels: Level[],
  containers: ManifestContainer[],
  { image: wanted, names }: VersionHints,
): string | undefined {
  const named = [...settings, ...levels.flatMap(({ images }) => images)];
  const all = [
    ...named.flatMap(({ name, newName }) =>
      newName ? [{ name, alias: newName }] : [{ name, alias: name }],
    ),
    ...containers.map(({ image, name }) => ({ name: image, alias: name })),
  ];
  if (wanted)
    return all.find(
      ({ name, alias }) =>
        [name, alias].includes(wanted) ||
        [lastSegment(name), lastSegment(alias)].includes(wanted),
    )?.name;
  for (const own of names) {
    const found = all.find(
      ({ name, alias }) =>
        lastSegment(name) === own || lastSegment(alias) === own,
    );
    if (found) return found.name;
  }
  const first = named.find(({ tag }) => tag !== undefined)?.name;
  if (first) return first;
  const images = new Set(
    containers.flatMap(({ image, tag }) => (tag === undefined ? [] : [image])),
  );
  return images.size === 1 ? [...images][0] : undefined;
}

function ambiguous(
  containers: ManifestContainer[],
): Pick<SourceStatements, 'candidates'> {
  const images = [...new Set(containers.map(({ image }) => image))].sort();
  return images.length > 1 ? { candidates: images } : {};
}

/** `name:tag`, `name=other:tag`. */
function settingsOf({ source }: ResolvedSource): NamedImage[] {
  const fields: unknown = source.kustomize?.images;
  if (!Array.isArray(fields)) return [];
  return fields.flatMap((entry, index) => {
    if (typeof entry !== 'string') return [];
    const [left, right] = entry.split('=');
    const { image, tag } = splitImage(right ?? left);
    return [
      {
        index,
        name: right === undefined ? image : splitImage(left).image,
        ...(right === undefined ? {} : { newName: image }),
        ...(tag === undefined ? {} : { tag }),
      },
    ];
  });
}

/** The kustomization of a directory, then those that it is made from. */
function levelsOf({ repository, path }: ResolvedSource): Level[] {
  const levels: Level[] = [];
  const seen = new Set<string>();
  const visit = (directory: string) => {
    if (seen.has(directory)) return;
    seen.add(directory);
    const prefix = directory ? `${directory}/` : '';
    const file = KUSTOMIZATION_FILES.map(name => prefix + name).find(name =>
      repository.files.has(name),
    );
    const content = file && readYamlFile(repository, file);
    if (!file || !content || typeof content !== 'object') return;
    levels.push({ file, images: imagesOf(content.images) });
    for (const field of ['resources', 'bases', 'components']) {
      const entries: unknown = content[field];
      if (Array.isArray(entries))
        for (const entry of entries)
          visit(normalizePath(prefix + String(entry)));
    }
  };
  visit(path);
  return levels;
}

function imagesOf(images: unknown): NamedImage[] {
  if (!Array.isArray(images)) return [];
  return images.flatMap((image, index) =>
    typeof image?.name === 'string'
      ? [
          {
            name: image.name,
            index,
            ...(image.newName ? { newName: String(image.newName) } : {}),
            ...(image.newTag ? { tag: String(image.newTag) } : {}),
            ...(image.digest ? { digest: String(image.digest) } : {}),
          },
        ]
      : [],
  );
}

/** The files that hold the manifests. */
function manifests(resolved: ResolvedSource, kind: SourceKind): string[] {
  const { repository, path, source } = resolved;
  if (kind === 'kustomization')
    return readKustomization(repository, path).files;
  const prefix = path ? `${path}/` : '';
  const isDeep = source.directory?.recurse === true;
  return [...repository.files.keys()].filter(
    file =>
      file.startsWith(prefix) &&
      /\.(ya?ml|json)$/.test(file) &&
      (isDeep || !file.slice(prefix.length).includes('/')),
  );
}
