import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Take a service off the fleet and keep its chart',
    example: stringify({
      steps: [
        {
          id: 'offboard',
          name: 'Take ledger off the fleet',
          action: 'fleet:service:offboard',
          input: {
            service: 'ledger',
            mode: 'pull-request',
            reason: 'Payments took over its work',
          },
        },
      ],
    }),
  },
  {
    description: 'Delete its chart too',
    example: stringify({
      steps: [
        {
          id: 'offboard',
          name: 'Remove ledger',
          action: 'fleet:service:offboard',
          input: {
            repository: 'fleet-gitops',
            service: 'ledger',
            deleteFiles: true,
            mode: 'pull-request',
          },
        },
      ],
    }),
  },
];
