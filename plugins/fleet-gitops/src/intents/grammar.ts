import { z } from 'zod';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_SUBDOMAIN =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/*
 * Control characters could hide what a commit says; template syntax would be evaluated by Argo CD, Helm or the
 * scaffolder.
 */
// eslint-disable-next-line no-control-regex
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]|\{\{|\}\}|\$\{/;

const MAX_NAMES = 1000;
/** Kubernetes allows 256 KiB for all annotations of an object together. */
const MAX_ANNOTATION_LENGTH = 16_384;

/** Whether a text has neither control characters nor template syntax. */
export function isSafeText(text: string): boolean {
  return !UNSAFE.test(text);
}

export const UNSAFE_MESSAGE =
  'must not contain control characters or template syntax';

/** Name of a service, namespace or new cluster. Source: RFC 1123, as Kubernetes applies it. */
export const dnsLabel = z
  .string()
  .max(63, 'must have at most 63 characters')
  .regex(
    DNS_LABEL,
    'must be a DNS label: lower-case letters, digits and hyphens, beginning and ending with a letter or digit',
  );

/** Name of a registered cluster, which may be an ARN or a URL. */
export const clusterName = z
  .string()
  .min(1, 'must not be empty')
  .max(253, 'must have at most 253 characters')
  .refine(isSafeText, UNSAFE_MESSAGE);

/** A list of names whose order does not matter: sorted, each once. */
function namesOf(item: z.ZodType<string>, what: string) {
  return z
    .array(item)
    .min(1, `must name at least one ${what}`)
    .max(MAX_NAMES, `must name at most ${MAX_NAMES} ${what}s`)
    .transform(names => [...new Set(names)].sort());
}

export const clusterNames = namesOf(clusterName, 'cluster');

export const labelValue = z
  .string()
  .max(63, 'must have at most 63 characters')
  .refine(
    value => value === '' || LABEL_NAME.test(value),
    'is no label value: letters, digits and - _ ., beginning and ending with a letter or digit',
  );

/** Name of an environment: the value of a cluster label. */
export const environment = labelValue.min(1, 'must not be empty');

export const environments = namesOf(environment, 'environment');

/** A version as image tags and chart versions have it. Source: OCI distribution spec, "Pulling manifests"; semver's `+`. */
export const version = z
  .string()
  .min(1, 'must not be empty')
  .max(128, 'must have at most 128 characters')
  .regex(
    /^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/,
    'is no version: letters, digits and . _ + -, beginning with a letter, digit or _',
  );

/** A directory inside the repository; which ones exist is checked against the repository. */
export const directory = z
  .string()
  .min(1, 'must not be empty')
  .max(500, 'must have at most 500 characters')
  .refine(isSafeText, UNSAFE_MESSAGE)
  .refine(
    path => /^[A-Za-z0-9._/-]+$/.test(path),
    'must consist of letters, digits and . _ - /',
  )
  .refine(
    path => !path.startsWith('/') && !path.endsWith('/'),
    'must be relative to the repository, without / at either end',
  )
  .refine(
    path =>
      !path
        .split('/')
        .some(segment => segment === '' || segment === '.' || segment === '..'),
    'must not contain empty segments, . or ..',
  )
  .refine(
    path => !isReservedPath(path),
    'must not lead into .git, .github, .gitlab or CODEOWNERS',
  );

/** Whether a path belongs to the Git host: who may change the repository, and what runs when it changes. */
export function isReservedPath(path: string): boolean {
  return path
    .split('/')
    .some(
      segment =>
        /^\.git(hub|lab)?$/i.test(segment) || /^codeowners$/i.test(segment),
    );
}

/** Source: Kubernetes "Labels and Selectors", "Syntax and character set"; annotation keys follow the same rule. */
function keyError(key: string, what: string): string | undefined {
  const slash = key.indexOf('/');
  const prefix = slash === -1 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  if (
    prefix !== undefined &&
    (prefix.length > 253 || !DNS_SUBDOMAIN.test(prefix))
  )
    return 'has a prefix that is no DNS name';
  if (name.length === 0 || name.length > 63 || !LABEL_NAME.test(name)) {
    return `is no ${what} key: at most 63 letters, digits and - _ ., beginning and ending with a letter or digit`;
  }
  if (prefix === 'argocd.argoproj.io')
    return 'belongs to Argo CD, which knows the cluster by it';
  return undefined;
}

function keyed<Value extends z.ZodType>(
  value: Value,
  what: string,
  allowEmpty: boolean,
) {
  return z.record(z.string(), value).superRefine((record, context) => {
    const keys = Object.keys(record);
    if (keys.length === 0 && !allowEmpty)
      context.addIssue({
        code: 'custom',
        message: `must name at least one ${what}`,
      });
    for (const key of keys) {
      const message = keyError(key, what);
      if (message) context.addIssue({ code: 'custom', path: [key], message });
    }
  });
}

const annotationValue = z
  .string()
  .max(
    MAX_ANNOTATION_LENGTH,
    `must have at most ${MAX_ANNOTATION_LENGTH} characters`,
  )
  .refine(isSafeText, UNSAFE_MESSAGE);

/** Labels to set. */
export const labels = keyed(labelValue, 'label', true);

/** Annotations to set. */
export const annotations = keyed(annotationValue, 'annotation', true);

/** Labels to set, or with `null` to remove; at least one. */
export const labelChanges = keyed(labelValue.nullable(), 'label', false);

/** Annotations to set, or with `null` to remove; at least one. */
export const annotationChanges = keyed(
  annotationValue.nullable(),
  'annotation',
  false,
);

/** Which deployments of a service are meant. */
export const targets = z
  .strictObject({
    clusters: clusterNames.optional(),
    environments: environments.optional(),
  })
  .refine(
    ({ clusters, environments: named }) => clusters || named,
    'must name at least one cluster or environment',
  );

const MAX_WAVES = 100;

/** Groups of clusters, one after the other. That every cluster is in one is checked where they are split. */
export const waves = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('region'),
    order: z
      .array(labelValue.min(1, 'must not be empty'))
      .max(MAX_WAVES)
      .optional(),
  }),
  z.strictObject({
    by: z.literal('list'),
    clusters: z
      .array(
        z.array(clusterName).min(1, 'must name at least one cluster').max(1000),
      )
      .min(1, 'must have at least one wave')
      .max(MAX_WAVES, `must have at most ${MAX_WAVES} waves`),
  }),
]);
