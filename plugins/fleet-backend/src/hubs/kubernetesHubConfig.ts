import { readFileSync } from 'fs';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { Clock } from './clock';
import type { HubConnection } from './transport';

/** A mounted service account token is renewed in place; so often it is read again. */
const TOKEN_FILE_MS = 60_000;

/** A hub that is read by its Kubernetes API. */
export interface KubernetesHubConfig {
  connection: HubConnection;
  /** Where Argo CD runs: its cluster Secrets and AppProjects are there. */
  argocdNamespace: string;
  /** Where Applications and ApplicationSets are; one entry `undefined` means everywhere. */
  applicationNamespaces: Array<string | undefined>;
}

/** Reads an entry of `fleet.hubs` whose type is `kubernetes`. */
export function readKubernetesHubConfig(
  hubId: string,
  config: Config,
  clock: Clock,
): KubernetesHubConfig {
  const url = config.getString('url');
  if (!/^https?:\/\//.test(url)) {
    throw new InputError(
      `fleet.hubs: \`url\` of hub ${hubId} must start with http:// or https://, not be '${url}'.`,
    );
  }
  const namespace = config.getOptionalString('namespace') ?? 'argocd';
  const namespaces = config.getOptionalStringArray('namespaces') ?? [namespace];

  return {
    connection: {
      url,
      token: readToken(hubId, config, clock),
      ca: readCertificates(hubId, config),
      skipTlsVerify: config.getOptionalBoolean('skipTLSVerify'),
    },
    argocdNamespace: namespace,
    applicationNamespaces: namespaces.includes('*')
      ? [undefined]
      : [...new Set(namespaces)],
  };
}

function readToken(
  hubId: string,
  config: Config,
  clock: Clock,
): HubConnection['token'] {
  const token = config.getOptionalString('token');
  if (token) return () => token;
  const file = config.getOptionalString('tokenFile');
  if (!file) return undefined;
  let current = readFile(hubId, 'tokenFile', file).trim();
  let readAt = clock.now();
  return () => {
    if (clock.now() - readAt > TOKEN_FILE_MS) {
      readAt = clock.now();
      try {
        current = readFileSync(file, 'utf8').trim();
      } catch {
        // Being replaced at this moment; the token that we have is tried once more.
      }
    }
    return current;
  };
}

function readCertificates(hubId: string, config: Config): string | undefined {
  const data = config.getOptionalString('caData');
  if (data) {
    const text = data.includes('-----BEGIN')
      ? data
      : Buffer.from(data, 'base64').toString('utf8');
    if (!text.includes('-----BEGIN')) {
      throw new InputError(
        `fleet.hubs: \`caData\` of hub ${hubId} is no PEM certificate, neither as it is nor decoded from base64.`,
      );
    }
    return text;
  }
  const file = config.getOptionalString('caFile');
  return file ? readFile(hubId, 'caFile', file) : undefined;
}

function readFile(hubId: string, key: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(
      `fleet.hubs: \`${key}\` of hub ${hubId} cannot be read: ${
        (error as NodeJS.ErrnoException).code
      } ${file}`,
    );
  }
}
