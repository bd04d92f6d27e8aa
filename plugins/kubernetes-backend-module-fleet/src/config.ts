import { Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';

/** How a group of clusters is reached. */
export interface AccessRule {
  /** Label selector as `kubectl` takes it. */
  selector?: string;
  hub?: string;
  authMetadata: Record<string, string>;
  url?: string;
  skipTLSVerify: boolean;
  skipMetricsLookup: boolean;
  caData?: string;
  caFile?: string;
  dashboardUrl?: string;
  dashboardApp?: string;
}

/** How the fleet's clusters are reached. */
export interface Access {
  refreshMilliseconds: number;
  /** For each cluster the first that selects it counts. */
  rules: AccessRule[];
}

/** By which keys of a cluster's metadata the Kubernetes plugin's authentication providers read what they need. */
const METADATA = {
  authProvider: 'kubernetes.io/auth-provider',
  serviceAccountToken: 'serviceAccountToken',
  assumeRole: 'kubernetes.io/aws-assume-role',
  externalId: 'kubernetes.io/aws-external-id',
  oidcTokenProvider: 'kubernetes.io/oidc-token-provider',
};

/** What `kubernetes.fleet` says; without it there are no rules. */
export function readAccess(root: Config): Access {
  const config = root.getOptionalConfig('kubernetes.fleet');
  return {
    refreshMilliseconds: config?.has('refreshInterval')
      ? durationToMilliseconds(
          readDurationFromConfig(config, { key: 'refreshInterval' }),
        )
      : 60_000,
    rules: (config?.getOptionalConfigArray('clusters') ?? []).map(readRule),
  };
}

function readRule(config: Config): AccessRule {
  config.getString('authProvider');
  const own = Object.entries(METADATA).flatMap(([key, name]) => {
    const value = config.getOptionalString(key);
    return value ? [[name, value]] : [];
  });
  return {
    selector: config.getOptionalString('selector'),
    hub: config.getOptionalString('hub'),
    authMetadata: {
      ...Object.fromEntries(own),
      ...config.getOptional<Record<string, string>>('authMetadata'),
    },
    url: config.getOptionalString('url'),
    skipTLSVerify: config.getOptionalBoolean('skipTLSVerify') ?? false,
    skipMetricsLookup: config.getOptionalBoolean('skipMetricsLookup') ?? false,
    caData: config.getOptionalString('caData'),
    caFile: config.getOptionalString('caFile'),
    dashboardUrl: config.getOptionalString('dashboardUrl'),
    dashboardApp: config.getOptionalString('dashboardApp'),
  };
}
