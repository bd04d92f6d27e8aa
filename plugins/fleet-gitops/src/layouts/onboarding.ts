import { ConflictError, InputError } from '@backstage/errors';
import { parse } from 'yaml';
import type { ApplicationSet } from '../model/argocd';
import type { RepositorySnapshot } from '../model/repository';
import { setScalar } from '../yaml';
import type { Edits } from './edits';
import { hasDirectory, onFleet, sourcePath, toggleOf } from './fleetServices';
import { listFile } from './kustomization';
import { indexRepository } from '../repository/indexRepository';
import { nameToken, snakeCase } from '../repository/serviceName';
import { copySibling } from './siblingPattern';
import type { Declared } from '../repository';
import type { LayoutService, OnboardRequest } from './types';

/** A service whose ApplicationSet can be the pattern for another. */
export type Sibling = LayoutService & {
  applicationSet: Declared<ApplicationSet>;
};

/** How a layout makes an ApplicationSet out of that of a sibling. */
export interface SiblingOptions {
  siblings: Sibling[];
  /** Whether a copy made for the service `a-service` has its name where the layout needs it. */
  isUsable(applicationSet: ApplicationSet): boolean;
  /** What a pattern must have, for the error message: `one is needed that …`. */
  needed: string;
  /** Takes out of a copy what differs from service to service, so that copies of the same shape compare as equal. */
  withoutDetails?(applicationSet: ApplicationSet): void;
  /** Completes the text of the copy. */
  complete?(text: string, file: string, sibling: Sibling): string;
}

interface NewApplicationSet {
  text: string;
  file: string;
  sibling: Sibling;
}

/**
 * The new ApplicationSet in the shape that most of the existing ones share.
 */
function fromSiblings(
  service: string,
  { siblings, isUsable, needed, withoutDetails }: SiblingOptions,
  repository: RepositorySnapshot,
): NewApplicationSet {
  const hyphenated = siblings.find(
    ({ name, toggle }) =>
      name.includes('-') && toggle?.key.includes(snakeCase(name)),
  );
  const copy = (sibling: Sibling, to: string) =>
    copySibling(
      sibling.applicationSet,
      repository.files.get(sibling.applicationSet.file)!,
      {
        from: sibling.name,
        to,
        snakeCaseLabels: hyphenated !== undefined,
      },
    );
  const shapes = new Map<string, Sibling[]>();
  for (const sibling of siblings) {
    const text = copy(sibling, 'a-service');
    if (text === undefined || !isUsable(parse(text))) continue;
    const shape = withoutDetails ? shapeOf(text, withoutDetails) : text;
    shapes.set(shape, [...(shapes.get(shape) ?? []), sibling]);
  }
  const [most] = [...shapes.values()].sort(
    (one, other) => other.length - one.length,
  );
  if (!most) {
    throw new ConflictError(
      `No ApplicationSet of the repository can be the pattern for \`${service}\`: one is needed that ${needed} and keeps its service’s name out of project, repoURL, targetRevision and server. Write the first one by hand.`,
    );
  }
  const [sibling] = most;
  const { file } = sibling.applicationSet;
  const directory = file.slice(0, file.lastIndexOf('/') + 1);
  const basename = file.slice(directory.length);
  const renamed = basename.replace(nameToken(sibling.name), () => service);
  return {
    text: copy(sibling, service)!,
    file: directory + (renamed === basename ? `${service}.yaml` : renamed),
    sibling,
  };
}

function shapeOf(
  text: string,
  withoutDetails: (applicationSet: ApplicationSet) => void,
): string {
  const applicationSet = parse(text) as ApplicationSet;
  withoutDetails(applicationSet);
  return JSON.stringify(applicationSet);
}

/** The new ApplicationSet of a service, with the label that switches it on. */
export function createToggledApplicationSet(
  request: OnboardRequest,
  repository: RepositorySnapshot,
  edits: Edits,
): { key: string; value: string } {
  const applicationSet = createApplicationSet(request, repository, edits, {
    siblings: onFleet(repository),
    // A name that is no part of the label cannot be replaced in it.
    isUsable: object =>
      /a[-_]service/.test(toggleOf(object, 'a-service')?.key ?? ''),
    needed: 'selects clusters by a label with its service’s name',
  });
  return toggleOf(applicationSet, request.service)!;
}

/** The new ApplicationSet of a service, in the shape that most of its siblings share. */
export function createApplicationSet(
  request: OnboardRequest,
  repository: RepositorySnapshot,
  edits: Edits,
  options: SiblingOptions,
): ApplicationSet {
  const { service, namespace, path } = request;
  const added = fromSiblings(service, options, repository);
  const { file } = added;
  let { text } = added;
  if (repository.files.has(file))
    throw new ConflictError(
      `${file} exists already and does not deploy \`${service}\`. Rename or remove it first.`,
    );
  const template = ['spec', 'template', 'spec'];
  if (namespace !== undefined)
    text = setScalar(
      text,
      [...template, 'destination', 'namespace'],
      namespace,
      { file },
    );
  let applicationSet = parse(text) as ApplicationSet;
  if (path !== undefined && sourcePath(applicationSet, repository) !== path) {
    if (!applicationSet.spec.template.spec.source?.path) {
      throw new InputError(
        `parameters.path: services of this repository take their source from elsewhere (${added.sibling.applicationSet.file}). Leave the path out.`,
      );
    }
    text = setScalar(text, [...template, 'source', 'path'], path, { file });
    applicationSet = parse(text) as ApplicationSet;
  }
  const directory = sourcePath(applicationSet, repository);
  if (directory !== undefined && !hasDirectory(repository, directory)) {
    throw new InputError(
      `parameters.path: \`${directory}\` does not exist in the repository. Add the service’s chart there first, or name its directory.`,
    );
  }
  const { name, namespace: own } = applicationSet.metadata;
  const taken = indexRepository(repository).applicationSets.find(
    ({ object }) =>
      object.metadata.name === name && object.metadata.namespace === own,
  );
  if (taken)
    throw new ConflictError(
      `ApplicationSet \`${name}\` exists already in ${taken.file}. Rename it there first.`,
    );
  text = options.complete?.(text, file, added.sibling) ?? text;
  edits.set(file, text, `${file}: ApplicationSet ${name}`);
  listFile(file, edits, added.sibling.applicationSet.file);
  return applicationSet;
}

/** What was asked for beside the clusters must be what the existing ApplicationSet says: it is not rewritten. */
export function checkExisting(request: OnboardRequest, service: Sibling): void {
  const { file, object } = service.applicationSet;
  const namespace = object.spec.template?.spec?.destination?.namespace;
  if (request.namespace !== undefined && request.namespace !== namespace) {
    throw new ConflictError(
      `parameters.namespace: ${file} deploys \`${service.name}\` to namespace \`${namespace}\`, not \`${request.namespace}\`. Leave the namespace out, or change it in that file.`,
    );
  }
  if (
    request.path !== undefined &&
    service.path !== undefined &&
    request.path !== service.path
  ) {
    throw new ConflictError(
      `parameters.path: ${file} deploys \`${service.name}\` from \`${service.path}\`, not \`${request.path}\`. Leave the path out, or change it in that file.`,
    );
  }
}
