import type { ServiceVersionList } from '@backstage-fleet/plugin-fleet-common';
import { notModified } from '../../http/notModified';
import type { DeclaredService } from '../../store';
import { releasedVersions } from '../releasedVersions';
import { requireService } from '../requireService';
import type { SourceTags } from '../sourceTags';
import type { FleetRouter, ReadRoutesOptions } from '../types';

/** `GET /services/{service}/versions` */
export function registerVersions(
  router: FleetRouter,
  { store, visibilities, sourceTags }: ReadRoutesOptions,
) {
  router.get('/services/:service/versions', async (request, response) => {
    const visible = await visibilities.ofRequest(
      request,
      'deployments',
      'see versions',
    );
    const { service } = request.params;
    requireService(store, visible, service);
    const used = store
      .applicationsOfService(service)
      .filter(visible.deployment)
      .flatMap(
        ({ running, versions }) => (running ?? versions.synced)?.text ?? [],
      );
    const answer = await readVersions(
      service,
      store.declaredService(service),
      used,
      sourceTags,
    );
    if (
      notModified(request, response, visible.viewer, JSON.stringify(answer))
    ) {
      return;
    }
    response.json(answer);
  });
}

async function readVersions(
  service: string,
  declared: DeclaredService | undefined,
  used: string[],
  sourceTags: SourceTags,
): Promise<ServiceVersionList> {
  const annotate =
    'annotate it with github.com/project-slug or backstage.io/source-location.';
  if (!declared) {
    return {
      items: [],
      problem: `No catalog entity declares ${service}, so it is not known which repository it is built from.`,
    };
  }
  const { entityRef, source } = declared;
  if (!source) {
    return {
      items: [],
      problem: `${entityRef} names no source repository: ${annotate}`,
    };
  }
  const gitOps = sourceTags.gitOpsRepository(source);
  if (gitOps !== undefined) {
    return {
      items: [],
      problem: `The source location of ${entityRef} is the GitOps repository ${gitOps}, where services are not released: ${annotate}`,
    };
  }
  try {
    const { tags, complete } = await sourceTags.of(source);
    return {
      items: releasedVersions(service, tags, used),
      ...(!complete && {
        incomplete: `${source} has more tags than the ${tags.length} that were read. A version that is missing here can be typed.`,
      }),
    };
  } catch (error) {
    return {
      items: [],
      problem: `The tags of ${source} cannot be read: ${
        (error as Error).message
      }`,
    };
  }
}
