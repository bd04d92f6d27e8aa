import type { TypedIntent } from '@backstage-fleet/plugin-fleet-common';
import { withChanges } from '../repository';
import {
  edited,
  shopRepository as repository,
} from '../layouts/testdata/shopRepository';
import { applyIntent } from './applyIntent';
import { branchName } from './branchName';
import { parseIntent } from './parseIntent';

const onboard = (parameters: object) => ({
  kind: 'service.onboard',
  parameters,
});
const label = (parameters: object) => ({ kind: 'cluster.label', parameters });
const valid = { service: 'returns', clusters: ['lon-prod'] };

describe('parseIntent', () => {
  it('sorts clusters and drops repeated ones', () => {
    const intent = onboard({
      ...valid,
      clusters: ['sgp-prod', 'fra-prod', 'sgp-prod'],
    });
    expect(parseIntent(intent)).toEqual(
      onboard({ ...valid, clusters: ['fra-prod', 'sgp-prod'] }),
    );
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'intent: is missing'],
    ['a text', 'onboard', 'intent: must be of type object'],
    [
      'an unknown kind',
      { kind: 'service.delete', parameters: {} },
      'kind: must be one of `service.onboard`',
    ],
    ['no parameters', { kind: 'service.onboard' }, 'parameters: is missing'],
    [
      'no service',
      onboard({ clusters: ['a'] }),
      'parameters.service: is missing',
    ],
    [
      'a name that is no DNS label',
      onboard({ ...valid, service: 'My_Service' }),
      'parameters.service: must be a DNS label',
    ],
    [
      'a name that is too long',
      onboard({ ...valid, service: 'a'.repeat(64) }),
      'parameters.service: must have at most 63 characters',
    ],
    [
      'template syntax as a name',
      onboard({ ...valid, service: '{{.name}}' }),
      'parameters.service: must be a DNS label',
    ],
    [
      'no clusters',
      onboard({ ...valid, clusters: [] }),
      'parameters.clusters: must name at least one cluster',
    ],
    [
      'a cluster for clusters',
      onboard({ ...valid, clusters: 'a' }),
      'parameters.clusters: must be of type array',
    ],
    [
      'an empty cluster',
      onboard({ ...valid, clusters: ['a', ''] }),
      'parameters.clusters.1: must not be empty',
    ],
    [
      'a control character',
      onboard({ ...valid, clusters: ['a\u0007'] }),
      'parameters.clusters.0: must not contain control characters',
    ],
    [
      'template syntax in a cluster',
      onboard({ ...valid, clusters: ['{{ x }}'] }),
      'parameters.clusters.0: must not contain control characters or template syntax',
    ],
    [
      'a path upwards',
      onboard({ ...valid, path: 'services/../x' }),
      'parameters.path: must not contain empty segments, . or ..',
    ],
    [
      'an absolute path',
      onboard({ ...valid, path: '/services/x' }),
      'parameters.path: must be relative',
    ],
    [
      'a path into .git',
      onboard({ ...valid, path: 'services/.git/hooks' }),
      'parameters.path: must not lead into .git',
    ],
    [
      'a path into .github',
      onboard({ ...valid, path: '.GitHub/workflows' }),
      'parameters.path: must not lead into .git',
    ],
    [
      'a path to CODEOWNERS',
      onboard({ ...valid, path: 'services/CODEOWNERS' }),
      'parameters.path: must not lead into .git',
    ],
    [
      'a path with a template',
      onboard({ ...valid, path: 'services/${{ x }}' }),
      'parameters.path: must not contain control characters or template syntax',
    ],
    [
      'a namespace that is none',
      onboard({ ...valid, namespace: 'kube system' }),
      'parameters.namespace: must be a DNS label',
    ],
    [
      'a project',
      onboard({ ...valid, project: 'default' }),
      'parameters: has unknown fields: project',
    ],
    [
      'no labels',
      label({ cluster: 'a', labels: {} }),
      'parameters.labels: must name at least one label',
    ],
    [
      'a label value that is none',
      label({ cluster: 'a', labels: { x: 'a b' } }),
      'parameters.labels.x: is no label value',
    ],
    [
      'a label key that is none',
      label({ cluster: 'a', labels: { 'a b': 'c' } }),
      'parameters.labels.a b: is no label key',
    ],
    [
      'a prefix that is none',
      label({ cluster: 'a', labels: { 'A_/b': 'c' } }),
      'parameters.labels.A_/b: has a prefix that is no DNS name',
    ],
    [
      'a number as label',
      label({ cluster: 'a', labels: { x: 1 } }),
      'parameters.labels.x: must be of type string',
    ],
    [
      'the label that Argo CD needs',
      label({
        cluster: 'a',
        labels: { 'argocd.argoproj.io/secret-type': null },
      }),
      'parameters.labels.argocd.argoproj.io/secret-type: belongs to Argo CD',
    ],
    [
      'several at once',
      onboard({ service: '', clusters: [] }),
      'parameters.clusters: must name at least one cluster',
    ],
  ])('refuses %s', (_case, input, message) => {
    let error: unknown;
    try {
      parseIntent(input);
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(message),
    });
  });
});

