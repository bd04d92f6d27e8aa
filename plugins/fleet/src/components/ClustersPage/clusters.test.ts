import { Cluster } from '@backstage-fleet/plugin-fleet-common';
import * as fc from 'fast-check';
import { clusterOf, hubOf } from '../../testing/fleet';
import { declaredOf, hubSilence, phaseOf } from './clusterPhase';
import { regionsOf, worstRegionsFirst } from './clusterRegions';
import {
  compareVersions,
  isVersionText,
  minorsBehind,
  newestVersion,
  versionOf,
  wantedVersion,
} from './kubernetesVersions';
import { editableLabels, labelChanges, problemOf } from './labelEdits';

const claim = (state: string, more = {}): Cluster['claim'] => ({
  hub: 'hub',
  apiVersion: 'cluster.x-k8s.io/v1beta1',
  kind: 'Cluster',
  name: 'spoke-eu-prod',
  state: state as any,
  sentence: state,
  ...more,
});
const cluster = (more: Partial<Cluster> = {}): Cluster => ({
  ...clusterOf('eu', 'prod'),
  ...more,
});

describe('phaseOf', () => {
  it.each<[string, Partial<Cluster>]>([
    ['provisioning', { claim: claim('provisioning'), registered: false }],
    ['ready', { claim: claim('ready') }],
    ['deleting', { claim: claim('deleting') }],
    ['ready', { connection: { status: 'Successful' } }],
    ['unreachable', { connection: { status: 'Failed' } }],
    // What Argo CD sees outweighs a claim that is content, but explains no trouble of the claim.
    [
      'unreachable',
      { claim: claim('ready'), connection: { status: 'Failed' } },
    ],
    ['failed', { claim: claim('failed'), connection: { status: 'Failed' } }],
    ['registered', {}],
    ['registered', { connection: { status: 'Unknown' } }],
    ['unregistered', { registered: false }],
  ])('is %s for %j', (phase, more) => {
    expect(phaseOf(cluster(more))).toBe(phase);
  });
});

it('does not take the word of a hub that is not heard', () => {
  expect(hubSilence(hubOf('hub'))).toBeUndefined();
  expect(hubSilence(hubOf('hub', { status: 'unreachable' }))).toBe(
    'unreachable',
  );
});

it.each<[ReturnType<typeof declaredOf>, Partial<Cluster>]>([
  ['git', { file: 'clusters/a.yaml' }],
  ['unknown', {}],
  ['pet', { declared: 'pet' }],
])('is declared: %s', (declared, more) => {
  expect(declaredOf(cluster(more))).toBe(declared);
});

it('groups by region, those without one last, in the order of promotion', () => {
  const nowhere = cluster({ name: 'z', region: undefined });
  expect(
    regionsOf([
      nowhere,
      clusterOf('us', 'prod'),
      clusterOf('eu', 'prod'),
      clusterOf('eu', 'dev'),
    ]).map(({ region, clusters }) => [region, clusters.map(each => each.name)]),
  ).toEqual([
    ['eu', ['spoke-eu-dev', 'spoke-eu-prod']],
    ['us', ['spoke-us-prod']],
    ['', ['z']],
  ]);
});

it('puts what needs attention first where little is seen at once', () => {
  const failed = { ...clusterOf('us', 'prod'), claim: claim('failed') };
  expect(
    worstRegionsFirst(
      regionsOf([clusterOf('eu', 'prod'), clusterOf('us', 'dev'), failed]),
    ).flatMap(({ clusters }) => clusters.map(each => each.name)),
  ).toEqual(['spoke-us-prod', 'spoke-us-dev', 'spoke-eu-prod']);
});

