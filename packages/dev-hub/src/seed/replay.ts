import type { Application } from '@backstage-fleet/plugin-fleet-gitops';
import type { ReplayClock } from '../clock';
import type { WorkQueue } from '../controllers';
import { applications, type ObjectStore } from '../objects';
import type { Repositories } from '../repo';
import type { HistoryCommit } from './history';

/** Time for everything that a commit sets off, also for a rollout to miss its deadline of ten minutes. */
const AFTERMATH = 20 * 60_000;

/**
 * Lets the controllers live through the history of the GitOps repository, commit by commit, and then hands over to the
 * machine's clock.
 */
export async function replay(options: {
  commits: HistoryCommit[];
  /** Now, in milliseconds. */
  started: number;
  clock: ReplayClock;
  store: ObjectStore;
  repositories: Repositories;
  repositoryUrl: string;
  queues: WorkQueue[];
  refresh: () => void;
}): Promise<void> {
  const { commits, started, clock, queues, repositories, repositoryUrl } =
    options;
  const settle = async () => {
    while (queues.some(queue => !queue.isIdle)) {
      for (const queue of queues) await queue.idle();
    }
  };
  const shas = await repositories.history(repositoryUrl);
  const settledUpTo = commits.map(({ settled }) => settled).lastIndexOf(true);

  for (const [index, commit] of commits.entries()) {
    const at = started - commit.ago;
    repositories.pin(repositoryUrl, shas[index]);
    await clock.advanceTo(new Date(at), settle);
    options.refresh();
    await clock.advanceTo(new Date(at + AFTERMATH / 2), settle);
    if (index <= settledUpTo) {
      syncByHand(options.store, shas[index], commit.author.name);
      await clock.advanceTo(new Date(at + AFTERMATH), settle);
    }
  }
  repositories.pin(repositoryUrl, undefined);
  await clock.advanceTo(new Date(started), settle);
  clock.goLive();
}

/** What people do with Applications that do not sync by themselves. */
function syncByHand(store: ObjectStore, revision: string, username: string) {
  for (const application of store.list(applications).items as Application[]) {
    if (
      application.spec.syncPolicy?.automated ||
      application.status?.sync?.status !== 'OutOfSync'
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
