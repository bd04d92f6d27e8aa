import { parse, parseAllDocuments } from 'yaml';
import { clusterGeneratorLayout as layout } from './clusterGenerator';
import { detectLayouts, layoutOf } from './layouts';
import { indexRepository, withChanges } from '../repository/indexRepository';
import {
  edited,
  shopRepository as repository,
} from './testdata/shopRepository';

const text = (path: string) => repository.files.get(path)!;

describe('detection', () => {
  it('recognises label switches and clusters in Git', () => {
    expect(detectLayouts(repository)).toEqual([
      {
        layout: 'cluster-generator',
        certainty: 1,
        sentence:
          '3 of 3 ApplicationSets select clusters by a label such as `enable_billing: "true"`; 4 clusters are declared in Git.',
      },
    ]);
    expect(layoutOf(repository).id).toBe('cluster-generator');
  });

  it.each<[string, () => unknown, string]>([
    [
      'a layout that does not exist',
      () => layoutOf(repository, 'flat'),
      'There is no layout `flat`. Known: `cluster-generator`, `',
    ],
    [
      'a repository without any',
      () =>
        layoutOf({
          ...repository,
          files: new Map([['README.md', '# nothing']]),
        }),
      'https://git.example.com/shop/fleet is not laid out in a way that is known',
    ],
    [
      'a repository whose only ApplicationSet does not parse',
      () =>
        layoutOf({
          ...repository,
          files: new Map([['a.yaml', 'kind: ApplicationSet\n  x: [\n']]),
        }),
      'a.yaml:1 cannot be read: Nested mappings are not allowed in compact mappings',
    ],
  ])('says so for %s', (_case, run, message) => {
    expect(run).toThrow(message);
  });
});

describe('listing', () => {
  it('lists services with their switch, and charts that are not deployed', () => {
    expect(
      layout
        .listServices(repository)
        .map(({ name, toggle, path, applicationSet }) => [
          name,
          toggle?.key,
          path,
          applicationSet?.file,
        ]),
    ).toEqual([
      [
        'billing',
        'enable_billing',
        'services/billing',
        'applicationsets/billing.yaml',
      ],
      [
        'catalog',
        'enable_catalog',
        'services/catalog',
        'applicationsets/catalog.yaml',
      ],
      [
        'order-history',
        'enable_order_history',
        'services/order-history',
        'applicationsets/order-history.yaml',
      ],
      ['returns', undefined, 'services/returns', undefined],
    ]);
  });

  it('lists clusters from all documents, plain or base64, without credentials or chart templates', () => {
    const clusters = layout.listClusters(repository);
    expect(
      clusters.map(({ name, server, file, document }) => [
        name,
        server,
        file,
        document,
      ]),
    ).toEqual([
      ['fra-prod', 'https://fra-prod.example.com', 'clusters/europe.yaml', 0],
      [
        'fra-staging',
        'https://fra-staging.example.com',
        'clusters/europe.yaml',
        1,
      ],
      ['lon-prod', 'https://lon-prod.example.com', 'clusters/lon-prod.json', 0],
      ['sgp-prod', 'https://sgp-prod.example.com', 'clusters/sgp-prod.yaml', 0],
    ]);
    expect(clusters[0].annotations).toEqual({ aws_account_id: '012345678901' });
    expect(JSON.stringify(clusters)).not.toContain('e30=');
    expect(indexRepository(repository).problems).toEqual([]);
  });
});

