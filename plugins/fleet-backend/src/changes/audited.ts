import type { AuditorServiceEvent } from '@backstage/backend-plugin-api';

/** Does something, and ends its event in the audit log as it ended. */
export async function audited<T>(
  event: AuditorServiceEvent,
  task: () => Promise<{ result: T; meta?: any }>,
): Promise<T> {
  try {
    const { result, meta } = await task();
    await event.success(meta && { meta });
    return result;
  } catch (error) {
    await event.fail({ error: error as Error });
    throw error;
  }
}
