/** A container image as manifests and Argo CD name it. */
export interface ImageReference {
  /** Registry and path, for example `registry.example.com/team/app`. */
  repository: string;
  tag?: string;
  digest?: string;
}

/**
 * Takes an image reference apart: `repository[:tag][@digest]`, where the registry may have a port.
 *
 * Source: the grammar in `github.com/distribution/reference`.
 */
export function parseImage(text: string): ImageReference {
  const [named, digest] = text.split('@', 2);
  const slash = named.lastIndexOf('/');
  const colon = named.indexOf(':', slash + 1);
  return {
    repository: colon === -1 ? named : named.slice(0, colon),
    tag: colon === -1 ? undefined : named.slice(colon + 1),
    digest,
  };
}

/** What people call the version of an image: its tag, or the beginning of its digest. */
export function imageVersion({ tag, digest }: ImageReference): string {
  if (tag) return tag;
  return digest ? digest.replace(/^sha256:/, '').slice(0, 12) : 'latest';
}
