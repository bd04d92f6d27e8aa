import { InputError } from '@backstage/errors';

/**
 * How a claim writes a Kubernetes version: `v1.33.4` (Cluster API), `1.33.4`, or `1.33` (EKS).
 *
 * @public
 */
export type KubernetesVersionFormat = 'v1.33.4' | '1.33.4' | '1.33';

/**
 * A Kubernetes version; `patch` is absent where only the minor version is said.
 *
 * @public
 */
export interface KubernetesVersion {
  major: number;
  minor: number;
  patch?: number;
  /** Build metadata as vendors append it, with its `+`: `+vmware.1`. */
  build: string;
}

// Source: Cluster API `util/version/version.go` `KubeSemver`, without pre-releases; the patch may be missing as EKS has it.
const GRAMMAR =
  /^v?(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})(?:\.(0|[1-9][0-9]{0,3})(\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?)?$/;

/**
 * Reads a Kubernetes version.
 *
 * @returns `undefined` where the text is none
 * @public
 */
export function parseKubernetesVersion(
  text: string,
): KubernetesVersion | undefined {
  const match = GRAMMAR.exec(text);
  if (!match) return undefined;
  const [, major, minor, patch, build = ''] = match;
  return {
    major: Number(major),
    minor: Number(minor),
    ...(patch === undefined ? {} : { patch: Number(patch) }),
    build,
  };
}

/** `1.33`. */
export function minorOf({ major, minor }: KubernetesVersion): string {
  return `${major}.${minor}`;
}

/**
 * Writes a version as a claim has it.
 *
 * @throws `InputError` where the claim needs a patch version and the text has none
 */
export function formatKubernetesVersion(
  text: string,
  format: KubernetesVersionFormat,
  field: string,
): string {
  const version = parseKubernetesVersion(text);
  if (!version)
    throw new InputError(
      `${field}: \`${text}\` is no Kubernetes version. Write it as \`${format}\`.`,
    );
  if (format === '1.33') return minorOf(version);
  if (version.patch === undefined)
    throw new InputError(
      `${field}: \`${text}\` lacks the patch version. Write it as \`${format}\`.`,
    );
  const full = `${minorOf(version)}.${version.patch}${version.build}`;
  return format === 'v1.33.4' ? `v${full}` : full;
}

/**
 * Why a cluster cannot go from one version to another; `undefined` where it can.
 *
 * @remarks
 * No control plane goes back, and none skips a minor version.
 * Source: Kubernetes "Version Skew Policy"; Cluster API `internal/webhooks/cluster.go` `validateTopologyVersion`.
 */
export function upgradeProblem(
  from: KubernetesVersion,
  to: KubernetesVersion,
): string | undefined {
  const steps =
    from.major === to.major
      ? to.minor - from.minor
      : (to.major - from.major) * Infinity;
  const isBack =
    steps < 0 ||
    (steps === 0 &&
      from.patch !== undefined &&
      to.patch !== undefined &&
      to.patch < from.patch);
  if (isBack) return 'is older, and Kubernetes cannot be downgraded';
  if (steps > 1)
    return `skips minor versions. Upgrade to ${from.major}.${
      from.minor + 1
    } first`;
  return undefined;
}

/*
 * What API servers say of themselves: `v1.33.4-eks-3cfe0ce`, and on some platforms `1.33+`.
 * Source: Kubernetes `version.Info`, fields `gitVersion` and `minor`.
 */
const SERVER_VERSION = /^v?([0-9]+)\.([0-9]+)\+?(?:\.([0-9]+))?/;

/**
 * Whether what runs is the wanted version or a later one. Patches count where both are said.
 *
 * @returns false too where one of them is no version
 * @public
 */
export function hasReached(running: string, wanted: string): boolean {
  const [is, shall] = [running, wanted].map(text =>
    SERVER_VERSION.exec(text)
      ?.slice(1)
      .map(part => (part === undefined ? undefined : Number(part))),
  );
  if (!is || !shall) return false;
  for (const [index, part] of is.entries()) {
    const other = shall[index];
    if (part === undefined || other === undefined) return true;
    if (part !== other) return part > other;
  }
  return true;
}
