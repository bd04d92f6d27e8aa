import { parseAllDocuments } from 'yaml';

/** Fields of cluster and repository registrations that are no secrets. */
const PUBLIC_FIELDS = new Set([
  'name',
  'server',
  'project',
  'namespaces',
  'clusterResources',
  'shard',
  'type',
  'url',
  'enableOCI',
  'insecure',
  'enableLfs',
  'forceHttpBasicAuth',
]);

/** Members of a registration's `config` that are credentials. */
const CREDENTIALS = ['username', 'password', 'bearerToken', 'keyData'];

/**
 * Names of the Secrets in a file that carry their content in the clear.
 *
 * @remarks
 * Argo CD's registrations of clusters and repositories are Secrets too; without credentials they may stand in Git.
 * Source: Argo CD `docs/operator-manual/declarative-setup.md`.
 */
export function secretManifests(text: string): Map<string, string> {
  const found = new Map<string, string>();
  if (!/\bSecret\b/.test(text)) return found;
  let documents;
  try {
    documents = parseAllDocuments(text, {
      uniqueKeys: false,
      prettyErrors: false,
    });
  } catch {
    return found;
  }
  for (const document of 'empty' in documents ? [] : documents) {
    if (document.errors.length > 0) continue;
    for (const object of objectsOf(document.toJS())) {
      const content = exposedContent(object);
      if (content !== undefined)
        found.set(String(object.metadata?.name ?? ''), content);
    }
  }
  return found;
}

function objectsOf(value: any): any[] {
  if (value === null || typeof value !== 'object') return [];
  return value.kind === 'List' && Array.isArray(value.items)
    ? value.items.flatMap(objectsOf)
    : [value];
}

/** What a Secret exposes, to compare it with what it exposed before; `undefined` for nothing. */
function exposedContent(object: any): string | undefined {
  // SOPS encrypts the values and leaves the keys.
  if (object.kind !== 'Secret' || object.sops) return undefined;
  const isRegistration =
    'argocd.argoproj.io/secret-type' in Object(object.metadata?.labels);
  const exposed = [
    ...Object.entries(Object(object.stringData)).map(
      ([key, value]) => [key, String(value ?? '')] as const,
    ),
    ...Object.entries(Object(object.data)).map(
      ([key, value]) => [key, decode(String(value ?? ''))] as const,
    ),
  ].filter(
    ([key, value]) =>
      value !== '' &&
      !isPlaceholder(value) &&
      !(isRegistration && isPublic(key, value)),
  );
  return exposed.length > 0 ? JSON.stringify(exposed) : undefined;
}

function decode(encoded: string): string {
  try {
    return atob(encoded);
  } catch {
    return encoded;
  }
}

/** Filled in by a tool that reads a vault. Source: the placeholders of argocd-vault-plugin, Helm and Flux. */
function isPlaceholder(value: string): boolean {
  return /^<[^<>]+>$|^\{\{.*\}\}$|^\$\{[^{}]+\}$/.test(value.trim());
}

function isPublic(key: string, value: string): boolean {
  if (PUBLIC_FIELDS.has(key)) return true;
  if (key !== 'config') return false;
  try {
    const config = JSON.parse(value);
    return !hasCredential(config) && !hasCredential(config.tlsClientConfig);
  } catch {
    return false;
  }
}

function hasCredential(config: unknown): boolean {
  return CREDENTIALS.some(name => Boolean(Object(config)[name]));
}
