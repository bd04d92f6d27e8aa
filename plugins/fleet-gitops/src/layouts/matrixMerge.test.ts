import { withChanges } from '../repository/indexRepository';
import { matrixMergeLayout as layout } from './matrixMerge';
import {
  effectOf,
  exampleRepository,
  linesOf,
} from './testdata/exampleRepository';
import type { LayoutEdit } from './types';

const repository = exampleRepository('matrix-merge', 'cluster-addons');

describe('what the ApplicationSets say', () => {
  it('is recognised', () => {
    expect(layout.detect(repository)).toEqual({
      layout: 'matrix-merge',
      certainty: 1,
      sentence:
        '9 of 9 ApplicationSets combine generators or select among their parameters, 6 of them merge overrides; 5 clusters are declared in Git.',
    });
  });

  it('lists services with their label, clusters and deployments', () => {
    expect(
      layout
        .listServices(repository)
        .map(({ name, toggle, path }) => [name, toggle?.key, path]),
    ).toEqual([
      ['audit-shipper', undefined, 'charts/audit-shipper'],
      ['cert-manager', 'enable_cert_manager', undefined],
      ['external-secrets', 'enable_external_secrets', undefined],
      ['gpu-operator', undefined, undefined],
      ['ingress-nginx', 'enable_ingress_nginx', undefined],
      ['karpenter', undefined, undefined],
      ['kube-prometheus-stack', 'enable_kube_prometheus_stack', undefined],
      ['node-tuner', 'enable_node_tuner', 'charts/node-tuner'],
      ['teams', 'enable_teams', undefined],
      ['velero', undefined, undefined],
    ]);
    expect(layout.listClusters(repository).map(({ name }) => name)).toEqual([
      'dev-eu-west-1',
      'prod-ap-south-1',
      'prod-eu-west-1',
      'prod-us-east-1',
      'staging-eu-west-1',
    ]);
    const versions = (service: string) =>
      layout
        .listDeployments(repository)
        .filter(deployment => deployment.service === service)
        .map(({ cluster, environment, version, file }) => [
          cluster,
          environment,
          version,
          file,
        ]);
    expect(versions('external-secrets')).toEqual(
      [
        ['dev-eu-west-1', 'dev', '0.17.0'],
        ['prod-ap-south-1', 'prod', '0.15.1'],
        ['prod-eu-west-1', 'prod', '0.16.2'],
        ['prod-us-east-1', 'prod', '0.16.2'],
        ['staging-eu-west-1', 'staging', '0.17.0'],
      ].map(([cluster, environment, text]) => [
        cluster,
        environment,
        { text, kind: 'chart', file: 'addons/external-secrets.yaml' },
        cluster === 'prod-ap-south-1'
          ? 'addons/external-secrets.yaml'
          : `clusters/${cluster}.yaml`,
      ]),
    );
    expect(versions('node-tuner')).toEqual(
      ['dev', 'prod'].map(environment => [
        `${environment}-eu-west-1`,
        environment,
        { text: '1.3.0', kind: 'image', file: 'charts/node-tuner/values.yaml' },
        `clusters/${environment}-eu-west-1.yaml`,
      ]),
    );
  });
});

type Case = [string, () => LayoutEdit, string[], Record<string, string[]>];

