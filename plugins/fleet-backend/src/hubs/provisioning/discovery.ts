import { parseJson, readBody } from '../jsonBody';
import { checkStatus } from '../readList';
import type { HubResponse } from '../transport';
import type { WatchedResource } from '../watchedResource';
import {
  CROSSPLANE,
  type DefinitionCopies,
  definingResource,
  KRO,
} from './definingKinds';
import {
  type ApiResource,
  CAPI_DEFINITION,
  CAPI_GROUPS,
  capiResources,
  type ClusterKinds,
  crossplaneResources,
  kroKinds,
  kroResource,
} from './provisioningKinds';

/** What a hub can make clusters with at this moment. */
export interface Discovery {
  resources: WatchedResource[];
  /** What defines kinds of claims. */
  defining: WatchedResource[];
  /** Whether a kind is defined that the hub does not serve yet. */
  incomplete: boolean;
}

const CAPI_PATH = '/apis/cluster.x-k8s.io/';

/**
 * Finds out which provisioning APIs a hub serves, and which of the kinds that are defined there.
 *
 * @param get - sends a GET request
 * @param definitions - those that are known by now
 * @throws what the hub answers, where the list of API groups or of a group's resources cannot be read
 */
export async function discoverProvisioning(
  get: (path: string) => Promise<HubResponse>,
  clusterKinds: ClusterKinds,
  definitions: Pick<DefinitionCopies, 'of'>,
): Promise<Discovery> {
  const json = async (path: string) => {
    const response = await get(path);
    await checkStatus(response);
    return parseJson(await readBody(response.body), 'an answer');
  };
  const { groups = [] } = await json('/apis');
  const served = new Map<string, string[]>(
    groups.map(({ name, versions }: any) => [
      name,
      versions.map(({ version }: any) => version),
    ]),
  );
  const bestVersion = (group: string, versions: string[]) =>
    versions.find(version => served.get(group)?.includes(version));
  const known = new Map<string, ApiResource[]>();
  const resourcesOf = async (group: string, version: string) => {
    if (!served.get(group)?.includes(version)) return [];
    const path = `/apis/${group}/${version}`;
    const found = known.get(path) ?? (await json(path)).resources ?? [];
    known.set(path, found);
    return found as ApiResource[];
  };

  const resources: WatchedResource[] = [];
  for (const [group, versions] of Object.entries(CAPI_GROUPS)) {
    const version = bestVersion(group, versions);
    if (!version) continue;
    resources.push(
      ...capiResources(group, version, await resourcesOf(group, version)),
    );
  }
  if (
    resources.some(({ groupPath }) => groupPath.startsWith(CAPI_PATH)) &&
    served.has('apiextensions.k8s.io')
  ) {
    resources.push(CAPI_DEFINITION);
  }

  const defining: WatchedResource[] = [];
  for (const api of [CROSSPLANE, KRO]) {
    const version = bestVersion(api.group, api.versions);
    if (!version) continue;
    // Instances of KRO may outlive its own kinds in the same group.
    const kinds = await resourcesOf(api.group, version);
    if (kinds.some(({ name }) => name === api.plural)) {
      defining.push(definingResource(api, version));
    }
  }

  let incomplete = false;
  const follow = (found: WatchedResource[], defined: number) => {
    resources.push(...found);
    incomplete ||= found.length < defined;
  };
  for (const definition of definitions.of(CROSSPLANE)) {
    const kinds = crossplaneResources(definition, clusterKinds);
    if (kinds.length === 0) continue;
    const [group, version] = kinds[0].groupPath.split('/').slice(2);
    const names = (await resourcesOf(group, version)).map(({ name }) => name);
    follow(
      kinds.filter(({ plural }) => names.includes(plural)),
      kinds.length,
    );
  }
  for (const definition of definitions.of(KRO)) {
    for (const kind of kroKinds(definition, clusterKinds)) {
      const { group, version } = kind;
      follow(kroResource(kind, await resourcesOf(group, version)), 1);
    }
  }
  return { resources, defining, incomplete };
}
