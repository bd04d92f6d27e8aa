import { ConflictError } from '@backstage/errors';
import {
  normalizeRepositoryUrl,
  RepositoryLookup,
  RepositorySnapshot,
} from '../../model/repository';
import {
  sourcesOf,
  VERSION_IMAGE_ANNOTATION,
  VERSION_PATH_ANNOTATION,
  versionStatements,
} from '../../sources/versions';
import type { VersionLayer } from './layers';
import type { DeployedApplication } from './types';

/**
 * Why a version cannot be written: no place says it, or several are as likely. Names the places that were looked at, and what to
 * do.
 *
 * @param where - for people: the cluster or environment
 */
export function noVersion(
  {
    deployed: { application, service },
    layers,
    lookup,
  }: {
    deployed: DeployedApplication;
    layers: VersionLayer[];
    lookup: RepositoryLookup;
  },
  repository: RepositorySnapshot,
  where: string,
): ConflictError {
  const { candidates } = versionStatements(application, lookup);
  if (candidates) {
    const [first] = candidates;
    const annotation = first.endsWith('.image.tag')
      ? VERSION_PATH_ANNOTATION
      : VERSION_IMAGE_ANNOTATION;
    return new ConflictError(
      `Which version is that of \`${service}\` on ${where} is not clear: ${candidates
        .map(candidate => `\`${candidate}\``)
        .join(
          ', ',
        )} are as likely. Say it by the annotation ${annotation} of its Application, for example \`${first}\`.`,
    );
  }
  if (layers.length > 0) {
    const looked = [...new Set(layers.map(({ name }) => name))].join(', ');
    const place =
      [...layers].reverse().find(({ addable }) => addable)?.name ??
      'the values that its chart prints';
    return new ConflictError(
      `Nothing says the version of \`${service}\` on ${where}. Looked at ${looked}. Add \`image.tag\` to ${place} first, or name its place by the annotation ${VERSION_PATH_ANNOTATION} of its Application.`,
    );
  }
  const [{ repoURL = '', path = '', targetRevision = 'HEAD' }] =
    sourcesOf(application);
  return new ConflictError(
    normalizeRepositoryUrl(repoURL) === normalizeRepositoryUrl(repository.url)
      ? `Nothing says the version of \`${service}\` on ${where}. Looked at ${
          path || 'the root'
        }: it has no chart, no image in a kustomization and no container with a tag.`
      : `The version of \`${service}\` on ${where} is not in this repository: it comes from ${repoURL} at \`${targetRevision}\`. Change it there.`,
  );
}
