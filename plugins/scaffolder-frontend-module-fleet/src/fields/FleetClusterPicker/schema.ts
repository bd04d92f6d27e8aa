import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** Names of clusters. */
export const fleetClusterPickerSchema = makeFieldSchema({
  output: z => z.array(z.string()),
  uiOptions: z =>
    z.object({
      serviceField: z
        .string()
        .optional()
        .describe('The field that holds the service’s name. Default: service'),
      pathField: z
        .string()
        .optional()
        .describe('The field that holds the chart’s directory. Default: path'),
      namespaceField: z
        .string()
        .optional()
        .describe(
          'The field that holds the Kubernetes namespace. Default: namespace',
        ),
      preview: z
        .boolean()
        .optional()
        .describe('Whether the plan is shown below. Default: true'),
    }),
});
