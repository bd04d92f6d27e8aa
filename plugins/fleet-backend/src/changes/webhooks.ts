import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';

/** Topics of Backstage's GitHub events module. */
const TOPICS = ['github.push', 'github.pull_request'];

/**
 * Listens to what a Git host tells by webhooks, where Backstage's events carry it: a push or a pull request of a repository.
 *
 * @remarks
 * A webhook says only that something happened; what it was is then asked of the Git host itself, so a forged one costs a
 * request and changes nothing.
 *
 * Source: `@backstage/plugin-events-backend-module-github`, topics `github.<event>`.
 */
export async function listenToWebhooks(options: {
  events: EventsService;
  logger: LoggerService;
  /** Clone and web addresses of the repository. */
  onRepository(urls: string[]): void;
}): Promise<void> {
  const { events, logger, onRepository } = options;
  await events.subscribe({
    id: 'fleet',
    topics: TOPICS,
    async onEvent({ topic, eventPayload }) {
      const { repository } = (eventPayload ?? {}) as {
        repository?: { clone_url?: unknown; html_url?: unknown };
      };
      const urls = [repository?.html_url, repository?.clone_url].filter(
        (url): url is string => typeof url === 'string',
      );
      logger.debug(`Webhook ${topic} of ${urls[0] ?? 'no repository'}`);
      if (urls.length > 0) onRepository(urls);
    },
  });
}
