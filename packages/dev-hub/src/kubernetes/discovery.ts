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

function groupVersions(store: ObjectStore): Map<string, string> {
  const versions = new Map<string, string>();
  for (const { group, version } of store.resources()) {
    if (group) versions.set(group, version);
  }
  return versions;
}

function groupInfo(name: string, version: string) {
  const groupVersion = { groupVersion: `${name}/${version}`, version };
  return { name, versions: [groupVersion], preferredVersion: groupVersion };
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
      .filter(resource => resource.group === groupName)
      .flatMap(resourceEntries),
  });
  switch (steps.join('/')) {
    case '':
      return {
        paths: [
          '/api',
          '/api/v1',
          '/apis',
          ...[...groups].flatMap(([name, version]) => [
            `/apis/${name}`,
            `/apis/${name}/${version}`,
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
        groups: [...groups].map(([name, version]) => groupInfo(name, version)),
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
  return version === groups.get(name) ? resourceList(name, version) : undefined;
}
