import { appOfAppsLayout as layout } from './appOfApps';
import { withChanges } from '../repository/indexRepository';
import {
  effectOf,
  exampleRepository,
  linesOf,
} from './testdata/exampleRepository';
import { edited } from './testdata/shopRepository';
import type { LayoutEdit } from './types';

const repository = exampleRepository('app-of-apps', 'service-platform');
const text = (path: string) => repository.files.get(path)!;

describe('what the chart says', () => {
  it('is recognised', () => {
    expect(layout.detect(repository)).toEqual({
      layout: 'app-of-apps',
      certainty: 1,
      sentence:
        'apps is a chart of 8 Applications with toggles such as `certManager.enable: true`; 4 clusters render it.',
    });
  });

  it('lists services, clusters and deployments', () => {
    expect(layout.listServices(repository)).toEqual([
      { name: 'cert-manager' },
      { name: 'external-secrets' },
      { name: 'ingress-nginx' },
      { name: 'invoicing', path: 'services/invoicing' },
      { name: 'kube-prometheus-stack' },
      { name: 'partner-gateway', path: 'services/partner-gateway' },
      { name: 'pricing', path: 'services/pricing' },
      { name: 'shipments', path: 'services/shipments' },
      { name: 'tracking', path: 'services/tracking' },
    ]);
    expect(
      layout
        .listClusters(repository)
        .map(({ name, labels, file }) => [name, labels.environment, file]),
    ).toEqual([
      ['dev-eu-central-1', 'dev', 'bootstrap/dev-eu-central-1.yaml'],
      ['prod-eu-central-1', 'prod', 'bootstrap/prod-eu-central-1.yaml'],
      ['prod-us-east-1', 'prod', 'bootstrap/prod-us-east-1.yaml'],
      [
        'staging-eu-central-1',
        'staging',
        'bootstrap/staging-eu-central-1.yaml',
      ],
    ]);
    const deployments = layout.listDeployments(repository);
    expect(
      deployments.filter(({ service }) =>
        ['pricing', 'cert-manager'].includes(service),
      ),
    ).toEqual([
      {
        service: 'cert-manager',
        cluster: 'dev-eu-central-1',
        environment: 'dev',
        region: 'eu-central-1',
        version: { text: 'v1.18.0', file: 'apps/values.dev-eu-central-1.yaml' },
        file: 'apps/values.dev-eu-central-1.yaml',
      },
      ...[
        ['prod', 'prod-eu-central-1', 'eu-central-1'],
        ['prod', 'prod-us-east-1', 'us-east-1'],
        ['staging', 'staging-eu-central-1', 'eu-central-1'],
      ].map(([environment, cluster, region]) => ({
        service: 'cert-manager',
        cluster,
        environment,
        region,
        version: { text: 'v1.17.2', file: 'apps/values.yaml' },
        file: `apps/values.${cluster}.yaml`,
      })),
      {
        service: 'pricing',
        cluster: 'dev-eu-central-1',
        environment: 'dev',
        region: 'eu-central-1',
        revision: 'dev',
        file: 'apps/values.dev-eu-central-1.yaml',
      },
      {
        service: 'pricing',
        cluster: 'prod-eu-central-1',
        environment: 'prod',
        region: 'eu-central-1',
        revision: 'stable',
        file: 'apps/values.prod-eu-central-1.yaml',
      },
      {
        service: 'pricing',
        cluster: 'staging-eu-central-1',
        environment: 'staging',
        region: 'eu-central-1',
        revision: 'pricing-1.11.4',
        version: {
          text: 'pricing-1.11.4',
          file: 'apps/values.staging-eu-central-1.yaml',
        },
        file: 'apps/values.staging-eu-central-1.yaml',
      },
    ]);
    expect(deployments).toHaveLength(27);
  });
});

interface Case {
  run: () => LayoutEdit;
  effect: string[];
  lines: Record<string, string[]>;
}

