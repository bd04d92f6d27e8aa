import { InputError, NotAllowedError } from '@backstage/errors';
import type { Explanation } from '@backstage-fleet/plugin-fleet-common';
import { explain } from '@backstage-fleet/plugin-fleet-gitops';
import { hubSnapshot } from '../../store/hubSnapshot';
import type { RepositoryFollower } from '../../versions';
import { mostTelling, withHub } from '../explanation';
import { nameInFiles } from '../nameInFiles';
import { visibleHubs } from '../query/filters';
import type { FleetRouter, ReadRoutesOptions } from '../types';

/** `GET /explain` */
export function registerExplain(
  router: FleetRouter,
  options: ReadRoutesOptions,
) {
  const { store, repositories, visibilities } = options;
  router.get('/explain', async (request, response) => {
    const visible = await visibilities.ofRequest(
      request,
      'deployments',
      'see deployments',
    );
    const { service, cluster } = request.query;
    const [hubId, ...rest] = cluster.split('/');
    const name = rest.join('/');
    const hub = store.hubs.find(({ id }) => id === hubId);
    const hubs = visibleHubs(store, visible);
    if (!hub || !hubs.includes(hubId) || !name) {
      throw new InputError(
        `cluster '${cluster}' must be the id of a cluster, hub/name, where hub is one of: ${
          hubs.join(', ') || 'none'
        }.`,
      );
    }
    const entry = store.cluster(cluster);
    if (
      !visible.service(service) ||
      (entry !== undefined && !visible.cluster(entry)) ||
      !store.deployed(service, cluster).every(visible.deployment)
    ) {
      throw new NotAllowedError(
        `You may not see service '${service}' on cluster '${cluster}': fleet.deployment.read does not hold for it.`,
      );
    }
    const explanations = repositories.ofHub(hub.id).flatMap(
      follower =>
        explainFromGit(options, follower, {
          hubId: hub.id,
          service,
          name,
        }) ?? [],
    );
    const fromGit =
      mostTelling(explanations) ?? gitUnknown(options, hub.id, service);
    response.json(
      withHub(
        { ...fromGit, service, cluster },
        {
          status: store.hubStatus(hub.id),
          title: hub.title,
          applications: store.deployed(service, cluster),
        },
      ),
    );
  });
}

function explainFromGit(
  { store, repositories, guards }: ReadRoutesOptions,
  follower: RepositoryFollower,
  asked: { hubId: string; service: string; name: string },
): Explanation | undefined {
  const { head, config, repository } = follower;
  if (!head) return undefined;
  const hub = hubSnapshot(store, asked.hubId, repositories.lookup);
  const explanation = explain({
    service: asked.service,
    cluster: nameInFiles(asked.name, head, config.branch, hub),
    repository: head.snapshot,
    hub,
    hubId: asked.hubId,
    branch: config.branch,
    layout: config.layout,
    guards,
  });
  return {
    ...explanation,
    computedFrom: head.commit,
    fileUrl:
      explanation.file &&
      repository?.webUrl({ path: explanation.file, ref: config.branch }),
    intent: explanation.intent && {
      ...explanation.intent,
      repository: config.id,
    },
  };
}

/** Nothing can be said from Git: no repository is configured for the hub, or none can be read. */
function gitUnknown(
  { repositories }: ReadRoutesOptions,
  hubId: string,
  service: string,
): Explanation {
  const [follower] = repositories.ofHub(hubId);
  return {
    service,
    cluster: '',
    verdict: 'unknown',
    reason: follower ? 'repository-unreadable' : 'no-repository',
    sentence: follower
      ? `It is not known what Git says: ${
          follower.error ??
          `repository ${follower.config.id} has not been read yet.`
        }`
      : `It is not known what Git says: no entry of \`fleet.repositories\` names the hub ${hubId} in \`hubs\`.`,
    checks: [],
  };
}
