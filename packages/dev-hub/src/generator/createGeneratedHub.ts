import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  createKubernetesApi,
  FaultPlan,
  type AccessToken,
  type KubernetesApiHandler,
} from '../kubernetes';
import { appProjects, namespaces, ObjectStore, secrets } from '../objects';
import { GeneratedFleet, type FleetSize } from './GeneratedFleet';

const PATH =
  /^\/apis\/argoproj\.io\/v1alpha1(?:\/namespaces\/argocd)?\/applications$/;
const BOOKMARK_MILLISECONDS = 60_000;

export interface GeneratedHub {
  fleet: GeneratedFleet;
  /** The Kubernetes API of the hub. */
  handler: KubernetesApiHandler;
  faults: FaultPlan;
  /** Requests so far, by `verb resource`. */
  requests: Map<string, number>;
}

/**
 * A hub with a fleet of any size. Applications are generated page by page; cluster Secrets and projects are ordinary
 * objects. Watches follow the changes that {@link GeneratedFleet.change} makes.
 */
export function createGeneratedHub(
  size: FleetSize,
  tokens: AccessToken[],
): GeneratedHub {
  const fleet = new GeneratedFleet(size);
  const store = new ObjectStore({ startVersion: fleet.resourceVersion });
  fill(store, fleet);
  const faults = new FaultPlan();
  const api = createKubernetesApi({ store, tokens, faults });
  const requests = new Map<string, number>();
  const known = new Set(tokens.map(({ token }) => `Bearer ${token}`));

  const handler: KubernetesApiHandler = (message, response) => {
    const url = new URL(message.url ?? '/', 'http://localhost');
    const watches = ['1', 'true'].includes(url.searchParams.get('watch') ?? '');
    const name = `${watches ? 'watch' : 'list'} ${url.pathname
      .split('/')
      .pop()}`;
    requests.set(name, (requests.get(name) ?? 0) + 1);
    const served = message.method === 'GET' && PATH.test(url.pathname);
    const allowed = known.has(message.headers.authorization ?? '');
    if (!served || !allowed || faults.rules.length > 0) {
      api(message, response);
    } else if (watches) watch(fleet, url, message, response);
    else list(fleet, url, response);
  };
  return { fleet, handler, faults, requests };
}

function fill(store: ObjectStore, fleet: GeneratedFleet) {
  store.create(namespaces, { metadata: { name: 'argocd' } });
  store.create(appProjects, {
    metadata: { name: 'default', namespace: 'argocd' },
    spec: { destinations: [{ namespace: '*', server: '*' }] },
  });
  for (let cluster = 0; cluster < fleet.size.clusters; cluster += 1) {
    const name = fleet.clusterName(cluster);
    store.create(secrets, {
      metadata: {
        name,
        namespace: 'argocd',
        labels: {
          'argocd.argoproj.io/secret-type': 'cluster',
          ...fleet.clusterLabels(cluster),
        },
      },
      stringData: { name, server: `https://${name}.example:6443` },
    });
  }
}

/** One page. Its versions are those of the first page, as an API server keeps them. */
function list(fleet: GeneratedFleet, url: URL, response: ServerResponse) {
  const limit =
    Number(url.searchParams.get('limit') ?? 0) || fleet.size.applications;
  const token = url.searchParams.get('continue');
  const [version, start] = token
    ? token.split('.').map(Number)
    : [fleet.resourceVersion, 0];
  const end = Math.min(start + limit, fleet.size.applications);
  const left = fleet.size.applications - end;
  const metadata = {
    continue: left > 0 ? `${version}.${end}` : '',
    ...(left > 0 ? { remainingItemCount: left } : {}),
    resourceVersion: String(version),
  };
  const items: string[] = [];
  for (let index = start; index < end; index += 1) {
    items.push(fleet.text(index, fleet.stateAt(index, version)));
  }
  response.setHeader('Content-Type', 'application/json');
  response.end(
    `{"apiVersion":"argoproj.io/v1alpha1","items":[${items.join(
      ',',
    )}],"kind":"ApplicationList","metadata":${JSON.stringify(metadata)}}\n`,
  );
}

function watch(
  fleet: GeneratedFleet,
  url: URL,
  message: IncomingMessage,
  response: ServerResponse,
) {
  response.setHeader('Content-Type', 'application/json');
  response.flushHeaders();
  const send = (index: number, version: number) => {
    const object = fleet.text(index, fleet.stateAt(index, version));
    response.write(`{"type":"MODIFIED","object":${object}}\n`);
  };
  const since = Number(url.searchParams.get('resourceVersion') ?? 0);
  for (const [index, version] of fleet.since(since)) send(index, version);
  const stop = fleet.onChange(send);
  const bookmarks = setInterval(() => {
    response.write(
      `{"type":"BOOKMARK","object":{"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":{"resourceVersion":"${fleet.resourceVersion}"}}}\n`,
    );
  }, BOOKMARK_MILLISECONDS);
  const seconds = Number(url.searchParams.get('timeoutSeconds') ?? 0);
  const timeout = seconds
    ? setTimeout(() => response.end(), seconds * 1000)
    : undefined;
  message.socket.setNoDelay(true);
  response.on('close', () => {
    stop();
    clearInterval(bookmarks);
    clearTimeout(timeout);
  });
}
