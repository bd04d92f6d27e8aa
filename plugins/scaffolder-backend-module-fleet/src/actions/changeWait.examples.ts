import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Wait until what a step before asked for is healthy',
    example: stringify({
      steps: [
        {
          id: 'wait',
          name: 'Wait until it is healthy',
          action: 'fleet:change:wait',
          input: { changeId: '${{ steps.onboard.output.changeId }}' },
        },
      ],
    }),
  },
  {
    description: 'Wait for the merge of its pull request, for two days at most',
    example: stringify({
      steps: [
        {
          id: 'wait',
          name: 'Wait for the merge',
          action: 'fleet:change:wait',
          input: {
            changeId: '${{ steps.create.output.changeId }}',
            until: 'merged',
            timeoutSeconds: 172800,
          },
        },
      ],
    }),
  },
];
