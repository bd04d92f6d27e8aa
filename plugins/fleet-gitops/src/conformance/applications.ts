import { evaluateApplicationSet } from '../applicationset';
import type { ApplicationSet } from '../model/argocd';
import type { HubSnapshot } from '../model/fleetSnapshot';
import type { RepositorySnapshot } from '../model/repository';
import { canonical, normalizeApplications } from './normalize';
import { diffValues } from './outcome';
import type { GoldenCase } from './types';

/** Input of the kinds `applications` and `reconcile`. */
export interface ApplicationSetCase extends GoldenCase {
  applicationSet: ApplicationSet;
  clusters?: any[];
  /** URL → revision → path → content. */
  repos?: Record<string, Record<string, Record<string, string>>>;
  resources?: any[];
  projects?: string[];
  [input: string]: any;
}

/** What a golden case's input means to the evaluation. */
export function toHubSnapshot(input: ApplicationSetCase): HubSnapshot {
  const snapshots = new Map<string, RepositorySnapshot>();
  for (const [url, revisions] of Object.entries(input.repos ?? {})) {
    for (const [revision, files] of Object.entries(revisions)) {
      snapshots.set(`${url}\n${revision || 'HEAD'}`, {
        url,
        sha: '',
        files: new Map(Object.entries(files)),
      });
    }
  }
  return {
    clusters: (input.clusters ?? []).map(cluster => ({
      ...cluster,
      labels: cluster.labels ?? {},
      annotations: cluster.annotations ?? {},
    })),
    projects: input.projects ?? ['default'],
    resources: input.resources,
    repositories: (url, revision) => {
      const snapshot = snapshots.get(`${url}\n${revision || 'HEAD'}`);
      if (!snapshot) {
        throw new Error('does not exist');
      }
      return snapshot;
    },
  };
}

/** The difference between a golden case of kind `applications` and this engine's answer; `undefined` for none. */
export function checkApplicationsCase(
  input: ApplicationSetCase,
): string | undefined {
  const answer = evaluateApplicationSet(
    input.applicationSet,
    toHubSnapshot(input),
  );
  const { expect } = input;
  if (expect.error) {
    if (answer.status !== 'error') {
      return `expected the error ${expect.error.reason} (${
        expect.error.message
      }), got ${canonical(answer)}`;
    }
    return answer.reason === expect.error.reason
      ? undefined
      : `expected reason ${expect.error.reason}, got ${answer.reason}: ${answer.message}`;
  }
  if (answer.status !== 'ok') {
    return `expected Applications, got ${canonical(answer)}`;
  }
  return diffLists(
    normalizeApplications(expect.applications ?? []),
    normalizeApplications(answer.applications.map(item => item.application)),
  );
}

/** What differs between two lists of Applications: whole ones, and lines of those that have the same name. */
export function diffLists(expected: any[], actual: any[]): string | undefined {
  const expectedTexts = new Set(expected.map(canonical));
  const actualTexts = new Set(actual.map(canonical));
  const missing = expected.filter(item => !actualTexts.has(canonical(item)));
  const extra = actual.filter(item => !expectedTexts.has(canonical(item)));
  if (missing.length + extra.length === 0 && expected.length === actual.length)
    return undefined;
  const pairs = missing.flatMap(item => {
    const other = extra.find(
      ({ metadata }) => metadata.name === item.metadata.name,
    );
    return other ? [[item, other]] : [];
  });
  const paired = new Set(pairs.flat());
  return [
    `${expected.length} expected, ${actual.length} got`,
    ...pairs.map(
      ([item, other]) => `${item.metadata.name}\n${diffValues(item, other)}`,
    ),
    ...missing
      .filter(item => !paired.has(item))
      .map(item => `- ${canonical(item)}`),
    ...extra
      .filter(item => !paired.has(item))
      .map(item => `+ ${canonical(item)}`),
  ].join('\n');
}
