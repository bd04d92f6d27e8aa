import type { ClusterRecord } from '../model/fleetSnapshot';
import { detectLayouts } from './layouts';
import { listGeneratorLayout as layout } from './listGenerator';
import { effectsOf } from './testdata/effects';
import { exampleRepository, linesOf } from './testdata/exampleRepository';
import { edited } from './testdata/shopRepository';
import type { LayoutEdit } from './types';

const repository = exampleRepository('list-generator', 'logistics-gitops');

/** A cluster that only the hub knows. */
const tokyo: ClusterRecord = {
  name: 'ap-northeast-1-prod',
  server: 'https://tokyo.example.com',
  labels: { environment: 'prod', region: 'ap-northeast-1' },
  annotations: {},
};
const context = { clusters: [tokyo] };

describe('list generator', () => {
  it('is recognised by its content', () => {
    expect(detectLayouts(repository)).toEqual([
      {
        layout: 'list-generator',
        certainty: 1,
        sentence:
          '5 of 5 ApplicationSets have a list generator, with 18 elements altogether.',
      },
    ]);
  });

  it('lists services, also those that share an ApplicationSet, and charts that nothing deploys', () => {
    expect(
      layout
        .listServices(repository)
        .map(({ name, path, applicationSet }) => [
          name,
          path,
          applicationSet?.file,
        ]),
    ).toEqual([
      ['customs', 'services/customs', 'applicationsets/customs.yaml'],
      [
        'dock-scheduler',
        'services/dock-scheduler',
        'applicationsets/depots.yaml',
      ],
      [
        'label-printer',
        'services/label-printer',
        'applicationsets/depots.yaml',
      ],
      ['rates', 'services/rates', 'applicationsets/rates.yaml'],
      ['returns-desk', 'services/returns-desk', undefined],
      ['routing', 'services/routing', 'applicationsets/routing.yaml'],
      ['tracking', 'services/tracking', 'applicationsets/tracking.yaml'],
    ]);
  });

  it('lists deployments with the version of their elements', () => {
    const list = layout.listDeployments(repository);
    expect(list).toHaveLength(18);
    expect(
      list.filter(({ service }) => service === 'tracking').slice(0, 2),
    ).toEqual([
      {
        service: 'tracking',
        cluster: 'eu-central-1-prod',
        environment: 'prod',
        region: 'eu-central-1',
        file: 'applicationsets/tracking.yaml',
        version: {
          text: '3.8.0',
          kind: 'image',
          file: 'applicationsets/tracking.yaml',
        },
      },
      {
        service: 'tracking',
        cluster: 'sa-east-1-prod',
        environment: 'prod',
        region: 'sa-east-1',
        file: 'applicationsets/tracking.yaml',
        version: {
          text: '3.7.4',
          kind: 'image',
          file: 'applicationsets/tracking.yaml',
        },
      },
    ]);
  });

  it.each<[string, () => LayoutEdit, object, string, string[]]>([
    [
      'enables behind the elements of the same environment',
      () => layout.enable('routing', ['us-west-2-staging'], repository),
      { created: ['routing-us-west-2-staging 5.2.1'] },
      'applicationsets/routing.yaml',
      [
        '+          - cluster: us-west-2-staging',
        '+            environment: staging',
        '+            region: us-west-2',
        '+            version: 5.2.1',
      ],
    ],
    [
      'enables on a cluster that only the hub knows',
      () =>
        layout.enable('customs', ['ap-northeast-1-prod'], repository, context),
      { created: ['customs-ap-northeast-1-prod 1.6.3'] },
      'applicationsets/customs.yaml',
      [
        '+          - cluster: ap-northeast-1-prod',
        '+            environment: prod',
        '+            region: ap-northeast-1',
        '+            version: 1.6.3',
      ],
    ],
    [
      'enables one of the services that share an ApplicationSet',
      () => layout.enable('dock-scheduler', ['us-west-2-prod'], repository),
      { created: ['dock-scheduler-us-west-2-prod 1.3.0'] },
      'applicationsets/depots.yaml',
      [
        '+          - service: dock-scheduler',
        '+            cluster: us-west-2-prod',
        '+            environment: prod',
        '+            version: 1.3.0',
      ],
    ],
    [
      'disables by removing the element',
      () => layout.disable('tracking', ['us-west-2-prod'], repository),
      { deleted: ['tracking-us-west-2-prod'] },
      'applicationsets/tracking.yaml',
      [
        '-          - cluster: us-west-2-prod',
        '-            environment: prod',
        '-            region: us-west-2',
        '-            version: 3.8.0',
      ],
    ],
    [
      'disables a service that shares its ApplicationSet on several clusters',
      () =>
        layout.disable(
          'label-printer',
          ['eu-central-1-prod', 'us-west-2-prod'],
          repository,
        ),
      {
        deleted: [
          'label-printer-eu-central-1-prod',
          'label-printer-us-west-2-prod',
        ],
      },
      'applicationsets/depots.yaml',
      [
        '-          - service: label-printer',
        '-            cluster: eu-central-1-prod',
        '-            environment: prod',
        '-            version: 0.9.2',
        '-          - service: label-printer',
        '-            cluster: us-west-2-prod',
        '-            environment: prod',
        '-            version: 0.9.1',
      ],
    ],
    [
      'sets the version of an environment',
      () =>
        layout.setVersion(
          { service: 'customs', version: '1.7.0', environments: ['staging'] },
          repository,
        ),
      { changed: ['customs-eu-central-1-staging 1.6.3 → 1.7.0'] },
      'applicationsets/customs.yaml',
      ['-            version: 1.6.3', '+            version: 1.7.0'],
    ],
    [
      'sets a version that looks like a number in quotes, in a flow map',
      () =>
        layout.setVersion(
          {
            service: 'rates',
            version: '2.20',
            clusters: ['us-west-2-prod'],
          },
          repository,
        ),
      { changed: ['rates-us-west-2-prod 2.14.0 → 2.20'] },
      'applicationsets/rates.yaml',
      [
        '-      - {cluster: us-west-2-prod, environment: prod, region: us-west-2, version: 2.14.0}',
        '+      - {cluster: us-west-2-prod, environment: prod, region: us-west-2, version: "2.20"}',
      ],
    ],
    [
      'sets no version that is there already',
      () =>
        layout.setVersion({ service: 'routing', version: '5.2.1' }, repository),
      { files: [] },
      'applicationsets/routing.yaml',
      [],
    ],
    [
      'onboards a service into the ApplicationSet of its kind',
      () =>
        layout.onboard(
          { service: 'customs', clusters: ['us-west-2-prod'] },
          repository,
        ),
      { created: ['customs-us-west-2-prod 1.6.3'] },
      'applicationsets/customs.yaml',
      [
        '+          - cluster: us-west-2-prod',
        '+            environment: prod',
        '+            region: us-west-2',
        '+            version: 1.6.3',
      ],
    ],
    [
      'offboards a service that shares its ApplicationSet',
      () => layout.offboard({ service: 'dock-scheduler' }, repository),
      {
        deleted: [
          'dock-scheduler-eu-central-1-prod',
          'dock-scheduler-eu-central-1-staging',
        ],
      },
      'applicationsets/depots.yaml',
      [
        '-          - service: dock-scheduler',
        '-            cluster: eu-central-1-staging',
        '-            environment: staging',
        '-            version: 1.4.0',
        '-          - service: dock-scheduler',
        '-            cluster: eu-central-1-prod',
        '-            environment: prod',
        '-            version: 1.3.0',
      ],
    ],
  ])('%s', (_case, run, expected, file, lines) => {
    const edit = run();
    expect(effectsOf(edit, repository, [tokyo])).toEqual({
      created: [],
      changed: [],
      deleted: [],
      files: [file],
      ...expected,
    });
    expect(linesOf(repository, edit.changes)[file] ?? []).toEqual(lines);
  });

  it('onboards a new service with an ApplicationSet like most others', () => {
    const edit = layout.onboard(
      {
        service: 'returns-desk',
        clusters: ['eu-central-1-prod', 'us-west-2-staging'],
      },
      repository,
    );
    expect(effectsOf(edit, repository)).toEqual({
      created: [
        'returns-desk-eu-central-1-prod 0.1.0',
        'returns-desk-us-west-2-staging 0.1.0',
      ],
      changed: [],
      deleted: [],
      files: ['applicationsets/returns-desk.yaml'],
    });
    expect(edit.changes.get('applicationsets/returns-desk.yaml')).toContain(
      `        elements:
          - cluster: eu-central-1-prod
            environment: prod
            region: eu-central-1
            version: 0.1.0
          - cluster: us-west-2-staging
            environment: staging
            region: us-west-2
            version: 0.1.0
  template:
    metadata:
      name: 'returns-desk-{{.cluster}}'
`,
    );
  });

  it('onboards into the shared ApplicationSet where most services are in one', () => {
    const shared = edited(repository, {
      'applicationsets/customs.yaml': undefined,
      'applicationsets/rates.yaml': undefined,
      'applicationsets/routing.yaml': undefined,
    });
    const edit = layout.onboard(
      { service: 'returns-desk', clusters: ['us-west-2-prod'] },
      shared,
    );
    expect(effectsOf(edit, shared)).toMatchObject({
      created: ['returns-desk-us-west-2-prod 0.1.0'],
      files: ['applicationsets/depots.yaml'],
    });
  });

  it('offboards a service with its files', () => {
    const edit = layout.offboard(
      { service: 'customs', deleteFiles: true },
      repository,
    );
    expect(effectsOf(edit, repository)).toEqual({
      created: [],
      changed: [],
      deleted: ['customs-eu-central-1-prod', 'customs-eu-central-1-staging'],
      files: [
        'applicationsets/customs.yaml',
        ...[...repository.files.keys()].filter(file =>
          file.startsWith('services/customs/'),
        ),
      ].sort(),
    });
  });

  it.each<[string, () => unknown, string]>([
    [
      'a cluster that nobody knows',
      () => layout.enable('routing', ['us-west-2-prd'], repository),
      'Cluster `us-west-2-prd` is not known: neither the repository nor a hub names it. Did you mean `us-west-2-prod`?',
    ],
    [
      'a service that is not deployed',
      () => layout.enable('returns-desk', ['us-west-2-prod'], repository),
      'No ApplicationSet of the repository deploys `returns-desk`.',
    ],
    [
      'a service without a chart',
      () =>
        layout.onboard(
          { service: 'ghost', clusters: ['us-west-2-prod'] },
          repository,
        ),
      'parameters.path: `services/ghost` does not exist in the repository.',
    ],
    [
      'a service whose name would choose the repository',
      () =>
        layout.onboard(
          { service: 'returns-desk', clusters: ['us-west-2-prod'] },
          edited(repository, {
            'applicationsets/customs.yaml': undefined,
            'applicationsets/rates.yaml': undefined,
            'applicationsets/routing.yaml': undefined,
            'applicationsets/depots.yaml': repository.files
              .get('applicationsets/depots.yaml')!
              .replace(
                /repoURL: .*/,
                "repoURL: 'https://git.example.com/{{.service}}'",
              ),
          }),
        ),
      'applicationsets/depots.yaml makes `repoURL` from the service’s name',
    ],
    [
      'a version for a cluster without the service',
      () =>
        layout.setVersion(
          {
            service: 'customs',
            version: '2.0.0',
            clusters: ['us-west-2-prod'],
          },
          repository,
        ),
      '`customs` does not run on cluster `us-west-2-prod`.',
    ],
    [
      'a cluster of which nothing says the region',
      () =>
        layout.enable('routing', ['bare'], repository, {
          clusters: [{ ...tokyo, name: 'bare', labels: {} }],
        }),
      '`routing` on `bare` needs `environment`, and neither the repository nor the cluster’s labels say it. Add it by hand.',
    ],
  ])('refuses %s', (_case, run, message) => {
    expect(run).toThrow(message);
  });
});