describe('edits', () => {
  it.each<[string, Case]>([
    [
      'enable, as its siblings are written and in their order',
      {
        run: () =>
          layout.enable('partner-gateway', ['prod-us-east-1'], repository),
        effect: ['+ prod-us-east-1-partner-gateway on prod-us-east-1'],
        lines: {
          'apps/values.prod-us-east-1.yaml': [
            '+partnerGateway:',
            '+  enable: true',
            '+',
          ],
        },
      },
    ],
    [
      'enable where it was switched off',
      {
        run: () => layout.enable('tracking', ['prod-us-east-1'], repository),
        effect: ['+ prod-us-east-1-tracking on prod-us-east-1'],
        lines: {
          'apps/values.prod-us-east-1.yaml': [
            '-  enable: false',
            '+  enable: true',
          ],
        },
      },
    ],
    [
      'disable, the other values of the component stay',
      {
        run: () =>
          layout.disable(
            'ingress-nginx',
            ['prod-eu-central-1', 'dev-eu-central-1'],
            repository,
          ),
        effect: [
          '- dev-eu-central-1-ingress-nginx on dev-eu-central-1',
          '- prod-eu-central-1-ingress-nginx on prod-eu-central-1',
        ],
        lines: {
          'apps/values.prod-eu-central-1.yaml': [
            '-  enable: true',
            '+  enable: false',
          ],
          'apps/values.dev-eu-central-1.yaml': [
            '-  enable: true',
            '+  enable: false',
          ],
        },
      },
    ],
    [
      'onboard a service that exists',
      {
        run: () =>
          layout.onboard(
            {
              service: 'kube-prometheus-stack',
              clusters: ['dev-eu-central-1'],
            },
            repository,
          ),
        effect: [
          '+ dev-eu-central-1-kube-prometheus-stack on dev-eu-central-1',
        ],
        lines: {
          'apps/values.dev-eu-central-1.yaml': [
            '+kubePrometheusStack:',
            '+  enable: true',
            '+',
          ],
        },
      },
    ],
    [
      'a version for a cluster that has one of its own',
      {
        run: () =>
          layout.setVersion(
            {
              service: 'cert-manager',
              version: 'v1.18.1',
              clusters: ['dev-eu-central-1'],
            },
            repository,
          ),
        effect: ['~ dev-eu-central-1-cert-manager on dev-eu-central-1'],
        lines: {
          'apps/values.dev-eu-central-1.yaml': [
            '-  targetRevision: v1.18.0 # on trial here',
            '+  targetRevision: v1.18.1 # on trial here',
          ],
        },
      },
    ],
    [
      'a version for an environment whose clusters share it with others',
      {
        run: () =>
          layout.setVersion(
            {
              service: 'cert-manager',
              version: 'v1.18.0',
              environments: ['prod'],
            },
            repository,
          ),
        effect: [
          '~ prod-eu-central-1-cert-manager on prod-eu-central-1',
          '~ prod-us-east-1-cert-manager on prod-us-east-1',
        ],
        lines: {
          'apps/values.prod-eu-central-1.yaml': ['+  targetRevision: v1.18.0'],
          'apps/values.prod-us-east-1.yaml': ['+  targetRevision: v1.18.0'],
        },
      },
    ],
    [
      'a version for all: in the file that they share',
      {
        run: () =>
          layout.setVersion(
            { service: 'external-secrets', version: '0.17.0' },
            repository,
          ),
        effect: [
          '~ dev-eu-central-1-external-secrets on dev-eu-central-1',
          '~ prod-eu-central-1-external-secrets on prod-eu-central-1',
          '~ prod-us-east-1-external-secrets on prod-us-east-1',
          '~ staging-eu-central-1-external-secrets on staging-eu-central-1',
        ],
        lines: {
          'apps/values.yaml': [
            '-  targetRevision: 0.16.2',
            '+  targetRevision: 0.17.0',
          ],
        },
      },
    ],
    [
      'a revision for a service that has one of its own',
      {
        run: () =>
          layout.setVersion(
            {
              service: 'pricing',
              version: 'pricing-1.12.0',
              environments: ['staging'],
            },
            repository,
          ),
        effect: ['~ staging-eu-central-1-pricing on staging-eu-central-1'],
        lines: {
          'apps/values.staging-eu-central-1.yaml': [
            '-  targetRevision: pricing-1.11.4 # the carriers test against it until June',
            '+  targetRevision: pricing-1.12.0 # the carriers test against it until June',
          ],
        },
      },
    ],
    [
      'offboard: the template and the values of all clusters',
      {
        run: () => layout.offboard({ service: 'pricing' }, repository),
        effect: [
          '- dev-eu-central-1-pricing on dev-eu-central-1',
          '- prod-eu-central-1-pricing on prod-eu-central-1',
          '- staging-eu-central-1-pricing on staging-eu-central-1',
        ],
        lines: {
          'apps/templates/pricing.yaml': text('apps/templates/pricing.yaml')
            .split('\n')
            .slice(0, -1)
            .map(line => `-${line}`),
          'apps/values.yaml': ['-pricing:', '-  enable: false', '-'],
          'apps/values.dev-eu-central-1.yaml': [
            '-pricing:',
            '-  enable: true',
            '-',
          ],
          'apps/values.prod-eu-central-1.yaml': [
            '-pricing:',
            '-  enable: true',
            '-',
          ],
          'apps/values.staging-eu-central-1.yaml': [
            '-pricing:',
            '-  enable: true',
            '-  targetRevision: pricing-1.11.4 # the carriers test against it until June',
            '-',
          ],
        },
      },
    ],
  ])('%s', (_case, { run, effect, lines }) => {
    const { changes } = run();
    expect(linesOf(repository, changes)).toEqual(lines);
    expect(effectOf(repository, changes)).toEqual(effect);
  });
});