describe('Kubernetes versions', () => {
  it('finds the newest by numbers, not by letters', () => {
    const of = (kubernetesVersion?: string) => cluster({ kubernetesVersion });
    expect(
      newestVersion([
        of('v1.9.4'),
        of('v1.31.0'),
        of('v1.31.2'),
        of('?'),
        of(),
      ]),
    ).toBe('v1.31.2');
    expect(newestVersion([of()])).toBeUndefined();
  });

  it.each([
    ['v1.31.1', 'v1.33.0', 2],
    ['v1.33.9', 'v1.33.0', 0],
    ['v1.34.0', 'v1.33.0', 0],
    ['1.32', 'v1.33.0', 1],
    [undefined, 'v1.33.0', 0],
    ['v1.31.1', undefined, 0],
    ['latest', 'v1.33.0', 0],
  ])('%s is behind %s by %d', (version, newest, behind) => {
    expect(minorsBehind(version, newest)).toBe(behind);
  });

  it('names the version a claim asks for only while it is another one', () => {
    const asked = claim('provisioning', { version: 'v1.34.0' });
    expect(
      wantedVersion(cluster({ kubernetesVersion: 'v1.33.0', claim: asked })),
    ).toBe('v1.34.0');
    expect(
      wantedVersion(cluster({ kubernetesVersion: 'v1.34.0', claim: asked })),
    ).toBeUndefined();
    expect(wantedVersion(cluster({ claim: asked }))).toBeUndefined();
  });

  it('takes 1.33 and v1.33.4 for the same, and shows the one that says more', () => {
    const labelled = cluster({
      kubernetesVersion: '1.33',
      claim: claim('ready', { version: 'v1.33.4' }),
    });
    expect(wantedVersion(labelled)).toBeUndefined();
    expect(versionOf(labelled)).toBe('v1.33.4');
    expect(versionOf(cluster({ kubernetesVersion: '1.33' }))).toBe('1.33');
    expect(
      versionOf(cluster({ claim: claim('ready', { version: '1.34' }) })),
    ).toBe('1.34');
  });

  it.each([
    ['v1.33.4', true],
    ['1.33', true],
    ['v1.33.4+k3s1', true],
    ['latest', false],
    ['v1', false],
    ['1.33.4 ', false],
  ])('takes %j for a version: %s', (text, is) => {
    expect(isVersionText(text)).toBe(is);
  });

  it('orders versions totally', () => {
    const version = fc
      .tuple(fc.nat(2), fc.nat(40), fc.nat(20))
      .map(([a, b, c]) => `v${a}.${b}.${c}`);
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(isVersionText(a)).toBe(true);
        expect(Math.sign(compareVersions(a, b))).toBe(
          -Math.sign(compareVersions(b, a)) + 0,
        );
        expect(compareVersions(a, b) === 0).toBe(a === b);
      }),
    );
  });
});

describe('label edits', () => {
  const before = {
    region: 'eu',
    enable_payments: 'true',
    'argocd.argoproj.io/secret-type': 'cluster',
  };
  const rows = (...pairs: Array<[string, string]>) =>
    pairs.map(([key, value], id) => ({ id, key, value }));

  it('says what changes, and nothing of what Argo CD needs', () => {
    expect(editableLabels(before).map(([key]) => key)).toEqual([
      'enable_payments',
      'region',
    ]);
    expect(
      labelChanges(before, rows(['region', 'eu'], [' tier ', 'gold'])),
    ).toEqual({ tier: 'gold', enable_payments: null });
    expect(
      labelChanges(before, rows(...editableLabels(before), ['', ''])),
    ).toEqual({});
  });

  it.each([
    [['a b', 'x'], 'keyInvalid'],
    [['a/b/c', 'x'], 'keyInvalid'],
    [['', 'x'], 'keyInvalid'],
    [['example.com/team', 'x'], undefined],
    [['team', 'two words'], 'valueInvalid'],
    [['team', 'a'.repeat(64)], 'valueInvalid'],
    [['team', ''], undefined],
  ] as Array<[[string, string], string | undefined]>)(
    'finds what is wrong with %j: %s',
    (pair, problem) => {
      expect(problemOf(rows(pair))?.problem).toBe(problem);
    },
  );

  it('refuses a label twice', () => {
    expect(problemOf(rows(['a', '1'], ['a', '2']))).toEqual({
      problem: 'keyTwice',
      label: 'a',
    });
  });
});
