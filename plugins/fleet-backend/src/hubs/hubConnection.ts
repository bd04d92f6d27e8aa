import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { Clock } from './clock';
import { readPem, readToken, type TokenSource } from './credentials';

/** Where a hub is and who we are to it. */
export interface HubConnection {
  /** Base URL of the hub's API, may have a path; without a slash at its end. */
  url: string;
  /** The cluster of the Kubernetes plugin whose backend passes requests on; then the address and certificates are its. */
  throughPlugin?: { cluster: string };
  token?: TokenSource;
  /** PEM certificates that sign the hub's certificate. */
  ca?: string;
  /** Client certificate and its key, PEM. */
  clientCertificate?: { cert: string; key: string };
  skipTlsVerify?: boolean;
  /** Address of an HTTP proxy between Backstage and the hub. */
  proxyUrl?: string;
}

/** Reads how a hub is reached from its entry of `fleet.hubs`. */
export function readHubConnection(
  hubId: string,
  config: Config,
  clock: Clock,
): HubConnection {
  if (config.getOptionalBoolean('kubernetesProxy')) {
    return {
      url: '',
      throughPlugin: { cluster: config.getString('kubernetesCluster') },
      token: readToken(hubId, config, clock),
    };
  }
  return {
    url: readUrl(hubId, config, 'url'),
    token: readToken(hubId, config, clock),
    ca: readPem(hubId, config, 'ca', 'certificate'),
    clientCertificate: readClientCertificate(hubId, config),
    skipTlsVerify: config.getOptionalBoolean('skipTLSVerify'),
    proxyUrl: config.has('proxyUrl')
      ? readUrl(hubId, config, 'proxyUrl')
      : undefined,
  };
}

function readUrl(hubId: string, config: Config, key: string): string {
  const url = config.getString(key);
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new InputError(
      `fleet.hubs: \`${key}\` of hub ${hubId} must start with http:// or https://, not be '${url}'.`,
    );
  }
  return url.replace(/\/+$/, '');
}

function readClientCertificate(
  hubId: string,
  config: Config,
): HubConnection['clientCertificate'] {
  const cert = readPem(hubId, config, 'cert', 'certificate');
  const key = readPem(hubId, config, 'key', 'key');
  if (!cert && !key) return undefined;
  if (!cert || !key) {
    throw new InputError(
      `fleet.hubs: hub ${hubId} has a client ${
        cert ? 'certificate' : 'key'
      } without its ${
        cert ? 'key' : 'certificate'
      }. Give both, as \`certData\` or \`certFile\` and \`keyData\` or \`keyFile\`.`,
    );
  }
  return { cert, key };
}
