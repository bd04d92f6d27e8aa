import type { IntentParameters } from '@backstage-fleet/plugin-fleet-common';
import { effectsOf } from '../../layouts/testdata/effects';
import { edited } from '../../layouts/testdata/shopRepository';
import { apply, CASES } from '../testdata/examples';

describe('service.promote', () => {
  const { repository } = CASES[1];

  it('brings the version of another environment, and keeps it for all waves', () => {
    const applied = apply(repository, 'service.promote', {
      service: 'tracking',
      from: 'staging',
      to: { environments: ['prod'] },
      waves: {
        by: 'list',
        clusters: [['us-west-2-prod'], ['eu-central-1-prod', 'sa-east-1-prod']],
      },
    });
    expect(effectsOf(applied, repository).changed).toEqual([
      'tracking-eu-central-1-prod 3.8.0 → 3.9.0',
      'tracking-sa-east-1-prod 3.7.4 → 3.9.0',
      'tracking-us-west-2-prod 3.8.0 → 3.9.0',
    ]);
    expect(applied.stages!.map(({ version }) => version)).toEqual([
      '3.9.0',
      '3.9.0',
    ]);
    expect(applied.title).toBe('Promote tracking 3.9.0 to prod');
  });

  it('asks for the version where the environment has several', () => {
    expect(() =>
      apply(repository, 'service.promote', {
        service: 'tracking',
        from: 'prod',
        to: { environments: ['staging'] },
      }),
    ).toThrow(
      'parameters.from: `tracking` has several versions in prod: 3.8.0 (eu-central-1-prod, us-west-2-prod), 3.7.4 (sa-east-1-prod). Name the version.',
    );
  });

  it('names who shares the file where the targets have none of their own', () => {
    const example = CASES[0].repository;
    const file = 'applicationsets/search.yaml';
    const hub = edited(example, {
      [file]: example.files.get(file)!.replace(/ +- values-\{\{.*\n/g, ''),
    });
    expect(() =>
      apply(hub, 'service.promote', {
        service: 'search',
        version: '9.0.0',
        to: { clusters: ['spoke-us-east-1-prod'] },
      }),
    ).toThrow(
      /^services\/search\/values\.yaml holds the version of `search` for spoke-us-east-1-prod and also for spoke-.*\. Name these too, or add a value file of its own to what deploys spoke-us-east-1-prod\.$/,
    );
  });
});

describe('service.promote by references', () => {
  const { repository } = CASES.find(
    ({ example }) => example === 'app-of-apps',
  )!;
  const promote = (
    parameters: Partial<IntentParameters['service.promote']>,
    files = repository,
  ) =>
    apply(
      files,
      'service.promote',
      {
        service: 'shipments',
        to: { environments: ['staging'] },
        ...parameters,
      },
      { references: true, branch: 'main' },
    );

  it('merges the branch that one environment follows into that of the other', () => {
    const applied = promote({ from: 'dev', strategy: 'merge-branch' });
    expect(applied).toMatchObject({
      reference: { merge: { from: 'dev', into: 'staging' } },
      title: 'Promote shipments to staging',
      commitMessage:
        'Promote shipments to staging\n\n- merge dev into staging\n',
      // What else follows the branch gets its content too.
      touched: {
        services: ['shipments', 'tracking'],
        clusters: ['staging-eu-central-1'],
      },
    });
    expect(applied.changes.size).toBe(0);
  });

  it('moves the tag that an environment follows', () => {
    const to = { environments: ['prod'] };
    expect(
      promote({ from: 'staging', to, strategy: 'move-tag' }).reference,
    ).toEqual({ moveTag: { tag: 'stable', to: 'staging' } });
    expect(
      promote({ version: 'v4.2.0', to, strategy: 'move-tag' }).reference,
    ).toEqual({ moveTag: { tag: 'stable', to: 'v4.2.0' } });
  });

  it.each<[string, () => unknown, string]>([
    [
      'a merge from nowhere',
      () => promote({ version: '1.0.0', strategy: 'merge-branch' }),
      'parameters.from: is needed to merge its branch.',
    ],
    [
      'a merge of a version',
      () =>
        promote({ version: '1.0.0', from: 'dev', strategy: 'merge-branch' }),
      'parameters.version: a merge brings what `from` has.',
    ],
    [
      'a merge in waves',
      () =>
        promote({
          from: 'dev',
          strategy: 'merge-branch',
          waves: { by: 'region' },
        }),
      'parameters.waves: a branch or tag moves for all its clusters at once.',
    ],
    [
      'a merge into several branches',
      () =>
        promote({
          from: 'dev',
          to: { environments: ['prod', 'staging'] },
          strategy: 'merge-branch',
        }),
      'parameters.to: `shipments` follows several branches there: stable, staging. Name fewer targets.',
    ],
    [
      'a merge of a branch into itself',
      () =>
        apply(
          CASES[1].repository,
          'service.promote',
          {
            service: 'tracking',
            from: 'staging',
            to: { environments: ['prod'] },
            strategy: 'merge-branch',
          },
          { references: true },
        ),
      'parameters.from: both environments follow the branch `main`. Use the strategy `edit`.',
    ],
    [
      'a hotfix where another branch is followed',
      () =>
        apply(repository, 'service.hotfix', {
          service: 'shipments',
          version: '1.0.0',
          environment: 'prod',
          forwardTo: ['dev'],
        }),
      'follows `dev` in dev, which is not the branch of these files.',
    ],
  ])('refuses %s', (_case, run, message) => {
    expect(run).toThrow(message);
  });
});

describe('service.hotfix', () => {
  const { repository } = CASES[1];
  const parameters: IntentParameters['service.hotfix'] = {
    service: 'tracking',
    version: '3.9.1',
    environment: 'prod',
    forwardTo: ['staging'],
  };

  it('fixes one environment and forwards to the others, as two stages', () => {
    const whole = apply(repository, 'service.hotfix', parameters);
    expect(whole.stages).toMatchObject([
      {
        id: 'fix',
        title: 'Fix prod',
        clusters: ['eu-central-1-prod', 'sa-east-1-prod', 'us-west-2-prod'],
      },
      {
        id: 'forward',
        title: 'Forward to staging',
        clusters: ['eu-central-1-staging', 'us-west-2-staging'],
      },
    ]);
    const [fix, forward] = whole.stages!.map(stage =>
      apply(repository, 'service.hotfix', parameters, { stage }),
    );
    expect(effectsOf(fix, repository).changed).toEqual([
      'tracking-eu-central-1-prod 3.8.0 → 3.9.1',
      'tracking-sa-east-1-prod 3.7.4 → 3.9.1',
      'tracking-us-west-2-prod 3.8.0 → 3.9.1',
    ]);
    expect(effectsOf(forward, repository).changed).toEqual([
      'tracking-eu-central-1-staging 3.9.0 → 3.9.1',
      'tracking-us-west-2-staging 3.9.0 → 3.9.1',
    ]);
    expect(new Set([whole.branch, fix.branch, forward.branch]).size).toBe(3);
    expect(effectsOf(whole, repository).changed).toHaveLength(5);
  });
});
