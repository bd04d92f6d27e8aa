import { ConflictError, InputError } from '@backstage/errors';
import { parse } from 'yaml';
import type { Application } from '../../model/argocd';
import type { RepositorySnapshot } from '../../model/repository';
import { indexRepository } from '../../repository/indexRepository';
import { nameToken, snakeCase } from '../../repository/serviceName';
import { resolveSources } from '../../sources/helmValues';
import { sourcesOf } from '../../sources/version';
import { normalizePath } from '../../sources/yamlFiles';
import { setScalar, YamlPath } from '../../yaml';
import { ownLookup } from '../appOfApps/applicationCharts';
import type { Edits } from '../edits';
import { hasDirectory } from '../fleetServices';
import { listFile } from '../kustomization';
import { copyDocument } from '../siblingPattern';
import type { OnboardRequest } from '../types';
import { withDocument } from './documents';
import { ownSource, ServiceManifest } from './manifests';

interface Pattern {
  manifest: ServiceManifest;
  text: string;
}

function copy(
  { declared, service: from }: ServiceManifest,
  to: string,
  repository: RepositorySnapshot,
): string | undefined {
  return copyDocument(
    repository.files.get(declared.file)!,
    declared.document,
    text =>
      text
        .replace(nameToken(from, 'g'), () => to)
        .replace(nameToken(snakeCase(from), 'g'), () => snakeCase(to)),
  );
}

/** The manifest of another service on the cluster whose shape most of the others there share. */
function findPattern(
  service: string,
  cluster: string,
  manifests: readonly ServiceManifest[],
  repository: RepositorySnapshot,
): Pattern {
  const there = manifests.filter(manifest => manifest.cluster === cluster);
  const environments = new Set(there.map(({ environment }) => environment));
  if (environments.size > 1) {
    throw new ConflictError(
      `Cluster \`${cluster}\` holds several environments (${[
        ...environments,
      ].join(
        ', ',
      )}), so it does not say which of them \`${service}\` is for. Copy the manifest of another service by hand.`,
    );
  }
  const shapes = new Map<string, ServiceManifest[]>();
  for (const manifest of there) {
    if (manifest.service === service || manifest.path === undefined) continue;
    const shape = copy(manifest, 'a-service', repository);
    if (shape === undefined || !shape.includes('a-service')) continue;
    shapes.set(shape, [...(shapes.get(shape) ?? []), manifest]);
  }
  const [most] = [...shapes.values()].sort(
    (one, other) => other.length - one.length,
  );
  const text = most && copy(most[0], service, repository);
  if (!text) {
    throw new ConflictError(
      `No Application for cluster \`${cluster}\` can be the pattern for \`${service}\`: one is needed that deploys a directory of this repository and keeps its service’s name out of project, repoURL, targetRevision and server. Write the first one by hand.`,
    );
  }
  return { manifest: most[0], text };
}

/** Path of the source in this repository, in the manifest. */
function sourceAt(
  application: Application,
  repository: RepositorySnapshot,
): YamlPath {
  const index = sourcesOf(application).indexOf(
    ownSource(application, repository)!,
  );
  return application.spec.sources?.length
    ? ['spec', 'sources', index]
    : ['spec', 'source'];
}

/** Where the new manifest goes: beside its pattern, under its own name. */
function fileFor(
  { declared, service: from }: ServiceManifest,
  service: string,
): string {
  return declared.file.replace(nameToken(from, 'g'), () => service);
}

/**
 * Adds the Application of a service for one cluster, as the other services there have theirs.
 *
 * @param own - the service's manifests elsewhere, whose directory and namespace it keeps
 */
export function addManifest(
  request: OnboardRequest,
  cluster: string,
  context: {
    manifests: readonly ServiceManifest[];
    own: readonly ServiceManifest[];
    repository: RepositorySnapshot;
    edits: Edits;
  },
): void {
  const { service } = request;
  const { manifests, own, repository, edits } = context;
  const pattern = findPattern(service, cluster, manifests, repository);
  const file = fileFor(pattern.manifest, service);
  let { text } = pattern;
  let application: Application = parse(text);
  const set = (path: YamlPath, value: string | undefined) => {
    const before = path.reduce<any>((inner, key) => inner?.[key], application);
    if (value === undefined || before === value) return;
    if (before === undefined) {
      throw new ConflictError(
        `${
          pattern.manifest.declared.file
        }, the pattern for \`${service}\`, has no \`${path.join(
          '.',
        )}\`. Write the manifest by hand.`,
      );
    }
    text = setScalar(text, path, value, { file });
    application = parse(text);
  };
  const [elsewhere] = own;
  set(
    [...sourceAt(application, repository), 'path'],
    request.path ?? elsewhere?.path,
  );
  set(
    ['spec', 'destination', 'namespace'],
    request.namespace ?? elsewhere?.declared.object.spec.destination?.namespace,
  );
  checkSources(application, { file, repository, isNew: !elsewhere });
  checkName(application, repository);

  const { name } = application.metadata;
  const line = `${file}: Application ${name}`;
  if (edits.has(file)) {
    edits.set(file, withDocument(edits.text(file), text), line);
  } else {
    edits.set(file, text, line);
    listFile(file, edits, pattern.manifest.declared.file);
  }
}

function checkName(
  { metadata }: Application,
  repository: RepositorySnapshot,
): void {
  const taken = indexRepository(repository).applications.find(
    ({ object }) =>
      object.metadata.name === metadata.name &&
      object.metadata.namespace === metadata.namespace,
  );
  if (taken) {
    throw new ConflictError(
      `Application \`${metadata.name}\` exists already in ${taken.file}. Rename it there first.`,
    );
  }
}

/** What the manifest names must be there: Argo CD cannot sync it otherwise. */
function checkSources(
  application: Application,
  {
    file,
    repository,
    isNew,
  }: { file: string; repository: RepositorySnapshot; isNew: boolean },
): void {
  const path = normalizePath(ownSource(application, repository)!.path!);
  if (!hasDirectory(repository, path)) {
    throw new InputError(
      isNew
        ? `parameters.path: \`${path}\` does not exist in the repository. Add the service’s chart there first, or name its directory.`
        : `\`${path}\` does not exist in the repository, and ${file} would deploy it. Add it first.`,
    );
  }
  for (const { source, valueFiles, repository: other } of resolveSources(
    sourcesOf(application),
    ownLookup(repository),
  )) {
    if (source.helm?.ignoreMissingValueFiles) continue;
    const missing = valueFiles.find(
      candidate => !other.files.has(candidate.file),
    );
    if (missing) {
      throw new ConflictError(
        `${file} would read ${missing.file}, which does not exist. Add it with the version and the values first.`,
      );
    }
  }
}
