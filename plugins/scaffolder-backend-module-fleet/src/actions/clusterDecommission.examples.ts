import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'With a pull request for each step',
    example: stringify({
      steps: [
        {
          id: 'decommission',
          name: 'Decommission the cluster',
          action: 'fleet:cluster:decommission',
          input: {
            cluster: 'spoke-ap-south-1-staging',
            mode: 'pull-request',
            reason: 'The region is given up',
          },
        },
      ],
    }),
  },
  {
    description: 'With commits',
    example: stringify({
      steps: [
        {
          id: 'decommission',
          name: 'Decommission the cluster',
          action: 'fleet:cluster:decommission',
          input: {
            repository: 'fleet-gitops',
            cluster: 'spoke-ap-south-1-staging',
            mode: 'commit',
          },
        },
      ],
    }),
  },
];
