import { join } from 'node:path';
import { applications } from '../objects';
import {
  type Exchange,
  readExchanges,
  RecordedServer,
} from './testing/recordedServer';

const RECORDINGS = join(__dirname, 'testdata');

const key = (name: string) => ({ name, namespace: 'argocd' });

/** What the recorded answer says that the operation of an Application is. */
function operationOf({ response }: Exchange): any {
  return response.body.operation;
}

describe('writes of argocd-server, as recorded', () => {
  const exchanges = readExchanges(RECORDINGS, 'sync-rollback');
  const deletions = readExchanges(RECORDINGS, 'delete');
  let server: RecordedServer;

  beforeEach(async () => {
    server = new RecordedServer();
    const { sync } = exchanges[0].response.body.status;
    const rolledBack = operationOf(exchanges[10]).sync;
    const { source } = rolledBack;
    const { destination } = sync.comparedTo;
    server.add(
      'st-manual',
      {
        project: 'default',
        source,
        destination,
        syncPolicy: { syncOptions: rolledBack.syncOptions },
      },
      {
        status: {
          sync,
          history: [{ id: 0, revision: rolledBack.revision, source }],
        },
      },
    );
    const tool = exchanges[6].response.body;
    server.add(
      'tool-one',
      {
        project: 'default',
        source: operationOf(exchanges[6]).sync.source,
        destination: tool.status.sync.comparedTo.destination,
        syncPolicy: { automated: {}, syncOptions: ['CreateNamespace=true'] },
      },
      { status: { sync: tool.status.sync } },
    );
    server.add(
      'st-project-denied',
      {
        project: 'nope',
        source,
        destination,
        syncPolicy: { syncOptions: ['Replace=true'] },
      },
      { status: exchanges[8].response.body.status },
    );
    for (const [name, project] of [
      ['shop-spoke-a', 'shop'],
      ['st-hooks', 'default'],
      ['st-degraded', 'default'],
      ['st-bad-path', 'default'],
    ]) {
      server.add(name, { project, source, destination });
    }
    await server.listen();
  });

  afterEach(() => server.close());

  async function replay({ request, response }: Exchange) {
    const answer = await server.send(request);
    const text = await answer.text();
    expect([request.method, request.path, answer.status]).toEqual([
      request.method,
      request.path,
      response.status,
    ]);
    expect(answer.headers.get('content-type')).toContain(
      response.headers['content-type'].split(';')[0],
    );
    return text.startsWith('{') ? JSON.parse(text) : text;
  }

  it('takes a sync, refuses a second one, and ends it', async () => {
    const synced = await replay(exchanges[0]);
    expect(synced.operation).toEqual(operationOf(exchanges[0]));
    expect(synced.status.operationState).toBeUndefined();
    for (const exchange of exchanges.slice(1, 4)) {
      expect(await replay(exchange)).toEqual(exchange.response.body);
    }
  });

  it('asks the controller to end what runs', async () => {
    await replay(exchanges[0]);
    server.store.modify(applications, key('st-manual'), draft => {
      draft.status!.operationState = { phase: 'Running' };
    });
    await replay(exchanges[2]);
    expect(
      (server.store.get(applications, key('st-manual')) as any).status
        .operationState.phase,
    ).toBe('Terminating');
  });

  it.each([6, 10])('takes exchange #%d with the operation', async index => {
    const { operation } = await replay(exchanges[index]);
    expect(operation).toEqual(operationOf(exchanges[index]));
  });

  it('takes a sync of an Application with an invalid spec', async () => {
    const { operation } = await replay(exchanges[8]);
    // Nothing has resolved the revision, where argocd-server asks its repo-server.
    const recorded = operationOf(exchanges[8]);
    recorded.sync.revision = 'main';
    expect(operation).toEqual(recorded);
  });

  it.each([4, 7, 9, 11, 12, 15, 16])(
    'refuses exchange #%d in the same words',
    async index => {
      expect(await replay(exchanges[index])).toEqual(
        exchanges[index].response.body,
      );
    },
  );

  it('lets a reader sync nothing', async () => {
    // The recorded message goes on with what was asked for, and when the token was issued.
    expect((await replay(exchanges[5])).message).toBe('permission denied');
  });

  it('patches an Application', async () => {
    const { metadata } = await replay(exchanges[14]);
    expect(metadata.labels).toEqual({ x: '1' });
  });

  it('deletes with what was brought to the cluster, and without', async () => {
    expect(await replay(deletions[0])).toEqual({});
    const { metadata } = await replay(deletions[1]);
    expect(metadata.deletionTimestamp).toBeDefined();
    expect(metadata.finalizers).toEqual(
      deletions[1].response.body.metadata.finalizers,
    );
    server.store.mergePatch(applications, key('st-hooks'), {
      metadata: { finalizers: null },
    });
    expect(await replay(deletions[2])).toEqual(deletions[2].response.body);

    expect(await replay(deletions[3])).toEqual({});
    expect(server.store.find(applications, key('st-degraded'))).toBeUndefined();
    expect(await replay(deletions[4])).toEqual(deletions[4].response.body);
    expect(await replay(deletions[5])).toBe(deletions[5].response.body);
  });

  it('tells version and settings', async () => {
    const answers = [];
    for (const exchange of readExchanges(RECORDINGS, 'version-settings')) {
      answers.push([exchange.response.body, await replay(exchange)]);
    }
    // The build is another one.
    for (const [recorded, answer] of answers.splice(0, 2)) {
      expect(Object.keys(answer)).toEqual(Object.keys(recorded));
    }
    const [[recorded, answer]] = answers.splice(0, 1);
    expect({
      ...answer,
      resourceOverrides: recorded.resourceOverrides,
    }).toEqual(recorded);
    for (const [body, text] of answers) {
      // Of the page, only the length was recorded.
      const told = typeof body === 'string' ? text : Buffer.byteLength(text);
      expect(told).toBe(body.bytes ?? body);
    }
  });
});
