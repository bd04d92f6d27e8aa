import { existsSync } from 'fs';
import path from 'path';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';

/** Where Kubernetes mounts a pod's service account. */
const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** File with the token of the pod's service account. */
export const MOUNTED_TOKEN_FILE = path.join(SERVICE_ACCOUNT, 'token');

/**
 * What the configuration of a hub would say for the cluster that Backstage itself runs in.
 *
 * Source: kubernetes.io/docs/tasks/run-application/access-api-from-pod
 */
export function inClusterConfig(
  hubId: string,
  {
    environment = process.env,
    directory = SERVICE_ACCOUNT,
  }: { environment?: NodeJS.ProcessEnv; directory?: string } = {},
): JsonObject {
  const host = environment.KUBERNETES_SERVICE_HOST;
  const port = environment.KUBERNETES_SERVICE_PORT ?? '443';
  const tokenFile = path.join(directory, 'token');
  if (!host || !existsSync(tokenFile)) {
    throw new InputError(
      `fleet.hubs: hub ${hubId} has \`inCluster: true\`, but Backstage does not run in a pod with a service account. Give \`url\` and \`token\` or \`tokenFile\` instead.`,
    );
  }
  return {
    url: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    tokenFile,
    caFile: path.join(directory, 'ca.crt'),
  };
}
