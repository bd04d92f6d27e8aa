import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { HubResponse, HubTransport } from '../transport';
import { answer, ScriptedWatch, status } from './scriptedHub';
import type { VirtualClock } from './virtualClock';

/** A Kubernetes API with discovery, whose groups and objects a test sets. */
export class ScriptedCluster implements HubTransport {
  /** Lists of `/apis/<group>/<version>/<plural>`, with the kind of their objects. */
  readonly lists = new Map<
    string,
    { kind: string; items: KubernetesObject[]; namespaced?: boolean }
  >();
  readonly requests: string[] = [];
  readonly watches = new Map<string, ScriptedWatch>();
  fault: ((path: string) => HubResponse | Error | undefined) | undefined;

  constructor(private readonly clock: VirtualClock) {}

  async get(pathAndQuery: string, signal: AbortSignal): Promise<HubResponse> {
    const { pathname, searchParams } = new URL(pathAndQuery, 'http://hub');
    this.requests.push(pathname);
    const fault = this.fault?.(pathname);
    if (fault instanceof Error) throw fault;
    if (fault) return fault;
    const served = [...this.lists.keys()].map(path => path.split('/'));
    const [, , group, , plural] = pathname.split('/');
    if (!group) {
      const groups = [...new Set(served.map(([, , name]) => name))];
      return answer(200, {
        groups: groups.map(name => ({
          name,
          versions: [
            ...new Set(served.flatMap(p => (p[2] === name ? [p[3]] : []))),
          ].map(found => ({ version: found })),
        })),
      });
    }
    if (!plural) {
      return answer(200, {
        resources: [...this.lists]
          .filter(([path]) => path.startsWith(`${pathname}/`))
          .flatMap(([path, { kind, namespaced = true }]) => [
            {
              name: path.split('/')[4],
              kind,
              namespaced,
              verbs: ['get', 'list', 'watch'],
            },
            { name: `${path.split('/')[4]}/status`, kind, verbs: ['get'] },
          ]),
      });
    }
    const list = this.lists.get(pathname);
    if (!list) return status(404, 'not found');
    if (searchParams.get('watch')) {
      const watch = new ScriptedWatch(searchParams, signal);
      this.watches.set(pathname, watch);
      const end = () => watch.end();
      signal.addEventListener(
        'abort',
        this.clock.setTimeout(
          end,
          Number(searchParams.get('timeoutSeconds')) * 1000,
        ),
      );
      return { status: 200, body: watch.body() };
    }
    return answer(200, {
      items: list.items,
      metadata: { resourceVersion: '7' },
    });
  }

  async close() {}
}
