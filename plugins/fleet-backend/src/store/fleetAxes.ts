import type { ApplicationIndex } from './applicationIndex';
import { type Axes, buildAxes } from './axes';
import type { HubPart } from './hubPart';
import type { ApplicationRecord, DeclaredService } from './records';

/** Rows and columns of the matrix, built when they are asked for and kept until one comes or goes. */
export class FleetAxes {
  #axes: Axes | undefined;

  constructor(
    private readonly parts: ReadonlyMap<string, HubPart>,
    private readonly applications: ApplicationIndex,
    private readonly declared: () => ReadonlyMap<string, DeclaredService>,
  ) {}

  get(): Axes {
    this.#axes ??= buildAxes(
      [...this.applications.services, ...this.declared().keys()],
      [...this.parts.values()].map(({ clusters }) => clusters),
      this.applications.all(),
    );
    return this.#axes;
  }

  /** Whether they have to be built anew. */
  get areStale(): boolean {
    return this.#axes === undefined;
  }

  invalidate() {
    this.#axes = undefined;
  }

  /** A record came or went: a row or column may have come or gone with it. */
  observe({ service, clusterId, hub }: ApplicationRecord) {
    if (!service || !this.#axes) return;
    const { rows, columns } = this.#axes;
    const known = rows.has(service) && columns.has(clusterId);
    const hasRow =
      this.declared().has(service) || this.applications.hasService(service);
    const hasColumn =
      this.parts.get(hub)!.clusters.isRegistered(clusterId) ||
      this.applications.servicesOn(clusterId).size > 0;
    if (!known || !hasRow || !hasColumn) this.invalidate();
  }
}
