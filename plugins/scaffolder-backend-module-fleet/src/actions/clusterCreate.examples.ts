import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'A staging cluster',
    example: stringify({
      steps: [
        {
          id: 'create',
          name: 'Create the cluster',
          action: 'fleet:cluster:create',
          input: {
            blueprint: 'capi-standard',
            cluster: 'spoke-eu-central-1-staging',
            parameters: { region: 'eu-central-1', environment: 'staging' },
            mode: 'pull-request',
          },
        },
      ],
    }),
  },
  {
    description: 'With labels that choose its services',
    example: stringify({
      steps: [
        {
          id: 'create',
          name: 'Create the cluster',
          action: 'fleet:cluster:create',
          input: {
            repository: 'fleet-gitops',
            blueprint: 'capi-standard',
            cluster: 'spoke-eu-central-1-prod',
            parameters: { region: 'eu-central-1', environment: 'prod' },
            labels: { enable_payments: 'true' },
            mode: 'pull-request',
            reason: 'Customers in Germany',
          },
        },
      ],
    }),
  },
];
