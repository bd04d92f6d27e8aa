import type { ChangeMode } from '@backstage-fleet/plugin-fleet-common';
import { ChangesHarness, label } from '../__testUtils__/changes';
import { changeTrailer } from './messages';

// Each change runs Git processes.
jest.setTimeout(180_000);

type Fault = Parameters<ChangesHarness['host']['faults']['inject']>[0];

/** What GitHub answers, in its own words. Server errors are sent again by the client, so they strike four times. */
const FAULTS: Record<string, Fault> = {
  'a head that moved (422)': {
    kind: 'respond',
    status: 422,
    message: 'Update is not a fast forward',
  },
  'a conflict (409)': { kind: 'respond', status: 409, message: 'Conflict' },
  'missing rights (403)': {
    kind: 'respond',
    status: 403,
    message: 'Resource not accessible by integration',
  },
  'an unknown repository (404)': {
    kind: 'respond',
    status: 404,
    message: 'Not Found',
  },
  'a server error (500)': { kind: 'respond', status: 500, times: 4 },
  'an answer that is lost (502)': {
    kind: 'respond',
    status: 502,
    when: 'after',
  },
  'a secondary rate limit': { kind: 'rate-limit', limit: 'secondary' },
};

describe('a change of which one request fails', () => {
  let harness: ChangesHarness;
  beforeAll(async () => {
    harness = await ChangesHarness.start();
  });
  afterAll(() => harness.stop());

  /** What Git shows of a change: commits on its branch, and open pull requests. */
  const shown = async (id: string, mode: ChangeMode, key: string) => {
    const branch = mode === 'commit' ? 'main' : `fleet/label/a-${key}`;
    const commits = await harness.host.log(branch).catch(() => []);
    const pulls = await harness.host.pullRequests();
    return {
      commits: commits.filter(text => text.includes(changeTrailer(id))).length,
      pullRequests: pulls.filter(({ body }) => body?.includes(id)).length,
    };
  };

  it.each(
    (['commit', 'pull-request'] as const).flatMap(mode =>
      Object.keys(FAULTS).map(name => [mode, name] as const),
    ),
  )('%s, at each request: %s', async (mode, name) => {
    const isBackstageError = expect.stringMatching(
      /^(Conflict|HeadMoved|NotAllowed|NotFound|ServiceUnavailable|Input)Error$/,
    );
    const saysWhere = expect.stringMatching(
      /acme\/fleet-gitops|moved|\/pull\//,
    );
    const outcomes: string[] = [];
    for (let request = 0; ; request += 1) {
      const key = `${mode}-${Object.keys(FAULTS).indexOf(name)}-${request}`;
      const { engine, journal } = await harness.replica();
      harness.host.faults.inject({ ...FAULTS[name], skip: request });
      const error = await engine
        .create({ intent: label('a', { [key]: 'x' }), mode })
        .then(
          () => undefined,
          (thrown: Error) => thrown,
        );
      const isBeyondLast = harness.host.faults.list().some(({ skip }) => skip);
      harness.host.faults.clear();
      const change = (await journal.list({ limit: 1000 })).find(({ intent }) =>
        JSON.stringify(intent).includes(`"${key}"`),
      );
      const written = change && (await shown(change.id, mode, key));
      // A refused change leaves nothing on the branch that Argo CD reads, and no pull request.
      const refused = { state: 'failed', pullRequests: 0 };
      const landed = {
        state: mode === 'commit' ? 'merged' : 'proposed',
        commits: 1,
        pullRequests: mode === 'commit' ? 0 : 1,
      };
      expect({
        ...(mode === 'commit' || !error ? { commits: 0 } : {}),
        pullRequests: 0,
        ...written,
        request,
        state: change?.state ?? 'failed',
        error: error?.name ?? 'none',
        message: error?.message ?? 'none',
      }).toMatchObject(
        error
          ? {
              ...refused,
              ...(mode === 'commit' && { commits: 0 }),
              request,
              error: isBackstageError,
              message: saysWhere,
            }
          : { ...landed, request },
      );
      outcomes.push(error ? 'refused' : 'written');
      if (isBeyondLast) break;
    }
    // The last one had no fault; there are at least as many requests as a change takes.
    expect(outcomes.at(-1)).toBe('written');
    expect(outcomes.length).toBeGreaterThan(5);
  });
});
