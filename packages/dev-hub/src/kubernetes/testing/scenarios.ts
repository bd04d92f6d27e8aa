import { parse, stringify } from 'yaml';
import type { RecordedRequest, RecordedResponse } from './recording';
import {
  APPLICATIONS,
  SPEC,
  application,
  namespaceNamed,
  patch,
  post,
  remove,
  secret,
} from './requests';

/** Something that happens between the recorded requests. */
export type Step =
  | RecordedRequest
  /** Makes old versions of this resource expire. */
  | { compact: string }
  /** Reads what a mask stands for, where a request uses it before an answer shows it. */
  | { learn: string; path: string; field: 'uid' | 'resourceVersion' };

/** How a recording is replayed: what was there before, and which exchanges are not expected to agree. */
export interface Scenario {
  name: string;
  setup?: Step[];
  /** Steps before the exchange with this number. */
  before?: Record<number, Step[]>;
  /** From this exchange on all requests are open at the same time, while the timeline happens. */
  concurrentFrom?: number;
  timeline?: Array<{ atSeconds: number; request: RecordedRequest }>;
  /** Exchanges that are left out, with the reason. */
  outOfScope?: Record<number, string>;
  /** Takes out what is known to differ, with the reason beside it. */
  adapt?: Record<number, (recorded: RecordedResponse, actual: any) => void>;
}

/** The version of the list that the recorded watches start from. */
const learnVersion: Step = {
  learn: '<rv-1>',
  path: APPLICATIONS,
  field: 'resourceVersion',
};

/** In every scenario, in this order. */
export const NAMESPACES: RecordedRequest[] = [
  namespaceNamed('default', { 'bootstrap.kcp.io/create-only': 'true' }),
  namespaceNamed('kube-system', { 'bootstrap.kcp.io/create-only': 'true' }),
  namespaceNamed('argocd'),
  namespaceNamed('team-a'),
];

const FINALIZER = 'resources-finalizer.argocd.argoproj.io';
const UNKNOWN_FIELDS =
  'unknown fields are kept: the schemas of the hub do not list every field';
const DUPLICATE_FIELDS = 'JSON.parse does not tell duplicate fields';
const PROTOBUF = 'protobuf is not served';
const NOT_KUBERNETES =
  'kcp answers this in its own way; a kube-apiserver does not';