describe('enable and disable', () => {
  it.each<[string, string, string, (before: string) => string]>([
    [
      'between its neighbours, in the file’s indentation',
      'catalog',
      'fra-prod',
      before =>
        before.replace(
          /(\n {8}enable_billing: .*)/,
          '$1\n        enable_catalog: "true"',
        ),
    ],
    [
      'where it was switched off',
      'catalog',
      'fra-staging',
      before => before.replace('"false"', '"true"'),
    ],
    [
      'in JSON',
      'billing',
      'lon-prod',
      before =>
        before.replace(
          '\n      "enable_catalog"',
          '\n      "enable_billing": "true",\n      "enable_catalog"',
        ),
    ],
    [
      'with CRLF and no line break at the end of the file',
      'order-history',
      'sgp-prod',
      before =>
        before.replace(
          'region: sgp\r\n',
          'region: sgp\r\n    enable_order_history: "true"\r\n',
        ),
    ],
    ['not where it is already', 'billing', 'fra-prod', before => before],
  ])('enables %s', (_case, service, cluster, expected) => {
    const { file } = layout
      .listClusters(repository)
      .find(({ name }) => name === cluster)!;
    const { changes, lines } = layout.enable(service, [cluster], repository);
    const after = changes.get(file) ?? text(file);
    expect(after).toBe(expected(text(file)));
    expect(changes.size).toBe(lines.length);
    const again = layout.enable(
      service,
      [cluster],
      withChanges(repository, changes),
    );
    expect(again.changes.size).toBe(0);
  });

  it('edits two documents of one file', () => {
    const { changes, lines } = layout.enable(
      'order-history',
      ['fra-prod', 'fra-staging'],
      repository,
    );
    expect([...changes.keys()]).toEqual(['clusters/europe.yaml']);
    expect(lines).toEqual([
      'clusters/europe.yaml: label enable_order_history: "true"',
    ]);
    const labels = parseAllDocuments(changes.get('clusters/europe.yaml')!).map(
      document => document.toJS().metadata.labels.enable_order_history,
    );
    expect(labels).toEqual(['true', 'true']);
  });

  it('disables by removing the label and nothing else', () => {
    const { changes } = layout.disable('billing', ['fra-prod'], repository);
    expect(changes.get('clusters/europe.yaml')).toBe(
      text('clusters/europe.yaml').replace(
        '        enable_billing: "true"    # since March\n',
        '',
      ),
    );
  });

  it.each<[string, () => unknown, string]>([
    [
      'an unknown service',
      () => layout.enable('biling', ['fra-prod'], repository),
      'No ApplicationSet of the repository deploys `biling`. Did you mean `billing`?',
    ],
    [
      'an unknown cluster',
      () => layout.enable('billing', ['fra-pro'], repository),
      'Cluster `fra-pro` is not declared in the repository. Did you mean `fra-prod`?',
    ],
    [
      'a cluster that two files declare',
      () =>
        layout.enable(
          'billing',
          ['sgp-prod'],
          edited(repository, {
            'old/sgp.yaml': text('clusters/sgp-prod.yaml'),
          }),
        ),
      'Cluster `sgp-prod` is declared more than once: clusters/sgp-prod.yaml, old/sgp.yaml. Keep one of these files.',
    ],
    [
      'a cluster in a file that does not parse',
      () =>
        layout.enable(
          'billing',
          ['sgp-prod'],
          edited(repository, {
            'clusters/sgp-prod.yaml': `${text(
              'clusters/sgp-prod.yaml',
            )}\r\n x: [`,
          }),
        ),
      'clusters/sgp-prod.yaml:13 names cluster `sgp-prod` and cannot be read: All mapping items must start at the same column. Correct the file first.',
    ],
  ])('refuses %s', (_case, run, message) => {
    expect(run).toThrow(message);
  });
});

