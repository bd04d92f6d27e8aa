import type { RepositorySnapshot } from '../../model/repository';
import { withChanges } from '../../repository';
import { platformRepository } from '../../repository/testdata/platformRepository';
import { appOfAppsLayout } from '../appOfApps';
import { detectLayouts } from '../layouts';
import { layeredValuesLayout } from '../layeredValues';
import { edited } from '../testdata/shopRepository';
import { applicationCharts } from './applicationCharts';

const definition = `{{- define "apps.application" -}}
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: {{ .cluster }}-{{ .name }}
spec:
  project: platform
  source:
    repoURL: ${platformRepository.url}
    path: services/{{ .name }}
    targetRevision: main
  destination:
    server: https://kubernetes.default.svc
    namespace: {{ .name }}
{{- end }}
`;

const loop = `{{- range $key, $name := dict "pricing" "pricing" "orderHistory" "order-history" }}
{{- if (index $.Values $key).enable }}
---
{{ include "apps.application" (dict "cluster" $.Values.cluster.name "name" $name) }}
{{- end }}
{{- end }}
`;

const ownTemplates = {
  'apps/templates/pricing.yaml': undefined,
  'apps/templates/order-history.yaml': undefined,
  'apps/templates/apps.yaml': loop,
};

const cases: Array<[string, RepositorySnapshot]> = [
  [
    'a template that others include',
    edited(platformRepository, {
      ...ownTemplates,
      'apps/templates/_application.tpl': definition,
    }),
  ],
  [
    'a subchart',
    edited(platformRepository, {
      ...ownTemplates,
      'apps/charts/library/Chart.yaml':
        'apiVersion: v2\nname: library\nversion: 1.0.0\ntype: library\n',
      'apps/charts/library/templates/_application.tpl': definition,
    }),
  ],
];

describe.each(cases)('an Application in %s', (_case, repository) => {
  it('makes its chart a chart of Applications', () => {
    expect(
      applicationCharts(repository).map(({ directory }) => directory),
    ).toEqual(['apps']);
    expect(detectLayouts(repository).map(({ layout }) => layout)).toEqual([
      'app-of-apps',
    ]);
    expect(layeredValuesLayout.listDeployments(repository)).toEqual([]);
  });

  it('can be switched', () => {
    const { changes } = appOfAppsLayout.enable(
      'order-history',
      ['berlin'],
      repository,
    );
    expect([...changes.keys()]).toEqual(['apps/values.berlin.yaml']);
    const running = appOfAppsLayout
      .listDeployments(withChanges(repository, changes))
      .map(({ service, cluster }) => `${service} on ${cluster}`);
    expect(running).toEqual([
      'order-history on berlin',
      'order-history on oslo',
      'pricing on berlin',
      'pricing on oslo',
    ]);
  });
});

it('finds the charts that render what a library of theirs defines', () => {
  const repository = edited(platformRepository, {
    ...ownTemplates,
    'apps/Chart.yaml':
      'apiVersion: v2\nname: apps\nversion: 1.0.0\ndependencies:\n  - name: library\n    version: 1.0.0\n    repository: file://../library\n',
    'library/Chart.yaml':
      'apiVersion: v2\nname: library\nversion: 1.0.0\ntype: library\n',
    'library/templates/_application.tpl': definition,
  });
  expect(
    applicationCharts(repository).map(({ directory }) => directory),
  ).toEqual(['apps']);
});
