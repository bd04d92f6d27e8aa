import { Change } from '@backstage-fleet/plugin-fleet-common';
import { clusterOf, deploymentOf, planOf } from '../../__testUtils__/form';
import { knownVersions, versionProblem } from './versions';

const row = (environment: string, ...deployments: unknown[]) => ({
  cluster: clusterOf('eu', environment),
  deployments: deployments as any[],
});

const changeTo = (version?: string, ...planned: string[]) =>
  ({
    intent: { kind: 'service.promote', parameters: { version } },
    plan: planOf({
      applications: planned.map(each => ({
        action: 'change',
        name: 'a',
        namespace: 'argocd',
        cluster: 'c',
        version: each,
        fields: [],
      })),
    }),
  } as unknown as Change);

describe('knownVersions', () => {
  it('tells where each version runs, where Git wants it, and which changes brought', () => {
    expect(
      knownVersions(
        [
          row('prod', deploymentOf('2.9.0')),
          row('staging', deploymentOf('2.9.0', '2.10.0')),
          row('dev', deploymentOf('2.10.0')),
          row('lab'),
        ],
        [changeTo('2.8.1', '2.10.0'), changeTo(undefined, '2.8.0')],
      ),
    ).toEqual([
      {
        text: '2.10.0',
        running: ['spoke-eu-dev'],
        desired: ['spoke-eu-staging'],
        changed: true,
      },
      {
        text: '2.9.0',
        running: ['spoke-eu-prod', 'spoke-eu-staging'],
        desired: [],
        changed: false,
      },
      { text: '2.8.1', running: [], desired: [], changed: true },
      { text: '2.8.0', running: [], desired: [], changed: true },
    ]);
  });

  it('takes what is synced where nothing says what runs, and names a cluster once', () => {
    const synced = { ...deploymentOf(), synced: { text: '1' } };
    expect(knownVersions([row('prod', synced, synced)], [])).toEqual([
      { text: '1', running: ['spoke-eu-prod'], desired: [], changed: false },
    ]);
  });
});

describe('versionProblem', () => {
  it.each([undefined, '1.2.3', 'v1', '_x', '1.0.0+build.5', 'a'.repeat(128)])(
    'takes %p',
    text => expect(versionProblem(text)).toBeUndefined(),
  );

  it.each([
    ['-1', /start with a letter/],
    ['1 2', /cannot be a version/],
    ['a/b', /letters, digits/],
    ['1\n', /cannot be/],
    ['a'.repeat(129), /129 characters.*at most 128/],
  ])('refuses %p', (text, problem) => {
    expect(versionProblem(text)).toMatch(problem);
  });
});
