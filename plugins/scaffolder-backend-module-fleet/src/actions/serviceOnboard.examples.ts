import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Put a service on two clusters with one commit',
    example: stringify({
      steps: [
        {
          id: 'onboard',
          name: 'Put loyalty on the fleet',
          action: 'fleet:service:onboard',
          input: {
            service: 'loyalty',
            clusters: ['spoke-eu-west-1-staging', 'spoke-eu-west-1-prod'],
            mode: 'commit',
          },
        },
      ],
    }),
  },
  {
    description: 'Propose it with a pull request that says why',
    example: stringify({
      steps: [
        {
          id: 'onboard',
          name: 'Propose loyalty for production',
          action: 'fleet:service:onboard',
          input: {
            repository: 'fleet-gitops',
            service: 'loyalty',
            clusters: ['spoke-us-east-1-prod'],
            path: 'services/loyalty',
            namespace: 'loyalty',
            mode: 'pull-request',
            reason: 'The loyalty programme starts in the US on 1 March',
          },
        },
      ],
    }),
  },
];
