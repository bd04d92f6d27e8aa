import { ConfigReader } from '@backstage/config';
import { Cluster } from '@backstage-fleet/plugin-fleet-common';
import { clusterOf } from './__testUtils__/clusterOf';
import { clusterDetails } from './clusterDetails';
import { readAccess } from './config';

/** Clusters with rules; each rule selects those that it lists. */
function reach(
  clusters: Cluster[],
  rules: Array<{ selects: string[]; [key: string]: any }>,
) {
  const { rules: read } = readAccess(
    new ConfigReader({
      kubernetes: {
        fleet: { clusters: rules.map(({ selects, ...rule }) => rule) },
      },
    }),
  );
  return clusterDetails(
    {
      clusters,
      selected: rules.map(({ selects }) => new Set(selects)),
      hubs: new Map([['hub', 'https://hub.example.com:6443']]),
    },
    read,
  );
}

it('takes the first rule that selects a cluster, and leaves out what none selects', () => {
  const { details, problems } = reach(
    [clusterOf('prod'), clusterOf('dev'), clusterOf('lab')],
    [
      {
        selects: ['hub/prod'],
        authProvider: 'oidc',
        oidcTokenProvider: 'okta',
      },
      {
        selects: ['hub/prod', 'hub/dev'],
        authProvider: 'serviceAccount',
        serviceAccountToken: 'a-token',
        skipTLSVerify: true,
        skipMetricsLookup: true,
        dashboardUrl: 'https://headlamp.example.com/c/{cluster}',
        dashboardApp: 'headlamp',
      },
    ],
  );
  expect(problems).toEqual([]);
  expect(details).toEqual([
    {
      name: 'prod',
      url: 'https://prod.example.com',
      authMetadata: {
        'kubernetes.io/auth-provider': 'oidc',
        'kubernetes.io/oidc-token-provider': 'okta',
      },
      skipTLSVerify: false,
      skipMetricsLookup: false,
    },
    {
      name: 'dev',
      url: 'https://dev.example.com',
      authMetadata: {
        'kubernetes.io/auth-provider': 'serviceAccount',
        serviceAccountToken: 'a-token',
      },
      skipTLSVerify: true,
      skipMetricsLookup: true,
      dashboardUrl: 'https://headlamp.example.com/c/dev',
      dashboardApp: 'headlamp',
    },
  ]);
});

it('fills in the cluster, its hub and labels, and names what is missing', () => {
  const rule = {
    authProvider: 'aws',
    assumeRole: 'arn:aws:iam::{labels.acme.io/account}:role/backstage',
    authMetadata: { 'kubernetes.io/x-k8s-aws-id': '{hub}-{cluster}' },
  };
  const { details, problems } = reach(
    [
      clusterOf('prod', { labels: { 'acme.io/account': '123456789012' } }),
      clusterOf('dev'),
    ],
    [{ selects: ['hub/prod', 'hub/dev'], ...rule }],
  );
  expect(details.map(({ authMetadata }) => authMetadata)).toEqual([
    {
      'kubernetes.io/auth-provider': 'aws',
      'kubernetes.io/aws-assume-role':
        'arn:aws:iam::123456789012:role/backstage',
      'kubernetes.io/x-k8s-aws-id': 'hub-prod',
    },
  ]);
  expect(problems).toEqual([
    expect.stringMatching(
      /^hub\/dev is left out: it has no label 'acme.io\/account'/,
    ),
  ]);
});

it('finds the hub itself where the fleet reads it, and sends credentials to no address that is not encrypted', () => {
  const itself = (hub: string) =>
    clusterOf('in-cluster', {
      hub,
      kind: 'in-cluster',
      server: 'https://kubernetes.default.svc',
    });
  const { details, problems } = reach(
    [
      itself('hub'),
      itself('shop'),
      clusterOf('plain', { server: 'http://plain.example.com' }),
      clusterOf('tunnel', { server: 'http://tunnel' }),
    ],
    [
      {
        selects: ['hub/tunnel'],
        authProvider: 'oidc',
        url: 'http://localhost:1',
      },
      {
        selects: ['hub/in-cluster', 'shop/in-cluster', 'hub/plain'],
        authProvider: 'serviceAccount',
      },
    ],
  );
  expect(details.map(({ name, url }) => [name, url])).toEqual([
    ['hub', 'https://hub.example.com:6443'],
    ['tunnel', 'http://localhost:1'],
  ]);
  expect(problems).toEqual([
    expect.stringMatching(/^shop\/in-cluster .* address of the hub/),
    expect.stringMatching(/^hub\/plain .* no https address/),
  ]);
});

it('needs an authentication provider for each rule', () => {
  expect(() => reach([], [{ selects: [] }])).toThrow(
    /kubernetes\.fleet\.clusters\[0\]\.authProvider/,
  );
});
