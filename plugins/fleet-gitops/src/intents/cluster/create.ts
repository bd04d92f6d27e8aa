import { z } from 'zod';
import { createCluster as create } from '../../claims/createCluster';
import { PROVISIONERS } from '../../claims/provisioners';
import { annotations, dnsLabel, labels } from '../grammar';
import type { IntentDefinition } from '../types';

/** A new cluster from a blueprint: its claim, and its registration in Argo CD. */
export const createCluster: IntentDefinition<'cluster.create'> = {
  kind: 'cluster.create',
  schema: z.strictObject({
    blueprint: dnsLabel,
    cluster: dnsLabel,
    parameters: z.record(z.string(), z.unknown()),
    labels: labels.optional(),
    annotations: annotations.optional(),
  }),
  subject: ({ cluster }) => cluster,
  apply(parameters, repository, { definitions }) {
    const { cluster } = parameters;
    const created = create(parameters, repository, definitions);
    const { title } = PROVISIONERS[created.blueprint.provisioner];
    return {
      changes: created.changes,
      title: `Create cluster ${cluster}`,
      lines:
        created.lines.length === 0
          ? []
          : [
              ...created.lines,
              `from blueprint ${created.blueprint.id}; ${cluster} receives its services once ${title} has made it`,
            ],
      touched: { services: [], clusters: [cluster] },
      ...(created.notChecked && { notChecked: created.notChecked }),
    };
  },
};
