import { appOfAppsLayout as layout } from './appOfApps';
import {
  effectOf,
  exampleRepository,
  linesOf,
} from './testdata/exampleRepository';
import { edited } from './testdata/shopRepository';
import type { LayoutEdit } from './types';

const repository = exampleRepository('app-of-apps', 'service-platform');
const text = (path: string) => repository.files.get(path)!;

/** One template for all components, clusters whose values stand in the Applications, no values files. */
const ranged = edited(exampleRepository('app-of-apps', 'service-platform'), {
  ...Object.fromEntries(
    [...repository.files.keys()]
      .filter(file => /^(apps|bootstrap|projects)\//.test(file))
      .map(file => [file, undefined]),
  ),
  'platform/Chart.yaml': 'apiVersion: v2\nname: platform\nversion: 1.0.0\n',
  'platform/values.yaml': `spec:
  repoURL: ${repository.url}
apps:
  shipments: {enabled: false, tag: 2.7.1}
  tracking: {enabled: false, tag: 5.0.3}
`,
  'platform/templates/apps.yaml': `{{- range $name, $app := .Values.apps }}
{{- if and $app.enabled (ne $name "off") }}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: {{ $.Values.cluster }}-{{ $name }}
  namespace: argocd
spec:
  project: default
  source:
    repoURL: {{ $.Values.spec.repoURL }}
    path: services/{{ $name }}
    targetRevision: main
    helm:
      parameters:
        - {name: image.tag, value: {{ $app.tag | quote }}}
  destination:
    name: {{ $.Values.cluster }}
    namespace: {{ $name }}
{{- end }}
{{- end }}
`,
  'argocd/clusters.yaml': ['fra', 'lon']
    .map(
      cluster => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: platform-${cluster}
  namespace: argocd
spec:
  project: default
  source:
    repoURL: ${repository.url}.git
    path: ./platform
    targetRevision: main
    helm:
      valuesObject:
        cluster: ${cluster}
        apps:
          shipments:
            enabled: true
      parameters:
        - name: apps.tracking.enabled
          value: "${cluster === 'fra'}"
  destination:
    name: in-cluster
    namespace: argocd
`,
    )
    .join('---\n'),
});

describe('a chart that ranges over its components, with values in the Applications', () => {
  it.each<[string, () => LayoutEdit, string[], Record<string, string[]>]>([
    [
      'sets a parameter',
      () => layout.enable('tracking', ['lon'], ranged),
      ['+ lon-tracking on lon', '~ platform-lon on in-cluster'],
      {
        'argocd/clusters.yaml': [
          '-          value: "false"',
          '+          value: "true"',
        ],
      },
    ],
    [
      'sets an entry of the values',
      () => layout.disable('shipments', ['fra'], ranged),
      ['- fra-shipments on fra', '~ platform-fra on in-cluster'],
      {
        'argocd/clusters.yaml': [
          '-            enabled: true',
          '+            enabled: false',
        ],
      },
    ],
    [
      'adds a version to the values of one cluster',
      () =>
        layout.setVersion(
          { service: 'shipments', version: '2.8.0', clusters: ['lon'] },
          ranged,
        ),
      ['~ lon-shipments on lon', '~ platform-lon on in-cluster'],
      { 'argocd/clusters.yaml': ['+            tag: 2.8.0'] },
    ],
    [
      'adds an entry for a new service',
      () => layout.onboard({ service: 'invoicing', clusters: ['lon'] }, ranged),
      ['+ lon-invoicing on lon', '~ platform-lon on in-cluster'],
      {
        'platform/values.yaml': [
          '+  invoicing:',
          '+    enabled: false',
          '+    tag: 2.7.1',
        ],
        'argocd/clusters.yaml': [
          '+          invoicing:',
          '+            enabled: true',
        ],
      },
    ],
  ])('%s', (_case, run, effect, lines) => {
    const { changes } = run();
    expect(linesOf(ranged, changes)).toEqual(lines);
    expect(effectOf(ranged, changes)).toEqual(effect);
  });
});

describe('clusters that no Application of the repository bootstraps', () => {
  const standalone = edited(
    repository,
    Object.fromEntries(
      [...repository.files.keys()]
        .filter(file => file.startsWith('bootstrap/'))
        .map(file => [file, undefined]),
    ),
  );

  it('are known by their values files', () => {
    expect(
      layout
        .listClusters(standalone)
        .map(({ name, labels, file }) => [name, labels, file]),
    ).toContainEqual([
      'prod-us-east-1',
      { environment: 'prod' },
      'apps/values.prod-us-east-1.yaml',
    ]);
    expect(
      linesOf(
        standalone,
        layout.enable('pricing', ['prod-us-east-1'], standalone).changes,
      ),
    ).toEqual({
      'apps/values.prod-us-east-1.yaml': ['+pricing:', '+  enable: true', '+'],
    });
  });
});

describe('services that follow the branch of the chart', () => {
  it('have the version that their files say', () => {
    const onDev = layout
      .listDeployments(repository, { branch: 'dev' })
      .filter(({ cluster }) => cluster === 'dev-eu-central-1')
      .filter(({ service }) => /tracking|cert/.test(service))
      .map(({ service, revision, version }) => [service, revision, version]);
    expect(onDev).toEqual([
      [
        'cert-manager',
        undefined,
        { text: 'v1.18.0', file: 'apps/values.dev-eu-central-1.yaml' },
      ],
      [
        'tracking',
        undefined,
        { text: '5.0.3', file: 'services/tracking/values.yaml' },
      ],
    ]);
  });
});

describe('a cluster without a values file yet', () => {
  const bare = edited(repository, {
    'apps/values.prod-us-east-1.yaml': undefined,
    'bootstrap/prod-us-east-1.yaml': text(
      'bootstrap/prod-us-east-1.yaml',
    ).replace(
      'valueFiles:',
      `ignoreMissingValueFiles: true
      valuesObject:
        cluster:
          name: prod-us-east-1
          environment: prod
          region: us-east-1
        targetRevision: $ARGOCD_APP_SOURCE_TARGET_REVISION
      valueFiles:`,
    ),
  });

  it('gets one', () => {
    const { changes } = layout.enable('tracking', ['prod-us-east-1'], bare);
    expect(Object.fromEntries(changes)).toEqual({
      'apps/values.prod-us-east-1.yaml': 'tracking:\n  enable: true\n',
    });
    expect(effectOf(bare, changes)).toEqual([
      '+ prod-us-east-1-tracking on prod-us-east-1',
    ]);
  });
});