describe('onboarding', () => {
  it('copies the shape that most ApplicationSets share, without their comments', () => {
    const { changes, lines } = layout.onboard(
      { service: 'returns', clusters: ['lon-prod'] },
      repository,
    );
    const expected = text('applicationsets/billing.yaml')
      .replace(/^#.*\n/, '')
      .replace('  # who is paged', '')
      .replace(/billing/g, 'returns');
    expect(changes.get('applicationsets/returns.yaml')).toBe(expected);
    expect(changes.get('applicationsets/kustomization.yaml')).toBe(
      `${text('applicationsets/kustomization.yaml')}- returns.yaml\n`,
    );
    expect(
      parse(changes.get('clusters/lon-prod.json')!).metadata.labels
        .enable_returns,
    ).toBe('true');
    expect(lines).toEqual([
      'applicationsets/returns.yaml: ApplicationSet returns',
      'applicationsets/kustomization.yaml: resource returns.yaml',
      'clusters/lon-prod.json: label enable_returns: "true"',
    ]);
    expect(
      layout.onboard(
        { service: 'returns', clusters: ['lon-prod'] },
        withChanges(repository, changes),
      ).changes.size,
    ).toBe(0);
  });

  it('spells a name with hyphens in the label as the others do', () => {
    const withChart = edited(repository, {
      'services/gift-cards/Chart.yaml': 'name: gift-cards\nversion: 1.0.0\n',
    });
    const { changes } = layout.onboard(
      { service: 'gift-cards', clusters: ['lon-prod'] },
      withChart,
    );
    const applicationSet = parse(
      changes.get('applicationsets/gift-cards.yaml')!,
    );
    expect(
      applicationSet.spec.generators[0].clusters.selector.matchLabels,
    ).toEqual({ enable_gift_cards: 'true' });
    expect(applicationSet.spec.template.spec.source.path).toBe(
      'services/gift-cards',
    );
    expect(
      parse(changes.get('clusters/lon-prod.json')!).metadata.labels
        .enable_gift_cards,
    ).toBe('true');
  });

  it('takes namespace and path, never project, repository or revision', () => {
    const { changes } = layout.onboard(
      {
        service: 'refunds',
        clusters: ['fra-prod'],
        path: 'services/returns',
        namespace: 'aftersales',
      },
      repository,
    );
    const { spec } = parse(changes.get('applicationsets/refunds.yaml')!).spec
      .template;
    expect(spec).toMatchObject({
      project: 'shop',
      source: {
        repoURL: 'https://git.example.com/shop/fleet.git',
        path: 'services/returns',
        targetRevision: 'main',
      },
      destination: { name: '{{.name}}', namespace: 'aftersales' },
    });
  });

  it('does not take a sibling whose repository has its name', () => {
    const own = edited(repository, {
      'applicationsets/billing.yaml': text(
        'applicationsets/billing.yaml',
      ).replace('shop/fleet.git', 'shop/billing.git'),
      'applicationsets/order-history.yaml': undefined,
    });
    const { changes } = layout.onboard(
      { service: 'returns', clusters: ['fra-prod'] },
      own,
    );
    expect(changes.get('applicationsets/returns.yaml')).toContain(
      'matchExpressions',
    );
    expect(changes.get('applicationsets/returns.yaml')).toContain(
      'repoURL: https://git.example.com/shop/fleet.git',
    );
  });

  it.each<[string, () => unknown, string]>([
    [
      'a service without a chart',
      () =>
        layout.onboard(
          { service: 'ghost', clusters: ['fra-prod'] },
          repository,
        ),
      'parameters.path: `services/ghost` does not exist in the repository.',
    ],
    [
      'another namespace for a service that exists',
      () =>
        layout.onboard(
          { service: 'billing', clusters: ['fra-prod'], namespace: 'money' },
          repository,
        ),
      'parameters.namespace: applicationsets/billing.yaml deploys `billing` to namespace `billing`, not `money`.',
    ],
    [
      'another path for a service that exists',
      () =>
        layout.onboard(
          {
            service: 'billing',
            clusters: ['fra-prod'],
            path: 'services/returns',
          },
          repository,
        ),
      'parameters.path: applicationsets/billing.yaml deploys `billing` from `services/billing`, not `services/returns`.',
    ],
    [
      'a file that is there already',
      () =>
        layout.onboard(
          { service: 'returns', clusters: ['fra-prod'] },
          edited(repository, { 'applicationsets/returns.yaml': 'a: 1\n' }),
        ),
      'applicationsets/returns.yaml exists already',
    ],
    [
      'a repository without a pattern',
      () =>
        layout.onboard(
          { service: 'returns', clusters: ['fra-prod'] },
          edited(repository, {
            'applicationsets/billing.yaml': undefined,
            'applicationsets/catalog.yaml': undefined,
            'applicationsets/order-history.yaml': undefined,
          }),
        ),
      'No ApplicationSet of the repository can be the pattern for `returns`',
    ],
  ])('refuses %s', (_case, run, message) => {
    expect(run).toThrow(message);
  });
});
