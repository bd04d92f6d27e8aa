import type { Agent } from 'node:https';
import { setTimeout as setTimeoutLater } from 'node:timers/promises';
import { ObjectStore, type Resource } from '../../objects';
import { adminRules, type AccessToken } from '../access';
import { createKubernetesApi } from '../createKubernetesApi';
import type { Answer } from './client';
import { listen } from './listen';
import { VirtualTime } from './virtualTime';

/** A server that recordings are replayed against. */
export interface ReplayTarget {
  baseUrl: string;
  /** For https: certificates. */
  agent?: Agent;
  /** What the masked tokens of the recordings stand for. */
  tokens: Record<string, string>;
  /** A server that is not ours: its versions, its history and what else it serves are its own. */
  isRemote?: boolean;
  /** Seconds since the start of the replay. */
  elapsed(): number;
  /** Lets time pass. */
  passTime(seconds: number): Promise<void>;
  /** Waits for something that may need time to pass; gives up after `limit` seconds. */
  waitFor<T>(pending: Promise<T>, limit: number): Promise<T | undefined>;
  /** Makes old versions of a resource expire, where the target can be told to. */
  compact?(plural: string): void;
  close(): Promise<void>;
}

const TOKENS = {
  '<admin-token>': 'admin-token-of-the-replay',
  '<sa-token>': 'viewer-token-of-the-replay',
  '<bad-token>': 'unknown-token-of-the-replay',
};

const ACCESS: AccessToken[] = [
  { token: TOKENS['<admin-token>'], name: 'admin', rules: adminRules },
  {
    token: TOKENS['<sa-token>'],
    name: 'system:serviceaccount:argocd:viewer',
    groups: ['system:serviceaccounts', 'system:serviceaccounts:argocd'],
    rules: [
      {
        verbs: ['get', 'list', 'watch'],
        groups: ['argoproj.io'],
        resources: ['applications'],
        namespaces: ['argocd'],
      },
    ],
  },
];

/** Lets sockets deliver what was written. */
function turn(): Promise<undefined> {
  return new Promise(resolve => {
    setTimeout(() => resolve(undefined), 1);
  });
}

/** Resolves after some seconds of real time, or at once when it is aborted. */
async function sleep(
  seconds: number,
  signal?: AbortSignal,
): Promise<undefined> {
  await setTimeoutLater(seconds * 1000, undefined, { signal }).catch(() => {});
  return undefined;
}

const STEP_MS = 100;

/** The embedded API with an empty store and virtual time. */
export async function embeddedTarget(): Promise<ReplayTarget> {
  const time = new VirtualTime();
  const start = time.now();
  const store = new ObjectStore({ clock: time, startVersion: 1000 });
  const server = await listen(
    createKubernetesApi({ store, tokens: ACCESS, clock: time, timers: time }),
  );
  return {
    baseUrl: server.url,
    tokens: TOKENS,
    elapsed: () => (time.now() - start) / 1000,
    passTime: async seconds => {
      await turn();
      time.advance(seconds * 1000);
      await turn();
    },
    waitFor: async (pending, limit) => {
      const end = time.now() + limit * 1000;
      for (;;) {
        const result = await Promise.race([pending, turn()]);
        if (result !== undefined) return result;
        // Time moves only for somebody who waits, so that what it measures is exact.
        if (time.waiting) {
          if (time.now() >= end) return undefined;
          time.advance(STEP_MS);
        }
      }
    },
    compact: plural =>
      store.compact(
        store
          .resources()
          .find((resource: Resource) => resource.plural === plural),
      ),
    close: server.close,
  };
}

/**
 * A server elsewhere, in real time. What the namespaces argocd and team-a hold is deleted.
 */
export function remoteTarget(
  baseUrl: string,
  tokens: Record<string, string>,
  agent?: Agent,
): ReplayTarget {
  const start = Date.now();
  return {
    baseUrl,
    agent,
    tokens,
    isRemote: true,
    elapsed: () => (Date.now() - start) / 1000,
    passTime: seconds => sleep(seconds),
    waitFor: async (pending, limit) => {
      const waiting = new AbortController();
      try {
        return await Promise.race([pending, sleep(limit, waiting.signal)]);
      } finally {
        waiting.abort();
      }
    },
    close: async () => {},
  };
}

/** Resolves to the answer when its body is complete. */
export async function completed(answer: Answer): Promise<Answer> {
  await answer.closed;
  return answer;
}
