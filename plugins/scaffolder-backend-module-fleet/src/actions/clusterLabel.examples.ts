import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Set a label',
    example: stringify({
      steps: [
        {
          id: 'label',
          name: 'Give the cluster to the early ring',
          action: 'fleet:cluster:label',
          input: {
            cluster: 'spoke-eu-west-1-staging',
            labels: { ring: 'early' },
          },
        },
      ],
    }),
  },
  {
    description: 'Remove one label and set another with a pull request',
    example: stringify({
      steps: [
        {
          id: 'label',
          name: 'Take ledger off the cluster',
          action: 'fleet:cluster:label',
          input: {
            repository: 'fleet-gitops',
            cluster: 'spoke-ap-south-1-staging',
            labels: { enable_ledger: null, ring: 'late' },
            mode: 'pull-request',
            reason: 'Ledger is not needed in this region',
          },
        },
      ],
    }),
  },
];
