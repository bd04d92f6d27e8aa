import { z } from 'zod';
import { withChanges } from '../../repository';
import { clusterName } from '../grammar';
import type { IntentDefinition, IntentEffect } from '../types';
import {
  takeAway,
  takeAwayStages,
  TakeAwayStage,
  takeAwayTitle,
} from './takeAway';

/** Takes a cluster out of service: drains it, unregisters it, deletes its claim. */
export const decommissionCluster: IntentDefinition<'cluster.decommission'> = {
  kind: 'cluster.decommission',
  schema: z.strictObject({ cluster: clusterName }),
  subject: ({ cluster }) => cluster,
  apply({ cluster }, repository, options): IntentEffect {
    const touched = { services: [], clusters: [cluster] };
    const { stage } = options;
    if (stage) {
      const id = stage.id as TakeAwayStage;
      const edit = takeAway(id, cluster, repository, options);
      return { ...edit, title: takeAwayTitle(id, cluster), touched };
    }
    const stages = takeAwayStages(cluster, repository, options);
    const changes = new Map<string, string | undefined>();
    const lines: string[] = [];
    let current = repository;
    for (const { id } of stages) {
      const edit = takeAway(id as TakeAwayStage, cluster, current, {
        ...options,
        before: repository,
      });
      for (const [file, text] of edit.changes) changes.set(file, text);
      lines.push(...edit.lines);
      current = withChanges(current, edit.changes);
    }
    return {
      changes,
      lines,
      title: `Decommission ${cluster}`,
      touched,
      stages,
    };
  },
};
