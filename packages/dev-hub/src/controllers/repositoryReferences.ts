/** A repository at a revision that a git generator reads. */
export interface RepositoryReference {
  url: string;
  revision: string;
}

/** The repositories that the git generators of an ApplicationSet's spec name, at any depth. */
export function findRepositoryReferences(spec: unknown): RepositoryReference[] {
  const found = new Map<string, RepositoryReference>();
  const visit = (node: unknown) => {
    if (Array.isArray(node)) {
      node.forEach(visit);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'git' && typeof value?.repoURL === 'string') {
        const reference = {
          url: value.repoURL,
          revision: value.revision ?? '',
        };
        found.set(`${reference.url}@${reference.revision}`, reference);
      }
      visit(value);
    }
  };
  visit((spec as { generators?: unknown })?.generators);
  return [...found.values()];
}
