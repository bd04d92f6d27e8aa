import { withChanges } from '../repository/indexRepository';
import { layeredValuesLayout as layout } from './layeredValues';
import {
  effectOf,
  exampleRepository,
  linesOf,
} from './testdata/exampleRepository';
import { edited } from './testdata/shopRepository';
import type { LayoutEdit } from './types';

const repository = exampleRepository('layered-values', 'storefront-deploy');
const text = (path: string) => repository.files.get(path)!;
const added = (value: string) =>
  value
    .split('\n')
    .slice(0, -1)
    .map(line => `+${line}`);
const removed = (value: string) =>
  value
    .split('\n')
    .slice(0, -1)
    .map(line => `-${line}`);

describe('what the manifests say', () => {
  it('is recognised', () => {
    expect(layout.detect(repository)).toEqual({
      layout: 'layered-values',
      certainty: 1,
      sentence:
        '14 Application manifests such as apps/dev/basket.yaml put 5 services into 3 environments.',
    });
  });

  it('lists services, clusters and deployments', () => {
    expect(layout.listServices(repository)).toEqual(
      ['basket', 'catalog', 'gift-cards', 'reviews', 'search', 'web'].map(
        name => ({ name, path: `services/${name}` }),
      ),
    );
    expect(
      layout
        .listClusters(repository)
        .map(({ name, labels }) => [name, labels.environment]),
    ).toEqual([
      ['shop-dev', 'dev'],
      ['shop-prod', 'prod'],
      ['shop-staging', 'staging'],
    ]);
    const deployments = layout.listDeployments(repository);
    expect(deployments).toHaveLength(14);
    expect(deployments.filter(({ service }) => service === 'web')).toEqual(
      [
        ['dev', '8.3.0-rc.2'],
        ['prod', '8.2.0'],
        ['staging', '8.2.1'],
      ].map(([environment, version]) => ({
        service: 'web',
        cluster: `shop-${environment}`,
        environment,
        version: {
          text: version,
          kind: 'image',
          file: `services/web/values-${environment}.yaml`,
        },
        file: `apps/${environment}/web.yaml`,
      })),
    );
  });
});

type Case = [
  string,
  () => LayoutEdit,
  string[],
  Record<string, string[]> | undefined,
];

