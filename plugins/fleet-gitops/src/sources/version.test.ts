import {
  edited,
  emptyHub as hub,
  shopRepository as repository,
} from '../layouts/testdata/shopRepository';
import type { Application, ApplicationSource } from '../model/argocd';
import type { RepositorySnapshot } from '../model/repository';
import { evaluateRepository } from '../repository/evaluateRepository';
import { readVersion } from '../repository/serviceApplications';
import { readApplicationVersion } from './version';

const files = (entries: Record<string, string>): RepositorySnapshot => ({
  url: 'https://git.example.com/x',
  sha: '',
  files: new Map(Object.entries(entries)),
});

const repositories: Record<string, RepositorySnapshot> = {
  'https://git.example.com/apps@main': files({
    'web/Chart.yaml': 'name: web\nversion: 1.0.0\nappVersion: "3.1"\n',
    'web/values.yaml': 'image: {repository: web, tag: "1.0"}\n',
    'web/values-eu.yaml': 'image: {tag: "1.1"}\n',
    'web/values-none.yaml': 'replicas: 2\n',
    'web/values-drop.yaml': 'image: {tag: null}\n',
    'web/values-bad.yaml': 'image: [\n',
    'shared/eu.yaml': 'image: {tag: "1.2"}\n',
    'plain/Chart.yaml': 'name: plain\nversion: 1.0.0\nappVersion: "3.1"\n',
    'kustomize/kustomization.yaml':
      'images: [{name: a}, {name: b, newTag: "4.0"}]\n',
    'manifests/deployment.yaml': 'kind: Deployment\n',
  }),
  'https://git.example.com/values@v1': files({
    'eu/web.yaml': 'image: {tag: "1.3"}\n',
  }),
};

const trunk = files({ 'manifests/deployment.yaml': 'kind: Deployment\n' });
repositories['https://git.example.com/apps@trunk'] = trunk;
repositories['https://git.example.com/apps@HEAD'] = trunk;

const apps = {
  repoURL: 'https://git.example.com/apps',
  targetRevision: 'main',
};

function version(...sources: ApplicationSource[]) {
  const application: Application = {
    metadata: { name: 'a' },
    spec: sources.length > 1 ? { sources } : { source: sources[0] },
  };
  return readApplicationVersion(application, (url, revision) => {
    if (revision === 'gone') throw new Error('no such revision');
    return repositories[`${url}@${revision}`];
  });
}

