import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Go back in production',
    example: stringify({
      steps: [
        {
          id: 'rollback',
          name: 'Roll payments back',
          action: 'fleet:service:rollback',
          input: {
            service: 'payments',
            version: '2.14.0',
            environments: ['prod'],
            mode: 'commit',
            reason: 'Errors at the checkout',
          },
        },
      ],
    }),
  },
  {
    description: 'Go back on one cluster',
    example: stringify({
      steps: [
        {
          id: 'rollback',
          name: 'Roll payments back in India',
          action: 'fleet:service:rollback',
          input: {
            repository: 'fleet-gitops',
            service: 'payments',
            version: '2.14.0',
            clusters: ['spoke-ap-south-1-prod'],
            mode: 'pull-request',
          },
        },
      ],
    }),
  },
];
