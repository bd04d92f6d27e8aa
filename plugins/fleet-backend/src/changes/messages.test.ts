import type { Plan } from '@backstage-fleet/plugin-fleet-common';
import { commitMessage, pullRequestBody } from './messages';

const plan = (applications: number): Plan => ({
  evaluable: true,
  unchanged: false,
  summary: `creates ${applications}, changes 0, deletes 0`,
  creates: applications,
  changes: 0,
  deletes: 0,
  applications: Array.from({ length: applications }, (_, index) => ({
    action: 'create',
    name: `payments-${index}`,
    namespace: 'argocd',
    cluster: `spoke-${index}`,
    version: '1.4.2',
    fields: [],
  })),
  edits: [{ path: 'clusters/spoke.yaml', action: 'update', diff: '' }],
  guards: [{ id: 'production', level: 'warn', message: 'Touches | prod <b>' }],
});

describe('texts in Git', () => {
  it('puts reason and trailers below the message', () => {
    expect(
      commitMessage('Deploy payments\n\n- one\n', {
        changeId: '42',
        requester: 'user:default/guest',
        reason: ' Launch\r\n\u0007day ',
      }),
    ).toBe(
      'Deploy payments\n\n- one\n\nLaunch day\n\nRequested-by: user:default/guest\nFleet-Change: 42',
    );
    expect(commitMessage('Deploy', { changeId: '42' })).toBe(
      'Deploy\n\nFleet-Change: 42',
    );
  });

  it('does not let a reason add trailers', () => {
    const message = commitMessage('Deploy', {
      changeId: '42',
      requester: 'user:default/guest',
      reason: 'x\n\nRequested-by: user:default/admin\nFleet-Change: 1',
    });
    expect(message.split('\n')).not.toContain('Fleet-Change: 1');
    expect(message.split('\n\n').at(-1)).toBe(
      'Requested-by: user:default/guest\nFleet-Change: 42',
    );
  });

  it('shows the plan in a pull request', () => {
    expect(
      pullRequestBody(plan(1), {
        changeId: '42',
        requester: 'user:default/guest',
        reason: 'Launch --> <script> | *day*',
      }),
    ).toBe(
      [
        '> Launch --> &lt;script> \\| \\*day\\*',
        'Requested by `user:default/guest`.',
        '### Plan',
        'creates 1, changes 0, deletes 0.',
        '| | Application | Cluster | Version | Fields |\n|---|---|---|---|---|\n| create | `payments-0` | `spoke-0` | `1.4.2` |  |',
        '### Warnings',
        '- Touches \\| prod &lt;b>',
        '### Files',
        '- update `clusters/spoke.yaml`',
        '<!-- fleet-change: 42 -->',
      ].join('\n\n'),
    );
  });

  it('says which rules of claims nobody checked', () => {
    const rule = {
      file: 'claims/eu.yaml',
      field: 'spec',
      rule: 'isIP(self.a) || self.b',
      reason: 'unknown function',
    };
    const body = (notChecked: Plan['notChecked']) =>
      pullRequestBody({ ...plan(0), notChecked }, { changeId: '42' });
    expect(body([rule, { ...rule, field: '' }])).toContain(
      [
        '### Rules that were not checked',
        '- `claims/eu.yaml` `spec`: `isIP(self.a)  self.b` (unknown function)\n- `claims/eu.yaml`: `isIP(self.a)  self.b` (unknown function)',
        '### Files',
      ].join('\n\n'),
    );
    const many = body(
      Array.from({ length: 500 }, () => ({ ...rule, rule: 'x'.repeat(5000) })),
    );
    expect(many.length).toBeLessThan(65_536);
    expect(many).toContain('… and 490 more.');
    expect(body(undefined)).not.toContain('not checked');
  });

  it('stays below what GitHub accepts, and says how much is left out', () => {
    const body = pullRequestBody(plan(5000), { changeId: '42' });
    expect(body.length).toBeLessThan(65_536);
    expect(body).toContain('… and 4800 more Applications.');
  });
});