describe('readApplicationVersion', () => {
  it.each<[string, ApplicationSource[], object | undefined]>([
    [
      'the chart’s values',
      [{ ...apps, path: 'web' }],
      { text: '1.0', file: 'web/values.yaml' },
    ],
    [
      'a value file',
      [
        {
          ...apps,
          path: './web/',
          helm: {
            valueFiles: ['values-eu.yaml', 'values-none.yaml', 'missing.yaml'],
          },
        },
      ],
      { text: '1.1', file: 'web/values-eu.yaml' },
    ],
    [
      'the last value file',
      [
        {
          ...apps,
          path: 'web',
          helm: { valueFiles: ['values-eu.yaml', '../shared/eu.yaml'] },
        },
      ],
      { text: '1.2', file: 'shared/eu.yaml' },
    ],
    [
      'a value file from the root',
      [{ ...apps, path: 'web', helm: { valueFiles: ['/shared/eu.yaml'] } }],
      { text: '1.2', file: 'shared/eu.yaml' },
    ],
    [
      'a value file of another source',
      [
        { ...apps, path: 'web', helm: { valueFiles: ['$v/eu/web.yaml'] } },
        {
          repoURL: 'https://git.example.com/values',
          targetRevision: 'v1',
          ref: 'v',
        },
      ],
      { text: '1.3', file: 'eu/web.yaml' },
    ],
    [
      'values in the Application',
      [
        {
          ...apps,
          path: 'web',
          helm: {
            valueFiles: ['values-eu.yaml'],
            values: 'image: {tag: "1.4"}',
          },
        },
      ],
      { text: '1.4' },
    ],
    [
      'a values object, before values',
      [
        {
          ...apps,
          path: 'web',
          helm: {
            values: 'image: {tag: "1.4"}',
            valuesObject: { image: { tag: '1.5' } },
          },
        },
      ],
      { text: '1.5' },
    ],
    [
      'parameters, before all',
      [
        {
          ...apps,
          path: 'web',
          helm: {
            valuesObject: { image: { tag: '1.5' } },
            parameters: [{ name: 'image.tag', value: '1.6' }],
          },
        },
      ],
      { text: '1.6' },
    ],
    [
      'the chart’s appVersion where the tag is taken away',
      [{ ...apps, path: 'web', helm: { valueFiles: ['values-drop.yaml'] } }],
      { text: '3.1', file: 'web/Chart.yaml' },
    ],
    [
      'what is left where a file is not valid',
      [{ ...apps, path: 'web', helm: { valueFiles: ['values-bad.yaml'] } }],
      { text: '1.0', file: 'web/values.yaml' },
    ],
    [
      'a chart without values',
      [{ ...apps, path: 'plain' }],
      { text: '3.1', file: 'plain/Chart.yaml' },
    ],
    [
      'a kustomization',
      [{ ...apps, path: 'kustomize' }],
      { text: '4.0', file: 'kustomize/kustomization.yaml' },
    ],
    [
      'the chart version of a Helm repository',
      [
        {
          repoURL: 'https://charts.example.com',
          chart: 'web',
          targetRevision: '9.1.0',
        },
      ],
      { text: '9.1.0' },
    ],
    [
      'nothing for plain manifests of the default branch',
      [{ ...apps, targetRevision: 'HEAD', path: 'manifests' }],
      undefined,
    ],
    [
      'nothing for plain manifests of a branch that is the default',
      [{ ...apps, targetRevision: 'trunk', path: 'manifests' }],
      undefined,
    ],
    [
      'the branch or tag of a repository that is not known',
      [{ ...apps, targetRevision: 'refs/tags/v7', path: 'web' }],
      { text: 'v7' },
    ],
    [
      'the branch of an app repository without an image tag',
      [{ ...apps, path: 'manifests' }],
      { text: 'main' },
    ],
    [
      'a branch whose existence is denied',
      [{ ...apps, targetRevision: 'gone', path: 'web' }],
      { text: 'gone' },
    ],
    [
      'the source that has content, not the one that only has values',
      [
        {
          repoURL: 'https://git.example.com/values',
          targetRevision: 'v1',
          ref: 'v',
        },
        {
          ...apps,
          path: 'plain',
          helm: { valueFiles: ['$v/eu/web.yaml'] },
        },
      ],
      { text: '1.3', file: 'eu/web.yaml' },
    ],
    [
      'values in the Application that say the same as a file',
      [{ ...apps, path: 'web', helm: { values: 'image: {tag: "1.0"}' } }],
      { text: '1.0' },
    ],
  ])('reads %s', (_case, sources, expected) => {
    expect(version(...sources)).toEqual(expected);
  });
});

describe('readVersion', () => {
  it.each([
    [
      'billing',
      'fra-prod',
      { text: '2.3.0', file: 'services/billing/values.yaml' },
    ],
    ['billing', 'lon-prod', undefined],
    ['nothing', 'lon-prod', undefined],
  ])('of %s on %s', (service, cluster, expected) => {
    expect(
      readVersion(
        service,
        cluster,
        evaluateRepository(repository, hub, { branch: 'main' }),
      ),
    ).toEqual(expected);
  });

  it('tells the services of one ApplicationSet apart by their label', () => {
    const platform = repository.files
      .get('applicationsets/billing.yaml')!
      .replace(
        '    - clusters:',
        '    - matrix:\n        generators:\n        - list: {elements: [{app: billing}, {app: catalog}]}\n        - clusters:',
      )
      .replace(/\n( +)(selector|matchLabels|enable_billing)/g, '\n$1    $2')
      .replace('name: billing', 'name: platform')
      .replace("'{{.name}}-billing'", "'{{.name}}-{{.app}}'")
      .replace('team: shop', "fleet/service: '{{.app}}'")
      .replace('path: services/billing', "path: 'services/{{.app}}'");
    const shared = edited(repository, {
      'applicationsets/billing.yaml': platform,
      'applicationsets/catalog.yaml': undefined,
    });
    const evaluation = evaluateRepository(shared, hub, { branch: 'main' });
    expect(readVersion('billing', 'fra-staging', evaluation)?.text).toBe(
      '2.3.0',
    );
    expect(readVersion('catalog', 'fra-staging', evaluation)?.text).toBe(
      '7.0.1',
    );
    expect(readVersion('catalog', 'lon-prod', evaluation)).toBeUndefined();
  });
});
