import { IN_CLUSTER_SERVER } from '@backstage-fleet/plugin-fleet-common';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { ConflictError } from '@backstage/errors';
import { parseAllDocuments } from 'yaml';
import { findClaim } from '../../claims/findClaim';
import { unlistFile } from '../../layouts/kustomization';
import { Edits } from '../../layouts/edits';
import { findCluster } from '../../layouts/clusterLabels';
import type { LayoutEdit } from '../../layouts';
import type { RepositorySnapshot } from '../../model/repository';
import { indexRepository } from '../../repository';
import { removeDocument } from '../../yaml';
import type { IntentStage } from '../stages';
import type { ApplyIntentOptions } from '../types';
import { applicationsOnCluster, drain, DrainOptions } from './drain';

/** The ids of the stages by which a cluster goes, in order. */
export type TakeAwayStage = 'drain' | 'unregister' | 'delete-claim';

/**
 * The stages by which a cluster goes. Each is written when the one before is over on the hub: its Applications are deleted
 * while Argo CD still reaches the cluster, and the cluster is deleted when nothing uses it any more.
 */
export function takeAwayStages(
  cluster: string,
  repository: RepositorySnapshot,
  options: ApplyIntentOptions,
): IntentStage[] {
  const claim = findClaim(cluster, repository);
  const isRegistered = indexRepository(repository).clusters.some(
    ({ name }) => name === cluster,
  );
  const receives = applicationsOnCluster(cluster, repository, options);
  // An error that names what there is instead.
  if (!claim && !isRegistered && receives.length === 0)
    findCluster(cluster, repository);
  const stage = (
    id: TakeAwayStage,
    title: string,
    object?: KubernetesObject,
  ): IntentStage => ({
    id,
    title,
    waitFor: 'removed',
    clusters: [cluster],
    ...(object ? { objects: [referenceOf(object)] } : {}),
  });
  return [
    ...(isRegistered || receives.length > 0 ? [stage('drain', 'Drain')] : []),
    ...(isRegistered
      ? [stage('unregister', 'Unregister', secretOf(cluster, repository))]
      : []),
    ...(claim ? [stage('delete-claim', 'Delete the claim', claim.object)] : []),
  ];
}

function secretOf(
  cluster: string,
  repository: RepositorySnapshot,
): KubernetesObject {
  const { file, document } = findCluster(cluster, repository);
  return parseAllDocuments(repository.files.get(file)!)[document].toJS();
}

function referenceOf({ apiVersion, kind, metadata }: KubernetesObject) {
  return {
    apiVersion: apiVersion!,
    kind: kind!,
    name: metadata.name,
    ...(metadata.namespace ? { namespace: metadata.namespace } : {}),
  };
}

/** What one stage is called where nothing else names the cluster. */
export function takeAwayTitle(stage: TakeAwayStage, cluster: string): string {
  if (stage === 'delete-claim') return `Delete the claim of ${cluster}`;
  return `${stage === 'drain' ? 'Drain' : 'Unregister'} ${cluster}`;
}

/** What one stage does to the files. */
export function takeAway(
  stage: TakeAwayStage,
  cluster: string,
  repository: RepositorySnapshot,
  options: DrainOptions,
): LayoutEdit {
  const declared = indexRepository(repository).clusters.filter(
    ({ name }) => name === cluster,
  );
  refuseHub(cluster, repository);
  if (stage === 'drain') return drain(cluster, repository, options);
  const edits = new Edits(repository);
  if (stage === 'unregister') {
    if (declared.length === 0) return edits.result();
    refuseUndrained(cluster, repository, options);
    const { file, document } = findCluster(cluster, repository);
    return remove(file, document, `registration of ${cluster}`, repository);
  }
  const claim = findClaim(cluster, repository);
  if (!claim) return edits.result();
  if (declared.length > 0)
    throw new ConflictError(
      `${cluster} is still registered in ${declared[0].file}. Unregister it before its claim is deleted.`,
    );
  refuseUndrained(cluster, repository, options);
  const { file, document, object } = claim;
  return remove(file, document, `${object.kind} ${cluster}`, repository);
}

/** The cluster that Argo CD itself runs on is no spoke that could go: its Applications are what the fleet is made by. */
function refuseHub(cluster: string, repository: RepositorySnapshot): void {
  const isHub =
    cluster === 'in-cluster' ||
    indexRepository(repository).clusters.some(
      ({ name, server }) => name === cluster && server === IN_CLUSTER_SERVER,
    );
  if (isHub)
    throw new ConflictError(
      `${cluster} is the hub itself, which cannot be taken out of service from here.`,
    );
}

function refuseUndrained(
  cluster: string,
  repository: RepositorySnapshot,
  options: DrainOptions,
): void {
  const services = applicationsOnCluster(cluster, repository, options).flatMap(
    found => found.services,
  );
  if (services.length > 0)
    throw new ConflictError(
      `${cluster} still receives ${[...new Set(services)].join(
        ', ',
      )}, switched on since it was drained. Drain it again first.`,
    );
}

function remove(
  file: string,
  document: number,
  what: string,
  repository: RepositorySnapshot,
): LayoutEdit {
  const text = repository.files.get(file)!;
  const left = removeDocument(text, document, file);
  const edits = new Edits(repository);
  const line = `${file}: remove the ${what}`;
  if (left === undefined) {
    edits.delete(file, line);
    unlistFile(file, edits);
  } else {
    edits.set(file, left, line);
  }
  return edits.result();
}
