import { Service } from '@backstage-fleet/plugin-fleet-common';
import { nameOfRef } from './names';

/** By what the services are grouped. */
export type GroupBy = 'system' | 'owner' | 'none';

/** A line of the matrix: the head of a group, or a service. */
export type MatrixRow =
  | {
      type: 'group';
      key: string;
      title: string;
      /** Owner of every service in the group, where it is one. */
      owner?: string;
      yours: boolean;
      collapsed: boolean;
      /** Positions of the group's services. */
      services: number[];
    }
  | { type: 'service'; key: string; service: number };

/**
 * The lines to show: groups by name with those that are yours first, services by name within.
 *
 * @param visible - positions of the services to show
 * @param ownership - entity refs the person is or belongs to
 */
export function matrixRows(options: {
  services: Service[];
  visible: number[];
  groupBy: GroupBy;
  collapsed: ReadonlySet<string>;
  ownership: string[];
}): MatrixRow[] {
  const { services, visible, groupBy, collapsed, ownership } = options;
  const byName = [...visible].sort((a, b) =>
    services[a].name.localeCompare(services[b].name),
  );
  if (groupBy === 'none') {
    return byName.map(at => serviceRow(services, at));
  }
  const groups = new Map<string, number[]>();
  for (const at of byName) {
    const ref = services[at][groupBy] ?? '';
    groups.set(ref, [...(groups.get(ref) ?? []), at]);
  }
  return [...groups]
    .map(([ref, members]) => {
      const owners = new Set(members.map(at => services[at].owner));
      const owner = owners.size === 1 ? [...owners][0] : undefined;
      return {
        ref,
        members,
        owner,
        yours: owner !== undefined && ownership.includes(owner),
      };
    })
    .sort(
      (a, b) =>
        Number(b.yours) - Number(a.yours) ||
        // Services without a group come last.
        Number(a.ref === '') - Number(b.ref === '') ||
        nameOfRef(a.ref).localeCompare(nameOfRef(b.ref)),
    )
    .flatMap(group => {
      const key = `${groupBy}:${group.ref}`;
      const head: MatrixRow = {
        type: 'group',
        key,
        title: nameOfRef(group.ref),
        owner: groupBy === 'owner' ? undefined : group.owner,
        yours: group.yours,
        collapsed: collapsed.has(key),
        services: group.members,
      };
      return head.collapsed
        ? [head]
        : [head, ...group.members.map(at => serviceRow(services, at))];
    });
}

/** Groups by system where the catalog names systems, else by owner, else not at all. */
export function defaultGroupBy(services: Service[]): GroupBy {
  if (services.some(service => service.system)) {
    return 'system';
  }
  return services.some(service => service.owner) ? 'owner' : 'none';
}

function serviceRow(services: Service[], at: number): MatrixRow {
  return { type: 'service', key: `service:${services[at].name}`, service: at };
}
