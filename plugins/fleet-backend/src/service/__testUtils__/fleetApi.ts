import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
} from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { createConditionExports } from '@backstage/plugin-permission-node';
import { randomUUID } from 'crypto';
import express from 'express';
import request from 'supertest';
import type { GitHost } from '@backstage-fleet/plugin-fleet-node';
import { exampleRepository } from '../../__testUtils__/exampleRepository';
import { GitRepositories } from '../../git';
import { VirtualClock } from '../../hubs/__testUtils__/virtualClock';
import {
  clusterResourceRef,
  clusterRules,
  deploymentResourceRef,
  deploymentRules,
} from '../../permissions';
import { testStore } from '../../store/__testUtils__/objects';
import { DeploymentActions } from '../deploymentActions';
import { registerDeploymentActions } from '../handlers/deploymentActions';
import { createRouter } from '../router';
import { SourceTags } from '../sourceTags';
import { Visibilities } from '../visibility';
import { fillStore } from './smallFleet';

/** What a policy answers for a permission; what it does not name is denied. */
export type Policy = Record<string, PolicyDecision>;
export const allow = { result: AuthorizeResult.ALLOW } as PolicyDecision;
export const deny = { result: AuthorizeResult.DENY } as PolicyDecision;

const rules = <T extends { name: string }>(list: readonly T[]) =>
  Object.fromEntries(list.map(rule => [rule.name, rule])) as any;
const deployments = createConditionExports({
  resourceRef: deploymentResourceRef,
  rules: rules(deploymentRules),
}) as any;
const clusters = createConditionExports({
  resourceRef: clusterResourceRef,
  rules: rules(clusterRules),
}) as any;
const condition = (kind: any, rule: string, params: object): PolicyDecision =>
  kind.createConditionalDecision(undefined, kind.conditions[rule](params));

/** A decision about deployments that depends on one rule. */
export function ifDeployment(rule: string, params: object): PolicyDecision {
  return condition(deployments, rule, params);
}

/** The same decision for all that is read. */
export function reads(decision: PolicyDecision): Policy {
  return {
    'fleet.cluster.read': decision,
    'fleet.deployment.read': decision,
  };
}

/** Reading depends on one rule; clusters know no owners. */
export function readsIf(rule: string, params: object): Policy {
  return {
    'fleet.cluster.read': rule.startsWith('IS_')
      ? deny
      : condition(clusters, rule, params),
    'fleet.deployment.read': ifDeployment(rule, params),
  };
}

/** The API over a store with a small fleet, whose policy a test sets. */
export class FleetApi {
  policy: Policy = reads(allow);
  readonly store = testStore({
    hubs: ['eu', 'us'].map(id => ({
      id,
      title: id,
      url: `https://${id}`,
      actions: id === 'eu',
    })),
  });
  /** What hubs were asked, and what they do then. */
  readonly asked = jest.fn();
  /** Changes that were asked for. */
  readonly created = jest.fn();
  readonly audit = {
    event: mockServices.auditor.mock().createEvent,
    success: jest.fn(),
    fail: jest.fn(),
  };
  /** Serve the repositories of services; a test adds some. */
  readonly gitHosts: GitHost[] = [];
  readonly clock = new VirtualClock();
  app!: express.Express;
  actions!: DeploymentActions;

  static async start(): Promise<FleetApi> {
    const api = new FleetApi();
    fillStore(api.store);
    await api.#start();
    return api;
  }

  get(path: string, headers: Record<string, string> = {}) {
    return request(this.app)
      .get(path)
      .set({ authorization: mockCredentials.user.header(), ...headers });
  }

  post(path: string, body: object = {}, headers: Record<string, string> = {}) {
    return request(this.app)
      .post(path)
      .set({ authorization: mockCredentials.user.header(), ...headers })
      .send(body);
  }

  /** Without credentials. */
  anonymous(method: 'get' | 'post', path: string) {
    return request(this.app)
      [method](path)
      .send(method === 'post' ? {} : undefined);
  }

  async body(path: string): Promise<any> {
    return (await this.get(path)).body;
  }

  async #start() {
    const { store } = this;
    const httpAuth = mockServices.httpAuth({
      defaultCredentials: mockCredentials.none(),
    });
    const permissions = mockServices.permissions.mock({
      authorizeConditional: async queries =>
        queries.map(({ permission }) => ({
          ...(this.policy[permission.name] ?? deny),
          // As the permission backend's client does.
          id: randomUUID(),
        })) as any,
    });
    const visibilities = new Visibilities({ store, httpAuth, permissions });
    const router = await createRouter({
      store,
      guards: {},
      // None of them can be read.
      repositories: { ...repositories(), ofHub: () => [] } as any,
      visibilities,
      sourceTags: new SourceTags({
        repositories: new GitRepositories({
          configs: repositories().list(),
          hosts: this.gitHosts,
        }),
        clock: this.clock,
      }),
    });
    this.audit.event.mockImplementation(async () => this.audit as any);
    this.actions = new DeploymentActions({
      store,
      visibilities,
      permissions,
      hubs: store.hubs.map(hub => ({
        hub,
        source: { run: async () => {}, request: this.asked },
      })),
      repositories: repositories() as any,
      auditor: mockServices.auditor.mock({ createEvent: this.audit.event }),
      changes: { create: this.created },
      clock: { now: () => 0, setTimeout: () => () => {} },
    });
    registerDeploymentActions(router, { httpAuth, actions: this.actions });
    this.app = express().use(router).use(mockErrorHandler());
  }
}

/** Of each hub one repository, `gitops-eu` and `gitops-us`, with one blueprint. */
function repositories() {
  const followers = ['eu', 'us'].map(hub => ({
    config: { id: `gitops-${hub}`, hubs: [hub], branch: 'main' },
    head: { snapshot: { url: '', sha: '', files: blueprint(hub) } },
  }));
  return {
    heads: '',
    followers,
    ofHub: (hub: string) =>
      followers.filter(({ config }) => config.hubs.includes(hub)),
    clusterFile: () => undefined,
    list: () =>
      followers.map(({ config }) => ({
        ...config,
        url: `https://git.example/${config.id}`,
      })),
    lookup: () => undefined,
  };
}

function blueprint(hub: string) {
  const path = 'blueprints/crossplane-eks-claim.yaml';
  const text = exampleRepository('https://git.example')[path];
  return new Map([
    [path, text.replace('name: crossplane-eks-claim', `name: small-${hub}`)],
  ]);
}
