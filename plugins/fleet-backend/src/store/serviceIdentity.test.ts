import type { Entity } from '@backstage/catalog-model';
import { declaredService } from './declaredServices';
import { parseLabelSelector } from './labelSelector';
import { parseNamePattern } from './namePattern';
import type { ClusterEntry } from './records';
import { ServiceIdentifier } from './serviceIdentity';
import { application, ApplicationFixture } from './__testUtils__/objects';

const spoke: ClusterEntry = {
  id: 'eu/spoke',
  hub: 'eu',
  name: 'spoke',
  server: 'https://spoke',
  kind: 'spoke',
  environment: 'prod',
  labels: {},
  annotations: {},
};

const entity = (annotations: Record<string, string>): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'payments', title: 'Payments', annotations },
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/team-payments' },
    { type: 'partOf', targetRef: 'component:default/shop' },
    { type: 'partOf', targetRef: 'system:default/checkout' },
  ],
});

function identify(
  annotations: Record<string, string>,
  { applicationSet, ...fixture }: ApplicationFixture,
  patterns: string[] = [],
) {
  const service = declaredService(entity(annotations));
  return new ServiceIdentifier(
    service ? [service] : [],
    patterns.map(parseNamePattern),
  ).identify({
    hub: 'eu',
    object: application({ applicationSet, ...fixture }),
    applicationSet,
    cluster: spoke,
  });
}

describe('ServiceIdentifier', () => {
  const claimed = (annotation: string) => ({
    service: 'payments',
    namedBy: `annotation ${annotation} of component:default/payments`,
  });
  const labelled = { labels: { 'fleet/service': 'other' } };

  it.each<
    [
      string,
      Record<string, string>,
      ApplicationFixture,
      string[],
      { service: string; namedBy: string } | undefined,
    ]
  >([
    [
      'an annotation over the label',
      { 'fleet/application-set': 'pay' },
      { name: 'x', applicationSet: 'pay', ...labelled },
      [],
      claimed('fleet/application-set'),
    ],
    [
      'an ApplicationSet with its namespace',
      { 'fleet/application-set': 'argocd/pay' },
      { name: 'x', applicationSet: 'pay' },
      [],
      claimed('fleet/application-set'),
    ],
    [
      'an Application by name',
      { 'argocd/app-name': 'x' },
      { name: 'x' },
      [],
      claimed('argocd/app-name'),
    ],
    [
      'an Application by name, on another hub',
      { 'argocd/app-name': 'x', 'argocd/instance-name': 'us' },
      { name: 'x' },
      [],
      undefined,
    ],
    [
      'Applications by selector',
      { 'argocd/app-selector': 'team=pay,tier in (a, b)' },
      { name: 'x', labels: { team: 'pay', tier: 'b' } },
      [],
      claimed('argocd/app-selector'),
    ],
    [
      'Applications by selector, of another project',
      { 'argocd/app-selector': 'team=pay', 'argocd/project-name': 'p' },
      { name: 'x', labels: { team: 'pay' }, project: 'q' },
      [],
      undefined,
    ],
    [
      'all Applications of a project',
      { 'argocd/project-name': 'p' },
      { name: 'x', project: 'p' },
      [],
      claimed('argocd/project-name'),
    ],
    [
      'a selector that is none claims nothing',
      { 'argocd/app-selector': 'a==b==c' },
      { name: 'x' },
      [],
      undefined,
    ],
    [
      'the label over the ApplicationSet',
      {},
      { name: 'x', applicationSet: 'set', ...labelled },
      [],
      { service: 'other', namedBy: 'label fleet/service' },
    ],
    [
      'the ApplicationSet over a pattern',
      {},
      { name: 'x-spoke', applicationSet: 'set' },
      ['{service}-{cluster}'],
      { service: 'set', namedBy: 'ApplicationSet set' },
    ],
    [
      'the first pattern that fits',
      {},
      { name: 'prod-x-spoke' },
      ['{cluster}-{service}', '{environment}-{service}-{cluster}'],
      {
        service: 'x',
        namedBy: 'name pattern {environment}-{service}-{cluster}',
      },
    ],
    ['nothing', {}, { name: 'x' }, ['{service}-{cluster}'], undefined],
  ])('%s', (_name, annotations, fixture, patterns, expected) => {
    expect(identify(annotations, fixture, patterns)).toEqual(expected);
  });
});

describe('declaredService', () => {
  it('reads name, owner and system of an entity', () => {
    expect(declaredService(entity({ 'fleet/service': 'pay' }))).toEqual({
      name: 'pay',
      title: 'Payments',
      entityRef: 'component:default/payments',
      owner: 'group:default/team-payments',
      system: 'system:default/checkout',
      claims: [],
    });
  });

  it('knows nothing of an entity without annotations', () => {
    expect(declaredService(entity({ other: 'x' }))).toBeUndefined();
  });
});

describe('parseLabelSelector', () => {
  it.each([
    ['a=b', { a: 'b' }, true],
    ['a==b', { a: 'c' }, false],
    ['a!=b', {}, true],
    ['a!=b', { a: 'b' }, false],
    ['a in (b, c),d', { a: 'c', d: '' }, true],
    ['a in (b)', {}, false],
    ['a notin (b)', {}, true],
    ['a notin (b)', { a: 'b' }, false],
    ['a', { a: '' }, true],
    ['!a', { a: '' }, false],
    ['!a', {}, true],
    ['app.kubernetes.io/name=x', { 'app.kubernetes.io/name': 'x' }, true],
  ])('%s on %j', (selector, labels, expected) => {
    expect(parseLabelSelector(selector)?.(labels)).toBe(expected);
  });

  it.each(['', 'a=b=c', 'a in', 'a in b', '=b'])('refuses %j', selector => {
    expect(parseLabelSelector(selector)).toBeUndefined();
  });
});

describe('parseNamePattern', () => {
  it.each([
    ['{cluster}', /must have \{service\} exactly once/],
    ['{service}-{service}', /exactly once/],
    ['{service}-{team}', /has \{team\}; known are/],
  ])('refuses %s', (pattern, message) => {
    expect(() => parseNamePattern(pattern)).toThrow(message);
  });

  it('does not guess what a cluster does not say', () => {
    expect(parseNamePattern('{region}-{service}').match('eu-x', spoke)).toBe(
      undefined,
    );
    expect(parseNamePattern('{service}-{cluster}').match('-spoke', spoke)).toBe(
      undefined,
    );
  });
});
