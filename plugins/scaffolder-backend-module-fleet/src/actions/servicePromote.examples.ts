import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Bring what runs in staging to production',
    example: stringify({
      steps: [
        {
          id: 'promote',
          name: 'Promote payments',
          action: 'fleet:service:promote',
          input: {
            service: 'payments',
            from: 'staging',
            environments: ['prod'],
            mode: 'pull-request',
          },
        },
      ],
    }),
  },
  {
    description: 'Bring a version to production region by region',
    example: stringify({
      steps: [
        {
          id: 'promote',
          name: 'Promote payments in waves',
          action: 'fleet:service:promote',
          input: {
            repository: 'fleet-gitops',
            service: 'payments',
            version: '2.15.0',
            environments: ['prod'],
            waves: { by: 'region', order: ['ap-south-1', 'eu-west-1'] },
            mode: 'commit',
            reason: 'Release 2.15',
          },
        },
      ],
    }),
  },
];
