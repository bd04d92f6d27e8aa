import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { parseJson, readBody } from '../jsonBody';
import { describeProblem, HubStatusError, type HubProblem } from '../problems';
import { checkStatus } from '../readList';
import type { HubResponse } from '../transport';
import type { WatchedResource } from '../watchedResource';
import {
  type ApiResource,
  CAPI_GROUPS,
  capiResources,
  type ClusterKinds,
  crossplaneResources,
  kroKind,
  kroResource,
} from './provisioningKinds';

/** What a hub can make clusters with at this moment. */
export interface Discovery {
  resources: WatchedResource[];
  /** Definitions that exist and that the token may not read. */
  problems: HubProblem[];
}

const CROSSPLANE = {
  group: 'apiextensions.crossplane.io',
  versions: ['v2', 'v1'],
  plural: 'compositeresourcedefinitions',
};
const KRO = {
  group: 'kro.run',
  versions: ['v1alpha1'],
  plural: 'resourcegraphdefinitions',
};

/**
 * Finds out which provisioning APIs a hub serves, and which kinds they define.
 *
 * @param get - sends a GET request
 * @throws what the hub answers, where the list of API groups cannot be read
 */
export async function discoverProvisioning(
  get: (path: string) => Promise<HubResponse>,
  clusterKinds: ClusterKinds,
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
  const resourcesOf = async (group: string, version: string) =>
    ((await json(`/apis/${group}/${version}`)).resources ??
      []) as ApiResource[];

  const resources: WatchedResource[] = [];
  const problems: HubProblem[] = [];
  const definitions = async ({
    group,
    versions,
    plural,
  }: typeof CROSSPLANE): Promise<KubernetesObject[]> => {
    const version = bestVersion(group, versions);
    if (!version) return [];
    try {
      const list = await json(`/apis/${group}/${version}/${plural}?limit=500`);
      return list.items ?? [];
    } catch (error) {
      if (!(error instanceof HubStatusError) || error.code === 401) throw error;
      // Served and gone a moment later, or not there yet.
      if (error.code !== 404) {
        problems.push(
          describeProblem(error, {
            resource: `${plural}.${group}`,
            clusterScoped: true,
          }),
        );
      }
      return [];
    }
  };

  for (const [group, versions] of Object.entries(CAPI_GROUPS)) {
    const version = bestVersion(group, versions);
    if (!version) continue;
    resources.push(
      ...capiResources(group, version, await resourcesOf(group, version)),
    );
  }
  for (const definition of await definitions(CROSSPLANE)) {
    resources.push(
      // Defined, but not served yet.
      ...crossplaneResources(definition, clusterKinds).filter(({ groupPath }) =>
        isServed(served, groupPath),
      ),
    );
  }
  for (const definition of await definitions(KRO)) {
    const kind = kroKind(definition, clusterKinds);
    if (!kind || !served.get(kind.group)?.includes(kind.version)) continue;
    resources.push(
      ...kroResource(kind, await resourcesOf(kind.group, kind.version)),
    );
  }
  return { resources, problems };
}

function isServed(served: Map<string, string[]>, groupPath: string): boolean {
  const [, , group, version] = groupPath.split('/');
  return served.get(group)?.includes(version) ?? false;
}
