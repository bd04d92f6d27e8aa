import { detectLayouts } from './layouts';
import { gitGeneratorLayout as layout } from './gitGenerator';
import { effectsOf } from './testdata/effects';
import { exampleRepository, linesOf } from './testdata/exampleRepository';
import type { LayoutEdit } from './types';

const repository = exampleRepository('git-generator', 'media-gitops');
const EUW = 'media-eu-west-1-prod';
const STAGING = 'media-eu-west-1-staging';
const USE = 'media-us-east-1-prod';
const APS = 'media-ap-southeast-2-prod';

const tokyo = {
  name: 'media-ap-northeast-1-prod',
  server: 'https://tokyo.example.com',
  labels: { environment: 'prod', region: 'ap-northeast-1' },
  annotations: {},
};

describe('git generator', () => {
  it('is recognised by its content', () => {
    expect(detectLayouts(repository)).toEqual([
      {
        layout: 'git-generator',
        certainty: 1,
        sentence:
          '3 of 3 ApplicationSets make Applications from files or directories in Git: `agents/*`, `channels/*/*`, `deployments/*/*.yaml`.',
      },
    ]);
  });

  it('lists services with what is their own, and charts that nothing deploys', () => {
    expect(
      layout
        .listServices(repository)
        .map(({ name, path, applicationSet }) => [
          name,
          path,
          applicationSet?.file,
        ]),
    ).toEqual([
      ['ad-insertion', 'bases/ad-insertion', 'applicationsets/channels.yaml'],
      ['catalogue', 'charts/catalogue', 'applicationsets/services.yaml'],
      ['gpu-exporter', 'agents/gpu-exporter', 'applicationsets/agents.yaml'],
      ['log-shipper', 'agents/log-shipper', 'applicationsets/agents.yaml'],
      ['player-api', 'charts/player-api', 'applicationsets/services.yaml'],
      [
        'programme-guide',
        'bases/programme-guide',
        'applicationsets/channels.yaml',
      ],
      ['regional-news', 'bases/regional-news', undefined],
      ['subtitles', 'charts/subtitles', undefined],
      ['transcoder', 'charts/transcoder', 'applicationsets/services.yaml'],
    ]);
  });

  it('lists deployments from files, directories and combinations with clusters', () => {
    const list = layout.listDeployments(repository);
    const of = (name: string) =>
      list
        .filter(({ service }) => service === name)
        .map(({ cluster, environment, file, version }) => [
          cluster,
          environment,
          file,
          version?.text,
          version?.file,
        ]);
    expect(of('transcoder')).toEqual([
      [
        EUW,
        'prod',
        `deployments/transcoder/${EUW}.yaml`,
        '3.3.1',
        `deployments/transcoder/${EUW}.yaml`,
      ],
      [
        STAGING,
        'staging',
        `deployments/transcoder/${STAGING}.yaml`,
        '3.4.0-rc.1',
        `deployments/transcoder/${STAGING}.yaml`,
      ],
    ]);
    expect(of('programme-guide')).toEqual([
      [
        EUW,
        'prod',
        `channels/${EUW}/programme-guide/kustomization.yaml`,
        '2.8.0',
        `channels/${EUW}/programme-guide/kustomization.yaml`,
      ],
    ]);
    expect(of('gpu-exporter')).toEqual(
      [APS, EUW, USE, STAGING].map(cluster => [
        cluster,
        cluster === STAGING ? 'staging' : 'prod',
        'agents/gpu-exporter/Chart.yaml',
        '1.0.4',
        'agents/gpu-exporter/values.yaml',
      ]),
    );
  });

  it.each<[string, () => LayoutEdit, object, Record<string, string[]>]>([
    [
      'enables by a file like that of the same environment, without its comments',
      () => layout.enable('player-api', [APS], repository),
      { created: [`player-api-${APS} 7.4.0`] },
      {
        [`deployments/player-api/${APS}.yaml`]: [
          `+cluster: ${APS}`,
          '+environment: prod',
          '+region: ap-southeast-2',
          '+version: 7.4.0',
          '+replicas: 12',
        ],
      },
    ],
    [
      'enables on a cluster that only the hub knows',
      () =>
        layout.enable('transcoder', [tokyo.name], repository, {
          clusters: [tokyo],
        }),
      { created: [`transcoder-${tokyo.name} 3.3.1`] },
      {
        [`deployments/transcoder/${tokyo.name}.yaml`]: [
          `+cluster: ${tokyo.name}`,
          '+environment: prod',
          '+region: ap-northeast-1',
          '+version: 3.3.1',
          '+replicas: 8',
        ],
      },
    ],
    [
      'disables by deleting the file',
      () => layout.disable('catalogue', [APS, USE], repository),
      { deleted: [`catalogue-${APS}`, `catalogue-${USE}`] },
      {},
    ],
    [
      'disables by deleting the directory',
      () => layout.disable('ad-insertion', [USE], repository),
      { deleted: [`ad-insertion-${USE}`] },
      {},
    ],
    [
      'leaves an agent where it is already',
      () => layout.enable('gpu-exporter', [APS], repository),
      { files: [] },
      {},
    ],
    [
      'sets the version in the files of an environment',
      () =>
        layout.setVersion(
          {
            service: 'player-api',
            version: '7.5.0',
            environments: ['prod'],
          },
          repository,
        ),
      {
        changed: [
          `player-api-${EUW} 7.4.0 → 7.5.0`,
          `player-api-${USE} 7.4.0 → 7.5.0`,
        ],
      },
      {
        [`deployments/player-api/${EUW}.yaml`]: [
          '-version: 7.4.0',
          '+version: 7.5.0',
        ],
        [`deployments/player-api/${USE}.yaml`]: [
          '-version: 7.4.0',
          '+version: 7.5.0',
        ],
      },
    ],
    [
      'sets the image tag of one overlay',
      () =>
        layout.setVersion(
          { service: 'ad-insertion', version: '5.0.2', clusters: [USE] },
          repository,
        ),
      { changed: [`ad-insertion-${USE} 5.0.1 → 5.0.2`] },
      {
        [`channels/${USE}/ad-insertion/kustomization.yaml`]: [
          '-    newTag: "5.0.1"',
          '+    newTag: "5.0.2"',
        ],
      },
    ],
    [
      'writes the version of an environment into the value file that it names, though nobody made it yet',
      () =>
        layout.setVersion(
          {
            service: 'log-shipper',
            version: '2.2.0',
            environments: ['staging'],
          },
          repository,
        ),
      { changed: [`log-shipper-${STAGING} 2.1.0 → 2.2.0`] },
      {
        'agents/log-shipper/values-staging.yaml': ['+image:', '+  tag: 2.2.0'],
      },
    ],
    [
      'adds the version to the value file of an environment',
      () =>
        layout.setVersion(
          { service: 'log-shipper', version: '2.2.0', environments: ['prod'] },
          repository,
        ),
      {
        changed: [APS, EUW, USE].map(
          cluster => `log-shipper-${cluster} 2.1.0 → 2.2.0`,
        ),
      },
      {
        'agents/log-shipper/values-prod.yaml': ['+image:', '+  tag: 2.2.0'],
      },
    ],
    [
      'sets the version of all in the file that they share',
      () =>
        layout.setVersion(
          { service: 'log-shipper', version: '2.2.0' },
          repository,
        ),
      {
        changed: [APS, EUW, STAGING, USE].map(
          cluster => `log-shipper-${cluster} 2.1.0 → 2.2.0`,
        ),
      },
      {
        'agents/log-shipper/values.yaml': [
          '-  tag: "2.1.0"',
          '+  tag: "2.2.0"',
        ],
      },
    ],
    [
      'onboards a chart by files',
      () =>
        layout.onboard(
          { service: 'subtitles', clusters: [STAGING] },
          repository,
        ),
      { created: [`subtitles-${STAGING} 0.4.0`] },
      {
        [`deployments/subtitles/${STAGING}.yaml`]: [
          `+cluster: ${STAGING}`,
          '+environment: staging',
          '+region: eu-west-1',
          '+version: 0.4.0',
          '+replicas: 1',
        ],
      },
    ],
    [
      'onboards a base by overlays',
      () =>
        layout.onboard(
          { service: 'regional-news', clusters: [APS] },
          repository,
        ),
      { created: [`regional-news-${APS} 0.1.0`] },
      {
        [`channels/${APS}/regional-news/kustomization.yaml`]: [
          '+apiVersion: kustomize.config.k8s.io/v1beta1',
          '+kind: Kustomization',
          '+namespace: channels',
          '+resources:',
          '+  - ../../../bases/regional-news',
          '+labels:',
          '+  - pairs:',
          `+      acme.example/cluster: ${APS}`,
          '+images:',
          '+  - name: registry.acme.example/channels/regional-news',
          '+    newTag: "0.1.0"',
          '+replicas:',
          '+  - name: regional-news',
          '+    count: 6',
        ],
      },
    ],
    [
      'offboards a service',
      () => layout.offboard({ service: 'transcoder' }, repository),
      { deleted: [`transcoder-${EUW}`, `transcoder-${STAGING}`] },
      {},
    ],
    [
      'offboards an agent with its chart',
      () =>
        layout.offboard(
          { service: 'gpu-exporter', deleteFiles: true },
          repository,
        ),
      {
        deleted: [APS, EUW, STAGING, USE].map(
          cluster => `gpu-exporter-${cluster}`,
        ),
      },
      {},
    ],
  ])('%s', (_case, run, expected, lines) => {
    const edit = run();
    const { files, ...effects } = effectsOf(edit, repository, [tokyo]);
    const { files: exactly, ...others } = {
      created: [],
      changed: [],
      deleted: [],
      files: undefined as string[] | undefined,
      ...expected,
    };
    // The agents run on every cluster, also on the one that only the hub knows.
    const isElsewhere = (name: string) => !name.includes(tokyo.name);
    expect({
      ...effects,
      changed: effects.changed.filter(isElsewhere),
      deleted: effects.deleted.filter(isElsewhere),
    }).toEqual(others);
    expect(exactly ?? files).toEqual(files);
    const written = [...edit.changes].filter(([, text]) => text !== undefined);
    expect(linesOf(repository, new Map(written))).toEqual(lines);
  });
});
