import type { TypedIntent } from '@backstage-fleet/plugin-fleet-common';
import { InputError } from '@backstage/errors';
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

const safe = (text: string) => !UNSAFE.test(text);
const UNSAFE_MESSAGE = 'must not contain control characters or template syntax';

const dnsLabel = z
  .string()
  .max(63, 'must have at most 63 characters')
  .regex(
    DNS_LABEL,
    'must be a DNS label: lower-case letters, digits and hyphens, beginning and ending with a letter or digit',
  );

const clusterName = z
  .string()
  .min(1, 'must not be empty')
  .max(253, 'must have at most 253 characters')
  .refine(safe, UNSAFE_MESSAGE);

/** A directory inside the repository; which ones exist is checked against the repository. */
const directory = z
  .string()
  .min(1, 'must not be empty')
  .max(500, 'must have at most 500 characters')
  .refine(safe, UNSAFE_MESSAGE)
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
    path =>
      !path
        .split('/')
        .some(
          segment =>
            /^\.git(hub|lab)?$/i.test(segment) || /^codeowners$/i.test(segment),
        ),
    'must not lead into .git, .github, .gitlab or CODEOWNERS',
  );

function labelKeyError(key: string): string | undefined {
  const slash = key.indexOf('/');
  const prefix = slash === -1 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  if (
    prefix !== undefined &&
    (prefix.length > 253 || !DNS_SUBDOMAIN.test(prefix))
  )
    return 'has a prefix that is no DNS name';
  if (name.length === 0 || name.length > 63 || !LABEL_NAME.test(name)) {
    return 'is no label key: at most 63 letters, digits and - _ ., beginning and ending with a letter or digit';
  }
  if (prefix === 'argocd.argoproj.io')
    return 'belongs to Argo CD, which knows the cluster by it';
  return undefined;
}

const labelValue = z
  .string()
  .max(63, 'must have at most 63 characters')
  .refine(
    value => value === '' || LABEL_NAME.test(value),
    'is no label value: letters, digits and - _ ., beginning and ending with a letter or digit',
  );

const labels = z
  .record(z.string(), labelValue.nullable())
  .superRefine((record, context) => {
    if (Object.keys(record).length === 0)
      context.addIssue({
        code: 'custom',
        message: 'must name at least one label',
      });
    for (const key of Object.keys(record)) {
      const message = labelKeyError(key);
      if (message) context.addIssue({ code: 'custom', path: [key], message });
    }
  });

const repository = z.string().min(1, 'must not be empty').optional();

const intentSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('service.onboard'),
      repository,
      parameters: z.strictObject({
        service: dnsLabel,
        clusters: z
          .array(clusterName)
          .min(1, 'must name at least one cluster')
          .max(1000, 'must name at most 1000 clusters')
          .transform(names => [...new Set(names)].sort()),
        path: directory.optional(),
        namespace: dnsLabel.optional(),
      }),
    }),
    z.strictObject({
      kind: z.literal('cluster.label'),
      repository,
      parameters: z.strictObject({ cluster: clusterName, labels }),
    }),
  ],
  { error: 'must be `service.onboard` or `cluster.label`' },
);

/**
 * Checks an intent that came from outside.
 *
 * @remarks
 * What depends on the repository (does the cluster exist?) is checked by {@link applyIntent}.
 *
 * @throws `InputError` that names each field at fault and what it must be
 * @public
 */
export function parseIntent(input: unknown): TypedIntent {
  const parsed = intentSchema.safeParse(input);
  if (parsed.success) return parsed.data as TypedIntent;
  const messages = parsed.error.issues.map(issue => {
    const field = issue.path.join('.') || 'intent';
    if (issue.code === 'unrecognized_keys')
      return `${field}: has unknown fields: ${issue.keys.join(', ')}`;
    if (issue.code !== 'invalid_type') return `${field}: ${issue.message}`;
    return valueAt(input, issue.path) === undefined
      ? `${field}: is missing`
      : `${field}: must be of type ${issue.expected}`;
  });
  throw new InputError([...new Set(messages)].join('; '));
}

function valueAt(input: unknown, path: PropertyKey[]): unknown {
  return path.reduce<any>((value, key) => value?.[key], input);
}
