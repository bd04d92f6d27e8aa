import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'One cluster',
    example: stringify({
      steps: [
        {
          id: 'upgrade',
          name: 'Upgrade',
          action: 'fleet:cluster:upgrade',
          input: {
            clusters: ['spoke-eu-west-1-staging'],
            kubernetesVersion: 'v1.33.4',
            mode: 'commit',
          },
        },
      ],
    }),
  },
  {
    description: 'Several with a pull request',
    example: stringify({
      steps: [
        {
          id: 'upgrade',
          name: 'Upgrade production',
          action: 'fleet:cluster:upgrade',
          input: {
            repository: 'fleet-gitops',
            clusters: ['spoke-eu-west-1-prod', 'spoke-us-east-1-prod'],
            kubernetesVersion: 'v1.33.4',
            mode: 'pull-request',
            reason: '1.32 ends in February',
          },
        },
      ],
    }),
  },
  {
    description: 'Region after region, each when the one before is healthy',
    example: stringify({
      steps: [
        {
          id: 'upgrade',
          name: 'Upgrade',
          action: 'fleet:cluster:upgrade',
          input: {
            clusters: ['spoke-eu-west-1-prod', 'spoke-us-east-1-prod'],
            kubernetesVersion: 'v1.34.1',
            waves: { by: 'region', order: ['us-east-1'] },
            mode: 'commit',
          },
        },
      ],
    }),
  },
];
