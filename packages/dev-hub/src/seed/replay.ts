import type { Application } from '@backstage-fleet/plugin-fleet-gitops';
import type { ReplayClock } from '../clock';
import type { WorkQueue } from '../controllers';
import { applications, type ObjectStore } from '../objects';
import type { Repositories } from '../repo';
import type { HistoryCommit } from './history';

/** Time for everything that a commit sets off, also for a rollout to miss its deadline of ten minutes. */
const AFTERMATH = 20 * 60_000;

/** A repository and the commits that it has by and by. */
export interface ReplayedRepository {
  url: string;
  commits: HistoryCommit[];
}

/** A hub that lives through them. */
export interface ReplayedHub {
  store: ObjectStore;
  queues: WorkQueue[];
  /** Compares again what rests on a repository. */
  refresh: (repositoryUrl: string) => void;
}

interface Moment {
  repository: ReplayedRepository;
  commit: HistoryCommit;
  sha: string;
  /** People synced by hand what does not sync by itself. */
  settled: boolean;
}

/** The commits of all repositories in the order of time. */
async function moments(
  list: ReplayedRepository[],
  repositories: Repositories,
): Promise<Moment[]> {
  const all: Moment[] = [];
  for (const repository of list) {
    const { commits } = repository;
    const shas = await repositories.history(repository.url);
    const settledUpTo = commits.map(({ settled }) => settled).lastIndexOf(true);
    for (const [index, commit] of commits.entries()) {
      const settled = index <= settledUpTo;
      all.push({ repository, commit, sha: shas[index], settled });
    }
  }
  return all.sort((a, b) => b.commit.ago - a.commit.ago);
}

/**
 * Lets the controllers live through the history of the GitOps repositories, commit by commit, and then hands over to the
 * machine's clock.
 */
export async function replay(options: {
  /** Now, in milliseconds. */
  started: number;
  clock: ReplayClock;
  repositories: Repositories;
  history: ReplayedRepository[];
  hubs: ReplayedHub[];
}): Promise<void> {
  const { started, clock, repositories, hubs } = options;
  const queues = hubs.flatMap(hub => hub.queues);
  const settle = async () => {
    while (queues.some(queue => !queue.isIdle)) {
      for (const queue of queues) await queue.idle();
    }
  };
  const past = await moments(options.history, repositories);
  // A repository that is younger than others looks from the beginning as in its first commit.
  for (const { repository, sha } of [...past].reverse()) {
    repositories.pin(repository.url, sha);
  }
  for (const { repository, commit, sha, settled } of past) {
    const at = started - commit.ago;
    repositories.pin(repository.url, sha);
    await clock.advanceTo(new Date(at), settle);
    for (const hub of hubs) hub.refresh(repository.url);
    await clock.advanceTo(new Date(at + AFTERMATH / 2), settle);
    if (settled) {
      for (const { store } of hubs) {
        syncByHand(store, repository.url, sha, commit.author.name);
      }
      await clock.advanceTo(new Date(at + AFTERMATH), settle);
    }
  }
  for (const { url } of options.history) repositories.pin(url, undefined);
  await clock.advanceTo(new Date(started), settle);
  clock.goLive();
}

/** What people do with Applications that do not sync by themselves. */
function syncByHand(
  store: ObjectStore,
  repositoryUrl: string,
  revision: string,
  username: string,
) {
  for (const application of store.list(applications).items as Application[]) {
    if (
      application.spec.syncPolicy?.automated ||
      application.status?.sync?.status !== 'OutOfSync' ||
      application.spec.source?.repoURL !== repositoryUrl
    ) {
      continue;
    }
    store.modify(applications, application.metadata, draft => {
      draft.operation = {
        info: [{ name: 'Reason', value: 'Released' }],
        initiatedBy: { username },
        sync: {
          revision,
          ...(draft.spec.syncPolicy?.syncOptions
            ? { syncOptions: draft.spec.syncPolicy.syncOptions }
            : {}),
        },
      };
      delete (draft as Application).status?.operationState;
    });
  }
}
