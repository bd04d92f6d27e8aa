import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { ChangeState } from '@backstage-fleet/plugin-fleet-common';
import type { ChangeJournal, JournaledChange } from './journal';
import { serviceOf } from './rows';

/** What {@link ChangeNotifier} works with. */
export interface ChangeNotifierOptions {
  notifications: NotificationService;
  journal: ChangeJournal;
  /** Entity ref of who owns a service. */
  ownerOf(service: string): string | undefined;
  logger: LoggerService;
}

const TITLES: Partial<Record<ChangeState, string>> = {
  merged: 'done',
  healthy: 'done',
  failed: 'failed',
  stopped: 'stopped',
  superseded: 'no longer needed',
};

const WRITTEN: ChangeState[] = ['proposed', 'merged'];

/**
 * Tells the requester and the service's owner when a change that was written has come to its end.
 *
 * Whoever asked for a change that could not be written has the answer already.
 */
export class ChangeNotifier {
  readonly #options: ChangeNotifierOptions;

  constructor(options: ChangeNotifierOptions) {
    this.#options = options;
  }

  /** To be called after each step, by the replica that journaled it. Never throws. */
  async notify(id: string): Promise<void> {
    const { notifications, journal, logger } = this.#options;
    try {
      const change = await journal.get(id);
      if (!change || !hasEnded(change)) return;
      const entityRef = this.#recipients(change);
      if (entityRef.length === 0) return;
      const last = change.timeline.at(-1)!;
      const failed = change.state === 'failed';
      await notifications.send({
        recipients: { type: 'entity', entityRef },
        payload: {
          title: `${change.title}: ${TITLES[change.state] ?? change.state}`,
          description: last.message,
          link: `/fleet/changes/${change.id}`,
          severity: failed ? 'high' : 'normal',
          topic: 'Fleet changes',
          scope: `fleet-change-${change.id}`,
        },
      });
    } catch (error) {
      // The portal may have no notifications; the change itself is not touched by that.
      logger.debug(`No notification for change ${id}: ${error}`);
    }
  }

  #recipients(change: JournaledChange): string[] {
    const service = serviceOf(change.intent);
    const owner = service ? this.#options.ownerOf(service) : undefined;
    return [
      ...new Set(
        [change.requester, owner].filter(
          (ref): ref is string =>
            ref !== undefined && /^(user|group):/.test(ref),
        ),
      ),
    ];
  }
}

function hasEnded({ step, state, timeline }: JournaledChange): boolean {
  return (
    step === 'done' &&
    state !== 'unchanged' &&
    timeline.some(entry => WRITTEN.includes(entry.state))
  );
}
