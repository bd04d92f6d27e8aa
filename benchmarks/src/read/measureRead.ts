import { measureChanges, measureViewers } from './changes';
import { measureColdStart, startPortal } from './coldStart';
import { measureQueries } from './queries';
import { requestedScale, sizeAt } from './size';

/** Hubs that the fleet is spread over, one after the other. */
const HUBS = [1, 10];
/** Share of the fleet at which changes are followed: 10,000 Applications. */
const CHANGING = 0.2;

/** Reading hubs: cold start, memory, queries, changes, and what viewers cost. */
export async function measureRead(): Promise<void> {
  const scale = requestedScale();
  const size = sizeAt(scale);
  for (const count of HUBS) {
    const { portal, hubs } = await measureColdStart(size, count);
    if (count === 1) await measureQueries(portal, size.services);
    await portal.stop();
    await hubs.stop();
  }
  const { portal, hubs } = await startPortal(sizeAt(scale * CHANGING), 1);
  await measureChanges(portal, hubs);
  await measureViewers(portal, hubs);
  await portal.stop();
  await hubs.stop();
}
