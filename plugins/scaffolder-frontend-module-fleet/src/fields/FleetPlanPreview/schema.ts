import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** No value: the field only shows something. */
export const fleetPlanPreviewSchema = makeFieldSchema({
  output: z => z.null(),
  uiOptions: z =>
    z.object({
      kind: z
        .string()
        .describe('The kind of intent, for example service.onboard'),
      repository: z
        .object({ from: z.string() })
        .optional()
        .describe('The field that holds the GitOps repository’s id'),
      parameters: z
        .record(z.any())
        .describe(
          'The intent’s parameters. { from: field } stands for the value of a form field, with dots into an object, or with map for what that has for the value; everything else for itself',
        ),
      needs: z
        .array(z.string())
        .optional()
        .describe('Fields without which no plan is asked for'),
      overrides: z
        .record(z.object({ from: z.string() }))
        .optional()
        .describe(
          'By guard, the field that says whether the template’s action overrides it; the review step lets such a plan pass',
        ),
    }),
});
