import type { createTemplateAction } from '@backstage/plugin-scaffolder-node';

type InputSchema = NonNullable<
  Parameters<typeof createTemplateAction>[0]['schema']
>['input'];
/** The zod that the scaffolder supplies. */
export type Zod = Parameters<
  Extract<NonNullable<InputSchema>, (z: any) => unknown>
>[0];

/** Inputs that every action which changes the fleet has. */
export const changeInputs = {
  mode: (z: Zod) =>
    z
      .enum(['auto', 'commit', 'pull-request'])
      .optional()
      .describe(
        'commit writes to the branch, pull-request proposes; auto commits unless the branch is protected. Default: auto',
      ),
  reason: (z: Zod) =>
    z
      .string()
      .optional()
      .describe('Why. Goes into the commit and the pull request'),
  overrides: (z: Zod) =>
    z
      .array(
        z.object({
          guard: z.string().describe('For example deletions'),
          reason: z.string().min(1).describe('Why it may pass. It is audited'),
        }),
      )
      .optional()
      .describe(
        'Guards that shall not stop the change. Needs the permission fleet.change.override',
      ),
  repository: (z: Zod) =>
    z
      .string()
      .optional()
      .describe(
        'Id of the GitOps repository in fleet.repositories. May be left out where there is one',
      ),
};

/** Outputs that every action which changes the fleet has. */
export const changeOutputs = {
  changeId: (z: Zod) =>
    z.string().optional().describe('Id of the change. Absent in a dry run'),
  commitSha: (z: Zod) => z.string().optional().describe('SHA of the commit'),
  commitUrl: (z: Zod) =>
    z.string().optional().describe('Address of the commit'),
  pullRequestUrl: (z: Zod) =>
    z.string().optional().describe('Address of the pull request'),
  unchanged: (z: Zod) =>
    z
      .boolean()
      .describe('True where Git already says it and nothing was written'),
  planSummary: (z: Zod) =>
    z
      .string()
      .describe('How many Applications are created, changed and deleted'),
};

/** Which deployments of a service are meant. */
export const targets = {
  environments: (z: Zod) =>
    z
      .array(z.string())
      .optional()
      .describe('Environments. At least one of environments and clusters'),
  clusters: (z: Zod) =>
    z.array(z.string()).optional().describe('Names of clusters'),
};

/** Groups of clusters, one after the other. */
export const waves = (z: Zod) =>
  z
    .union([
      z.object({
        by: z.literal('region'),
        order: z.array(z.string()).optional(),
      }),
      z.object({
        by: z.literal('list'),
        clusters: z.array(z.array(z.string())),
      }),
    ])
    .optional()
    .describe(
      'Groups of clusters, each waiting until the one before is healthy. Default: all at once',
    );
