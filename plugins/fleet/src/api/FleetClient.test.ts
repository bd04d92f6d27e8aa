import { errorSentence } from './errorSentence';
import { FleetClient } from './FleetClient';

function clientOf(status: number, body: unknown) {
  const fetch = jest.fn(
    async (_url: RequestInfo | URL, _init?: RequestInit) =>
      ({
        ok: status < 400,
        status,
        statusText: 'x',
        headers: new Map([['content-type', 'application/json']]),
        json: async () => body,
        text: async () => JSON.stringify(body),
      } as unknown as Response),
  );
  const client = new FleetClient({
    discoveryApi: { getBaseUrl: async id => `https://portal/api/${id}` },
    fetchApi: { fetch },
  });
  return { client, fetch };
}

describe('FleetClient', () => {
  it('asks for the whole matrix, and for what changed since a revision', async () => {
    const { client, fetch } = clientOf(200, { revision: 4 });
    await expect(client.getMatrix()).resolves.toEqual({ revision: 4 });
    await client.getMatrix(4);
    await client.explain('payments', 'hub/spoke-1');
    expect(fetch.mock.calls.map(([url]) => url)).toEqual([
      'https://portal/api/fleet/matrix',
      'https://portal/api/fleet/matrix?since=4',
      'https://portal/api/fleet/explain?service=payments&cluster=hub%2Fspoke-1',
    ]);
  });

  it('names a deployment by the parts of its id', async () => {
    const { client, fetch } = clientOf(202, { revision: 4 });
    await client.syncDeployment('hub/argocd/payments-eu', { prune: true });
    await client.refreshDeployment('hub/argocd/payments-eu');
    expect(fetch.mock.calls.map(([url, init]) => [url, init?.body])).toEqual([
      [
        'https://portal/api/fleet/deployments/hub/argocd/payments-eu/actions/sync',
        '{"prune":true}',
      ],
      [
        'https://portal/api/fleet/deployments/hub/argocd/payments-eu/actions/refresh',
        '{}',
      ],
    ]);
  });

  it('asks for the tags of a service and for blueprints', async () => {
    const { client, fetch } = clientOf(200, { items: [{ text: '1.6.0' }] });
    await expect(client.getServiceVersions('payments')).resolves.toEqual({
      items: [{ text: '1.6.0' }],
    });
    await expect(client.getBlueprints()).resolves.toEqual([{ text: '1.6.0' }]);
    expect(fetch.mock.calls.map(([url]) => url)).toEqual([
      'https://portal/api/fleet/services/payments/versions',
      'https://portal/api/fleet/blueprints',
    ]);
  });

  it('rejects with the sentence of the backend', async () => {
    const { client } = clientOf(409, {
      error: { name: 'ConflictError', message: 'Branch main is protected.' },
      response: { statusCode: 409 },
    });
    const failure = await client
      .createChange({ intent: { kind: 'service.onboard', parameters: {} } })
      .catch(error => error);
    expect(errorSentence(failure)).toBe('Branch main is protected.');
  });
});

describe('errorSentence', () => {
  it.each([
    [new TypeError('Failed to fetch'), /does not answer/],
    [new Error('Something else'), /^Something else$/],
    ['?', /does not understand/],
  ])('%p', (error, sentence) => {
    expect(errorSentence(error)).toMatch(sentence);
  });
});
