import type { Plan } from '@backstage-fleet/plugin-fleet-common';
import { planLines } from './planLog';

const plan: Plan = {
  evaluable: true,
  unchanged: false,
  summary: 'creates 1, changes 1, deletes 0',
  creates: 1,
  changes: 1,
  deletes: 0,
  applications: [
    {
      action: 'create',
      name: 'payments-eu',
      namespace: 'argocd',
      cluster: 'eu',
      fields: [],
    },
    {
      action: 'change',
      name: 'ledger-us',
      namespace: 'argocd',
      cluster: 'us',
      fields: [{ path: 'version', before: '1', after: '2' }],
    },
  ],
  edits: [{ path: 'clusters/eu.yaml', action: 'update', diff: '' }],
  guards: [{ id: 'production', level: 'warn', message: 'Touches production.' }],
};

describe('a plan in a task log', () => {
  it('has a line for each Application, file and guard', () => {
    expect(planLines(plan)).toEqual([
      'Plan: creates 1, changes 1, deletes 0',
      '+ payments-eu on eu',
      '~ ledger-us on us (version)',
      '  update clusters/eu.yaml',
      'Warning: Touches production.',
    ]);
    expect(planLines({ ...plan, unchanged: true })).toHaveLength(1);
  });

  it('names the clusters of each stage, and the rules that nobody checked', () => {
    const lines = planLines({
      ...plan,
      stages: [
        { title: 'Wave 1', clusters: ['eu', 'us'] },
        { title: 'Forward to dev', clusters: [] },
      ],
      notChecked: [
        {
          file: 'claims/eu.yaml',
          field: 'spec.cidr',
          rule: 'isCIDR(self)',
          reason: 'unknown function',
        },
        { file: 'a.yaml', field: '', rule: 'x', reason: 'y' },
      ],
    });
    expect(lines.slice(-4)).toEqual([
      'Stage 1: Wave 1 (eu, us)',
      'Stage 2: Forward to dev',
      'Not checked: claims/eu.yaml: spec.cidr: isCIDR(self) (unknown function)',
      'Not checked: a.yaml: x (y)',
    ]);
  });
});
