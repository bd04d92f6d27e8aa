import { createHash } from 'node:crypto';
import type { ObjectStore, Resource } from '../objects';

const BUILT_IN_VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];
const CUSTOM_VERBS = [
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'create',
  'update',
  'watch',
];
const STATUS_VERBS = ['get', 'patch', 'update'];

/** `/version`: the version of Kubernetes whose behaviour the hub follows. */
export const versionInfo = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.0',
  gitCommit: '',
  gitTreeState: '',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: '',
  compiler: '',
  platform: '',
};

function verbs(resource: Resource): string[] {
  if (resource.custom) return CUSTOM_VERBS;
  // A collection of namespaces cannot be deleted at once.
  return resource.namespaced
    ? BUILT_IN_VERBS
    : BUILT_IN_VERBS.filter(verb => verb !== 'deletecollection');
}

function storageVersionHash(resource: Resource): string {
  const { group, version, kind } = resource;
  return createHash('sha256')
    .update(`${group}/${version}/${kind}`)
    .digest()
    .subarray(0, 8)
    .toString('base64');
}

function resourceEntries(resource: Resource): object[] {
  const { namespaced, kind } = resource;
  const entries: object[] = [
    {
      name: resource.plural,
      singularName: resource.singular,
      namespaced,
      kind,
      verbs: verbs(resource),
      ...(resource.shortNames.length > 0
        ? { shortNames: resource.shortNames }
        : {}),
      storageVersionHash: storageVersionHash(resource),
    },
  ];
  if (resource.statusSubresource) {
    entries.push({
      name: `${resource.plural}/status`,
      singularName: '',
      namespaced,
      kind,
      verbs: STATUS_VERBS,
    });
  }
  return entries;
}

/** Versions of each group, the preferred one first. Source: Kubernetes `apimachinery/pkg/version` orders them so. */
function groupVersions(store: ObjectStore): Map<string, string[]> {
  const versions = new Map<string, Set<string>>();
  for (const resource of store.resources()) {
    if (!resource.group) continue;
    const known = versions.get(resource.group) ?? new Set();
    versions.set(resource.group, known.add(resource.version));
    for (const { name } of resource.otherVersions ?? []) known.add(name);
  }
  return new Map(
    [...versions].map(([group, names]) => [
      group,
      [...names].sort(compareVersions),
    ]),
  );
}

/** v2 before v1, v1 before v1beta2, v1beta2 before v1beta1, beta before alpha. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [versionRank(a), versionRank(b)];
  const differing = left.findIndex((part, index) => part !== right[index]);
  return differing < 0 ? 0 : right[differing] - left[differing];
}

function versionRank(version: string): number[] {
  const [, major, stage, minor] =
    /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
  const stability = { alpha: 1, beta: 2 }[stage as 'alpha' | 'beta'] ?? 3;
  return [major ? stability : 0, Number(major ?? 0), Number(minor ?? 0)];
}

function groupInfo(name: string, versions: string[]) {
  const entries = versions.map(version => ({
    groupVersion: `${name}/${version}`,
    version,
  }));
  return { name, versions: entries, preferredVersion: entries[0] };
}

function isServedIn(resource: Resource, version: string): boolean {
  return (
    resource.version === version ||
    (resource.otherVersions ?? []).some(({ name }) => name === version)
  );
}

/** The answer of a discovery path; undefined for other paths. */
export function discover(
  store: ObjectStore,
  path: string,
  serverAddress: string,
): object | undefined {
  const steps = path.split('/').filter(step => step !== '');
  const groups = groupVersions(store);
  const resourceList = (groupName: string, version: string) => ({
    kind: 'APIResourceList',
    ...(groupName ? { apiVersion: 'v1' } : {}),
    groupVersion: groupName ? `${groupName}/${version}` : version,
    resources: store
      .resources()
      .filter(
        resource =>
          resource.group === groupName && isServedIn(resource, version),
      )
      .flatMap(resourceEntries),
  });
  switch (steps.join('/')) {
    case '':
      return {
        paths: [
          '/api',
          '/api/v1',
          '/apis',
          ...[...groups].flatMap(([name, versions]) => [
            `/apis/${name}`,
            ...versions.map(version => `/apis/${name}/${version}`),
          ]),
          '/healthz',
          '/livez',
          '/readyz',
          '/version',
        ],
      };
    case 'version':
      return versionInfo;
    case 'api':
      return {
        kind: 'APIVersions',
        versions: ['v1'],
        serverAddressByClientCIDRs: [
          { clientCIDR: '0.0.0.0/0', serverAddress },
        ],
      };
    case 'apis':
      return {
        kind: 'APIGroupList',
        apiVersion: 'v1',
        groups: [...groups].map(([name, versions]) =>
          groupInfo(name, versions),
        ),
      };
    case 'api/v1':
      return resourceList('', 'v1');
    default:
  }
  const [root, name, version, ...more] = steps;
  if (root !== 'apis' || more.length > 0 || !groups.has(name)) return undefined;
  if (version === undefined) {
    return {
      kind: 'APIGroup',
      apiVersion: 'v1',
      ...groupInfo(name, groups.get(name)!),
    };
  }
  return groups.get(name)!.includes(version)
    ? resourceList(name, version)
    : undefined;
}
