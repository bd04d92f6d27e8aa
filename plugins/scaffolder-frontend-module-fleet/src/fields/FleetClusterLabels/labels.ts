import { Cluster } from '@backstage-fleet/plugin-fleet-common';

export type Labels = Record<string, string>;

/** A label with its value, and how many clusters have it. */
export interface SeenLabel {
  name: string;
  value: string;
  clusters: number;
}

/** A label as people write it. */
export const labelText = (name: string, value: string) => `${name}=${value}`;

/** Argo CD's own labels, by which it knows the cluster. */
const ARGOCD = 'argocd.argoproj.io/';

/**
 * The labels of the clusters that there are, each once, sorted. Where a cluster is (environment, region) is left out: that
 * is what its blueprint says.
 */
export function seenLabels(clusters: Cluster[], hide: string[]): SeenLabel[] {
  const seen = new Map<string, SeenLabel>();
  for (const cluster of clusters) {
    for (const [name, value] of Object.entries(cluster.labels)) {
      const placing = value === cluster.environment || value === cluster.region;
      if (placing || hide.includes(name) || name.startsWith(ARGOCD)) continue;
      const key = labelText(name, value);
      const label = seen.get(key) ?? { name, value, clusters: 0 };
      seen.set(key, { ...label, clusters: label.clusters + 1 });
    }
  }
  return [...seen.values()].sort((a, b) =>
    labelText(a.name, a.value).localeCompare(labelText(b.name, b.value), 'en'),
  );
}

/** Source: Kubernetes "Labels and Selectors", "Syntax and character set". */
const NAME =
  /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** Reads `name=value` pairs, separated by commas or white space; `problem` says what cannot be read. */
export function parseLabels(text: string): {
  labels: Labels;
  problem?: string;
} {
  const labels: Labels = {};
  for (const pair of text.split(/[\s,]+/).filter(Boolean)) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    const value = pair.slice(at + 1);
    if (at === -1 || !NAME.test(name) || !VALUE.test(value)) {
      return {
        labels,
        problem: `“${pair}” is no label. Write name=value, of at most 63 letters, digits and “-”, “_”, “.” each.`,
      };
    }
    labels[name] = value;
  }
  return { labels };
}

/** The text without what it says of a label. */
export function withoutLabel(text: string, name: string): string {
  const pairs = text.split(/[\s,]+/).filter(Boolean);
  const others = pairs.filter(pair => !pair.startsWith(`${name}=`));
  return others.length === pairs.length ? text : others.join(', ');
}