describe('edits', () => {
  it.each<Case>([
    [
      'enable: the manifest of another service there is the pattern',
      () => layout.enable('reviews', ['shop-prod'], repository),
      ['+ reviews-prod on shop-prod'],
      {
        'apps/prod/reviews.yaml': added(
          text('apps/prod/basket.yaml')
            .replace(/basket/g, 'reviews')
            .replace(/ {2}#.*\n/, ''),
        ),
      },
    ],
    [
      'enable where it runs: nothing',
      () => layout.enable('web', ['shop-prod', 'shop-dev'], repository),
      [],
      {},
    ],
    [
      'disable: the manifest goes, the values stay',
      () => layout.disable('search', ['shop-staging'], repository),
      ['- search-staging on shop-staging'],
      { 'apps/staging/search.yaml': removed(text('apps/staging/search.yaml')) },
    ],
    [
      'onboard a service that is new',
      () =>
        layout.onboard(
          { service: 'gift-cards', clusters: ['shop-dev'], namespace: 'gifts' },
          repository,
        ),
      ['+ gift-cards-dev on shop-dev'],
      {
        'apps/dev/gift-cards.yaml': added(
          text('apps/dev/basket.yaml')
            .replace(/basket/g, 'gift-cards')
            .replace('namespace: gift-cards', 'namespace: gifts'),
        ),
      },
    ],
    [
      'offboard: the manifests of all environments',
      () => layout.offboard({ service: 'reviews' }, repository),
      ['- reviews-dev on shop-dev', '- reviews-staging on shop-staging'],
      {
        'apps/dev/reviews.yaml': removed(text('apps/dev/reviews.yaml')),
        'apps/staging/reviews.yaml': removed(text('apps/staging/reviews.yaml')),
      },
    ],
    [
      'a version for an environment',
      () =>
        layout.setVersion(
          { service: 'web', version: '8.2.1', environments: ['prod'] },
          repository,
        ),
      [],
      {
        'services/web/values-prod.yaml': ['-  tag: "8.2.0"', '+  tag: "8.2.1"'],
      },
    ],
    [
      'a version for all clusters',
      () =>
        layout.setVersion({ service: 'reviews', version: '0.5.0' }, repository),
      [],
      {
        'services/reviews/values-dev.yaml': [
          '-  tag: "0.4.0"',
          '+  tag: "0.5.0"',
        ],
        'services/reviews/values-staging.yaml': [
          '-  tag: "0.4.0"',
          '+  tag: "0.5.0"',
        ],
      },
    ],
  ])('%s', (_case, run, effect, lines) => {
    const { changes } = run();
    expect(linesOf(repository, changes)).toEqual(lines);
    expect(effectOf(repository, changes)).toEqual(effect);
  });

  it('a service and its files go for good', () => {
    const { changes } = layout.offboard(
      { service: 'search', deleteFiles: true },
      repository,
    );
    const after = withChanges(repository, changes);
    expect([...after.files.keys()].filter(file => /search/.test(file))).toEqual(
      [],
    );
    expect(effectOf(repository, changes)).toEqual([
      '- search-dev on shop-dev',
      '- search-prod on shop-prod',
      '- search-staging on shop-staging',
    ]);
  });

  it('writes a version that all environments share for one of them beside its other values', () => {
    const shared = edited(repository, {
      'services/web/values.yaml': text('services/web/values.yaml').replace(
        'storefront/web\n',
        'storefront/web\n  tag: "8.2.0"\n',
      ),
      'services/web/values-dev.yaml': 'replicas: 1\n',
      'services/web/values-staging.yaml': 'replicas: 2\n',
      'services/web/values-prod.yaml': 'replicas: 4\n',
    });
    const versions = (state: typeof repository) =>
      layout
        .listDeployments(state)
        .filter(({ service }) => service === 'web')
        .map(({ environment, version }) => [environment, version?.text]);
    const one = layout.setVersion(
      { service: 'web', version: '8.2.1', environments: ['dev'] },
      shared,
    );
    expect(linesOf(shared, one.changes)).toEqual({
      'services/web/values-dev.yaml': ['+image:', '+  tag: 8.2.1'],
    });
    expect(versions(withChanges(shared, one.changes))).toEqual([
      ['dev', '8.2.1'],
      ['prod', '8.2.0'],
      ['staging', '8.2.0'],
    ]);
    const all = layout.setVersion({ service: 'web', version: '8.2.1' }, shared);
    expect(linesOf(shared, all.changes)).toEqual({
      'services/web/values.yaml': ['-  tag: "8.2.0"', '+  tag: "8.2.1"'],
    });
  });
});

/** All environments of a service in one file, the tag in the manifest itself; listed in a kustomization. */
const oneFile = edited(repository, {
  ...Object.fromEntries(
    [...repository.files.keys()]
      .filter(file => /^(apps|bootstrap)\//.test(file))
      .map(file => [file, undefined]),
  ),
  ...Object.fromEntries(
    ['basket', 'web'].map(service => [
      `apps/${service}.yaml`,
      ['dev', 'prod']
        .filter(environment => service === 'web' || environment === 'dev')
        .map(environment =>
          text(`apps/${environment}/${service}.yaml`).replace(
            / {6}valueFiles:[^]*?(?= {2}destination)/,
            `      parameters:\n        - name: image.tag\n          value: "${
              environment === 'dev' ? '2' : '1'
            }.0.0"\n`,
          ),
        )
        .join('---\n'),
    ]),
  ),
  'apps/kustomization.yaml': 'resources:\n  - basket.yaml\n  - web.yaml\n',
  'bootstrap/apps.yaml': text('bootstrap/dev.yaml').replace(
    'path: apps/dev',
    'path: apps',
  ),
});

describe('all environments in one file', () => {
  const web = oneFile.files.get('apps/web.yaml')!;
  const [dev, prod] = web.split('---\n');
  const basketProd = text('apps/prod/web.yaml')
    .replace(/ {6}valueFiles:[^]*?(?= {2}destination)/, '')
    .replace(/ {2}# Some.*\n/, '');

  it.each<[string, () => LayoutEdit, string[], Record<string, unknown>]>([
    [
      'sets the version in the document of the environment',
      () =>
        layout.setVersion(
          { service: 'web', version: '2.0.0', environments: ['prod'] },
          oneFile,
        ),
      ['~ web-prod on shop-prod'],
      { 'apps/web.yaml': web.replace('"1.0.0"', '"2.0.0"') },
    ],
    [
      'takes out the first document',
      () => layout.disable('web', ['shop-dev'], oneFile),
      ['- web-dev on shop-dev'],
      { 'apps/web.yaml': prod },
    ],
    [
      'takes out the last document',
      () => layout.disable('web', ['shop-prod'], oneFile),
      ['- web-prod on shop-prod'],
      { 'apps/web.yaml': dev },
    ],
    [
      'adds a document',
      () => layout.enable('basket', ['shop-prod'], oneFile),
      ['+ basket-prod on shop-prod'],
      {
        'apps/basket.yaml': `${oneFile.files.get(
          'apps/basket.yaml',
        )!}---\n${basketProd
          .replace(
            'releaseName: web\n',
            'releaseName: web\n      parameters:\n        - name: image.tag\n          value: "1.0.0"\n',
          )
          .replace(/web/g, 'basket')}`,
      },
    ],
    [
      'removes the file and its entry with the only document',
      () => layout.disable('basket', ['shop-dev'], oneFile),
      ['- basket-dev on shop-dev'],
      {
        'apps/basket.yaml': undefined,
        'apps/kustomization.yaml': 'resources:\n  - web.yaml\n',
      },
    ],
    [
      'lists a new file',
      () =>
        layout.onboard(
          { service: 'search', clusters: ['shop-dev', 'shop-prod'] },
          oneFile,
        ),
      ['+ search-dev on shop-dev', '+ search-prod on shop-prod'],
      {
        'apps/search.yaml': expect.stringMatching(/^apiVersion[^]*\n---\n/),
        'apps/kustomization.yaml':
          'resources:\n  - basket.yaml\n  - web.yaml\n  - search.yaml\n',
      },
    ],
  ])('%s', (_case, run, effect, files) => {
    const { changes } = run();
    expect(Object.fromEntries(changes)).toEqual(files);
    expect(effectOf(oneFile, changes)).toEqual(effect);
  });
});

describe('every service in every environment', () => {
  it('goes and comes back as it was', () => {
    for (const { service, cluster } of layout.listDeployments(repository)) {
      const { changes } = layout.disable(service, [cluster!], repository);
      const after = withChanges(repository, changes);
      const environment = cluster!.replace('shop-', '');
      const application = `${service}-${environment} on ${cluster}`;
      expect(effectOf(repository, changes)).toEqual([`- ${application}`]);
      const back = layout.enable(service, [cluster!], after).changes;
      expect(effectOf(repository, back)).toEqual([]);
    }
  });
});
