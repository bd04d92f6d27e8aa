import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { parseJson, readBody } from '../jsonBody';
import { describeProblem, HubStatusError, type HubProblem } from '../problems';
import { checkStatus } from '../readList';
import type { HubResponse } from '../transport';
import {
  projectCompositeResourceDefinition,
  projectResourceGraphDefinition,
} from '../projection';
import type { WatchedResource } from '../watchedResource';
import {
  type ApiResource,
  CAPI_DEFINITION,
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
  /** What says which fields claims may have: of Crossplane and of KRO, those of kinds that are clusters. */
  definitions: Record<'crossplane' | 'kro', KubernetesObject[]>;
  /** Definitions that exist and that the token may not read. */
  problems: HubProblem[];
}

const CAPI_PATH = '/apis/cluster.x-k8s.io/';

const CROSSPLANE = {
  group: 'apiextensions.crossplane.io',
  versions: ['v2', 'v1'],
  plural: 'compositeresourcedefinitions',
  kind: 'CompositeResourceDefinition',
};
const KRO = {
  group: 'kro.run',
  versions: ['v1alpha1'],
  plural: 'resourcegraphdefinitions',
  kind: 'ResourceGraphDefinition',
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
  const found: Discovery['definitions'] = { crossplane: [], kro: [] };
  const listed = async ({
    group,
    versions,
    plural,
    kind,
  }: typeof CROSSPLANE): Promise<KubernetesObject[]> => {
    const version = bestVersion(group, versions);
    if (!version) return [];
    try {
      const list = await json(`/apis/${group}/${version}/${plural}?limit=500`);
      // Not every API server writes the kind into the items of a list.
      return (list.items ?? []).map((item: KubernetesObject) => ({
        ...item,
        apiVersion: `${group}/${version}`,
        kind,
      }));
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
  if (
    resources.some(({ groupPath }) => groupPath.startsWith(CAPI_PATH)) &&
    isServed(served, CAPI_DEFINITION.groupPath)
  ) {
    resources.push(CAPI_DEFINITION);
  }
  for (const definition of await listed(CROSSPLANE)) {
    const kinds = crossplaneResources(definition, clusterKinds);
    if (kinds.length === 0) continue;
    found.crossplane.push(projectCompositeResourceDefinition(definition));
    // Defined, but not served yet.
    resources.push(
      ...kinds.filter(({ groupPath }) => isServed(served, groupPath)),
    );
  }
  for (const definition of await listed(KRO)) {
    const kind = kroKind(definition, clusterKinds);
    if (!kind) continue;
    found.kro.push(projectResourceGraphDefinition(definition));
    if (!served.get(kind.group)?.includes(kind.version)) continue;
    resources.push(
      ...kroResource(kind, await resourcesOf(kind.group, kind.version)),
    );
  }
  return { resources, definitions: found, problems };
}

function isServed(served: Map<string, string[]>, groupPath: string): boolean {
  const [, , group, version] = groupPath.split('/');
  return served.get(group)?.includes(version) ?? false;
}