describe('onboarding', () => {
  it('adds a template and values as the siblings have them', () => {
    const { changes, lines } = layout.onboard(
      { service: 'invoicing', clusters: ['dev-eu-central-1'] },
      repository,
    );
    expect(changes.get('apps/templates/invoicing.yaml')).toBe(
      text('apps/templates/partner-gateway.yaml')
        .replace(/^.*\n/, '')
        .replace(/partner-gateway|partnerGateway/g, 'invoicing'),
    );
    const { 'apps/templates/invoicing.yaml': _added, ...others } = linesOf(
      repository,
      changes,
    );
    expect(others).toEqual({
      'apps/values.yaml': ['+invoicing:', '+  enable: false', '+'],
      'apps/values.dev-eu-central-1.yaml': [
        '+invoicing:',
        '+  enable: true',
        '+',
      ],
    });
    expect(lines).toEqual([
      'apps/templates/invoicing.yaml: Application for invoicing',
      'apps/values.yaml: invoicing',
      'apps/values.dev-eu-central-1.yaml: invoicing.enable: true',
    ]);
    expect(effectOf(repository, changes)).toEqual([
      '+ dev-eu-central-1-invoicing on dev-eu-central-1',
    ]);
    const after = withChanges(repository, changes);
    expect(
      layout.onboard(
        { service: 'invoicing', clusters: ['dev-eu-central-1'] },
        after,
      ).changes.size,
    ).toBe(0);
    const { changes: back } = layout.offboard(
      { service: 'invoicing', deleteFiles: true },
      after,
    );
    expect(effectOf(after, back)).toEqual([
      '- dev-eu-central-1-invoicing on dev-eu-central-1',
    ]);
    expect(
      [...withChanges(after, back).files.keys()].filter(file =>
        file.includes('invoicing'),
      ),
    ).toEqual([]);
  });

  it('writes a name with hyphens as templates can read it, takes path and namespace', () => {
    const withChart = edited(repository, {
      'apps/templates/partner-gateway.yaml': undefined,
      'services/customs/desk/Chart.yaml': 'name: desk\nversion: 1.0.0\n',
    });
    const { changes } = layout.onboard(
      {
        service: 'customs-desk',
        clusters: ['prod-us-east-1'],
        path: 'services/customs/desk',
        namespace: 'customs',
      },
      withChart,
    );
    expect(changes.get('apps/templates/customs-desk.yaml')).toMatch(
      /\.Values\.customsDesk\.enable [^]*path: services\/customs\/desk\n[^]*namespace: customs\n/,
    );
    expect(
      linesOf(withChart, changes)['apps/values.prod-us-east-1.yaml'],
    ).toEqual(['+customsDesk:', '+  enable: true', '+']);
    expect(effectOf(withChart, changes)).toEqual([
      '+ prod-us-east-1-customs-desk on prod-us-east-1',
    ]);
  });
});
