import type {
  Change,
  ChangeRequest,
  Intent,
  Plan,
} from '@backstage-fleet/plugin-fleet-common';
import type { FleetService } from '@backstage-fleet/plugin-fleet-node';

/**
 * A fleet that remembers intents: the first time one creates an Application for each cluster, the second time it is
 * unchanged.
 */
export class FakeFleet implements FleetService {
  readonly requests: ChangeRequest[] = [];
  readonly plans: Intent[] = [];
  readonly credentials: unknown[] = [];
  failure: Error | undefined;

  createPlan: FleetService['createPlan'] = async ({ intent }, options) => {
    this.plans.push(intent);
    this.credentials.push(options.credentials);
    if (this.failure) throw this.failure;
    return this.#plan(intent);
  };

  createChange: FleetService['createChange'] = async (request, options) => {
    const plan = this.#plan(request.intent);
    this.requests.push(request);
    this.credentials.push(options.credentials);
    const proposed = request.mode === 'pull-request';
    return {
      id: `change-${this.requests.length}`,
      title: 'A change',
      intent: request.intent,
      mode: request.mode ?? 'auto',
      state: plan.unchanged ? 'unchanged' : 'merged',
      repository: 'fleet-gitops',
      plan,
      ...(!plan.unchanged && {
        commit: { sha: 'a'.repeat(40), url: 'https://git/commit/a' },
      }),
      ...(proposed && {
        state: 'proposed',
        pullRequest: { number: 7, url: 'https://git/pull/7', state: 'open' },
      }),
      createdAt: new Date(0),
      updatedAt: new Date(0),
      timeline: [],
    } as Change;
  };

  getChange: FleetService['getChange'] = async () => {
    throw new Error('Not asked for in these tests');
  };

  #plan(intent: Intent): Plan {
    const done = this.requests.some(
      request => JSON.stringify(request.intent) === JSON.stringify(intent),
    );
    const { service, cluster, clusters = [cluster] } = intent.parameters;
    return {
      evaluable: true,
      unchanged: done,
      summary: done ? 'changes nothing' : `creates ${clusters.length}`,
      creates: done ? 0 : clusters.length,
      changes: 0,
      deletes: 0,
      applications: done
        ? []
        : clusters.map((name: string) => ({
            action: 'create',
            name: `${service ?? 'app'}-${name}`,
            namespace: 'argocd',
            cluster: name,
            fields: [],
          })),
      edits: [],
      guards: [],
    };
  }
}
