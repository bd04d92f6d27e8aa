import type { Deployment } from '@backstage-fleet/plugin-fleet-common';
import { type ClusterEntry, toClusterSummary } from '../store';

const absent = new WeakMap<ClusterEntry, Buffer>();

/**
 * The JSON of a cluster's row in the view of a service.
 *
 * Rows without a deployment are most of the view and the same for every service, so they are kept for as long as the cluster
 * stays as it is. In bytes, because strings as long as a view go where only a full collection of garbage finds them: that
 * was what the slowest of a hundred views waited for.
 */
export function deploymentRow(
  cluster: ClusterEntry,
  deployments: Deployment[],
): Buffer {
  if (deployments.length > 0) return written(cluster, deployments);
  let row = absent.get(cluster);
  if (!row) {
    row = written(cluster, deployments);
    absent.set(cluster, row);
  }
  return row;
}

function written(cluster: ClusterEntry, deployments: Deployment[]): Buffer {
  return Buffer.from(
    JSON.stringify({ cluster: toClusterSummary(cluster), deployments }),
  );
}

const COMMA = Buffer.from(',');

/** The JSON of an object with rows that are written already, as its `items`. */
export function withItems(envelope: object, rows: Buffer[]): Buffer {
  const opening = JSON.stringify(envelope).slice(0, -1);
  return Buffer.concat([
    Buffer.from(`${opening},"items":[`),
    ...rows.flatMap((row, index) => (index === 0 ? row : [COMMA, row])),
    Buffer.from(']}'),
  ]);
}
