import {
  type KubernetesObject,
  provisioningStatus,
} from '@backstage-fleet/plugin-fleet-common';

/** Claims remembered; a hub has as many as it has clusters. */
const REMEMBERED = 10_000;

/**
 * Which claims were ready at some time: one that is not any more has lost something, and is not being made. The object alone
 * does not always say which.
 */
export class ReadyClaims {
  readonly #ids = new Set<string>();

  observe(claims: readonly KubernetesObject[]) {
    for (const claim of claims) {
      const { state } = provisioningStatus(claim, {
        source: claim.provisioningSource,
      });
      if (state !== 'ready') continue;
      if (this.#ids.size >= REMEMBERED) this.#ids.clear();
      this.#ids.add(idOf(claim));
    }
  }

  /** What a snapshot keeps of it. */
  get ids(): string[] {
    return [...this.#ids];
  }

  /** Takes back what a snapshot kept. */
  restore(ids: readonly string[]) {
    for (const id of ids) this.#ids.add(id);
  }

  has(claim: KubernetesObject): boolean {
    return this.#ids.has(idOf(claim));
  }
}

/** One that is made anew under the same name is another one. */
function idOf({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata.namespace ?? ''}/${metadata.name} ${
    metadata.uid ?? ''
  }`;
}
