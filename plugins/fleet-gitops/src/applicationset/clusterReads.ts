import { IN_CLUSTER_SERVER } from '@backstage-fleet/plugin-fleet-common';
import type { ApplicationSet } from '../model/argocd';
import type { ClusterRecord } from '../model/fleetSnapshot';
import { clusterLabels, secretSelector } from './generators/cluster';
import { generatorEntries } from './generatorEntries';
import { LabelSelector, matchesLabelSelector } from './selector';

interface ClusterSelectors {
  selectors: LabelSelector[];
  /** Whether a selector is a template, which a matrix fills in. */
  isTemplated: boolean;
  hasDecisions: boolean;
}

const selectorsOf = new WeakMap<ApplicationSet, ClusterSelectors>();

function clusterSelectors(applicationSet: ApplicationSet): ClusterSelectors {
  let found = selectorsOf.get(applicationSet);
  if (!found) {
    const entries = generatorEntries(applicationSet.spec.generators);
    const selectors = entries
      .filter(({ clusters }) => clusters && typeof clusters === 'object')
      .map(({ clusters }) => secretSelector(clusters.selector ?? {}));
    found = {
      selectors,
      isTemplated: JSON.stringify(selectors).includes('{{'),
      hasDecisions: entries.some(entry => entry.clusterDecisionResource),
    };
    selectorsOf.set(applicationSet, found);
  }
  return found;
}

/**
 * Whether an ApplicationSet may generate something else because of a change to a cluster: it selects the cluster before or
 * after. It may say yes too often, never no too often.
 *
 * @param states - all that the cluster was before and is after; none on one side where it came or went
 */
export function readsCluster(
  applicationSet: ApplicationSet,
  states: ClusterRecord[],
): boolean {
  const { selectors, isTemplated, hasDecisions } =
    clusterSelectors(applicationSet);
  // A decision of a resource names clusters, whatever their labels.
  if (hasDecisions || (isTemplated && selectors.length > 0)) return true;
  // A Secret for the hub itself takes the place of what a generator without a selector adds.
  return states.some(
    cluster =>
      (selectors.length > 0 && cluster.server === IN_CLUSTER_SERVER) ||
      selectors.some(selector =>
        matchesLabelSelector(selector, clusterLabels(cluster)),
      ),
  );
}
