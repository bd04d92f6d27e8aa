import { Cluster } from '@backstage-fleet/plugin-fleet-common';

const VERSION = /^v?(\d+)\.(\d+)(?:\.(\d+))?/;

/**
 * The Kubernetes version a cluster has, else the one that is asked for. Where both mean the same, the one that says
 * more: a label says `1.33`, the claim `v1.33.4`.
 */
export function versionOf(cluster: Cluster): string | undefined {
  const { kubernetesVersion: has, claim } = cluster;
  const asked = claim?.version;
  return !has ||
    (asked && isSameVersion(has, asked) && asked.length > has.length)
    ? asked ?? has
    : has;
}

/** A version as Kubernetes writes it, with `v` in front: labels often leave it out. */
export function writtenVersion(version: string): string {
  return /^\d/.test(version) ? `v${version}` : version;
}

/** The version that the claim asks for, where the cluster has another one. */
export function wantedVersion(cluster: Cluster): string | undefined {
  const { kubernetesVersion: has, claim } = cluster;
  const asked = claim?.version;
  return has && asked && !isSameVersion(has, asked) ? asked : undefined;
}

/** Whether two versions are the same as far as both say: `1.33` is `v1.33.4`. */
export function isSameVersion(a: string, b: string): boolean {
  const [x, y] = [parts(a), parts(b)];
  return x.every((part, at) => part === y[at] || part < 0 || y[at] < 0);
}

/** Orders Kubernetes versions, older first; what is no version comes before all. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [parts(a), parts(b)];
  return x[0] - y[0] || x[1] - y[1] || x[2] - y[2];
}

/** The newest version of all. */
export function newestVersion(
  clusters: Array<Pick<Cluster, 'kubernetesVersion' | 'claim'>>,
): string | undefined {
  return clusters
    .map(cluster => versionOf(cluster as Cluster))
    .filter((version): version is string => isVersion(version))
    .sort(compareVersions)
    .pop();
}

/** By how many minor versions `version` is behind `newest`; 0 where that cannot be said. */
export function minorsBehind(
  version: string | undefined,
  newest: string | undefined,
): number {
  if (!isVersion(version) || !isVersion(newest)) {
    return 0;
  }
  const [own, best] = [parts(version), parts(newest)];
  return own[0] === best[0] ? Math.max(0, best[1] - own[1]) : 0;
}

/** Whether it is a version as a claim can ask for it: `v1.33.4`, or `1.33` where the provider chooses the patch. */
export function isVersionText(text: string): boolean {
  return /^v?\d+\.\d+(\.\d+([-+][0-9A-Za-z.+-]+)?)?$/.test(text);
}

function isVersion(text: string | undefined): text is string {
  return text !== undefined && VERSION.test(text);
}

function parts(version: string): [number, number, number] {
  const [, major = -1, minor = -1, patch = -1] = VERSION.exec(version) ?? [];
  return [Number(major), Number(minor), Number(patch)];
}
