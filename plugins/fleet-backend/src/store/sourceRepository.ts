import {
  ANNOTATION_SOURCE_LOCATION,
  Entity,
  parseLocationRef,
} from '@backstage/catalog-model';

/** `owner/name`. Source: "Well-known Annotations" of the Backstage documentation. */
const PROJECT_SLUG = 'github.com/project-slug';

/** Where the path inside a repository begins: GitHub and Gitea have `/tree/` or `/src/`, GitLab has `/-/tree/`. */
const INSIDE = /\/(?:-\/)?(?:tree|blob|src|raw|edit)\/.*$/;

/**
 * Address of the repository that a component is built from; `undefined` where its annotations name none.
 *
 * `github.com/project-slug` counts before `backstage.io/source-location`: the catalog fills in the latter by itself with
 * the place of the entity's file, which may be another repository. The slug names no host: it is that of the source
 * location, as Backstage's own plugins have it, and otherwise the given one.
 */
export function sourceRepository(
  entity: Entity,
  githubHost = 'github.com',
): string | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const location = sourceLocation(annotations[ANNOTATION_SOURCE_LOCATION]);
  const slug = annotations[PROJECT_SLUG];
  if (slug && /^[\w.-]+\/[\w.-]+$/.test(slug)) {
    return `${location?.origin ?? `https://${githubHost}`}/${slug}`;
  }
  if (!location) return undefined;
  const path = location.pathname
    .replace(INSIDE, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
  return /^\/[^/]+\/./.test(path) ? `${location.origin}${path}` : undefined;
}

function sourceLocation(annotation: string | undefined): URL | undefined {
  try {
    const { type, target } = parseLocationRef(annotation ?? '');
    const url = type === 'url' ? new URL(target) : undefined;
    return url && /^https?:$/.test(url.protocol) ? url : undefined;
  } catch {
    // Somebody's mistake in one entity: it then names no repository.
    return undefined;
  }
}
