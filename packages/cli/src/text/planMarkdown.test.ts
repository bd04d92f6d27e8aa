import type { Plan } from '@backstage-fleet/plugin-fleet-common';
import { planAsMarkdown } from './planMarkdown';

const plan: Plan = {
  evaluable: true,
  unchanged: false,
  summary: 'creates 0, changes 1, deletes 0',
  creates: 0,
  changes: 1,
  deletes: 0,
  applications: [
    {
      action: 'change',
      name: 'billing',
      namespace: 'argocd',
      cluster: 'fra',
      version: '1',
      fields: [{ path: 'values.text', before: 'a|b\n<img>', after: undefined }],
    },
  ],
  edits: [],
  guards: [],
};

describe('planAsMarkdown', () => {
  it('lets no value break the table or bring markup of its own', () => {
    expect(planAsMarkdown(plan)).toContain(
      '| fra | billing | change | values.text: a\\|b \\<img\\> → none |\n',
    );
  });

  it('says what is not evaluable, and that more is not shown', () => {
    const [application] = plan.applications;
    const text = planAsMarkdown({
      ...plan,
      evaluable: false,
      notEvaluable: 'ApplicationSet `a`: why\nApplicationSet `b`: why',
      applications: Array.from({ length: 203 }, () => application),
    });
    expect(text).toContain(
      '**Not evaluable**\n\n- ApplicationSet `a`: why\n- ApplicationSet `b`: why\n',
    );
    expect(text).toMatch(/\n\n3 more Applications are not shown\.\n$/);
  });
});
