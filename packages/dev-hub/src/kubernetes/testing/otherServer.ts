import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { parse } from 'yaml';
import { send } from './client';
import { COLLECTIONS } from './requests';
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

type Call = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ status: number; text: string }>;

/** What the service account `viewer` of the recordings may: read Applications of the namespace argocd. */
const VIEWER_RULES = [
  {
    path: '/apis/rbac.authorization.k8s.io/v1/namespaces/argocd/roles',
    body: {
      metadata: { name: 'viewer' },
      rules: [
        {
          apiGroups: ['argoproj.io'],
          resources: ['applications'],
          verbs: ['get', 'list', 'watch'],
        },
      ],
    },
  },
  {
    path: '/apis/rbac.authorization.k8s.io/v1/namespaces/argocd/rolebindings',
    body: {
      metadata: { name: 'viewer' },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'Role',
        name: 'viewer',
      },
      subjects: [
        { kind: 'ServiceAccount', namespace: 'argocd', name: 'viewer' },
      ],
    },
  },
];

/** Whether everything that scenarios write to is served; a kind that was just defined says 404, then 429 for a moment. */
async function isServed(call: Call): Promise<boolean> {
  for (const path of COLLECTIONS) {
    if ((await call('GET', path)).status !== 200) return false;
  }
  return true;
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
  const call: Call = async (method, path, body) => {
    const headers = {
      'Content-Type': 'application/json',
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    };
    const answer = await completed(
      await send(url, { method, path, headers, body }, agent),
    );
    return { status: answer.status, text: answer.text() };
  };
  const namespace = await call('GET', '/api/v1/namespaces/argocd');
  if (namespace.status === 404) {
    await call('POST', '/api/v1/namespaces', {
      metadata: { name: 'argocd', labels: OWN },
    });
  } else if (
    !JSON.parse(namespace.text).metadata?.labels?.[Object.keys(OWN)[0]]
  ) {
    throw new Error(
      `${url} has a namespace argocd already, or does not tell: the contract tests delete what is in it. Use another server, or label it ${Object.entries(
        OWN,
      )[0].join('=')}.`,
    );
  }
  for (const { path, body } of VIEWER_RULES) await call('POST', path, body);
  for (const definition of definitionsIn(process.env.FLEET_TEST_CRDS)) {
    await call(
      'POST',
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
      definition,
    );
  }
  for (let turn = 0; turn < 100; turn += 1) {
    if (await isServed(call)) return;
    if (!process.env.FLEET_TEST_CRDS) break;
    await later(200);
  }
  throw new Error(
    `${url} lacks the kinds of Argo CD: apply its manifests/crds first, or name the folder in FLEET_TEST_CRDS.`,
  );
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
