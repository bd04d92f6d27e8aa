import { InputError } from '@backstage/errors';
import type { ApplicationSet } from '../model/argocd';
import type { RepositorySnapshot } from '../model/repository';
import { embeddedArgoFiles, indexRepository } from './indexRepository';

/** The fields of an Application that say from where software comes and what it may do. */
type ProtectedField = 'project' | 'repoURL' | 'server';

type Metadata = 'labels' | 'annotations';

/** A label or annotation of clusters that becomes part of such a field. */
interface ProtectedUse {
  metadata: Metadata;
  /** Absent where a template computes the key: then it may be any. */
  key?: string;
  field: ProtectedField;
  /** The file that has the template. */
  file: string;
}

interface ProtectedText {
  field: ProtectedField;
  text: string;
}

/** `repoURL: …` on a line of a template, as YAML or JSON. */
const PROTECTED_LINE =
  /^[\s"'{-]*(project|repoURL|server)["']?\s*:(.*\{\{.*)$/gm;

const ASSIGNMENT = /\{\{-?\s*(\$\w+)\s*:?=(.*?)\}\}/g;

/**
 * The labels and annotations that a template expression reads of a cluster: `metadata.labels.tier`,
 * `index .metadata.labels "tier"`, `index . "metadata" "labels" "tier"`.
 */
function referencesIn(
  text: string,
): Array<Pick<ProtectedUse, 'metadata' | 'key'>> {
  const found: Array<Pick<ProtectedUse, 'metadata' | 'key'>> = [];
  for (const match of text.matchAll(
    /metadata["'`]?[.\s]\s*["'`]?(labels|annotations)["'`]?(?:\.([\w./-]+)|\)?\s*["'`]([^"'`]+)["'`])?/g,
  )) {
    const key = match[2] ?? match[3];
    found.push({
      metadata: match[1] as Metadata,
      ...(key === undefined ? {} : { key }),
    });
  }
  return found;
}

/** The same text with what its variables stand for, so that `{{ $url }}` shows what was assigned to it. */
function withVariables(line: string, template: string): string {
  const variables = new Set(line.match(/\$\w+/g));
  if (variables.size === 0) return line;
  const assigned = [...template.matchAll(ASSIGNMENT)]
    .filter(([, name]) => variables.has(name))
    .map(([, , value]) => value);
  return [line, ...assigned].join('\n');
}

function protectedLines(template: string): ProtectedText[] {
  return [...template.matchAll(PROTECTED_LINE)].map(([, field, line]) => ({
    field: field as ProtectedField,
    text: withVariables(line, template),
  }));
}

function ofTemplate(template: any): ProtectedText[] {
  const { project, destination, source, sources } = template?.spec ?? {};
  const fields: Array<[ProtectedField, unknown]> = [
    ['project', project],
    ['server', destination?.server],
    ...[source, ...(Array.isArray(sources) ? sources : [])].map(
      (item): [ProtectedField, unknown] => ['repoURL', item?.repoURL],
    ),
  ];
  return fields.flatMap(([field, text]) =>
    typeof text === 'string' && text.includes('{{') ? [{ field, text }] : [],
  );
}

/** All maps in generators, so that their values and own templates are found however they are nested. */
function mapsIn(value: unknown): Array<Record<string, unknown>> {
  if (!value || typeof value !== 'object') return [];
  const inner = Object.values(value).flatMap(mapsIn);
  return Array.isArray(value)
    ? inner
    : [value as Record<string, unknown>, ...inner];
}

/** A text with those that generators give the parameters it names, as `values.url` may itself be made of an annotation. */
function withParameters(
  text: string,
  maps: Array<Record<string, unknown>>,
): string {
  const seen = new Set([text]);
  for (const current of seen) {
    const names = new Set(current.match(/[A-Za-z_][\w-]*/g));
    for (const map of maps) {
      for (const [key, value] of Object.entries(map))
        if (names.has(key) && typeof value === 'string' && value.includes('{{'))
          seen.add(value);
    }
  }
  return [...seen].join('\n');
}

function usesOf(spec: ApplicationSet['spec'], file: string): ProtectedUse[] {
  const maps = mapsIn(spec.generators);
  const texts = [
    ...ofTemplate(spec.template),
    ...maps.flatMap(({ template }) => ofTemplate(template)),
    ...protectedLines(spec.templatePatch ?? ''),
  ];
  return texts.flatMap(({ field, text }) =>
    referencesIn(withParameters(text, maps)).map(reference => ({
      ...reference,
      field,
      file,
    })),
  );
}

const cache = new WeakMap<object, ProtectedUse[]>();

function protectedUses(repository: RepositorySnapshot): ProtectedUse[] {
  const cached = cache.get(repository.files);
  if (cached) return cached;
  const uses = [
    ...indexRepository(repository).applicationSets.flatMap(({ object, file }) =>
      usesOf(object.spec, file),
    ),
    // ApplicationSets that charts render are read as text: their own templates stand in them in quotes.
    ...[...embeddedArgoFiles(repository)].flatMap(file =>
      protectedLines(repository.files.get(file)!).flatMap(({ field, text }) =>
        referencesIn(text).map(reference => ({ ...reference, field, file })),
      ),
    ),
  ];
  cache.set(repository.files, uses);
  return uses;
}

/**
 * Refuses labels or annotations of a cluster that ApplicationSets of the repository print into `project`, `repoURL` or
 * `server` of their Applications, as GitOps Bridge does with the address of a repository: what somebody typed must not
 * decide from where software comes and what it may do.
 *
 * Source: Argo CD `docs/operator-manual/applicationset/Security.md`.
 *
 * @param keys - those that somebody asks for; what a blueprint says is not among them
 * @throws `InputError` that names the key, the field and the file
 */
export function refuseProtectedMetadata(
  metadata: Metadata,
  keys: readonly string[],
  repository: RepositorySnapshot,
): void {
  for (const key of keys) {
    const use = protectedUses(repository).find(
      candidate =>
        candidate.metadata === metadata &&
        (candidate.key === undefined || candidate.key === key),
    );
    if (use)
      throw new InputError(
        `parameters.${metadata}: ${use.file} makes \`${use.field}\` from \`${key}\`, which decides what its Applications may do. Change it by hand, or let a blueprint set it.`,
      );
  }
}
