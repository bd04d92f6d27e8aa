import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';

/**
 * Makes the cluster that an object asks for fail: its value is the message of the provider. Taking it away lets the
 * cluster go on.
 */
export const FAIL_ANNOTATION = 'embedded-hub/fail';
/** Keeps the cluster in the phase that it is in, for as long as it is there. */
export const HOLD_ANNOTATION = 'embedded-hub/hold';

/** Minor versions of Kubernetes that the provider offers. */
const OFFERED_MINORS = { first: 30, last: 36 };
/** Machines that the account may have in one cluster. */
const MACHINE_QUOTA = 100;

export function isHeld(object: KubernetesObject): boolean {
  return object.metadata.annotations?.[HOLD_ANNOTATION] !== undefined;
}

/** Why a provider refuses to make the cluster; `undefined` where it does not. */
export function refusal(
  object: KubernetesObject,
  asked: { version?: string; machines?: number },
): string | undefined {
  const message = object.metadata.annotations?.[FAIL_ANNOTATION];
  if (message !== undefined) return message || 'The provider refused.';
  const minor = /^v?1\.(\d+)/.exec(asked.version ?? '')?.[1];
  if (
    minor !== undefined &&
    (Number(minor) < OFFERED_MINORS.first ||
      Number(minor) > OFFERED_MINORS.last)
  ) {
    return `InvalidParameterException: unsupported Kubernetes version 1.${minor}`;
  }
  if ((asked.machines ?? 0) > MACHINE_QUOTA) {
    return `VcpuLimitExceeded: ${asked.machines} machines are more than your limit of ${MACHINE_QUOTA}`;
  }
  return undefined;
}

/** Version and number of machines, wherever the spec of a composite or an instance has them. */
export function askedFor(spec: unknown): {
  version?: string;
  machines?: number;
} {
  let version: string | undefined;
  let machines: number | undefined;
  const walk = (value: unknown, name: string) => {
    if (typeof value === 'object' && value !== null) {
      const entries = Array.isArray(value)
        ? value.map(item => [name, item] as const)
        : Object.entries(value);
      for (const [key, child] of entries) walk(child, key);
    } else if (/^(kubernetesVersion|version)$/.test(name)) {
      version ??= String(value);
    } else if (
      /^(replicas|count|nodes|nodeCount)$/.test(name) &&
      typeof value === 'number'
    ) {
      machines = (machines ?? 0) + value;
    }
  };
  walk(spec, '');
  return { version, machines };
}
