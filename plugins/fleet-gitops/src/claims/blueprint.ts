import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { z } from 'zod';
import { parseFieldPath } from './fieldPath';
import { placeholderProblem, sourceProblem } from './placeholders';
import type { ClusterBlueprint } from './types';

/** The `kind` by which blueprints are found, wherever they are in the repository. */
export const BLUEPRINT_KIND = 'ClusterBlueprint';
const BLUEPRINT_API_VERSION = 'fleet/v1alpha1';

const fieldPath = z
  .string()
  .refine(
    text => parseFieldPath(text) !== undefined,
    'is no field path. Write it like spec.pools[0].size',
  );

/** What a claim is and where it is applied is the platform team's word alone. */
const OWN_FIELDS =
  /^(apiVersion|kind|metadata(\.(name|namespace|generateName))?)$/;

const names = z
  .string()
  .superRefine((text, context) => report(placeholderProblem(text), context));

const from = z
  .string()
  .superRefine((text, context) => report(sourceProblem(text), context));

const valueSource = {
  from,
  map: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .optional(),
};

const textSource = z.union([names, z.strictObject(valueSource)], {
  error: 'must be a text or {from, map}',
});

const pool = z.union(
  [
    z.strictObject({ name: z.string().min(1), path: fieldPath }),
    z.strictObject({
      list: fieldPath,
      name: z.string().min(1),
      replicas: z.string().min(1),
    }),
  ],
  { error: 'must be {name, path} or {list, name, replicas}' },
);

const manifest = z.looseObject({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  metadata: z.looseObject({
    namespace: z.string().optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
});

const blueprintSchema = z.strictObject({
  apiVersion: z.literal(BLUEPRINT_API_VERSION),
  kind: z.literal(BLUEPRINT_KIND),
  metadata: z.looseObject({
    name: z
      .string()
      .regex(
        /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
        'must be a DNS label: lower-case letters, digits and hyphens',
      ),
  }),
  spec: z.strictObject({
    title: z.string().min(1),
    description: z.string().optional(),
    provisioner: z.enum([
      'cluster-api',
      'crossplane-claim',
      'crossplane-xr',
      'kro',
    ]),
    parameters: z
      .record(z.string(), z.unknown())
      .refine(schema => schema.type === 'object', 'must have type: object'),
    claim: z.strictObject({
      file: names,
      manifest,
      values: z
        .array(
          z.strictObject({
            ...valueSource,
            path: fieldPath.refine(
              path => !OWN_FIELDS.test(path),
              'belongs to the manifest itself and takes no parameter',
            ),
          }),
        )
        .default([]),
    }),
    kubernetesVersion: z
      .strictObject({
        path: fieldPath,
        format: z.enum(['v1.33.4', '1.33.4', '1.33']),
      })
      .optional(),
    pools: z.array(pool).default([]),
    registration: z.strictObject({
      file: names,
      namespace: z.string().min(1).default('argocd'),
      project: z.string().min(1).optional(),
      server: textSource.optional(),
      labels: z.record(z.string(), textSource).default({}),
      annotations: z.record(z.string(), textSource).default({}),
    }),
  }),
});

function report(
  problem: string | undefined,
  context: { addIssue(issue: { code: 'custom'; message: string }): void },
): void {
  if (problem) context.addIssue({ code: 'custom', message: problem });
}

/**
 * Reads a blueprint.
 *
 * @returns the blueprint, or what is wrong with each field
 */
export function parseBlueprint(
  object: unknown,
  file: string,
): { blueprint: ClusterBlueprint } | { problem: string } {
  const parsed = blueprintSchema.safeParse(object);
  if (!parsed.success) {
    const problem = parsed.error.issues
      .map(issue => {
        const field = issue.path.join('.') || 'the document';
        return issue.code === 'unrecognized_keys'
          ? `${field} has unknown fields: ${issue.keys.join(', ')}`
          : `${field}: ${issue.message}`;
      })
      .join('; ');
    return { problem };
  }
  const { metadata, spec } = parsed.data;
  return {
    blueprint: {
      ...spec,
      id: metadata.name,
      claim: {
        ...spec.claim,
        manifest: spec.claim.manifest as unknown as KubernetesObject,
      },
      file,
    },
  };
}
