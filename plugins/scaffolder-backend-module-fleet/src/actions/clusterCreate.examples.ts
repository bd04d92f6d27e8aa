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
            blueprint: 'cluster-api-eks',
            cluster: 'spoke-eu-west-1-dev',
            parameters: {
              region: 'eu-west-1',
              environment: 'staging',
              kubernetesVersion: 'v1.34.1',
            },
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
            blueprint: 'kro-eks',
            cluster: 'spoke-eu-west-1-prod-2',
            parameters: {
              region: 'eu-west-1',
              environment: 'prod',
              kubernetesVersion: '1.34',
              workers: 5,
            },
            labels: { enable_payments: 'true' },
            mode: 'pull-request',
            reason: 'Room for the season',
          },
        },
      ],
    }),
  },
];