function sortByName(list: any[]): void {
  list.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function resourceList(recorded: RecordedResponse, actual: any): void {
  const body = recorded.body as any;
  const served = actual.resources.map((resource: any) => resource.name);
  body.resources = body.resources.filter((resource: any) =>
    served.includes(resource.name),
  );
  sortByName(body.resources);
  sortByName(actual.resources);
  // The hash is of the storage version and made in another way.
  for (const resource of [...body.resources, ...actual.resources]) {
    delete resource.storageVersionHash;
  }
}

function buildOf(recorded: RecordedResponse, actual: any): void {
  for (const version of [recorded.body as any, actual]) {
    for (const field of [
      'gitVersion',
      'gitCommit',
      'gitTreeState',
      'buildDate',
      'goVersion',
      'compiler',
      'platform',
    ]) {
      delete version[field];
    }
  }
}

/** Owners of fields are told from the first server-side apply on. */
function withoutOwners(recorded: RecordedResponse): void {
  const body = parse(recorded.body as string);
  delete body.metadata.managedFields;
  recorded.body = stringify(body);
}

export const scenarios: Scenario[] = [
  {
    name: 'auth',
    setup: [application('app-a')],
    outOfScope: { 25: NOT_KUBERNETES },
    adapt: {
      24: buildOf,
      // The reason is the authorizer's own.
      28: ({ body }: any) => delete body.status.reason,
      29: ({ body }: any) => delete body.status.reason,
      // Service accounts have more to tell than the holder of a static token.
      30: ({ body }: any) => {
        delete body.status.userInfo.uid;
        delete body.status.userInfo.extra;
      },
      // The only 400 with this header.
      36: ({ headers }) => delete headers['x-content-type-options'],
    },
  },
  {
    name: 'create',
    outOfScope: {
      43: UNKNOWN_FIELDS,
      44: UNKNOWN_FIELDS,
      45: UNKNOWN_FIELDS,
      46: UNKNOWN_FIELDS,
      48: DUPLICATE_FIELDS,
      49: DUPLICATE_FIELDS,
      50: UNKNOWN_FIELDS,
    },
    adapt: {
      // A warning about unknown fields.
      17: recorded => delete recorded.headers.warning,
    },
  },
  {
    name: 'delete',
    setup: [
      application('plain'),
      secret('s-a'),
      application('fin', { finalizers: [FINALIZER] }),
      application('pol'),
      application('pol2'),
      application('pol3'),
      application('pre'),
      secret('s-o'),
    ],
    before: {
      27: ['dc-0', 'dc-1', 'dc-2'].map(name =>
        application(name, { labels: { dc: 'yes' } }),
      ),
    },
  },
  {
    name: 'discovery',
    outOfScope: {
      8: 'aggregated discovery is not served; clients fall back',
      10: NOT_KUBERNETES,
      11: NOT_KUBERNETES,
    },
    adapt: {
      0: buildOf,
      1: (recorded, actual) => {
        const address = actual.serverAddressByClientCIDRs[0].serverAddress;
        (recorded.body as any).serverAddressByClientCIDRs[0].serverAddress =
          address;
      },
      // RBAC objects are not served.
      2: ({ body }: any) => {
        body.groups = body.groups.filter(
          (group: any) => group.name === 'argoproj.io',
        );
      },
      3: resourceList,
      5: resourceList,
      6: resourceList,
    },
  },
  {
    name: 'errors',
    setup: [application('app-a')],
    outOfScope: {
      21: "Node's HTTP parser refuses methods that it does not know with 400",
      28: 'the list of paths is that of what is served',
    },
  },
  {
    name: 'get-and-list',
    setup: [
      application('app-a', { labels: { env: 'prod' } }),
      application('app-b', { labels: { env: 'test' } }),
      application('app-c', { namespace: 'team-a' }),
      secret('cluster-a', {
        labels: { 'argocd.argoproj.io/secret-type': 'cluster' },
      }),
      secret('s-b', { namespace: 'team-a' }),
    ],
  },
  {
    name: 'gzip-and-headers',
    setup: [application('small')],
    before: {
      1: [
        patch('small', {
          metadata: { annotations: { pad: '<130 KiB of x>' } },
        }),
      ],
    },
  },
  {
    name: 'list-paging',
    setup: [0, 1, 2, 3, 4, 5, 6].map(number =>
      application(`app-0${number}`, {
        labels: number % 2 === 1 ? { env: 'prod' } : {},
      }),
    ),
    before: {
      3: [application('app-01x')],
      4: [remove('app-04')],
      16: [{ compact: 'applications' }],
    },
  },
  {
    name: 'representations',
    setup: [
      application('app-a', { labels: { env: 'prod' } }),
      application('app-b'),
      secret('s1'),
    ],
    outOfScope: { 16: PROTOBUF, 25: PROTOBUF },
    adapt: { 19: withoutOwners, 27: withoutOwners },
  },
  {
    name: 'selectors',
    setup: [
      application('a1', { labels: { env: 'prod', tier: 'x' } }),
      application('a2', { labels: { env: 'test' } }),
      application('a3'),
      application('a4', { labels: { env: '' } }),
      application('a5', { namespace: 'team-a', labels: { env: 'prod' } }),
      secret('s1', { labels: { env: 'prod' } }),
    ],
  },
  {
    name: 'server-side-apply',
    outOfScope: { 10: UNKNOWN_FIELDS },
  },
  {
    name: 'update-and-patch',
    setup: [
      application('app-a', { labels: { a: '1' } }),
      post('/apis/argoproj.io/v1alpha1/namespaces/argocd/applicationsets', {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'ApplicationSet',
        metadata: { name: 'set-a' },
        spec: {
          generators: [{ clusters: {} }],
          template: { metadata: { name: '{{name}}' }, spec: SPEC },
        },
      }),
      secret('s-a'),
      {
        learn: '<uid-3>',
        path: '/api/v1/namespaces/argocd/secrets/s-a',
        field: 'uid',
      },
    ],
    outOfScope: { 30: UNKNOWN_FIELDS, 31: UNKNOWN_FIELDS },
    adapt: {
      // The key in etcd is not there to be named.
      8: ({ body }: any) => {
        body.message = body.message.replace(
          /StorageError: .*AdditionalErrorMsg: /,
          '',
        );
      },
    },
  },
  {
    name: 'watch',
    setup: [application('w-old', { labels: { env: 'prod' } })],
    concurrentFrom: 1,
    timeline: [
      {
        atSeconds: 0.7,
        request: application('w-1', { labels: { env: 'prod' } }),
      },
      {
        atSeconds: 1.0,
        request: patch('w-1', { metadata: { labels: { env: 'test' } } }),
      },
      {
        atSeconds: 1.3,
        request: patch('w-1', { spec: { source: { path: 'p2' } } }),
      },
      {
        atSeconds: 1.7,
        request: patch('w-1', { metadata: { labels: { env: 'prod' } } }),
      },
      { atSeconds: 1.9, request: patch('w-1', {}) },
      { atSeconds: 2.2, request: remove('w-1') },
      {
        atSeconds: 2.5,
        request: application('w-fin', {
          labels: { env: 'prod' },
          finalizers: [FINALIZER],
        }),
      },
      { atSeconds: 2.8, request: remove('w-fin') },
      {
        atSeconds: 3.1,
        request: patch('w-fin', { metadata: { finalizers: null } }),
      },
    ],
  },
  {
    name: 'watch-bookmarks',
    setup: [secret('other'), application('b-1'), learnVersion],
    concurrentFrom: 0,
    timeline: [
      {
        atSeconds: 1.0,
        request: patch('b-1', { metadata: { labels: { x: '1' } } }),
      },
    ],
    outOfScope: {
      5: 'another tenant changed Secrets meanwhile, which decides on bookmarks',
      9: 'another tenant changed Secrets meanwhile, which decides on bookmarks',
    },
  },
  {
    name: 'watch-long',
    setup: [application('l-1'), learnVersion],
    concurrentFrom: 0,
    timeline: [
      {
        atSeconds: 20,
        request: patch('l-1', { metadata: { labels: { x: '1' } } }),
      },
    ],
  },
  {
    name: 'watch-versions',
    setup: [application('v-1'), { compact: 'applications' }],
    outOfScope: {
      1: 'which history the cache holds is chance; replays are tested on the store',
    },
  },
];
