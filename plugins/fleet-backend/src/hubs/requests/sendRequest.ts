import type { Clock } from '../clock';
import { parseJson, readBody } from '../jsonBody';
import { checkStatus } from '../readList';
import type { HubResponse } from '../transport';
import { Watchdog } from '../watchdog';

/** Sends one request and reads its answer whole, within a time. */
export async function sendRequest(
  clock: Clock,
  withinMilliseconds: number,
  send: (signal: AbortSignal) => Promise<HubResponse>,
): Promise<any> {
  const watchdog = new Watchdog(clock, new AbortController().signal);
  return watchdog.guard(async () => {
    watchdog.expect(withinMilliseconds);
    const response = await send(watchdog.signal);
    watchdog.answered();
    await checkStatus(response);
    return parseJson(await readBody(response.body), 'an answer');
  });
}
