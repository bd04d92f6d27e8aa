import type { TypedIntent } from '@backstage-fleet/plugin-fleet-common';

/** The parameters by which intents name clusters and environments. */
interface NamingParameters {
  cluster?: string;
  clusters?: string[];
  environment?: string;
  forwardTo?: string[];
  from?: string;
  on?: { clusters?: string[]; environments?: string[] };
  to?: { clusters?: string[]; environments?: string[] };
}

/** Names of the clusters that an intent names. */
export function namedClusters(
  intent: Pick<TypedIntent, 'parameters'> | undefined,
): string[] {
  const { cluster, clusters, on, to } = (intent?.parameters ??
    {}) as NamingParameters;
  return [
    ...new Set([
      ...(cluster ? [cluster] : []),
      ...(clusters ?? []),
      ...(on?.clusters ?? []),
      ...(to?.clusters ?? []),
    ]),
  ];
}

/** Names of the environments that an intent names, as its source or its target. */
export function namedEnvironments({
  parameters,
}: Pick<TypedIntent, 'parameters'>): string[] {
  const { environment, forwardTo, from, on, to } =
    parameters as NamingParameters;
  return [
    ...new Set([
      ...(environment ? [environment] : []),
      ...(forwardTo ?? []),
      ...(from ? [from] : []),
      ...(on?.environments ?? []),
      ...(to?.environments ?? []),
    ]),
  ];
}
