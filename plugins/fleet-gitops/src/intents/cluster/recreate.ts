import { ConflictError } from '@backstage/errors';
import { z } from 'zod';
import { requireClaim } from '../../claims/findClaim';
import { listFile } from '../../layouts/kustomization';
import { findCluster } from '../../layouts/clusterLabels';
import { Edits } from '../../layouts/edits';
import type { LayoutEdit } from '../../layouts';
import type { RepositorySnapshot } from '../../model/repository';
import { clusterName } from '../grammar';
import type { IntentStage } from '../stages';
import type { IntentDefinition } from '../types';
import { decommissionCluster } from './decommission';

const PUT_BACK = 'put-back';

/** Replaces a cluster by a new one from the same claim: takes it out of service, then puts its files back as they were. */
export const recreateCluster: IntentDefinition<'cluster.recreate'> = {
  kind: 'cluster.recreate',
  schema: z.strictObject({ cluster: clusterName }),
  subject: ({ cluster }) => cluster,
  apply({ cluster }, repository, options) {
    const touched = { services: [], clusters: [cluster] };
    const { stage } = options;
    if (stage?.id === PUT_BACK)
      return {
        ...putBack(stage, repository),
        title: `Create ${cluster} again`,
        touched,
      };
    const effect = decommissionCluster.apply({ cluster }, repository, options);
    if (stage) return effect;
    return {
      ...effect,
      title: `Recreate ${cluster}`,
      lines: [...effect.lines, 'then put these files back as they were'],
      stages: [...effect.stages!, putBackStage(cluster, repository)],
    };
  },
};

function putBackStage(
  cluster: string,
  repository: RepositorySnapshot,
): IntentStage {
  const claim = requireClaim(cluster, repository);
  const registration = findCluster(cluster, repository);
  const files = [claim.file, registration.file];
  for (const file of files) {
    if (/^---(?=\s)[^]*\n---(?=\s|$)/m.test(repository.files.get(file)!))
      throw new ConflictError(
        `${file} holds other objects besides ${cluster}, so it cannot be put back as it was. Give the cluster files of its own first.`,
      );
  }
  return {
    id: PUT_BACK,
    title: 'Create again',
    waitFor: 'healthy',
    clusters: [cluster],
    files: Object.fromEntries(
      files.map(file => [file, repository.files.get(file)!]),
    ),
  };
}

function putBack(
  { files = {} }: IntentStage,
  repository: RepositorySnapshot,
): LayoutEdit {
  const edits = new Edits(repository);
  for (const [file, text] of Object.entries(files)) {
    const current = repository.files.get(file);
    if (current !== undefined && current !== text)
      throw new ConflictError(
        `${file} was written again meanwhile and says something else. Remove it, or stop this change.`,
      );
    edits.set(file, text, `${file}: as it was`);
    listFile(file, edits);
  }
  return edits.result();
}