describe('edits', () => {
  it.each<Case>([
    [
      'enable by a label',
      () => layout.enable('ingress-nginx', ['prod-ap-south-1'], repository),
      ['+ prod-ap-south-1-ingress-nginx on prod-ap-south-1'],
      {
        'clusters/prod-ap-south-1.yaml': ['+    enable_ingress_nginx: "true"'],
      },
    ],
    [
      'disable by a label that an expression asks for',
      () => layout.disable('cert-manager', ['dev-eu-west-1'], repository),
      ['- dev-eu-west-1-cert-manager on dev-eu-west-1'],
      { 'clusters/dev-eu-west-1.yaml': ['-    enable_cert_manager: "true"'] },
    ],
    [
      'enable by an annotation',
      () => layout.enable('gpu-operator', ['prod-eu-west-1'], repository),
      ['+ prod-eu-west-1-gpu-operator on prod-eu-west-1'],
      {
        'clusters/prod-eu-west-1.yaml': ['+    addons_gpu_operator: enabled'],
      },
    ],
    [
      'disable by an annotation',
      () => layout.disable('gpu-operator', ['prod-us-east-1'], repository),
      ['- prod-us-east-1-gpu-operator on prod-us-east-1'],
      {
        'clusters/prod-us-east-1.yaml': ['-    addons_gpu_operator: enabled'],
      },
    ],
    [
      'enable by an element of a list',
      () => layout.enable('karpenter', ['prod-ap-south-1'], repository),
      ['+ prod-ap-south-1-karpenter on prod-ap-south-1'],
      {
        'addons/karpenter.yaml': [
          '+                - cluster: prod-ap-south-1',
          '+                  version: 1.4.0',
        ],
      },
    ],
    [
      'disable by an element of a list',
      () => layout.disable('karpenter', ['prod-eu-west-1'], repository),
      ['- prod-eu-west-1-karpenter on prod-eu-west-1'],
      {
        'addons/karpenter.yaml': [
          '-                - cluster: prod-eu-west-1',
          '-                  version: 1.4.0',
        ],
      },
    ],
    [
      'enable by an override that a selector reads',
      () => layout.enable('velero', ['dev-eu-west-1'], repository),
      ['+ dev-eu-west-1-velero on dev-eu-west-1'],
      {
        'addons/velero.yaml': [
          '+                - name: dev-eu-west-1',
          '+                  values:',
          '+                    backup: "true"',
        ],
      },
    ],
    [
      'disable by the override that enables',
      () =>
        layout.disable(
          'velero',
          ['prod-ap-south-1', 'staging-eu-west-1'],
          repository,
        ),
      [
        '- prod-ap-south-1-velero on prod-ap-south-1',
        '- staging-eu-west-1-velero on staging-eu-west-1',
      ],
      {
        'addons/velero.yaml': [
          '-                - name: staging-eu-west-1',
          '+                - name: prod-ap-south-1',
          '-                    backup: "true"',
          '+                    backup: "false"',
        ],
      },
    ],
    [
      'a set for many Applications of a cluster',
      () => layout.disable('teams', ['staging-eu-west-1'], repository),
      [
        '- staging-eu-west-1-team-checkout on staging-eu-west-1',
        '- staging-eu-west-1-team-risk on staging-eu-west-1',
      ],
      { 'clusters/staging-eu-west-1.yaml': ['-    enable_teams: "true"'] },
    ],
    [
      'a version for an environment with an override',
      () =>
        layout.setVersion(
          {
            service: 'cert-manager',
            version: 'v1.18.0',
            environments: ['staging'],
          },
          repository,
        ),
      ['~ staging-eu-west-1-cert-manager on staging-eu-west-1'],
      {
        'addons/cert-manager.yaml': [
          '-                addonChartVersion: v1.17.2',
          '+                addonChartVersion: v1.18.0',
        ],
      },
    ],
    [
      'a version for the environment that the base is of',
      () =>
        layout.setVersion(
          {
            service: 'external-secrets',
            version: '0.18.0',
            environments: ['dev'],
          },
          repository,
        ),
      ['~ dev-eu-west-1-external-secrets on dev-eu-west-1'],
      {
        'addons/external-secrets.yaml': [
          '-                addonChartVersion: 0.17.0',
          '+                addonChartVersion: 0.18.0',
        ],
      },
    ],
    [
      'a version for a cluster with an element of its own',
      () =>
        layout.setVersion(
          {
            service: 'external-secrets',
            version: '0.16.2',
            clusters: ['prod-ap-south-1'],
          },
          repository,
        ),
      ['~ prod-ap-south-1-external-secrets on prod-ap-south-1'],
      {
        'addons/external-secrets.yaml': [
          '-                  values.addonChartVersion: 0.15.1',
          '+                  values.addonChartVersion: 0.16.2',
        ],
      },
    ],
    [
      'a version for one of the clusters of an environment: an element in the list',
      () =>
        layout.setVersion(
          {
            service: 'kube-prometheus-stack',
            version: '72.6.2',
            clusters: ['prod-eu-west-1'],
          },
          repository,
        ),
      ['~ prod-eu-west-1-kube-prometheus-stack on prod-eu-west-1'],
      {
        'addons/kube-prometheus-stack.yaml': [
          '+                - name: prod-eu-west-1',
          '+                  values:',
          '+                    version: 72.6.2',
        ],
      },
    ],
    [
      'a version for one of the clusters where there is no list yet',
      () =>
        layout.setVersion(
          {
            service: 'ingress-nginx',
            version: '4.12.2',
            clusters: ['prod-us-east-1'],
          },
          repository,
        ),
      ['~ prod-us-east-1-ingress-nginx on prod-us-east-1'],
      {
        'addons/ingress-nginx.yaml': [
          '+          - list:',
          '+              elements:',
          '+                - name: prod-us-east-1',
          '+                  values:',
          '+                    version: 4.12.2',
        ],
      },
    ],
    [
      'a version that the template says, for all',
      () =>
        layout.setVersion(
          { service: 'gpu-operator', version: 'v25.3.1' },
          repository,
        ),
      ['~ prod-us-east-1-gpu-operator on prod-us-east-1'],
      {
        'addons/gpu-operator.yaml': [
          '-          targetRevision: v25.3.0',
          '+          targetRevision: v25.3.1',
        ],
      },
    ],
    [
      'offboard: the ApplicationSet and the labels',
      () => layout.offboard({ service: 'node-tuner' }, repository),
      [
        '- dev-eu-west-1-node-tuner on dev-eu-west-1',
        '- prod-eu-west-1-node-tuner on prod-eu-west-1',
      ],
      {
        'addons/node-tuner.yaml': repository.files
          .get('addons/node-tuner.yaml')!
          .split('\n')
          .slice(0, -1)
          .map(line => `-${line}`),
        'clusters/dev-eu-west-1.yaml': ['-    enable_node_tuner: "true"'],
        'clusters/prod-eu-west-1.yaml': ['-    enable_node_tuner: "true"'],
      },
    ],
    [
      'onboard: in the shape of our own add-ons',
      () =>
        layout.onboard(
          { service: 'audit-shipper', clusters: ['prod-us-east-1'] },
          repository,
        ),
      ['+ prod-us-east-1-audit-shipper on prod-us-east-1'],
      {
        'addons/audit-shipper.yaml': repository.files
          .get('addons/node-tuner.yaml')!
          .replace(/^#.*\n/, '')
          .replace(/node-tuner/g, 'audit-shipper')
          .replace(/node_tuner/g, 'audit_shipper')
          .split('\n')
          .slice(0, -1)
          .map(line => `+${line}`),
        'clusters/prod-us-east-1.yaml': ['+    enable_audit_shipper: "true"'],
      },
    ],
  ])('%s', (_case, run, effect, lines) => {
    const { changes } = run();
    expect(linesOf(repository, changes)).toEqual(lines);
    expect(effectOf(repository, changes)).toEqual(effect);
  });
});

describe('every cluster', () => {
  it.each(['external-secrets', 'velero', 'karpenter'])(
    'gets and loses %s, and comes back to what it was',
    service => {
      for (const { name } of layout.listClusters(repository)) {
        const there = [`${name}-${service} on ${name}`];
        const isOn = layout
          .listDeployments(repository)
          .some(item => item.service === service && item.cluster === name);
        const [first, second] = isOn
          ? [layout.disable, layout.enable]
          : [layout.enable, layout.disable];
        const { changes } = first(service, [name], repository);
        expect(effectOf(repository, changes)).toEqual(
          there.map(application => `${isOn ? '-' : '+'} ${application}`),
        );
        const after = withChanges(repository, changes);
        const back = second(service, [name], after).changes;
        expect(effectOf(after, back)).toEqual(
          there.map(application => `${isOn ? '+' : '-'} ${application}`),
        );
      }
    },
  );
});
