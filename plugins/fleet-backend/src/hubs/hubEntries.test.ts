import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import os from 'os';
import path from 'path';
import { ConfigReader } from '@backstage/config';
import { readHubEntries } from './hubEntries';
import { inClusterConfig } from './inCluster';

const kubernetes = {
  clusterLocatorMethods: [
    {
      type: 'config',
      clusters: [
        {
          name: 'Hub EU',
          url: 'https://eu.example.com',
          authProvider: 'serviceAccount',
          serviceAccountToken: 'eu-token',
          caData: 'Y2E=',
        },
        {
          name: 'people-only',
          title: 'People only',
          url: 'https://people.example.com',
          authProvider: 'oidc',
        },
        {
          name: 'own',
          url: 'https://own.example.com',
          authMetadata: { 'kubernetes.io/auth-provider': 'serviceAccount' },
        },
      ],
    },
    { type: 'localKubectlProxy' },
  ],
};
const read = (fleet: object, ...more: object[]) =>
  readHubEntries(
    new ConfigReader({
      fleet,
      kubernetes: {
        clusterLocatorMethods: [...kubernetes.clusterLocatorMethods, ...more],
      },
    } as any),
  ).map(entry => entry.get<any>());

describe('readHubEntries', () => {
  it('takes from a cluster of the Kubernetes plugin what an entry does not say', () => {
    expect(
      read({
        hubs: [
          { id: 'eu', kubernetesCluster: 'Hub EU', argocdUrl: 'https://argo' },
          { id: 'us', url: 'https://us', token: 'x' },
          { id: 'oidc', kubernetesCluster: 'people-only', token: 'own' },
        ],
      }),
    ).toEqual([
      {
        id: 'eu',
        title: 'Hub EU',
        kubernetesCluster: 'Hub EU',
        url: 'https://eu.example.com',
        token: 'eu-token',
        caData: 'Y2E=',
        argocdUrl: 'https://argo',
      },
      { id: 'us', url: 'https://us', token: 'x' },
      expect.objectContaining({ title: 'People only', token: 'own' }),
    ]);
  });

  it.each([[{ type: 'catalog' }], [{ type: 'gke', projectId: 'fleet' }]])(
    'reaches a cluster that the Kubernetes plugin finds by %j through its proxy',
    method => {
      expect(
        read({ hubs: [{ id: 'a', kubernetesCluster: 'found' }] }, method),
      ).toEqual([
        {
          id: 'a',
          title: 'found',
          kubernetesCluster: 'found',
          kubernetesProxy: true,
        },
      ]);
    },
  );

  it('reaches a cluster through the proxy where only the Kubernetes plugin can sign in, or where asked to', () => {
    const cloud = {
      type: 'config',
      clusters: [
        { name: 'aws', url: 'https://aws', authProvider: 'aws' },
        { name: 'plain', url: 'https://plain', authProvider: 'serviceAccount' },
      ],
    };
    expect(
      read(
        {
          hubs: [
            { id: 'a', kubernetesCluster: 'aws' },
            { id: 'b', kubernetesCluster: 'aws', token: 'own' },
            { id: 'c', kubernetesCluster: 'plain', kubernetesProxy: true },
          ],
        },
        cloud,
      ).map(({ url, kubernetesProxy }) => [url, kubernetesProxy]),
    ).toEqual([
      ['https://aws', true],
      ['https://aws', undefined],
      ['https://plain', true],
    ]);
  });

  it('makes hubs of all other clusters where asked to', () => {
    expect(
      read({
        hubs: [{ id: 'oidc', kubernetesCluster: 'people-only', token: 'own' }],
        hubsFromKubernetesPlugin: true,
      }).map(({ id, title, url, token, tokenFile }) => [
        id,
        title,
        url,
        token ?? tokenFile,
      ]),
    ).toEqual([
      ['oidc', 'People only', 'https://people.example.com', 'own'],
      ['hub-eu', 'Hub EU', 'https://eu.example.com', 'eu-token'],
      [
        'own',
        'own',
        'https://own.example.com',
        '/var/run/secrets/kubernetes.io/serviceaccount/token',
      ],
      ['local', 'local', 'http://localhost:8001', undefined],
    ]);
  });

  it.each([
    [
      { hubs: [{ id: 'a', kubernetesCluster: 'nope' }] },
      /`kubernetesCluster` of hub a is 'nope'; kubernetes.clusterLocatorMethods lists Hub EU, people-only/,
    ],
    [
      { hubs: [{ id: 'a', kubernetesCluster: 'people-only' }] },
      /signs in to cluster people-only with 'oidc'.*`token` or `tokenFile`/,
    ],
    [
      { hubs: [{ id: 'a', inCluster: true }] },
      /hub a has `inCluster: true`, but Backstage does not run in a pod/,
    ],
  ])('refuses %j', (fleet, message) => {
    expect(() => read(fleet)).toThrow(message);
  });
});

describe('inClusterConfig', () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'service-account-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  it.each([
    ['10.0.0.1', 'https://10.0.0.1:6443'],
    ['fd00::1', 'https://[fd00::1]:6443'],
  ])('names the API server at %s as a pod finds it', (host, url) => {
    writeFileSync(path.join(directory, 'token'), 't');
    expect(
      inClusterConfig('hub', {
        directory,
        environment: {
          KUBERNETES_SERVICE_HOST: host,
          KUBERNETES_SERVICE_PORT: '6443',
        } as any,
      }),
    ).toEqual({
      url,
      tokenFile: path.join(directory, 'token'),
      caFile: path.join(directory, 'ca.crt'),
    });
  });
});