describe('applyIntent', () => {
  it('writes one set of files, a message that lists them, and nothing the second time', () => {
    const intent = parseIntent(
      onboard({ service: 'returns', clusters: ['sgp-prod', 'lon-prod'] }),
    );
    const applied = applyIntent(intent, repository);
    expect(applied).toMatchObject({
      title: 'Deploy returns to 2 clusters',
      commitMessage: `Deploy returns to 2 clusters

- applicationsets/returns.yaml: ApplicationSet returns
- applicationsets/kustomization.yaml: resource returns.yaml
- clusters/lon-prod.json: label enable_returns: "true"
- clusters/sgp-prod.yaml: label enable_returns: "true"
`,
      touched: { services: ['returns'], clusters: ['lon-prod', 'sgp-prod'] },
    });
    const second = applyIntent(
      intent,
      withChanges(repository, applied.changes),
    );
    expect(second.changes.size).toBe(0);
    expect(second.branch).toBe(applied.branch);
  });

  it('keeps what somebody else wrote meanwhile', () => {
    const intent = parseIntent(
      onboard({ service: 'returns', clusters: ['fra-prod'] }),
    );
    const theirs = repository.files
      .get('clusters/europe.yaml')!
      .replace('region: fra\n', 'region: fra\n        tier: gold\n');
    const { changes } = applyIntent(
      intent,
      edited(repository, { 'clusters/europe.yaml': theirs }),
    );
    expect(changes.get('clusters/europe.yaml')).toBe(
      theirs.replace(
        'enable_order_history: "true"\n',
        'enable_order_history: "true"\n        enable_returns: "true"\n',
      ),
    );
  });

  it('sets and removes labels of a cluster', () => {
    const intent = parseIntent(
      label({
        cluster: 'fra-staging',
        labels: { enable_catalog: null, tier: 'gold', ring: '1' },
      }),
    );
    const { changes, title, touched } = applyIntent(intent, repository);
    expect(title).toBe('Label fra-staging');
    expect(touched).toEqual({ services: [], clusters: ['fra-staging'] });
    expect(changes.get('clusters/europe.yaml')).toBe(
      repository.files
        .get('clusters/europe.yaml')!
        .replace(
          '        enable_catalog: "false"\n',
          '        tier: gold\n        ring: "1"\n',
        ),
    );
  });

  it.each<[string, unknown, string, string]>([
    [
      'an unknown cluster',
      onboard({ ...valid, clusters: ['lon-pord'] }),
      'NotFoundError',
      'Did you mean `lon-prod`?',
    ],
    [
      'a service without a chart',
      onboard({ ...valid, service: 'ghost' }),
      'InputError',
      'parameters.path: `services/ghost` does not exist',
    ],
    [
      'a path elsewhere',
      onboard({ ...valid, path: 'clusters' }),
      'InputError',
      'parameters.path: `clusters` is not inside `services/`',
    ],
    [
      'a path that is not there',
      onboard({ ...valid, path: 'services/nothing' }),
      'InputError',
      'parameters.path: `services/nothing` does not exist',
    ],
    [
      'labels of an unknown cluster',
      label({ cluster: 'x', labels: { a: 'b' } }),
      'NotFoundError',
      'Known: `fra-prod`, `fra-staging`',
    ],
  ])('refuses %s', (_case, input, name, message) => {
    let error: unknown;
    try {
      applyIntent(parseIntent(input), repository);
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });

  it('names the file that cannot be edited', () => {
    const broken = edited(repository, {
      'clusters/sgp-prod.yaml': repository.files
        .get('clusters/sgp-prod.yaml')!
        .replace('metadata:', 'x: &l {}\r\ny: *l\r\nmetadata:')
        .replace('  labels:', '  labels: &m')
        .replace('stringData:', 'z: *m\r\nstringData:'),
    });
    expect(() =>
      applyIntent(
        parseIntent(onboard({ ...valid, clusters: ['sgp-prod'] })),
        broken,
      ),
    ).toThrow(
      /^clusters\/sgp-prod\.yaml:\d+: `&m` on the way to `metadata\.labels\.enable_returns` is repeated by an alias/,
    );
  });
});

describe('branchName', () => {
  const base: TypedIntent = {
    kind: 'service.onboard',
    parameters: { service: 'returns', clusters: ['a', 'b'] },
  };

  it('does not depend on order, repeated clusters or fields left out', () => {
    expect(branchName(base)).toMatch(/^fleet\/onboard\/returns-[0-9a-f]{10}$/);
    expect(
      branchName({
        parameters: {
          clusters: ['b', 'a', 'b'],
          path: undefined,
          service: 'returns',
        },
        kind: 'service.onboard',
      }),
    ).toBe(branchName(base));
  });

  it('differs for what differs', () => {
    const others: TypedIntent[] = [
      {
        kind: 'service.onboard',
        parameters: { service: 'returns', clusters: ['a'] },
      },
      {
        kind: 'service.onboard',
        parameters: {
          service: 'returns',
          clusters: ['a', 'b'],
          namespace: 'x',
        },
      },
      {
        kind: 'cluster.label',
        parameters: { cluster: 'returns', labels: { a: 'b' } },
      },
      {
        kind: 'cluster.label',
        parameters: { cluster: 'returns', labels: { a: null } },
      },
    ];
    expect(new Set([base, ...others].map(branchName)).size).toBe(5);
  });

  it('is a valid reference for any cluster name', () => {
    const name = 'arn:aws:eks:eu-west-1:012345678901:cluster/..@{x}~^ .lock';
    expect(
      branchName({
        kind: 'cluster.label',
        parameters: { cluster: name, labels: { a: 'b' } },
      }),
    ).toMatch(/^fleet\/label\/[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{10}$/);
  });
});
