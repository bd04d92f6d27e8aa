import { parseJson, readBody } from './jsonBody';
import { ListScanner } from './listScanner';
import { HubStatusError, PassingOnError } from './problems';
import { processSlices, type TimeSlices } from './timeSlices';
import type { HubResponse } from './transport';
import type { Watchdog } from './watchdog';

/** How long a hub may take until it begins to answer. */
export const ANSWER_MS = 10_000;
/** Between two pieces of a list. */
const LIST_SILENCE_MS = 15_000;
/** So much of a list is worked through without a pause: some milliseconds. */
const PIECE_BYTES = 64 * 1024;

/**
 * Reads a list, object by object.
 *
 * @param get - sends the request
 * @param onObject - receives each object as soon as it is there
 * @param slices - when it may be worked on
 * @returns the list without its items
 * @throws HubStatusError where the hub answers with an error, GarbageError where the answer is no list
 */
export async function readList(
  watchdog: Watchdog,
  get: () => Promise<HubResponse>,
  onObject: (object: any) => void,
  slices: TimeSlices = processSlices,
): Promise<Record<string, any>> {
  watchdog.expect(ANSWER_MS);
  const response = await get();
  watchdog.answered();
  watchdog.expect(LIST_SILENCE_MS);
  await checkStatus(response);
  const scanner = new ListScanner(text =>
    onObject(parseJson(text, 'an object')),
  );
  for await (const chunk of response.body) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      watchdog.heard();
      const piece = chunk.subarray(at, at + PIECE_BYTES);
      await slices.run(() => scanner.push(piece));
    }
  }
  return scanner.end();
}

/** Throws what an answer other than 200 says, and reads it to its end, so that the connection can be used again. */
export async function checkStatus(response: HubResponse): Promise<void> {
  if (response.status === 200) return;
  const text = await readBody(response.body);
  let body: any;
  try {
    body = JSON.parse(text);
  } catch {
    // A proxy's page; the code says enough.
  }
  const refusal = refusalOfBackstage(body);
  if (refusal) throw new PassingOnError(refusal);
  throw new HubStatusError(
    response.status,
    statusMessage(body),
    response.retryAfter,
  );
}

/**
 * The message of a Kubernetes `Status` or of an error of Argo CD, and of nothing else: what is neither may be anything.
 */
export function statusMessage(body: any): string {
  const known = body?.kind === 'Status' || typeof body?.code === 'number';
  return known && typeof body.message === 'string'
    ? body.message.slice(0, 300)
    : 'no explanation';
}

/** What Backstage itself says in the hub's place, where its Kubernetes plugin passes requests on. */
function refusalOfBackstage(body: any): string | undefined {
  const { error, request, response } = body ?? {};
  return error?.name && request !== undefined && response?.statusCode
    ? String(error.message).slice(0, 300)
    : undefined;
}
