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

/** A key with its value. */
export type ExposedEntry = [key: string, value: string];

/**
 * The Secrets in a file that carry content in the clear, by name: what they expose.
 *
 * @remarks
 * Argo CD's registrations of clusters and repositories are Secrets too; without credentials they may stand in Git.
 * Source: Argo CD `docs/operator-manual/declarative-setup.md`.
 */
export function secretManifests(text: string): Map<string, ExposedEntry[]> {
  const found = new Map<string, ExposedEntry[]>();
  if (!/\bSecret\b|\bsecretGenerator\b/.test(text)) return found;
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
      const name: unknown = object.metadata?.name;
      add(found, typeof name === 'string' ? name : '', exposedContent(object));
    }
  }
  // In a chart's template what is printed cannot be told, and what is written can.
  return found.size === 0 && text.includes('{{')
    ? templatedSecrets(text)
    : found;
}

function add(
  found: Map<string, ExposedEntry[]>,
  name: string,
  entries: ExposedEntry[],
): void {
  if (entries.length > 0)
    found.set(name, [...(found.get(name) ?? []), ...entries]);
}

/** Secrets of a Helm template, by its lines: entries whose values are written there. */
function templatedSecrets(text: string): Map<string, ExposedEntry[]> {
  const found = new Map<string, ExposedEntry[]>();
  for (const document of text.split(/^---.*$/m)) {
    if (!/^kind:\s*["']?Secret["']?\s*(#.*)?$/m.test(document)) continue;
    const [, name = ''] = /^ {2}name:\s*(.*)$/m.exec(document) ?? [];
    const exposed = [
      ...document.matchAll(
        /^(?:data|stringData):[^\S\n]*\n((?:[^\S\n]+.*\n?|\s*\n)*)/gm,
      ),
    ].flatMap(([, block]) =>
      [...block.matchAll(/^\s+["']?([\w.-]+)["']?:\s*(\S.*)$/gm)].flatMap(
        ([, key, value]): ExposedEntry[] =>
          value.includes('{{') ||
          /^(["'])\1$/.test(value) ||
          isPlaceholder(value)
            ? []
            : [[key, value]],
      ),
    );
    add(found, name, exposed);
  }
  return found;
}

function objectsOf(value: any): any[] {
  if (value === null || typeof value !== 'object') return [];
  return value.kind === 'List' && Array.isArray(value.items)
    ? value.items.flatMap(objectsOf)
    : [value];
}

/** What a Secret exposes. */
function exposedContent(object: any): ExposedEntry[] {
  const generated = generatedContent(object);
  if (generated.length > 0) return generated;
  // SOPS encrypts the values and leaves the keys.
  if (object.kind !== 'Secret' || object.sops) return [];
  const isRegistration =
    'argocd.argoproj.io/secret-type' in Object(object.metadata?.labels);
  // What is an object was an expression of a template.
  const scalars = (map: unknown) =>
    Object.entries(Object(map)).filter(
      ([, value]) => typeof value !== 'object',
    );
  return [
    ...scalars(object.stringData).map(
      ([key, value]): ExposedEntry => [key, String(value ?? '')],
    ),
    ...scalars(object.data).map(
      ([key, value]): ExposedEntry => [key, decode(String(value ?? ''))],
    ),
  ].filter(
    ([key, value]) =>
      value !== '' &&
      !isPlaceholder(value) &&
      !(isRegistration && isPublic(key, value)),
  );
}

/** What Kustomize makes a Secret of. Source: Kustomize `secretGenerator`. */
function generatedContent({ secretGenerator }: any): ExposedEntry[] {
  if (!Array.isArray(secretGenerator)) return [];
  const literals = secretGenerator.flatMap((entry: any): ExposedEntry[] =>
    (Array.isArray(entry?.literals) ? entry.literals : []).map(
      (literal: unknown) => [
        String(literal).split('=')[0],
        String(literal).slice(String(literal).indexOf('=') + 1),
      ],
    ),
  );
  return literals.filter(([, value]) => value && !isPlaceholder(value));
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
