import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { send } from './client';
import { completed } from './target';
import {
  connectionOf,
  startApiServer,
  type ServerConnection,
} from './apiServer';

const OWN = { 'backstage-fleet/contract-tests': 'true' };

/** The CustomResourceDefinitions in a folder, a file each, as `manifests/crds` of Argo CD has them. */
function definitionsIn(folder: string | undefined): unknown[] {
  if (!folder) return [];
  return readdirSync(folder)
    .filter(file => file.endsWith('crd.yaml'))
    .map(file => parse(readFileSync(join(folder, file), 'utf8')));
}

/**
 * Makes a server ready for the scenarios: kinds of Argo CD out of the folder FLEET_TEST_CRDS, and a namespace `argocd` of their own.
 * Raises for a namespace that somebody else made, since the scenarios delete what is in it.
 */
export async function prepareServer({
  url,
  token,
  agent,
}: ServerConnection): Promise<void> {
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = {
      'Content-Type': 'application/json',
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    };
    const answer = await completed(
      await send(url, { method, path, headers, body }, agent),
    );
    return { status: answer.status, body: JSON.parse(answer.text()) };
  };
  const namespace = await call('GET', '/api/v1/namespaces/argocd');
  if (namespace.status === 404) {
    await call('POST', '/api/v1/namespaces', {
      metadata: { name: 'argocd', labels: OWN },
    });
  } else if (!namespace.body.metadata?.labels?.[Object.keys(OWN)[0]]) {
    throw new Error(
      `${url} has a namespace argocd already, or does not tell: the contract tests delete what is in it. Use another server, or label it ${Object.entries(
        OWN,
      )[0].join('=')}.`,
    );
  }
  for (const definition of definitionsIn(process.env.FLEET_TEST_CRDS)) {
    await call(
      'POST',
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
      definition,
    );
  }
  const served = await call('GET', '/apis/argoproj.io/v1alpha1');
  const kinds = (served.body.resources ?? []).map(({ kind }: any) => kind);
  if (!kinds.includes('Application') || !kinds.includes('ApplicationSet')) {
    throw new Error(
      `${url} lacks the kinds of Argo CD: apply its manifests/crds first, or name the folder in FLEET_TEST_CRDS.`,
    );
  }
}

/** Names the API server that contract tests are to run against besides the embedded one, if any. */
export function otherServer():
  | { name: string; connect: () => Promise<ServerConnection> }
  | undefined {
  const { env } = process;
  if (env.FLEET_TEST_KUBECONFIG) {
    const file = env.FLEET_TEST_KUBECONFIG;
    return { name: file, connect: () => connectionOf(file) };
  }
  if (env.KUBEBUILDER_ASSETS) {
    const folder = env.KUBEBUILDER_ASSETS;
    return {
      name: `kube-apiserver in ${folder}`,
      connect: () => startApiServer(folder),
    };
  }
  return undefined;
}
