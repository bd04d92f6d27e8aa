import { join } from 'node:path';
import { applications, applicationSets } from '../objects';
import {
  type Exchange,
  readExchanges,
  RecordedServer,
} from './testing/recordedServer';

const RECORDINGS = join(__dirname, 'testdata');

const exchanges = readExchanges(RECORDINGS, 'stream-applications');
/** Not compared: resource trees are not served, and the recorded stream of ApplicationSets was closed before an event. */
const NOT_COMPARED = [7, 10];

/** The recorded Applications, as the first stream told them. */
const recorded: any[] = exchanges[0].response.stream!.map(
  ({ line }) => line.result.application,
);

/** The text of a recorded stream; lines of JSON were parsed by the recorder. */
function textOf({ response }: Exchange, lines = response.stream!.length) {
  return response
    .stream!.slice(0, lines)
    .map(({ line }) =>
      typeof line === 'string' ? line : `${JSON.stringify(line)}\n`,
    )
    .join('');
}

describe('streams of argocd-server, as recorded', () => {
  let server: RecordedServer;
  let ended: AbortController;

  async function start(keepAliveMilliseconds?: number) {
    server = new RecordedServer({ keepAliveMilliseconds });
    for (const { metadata, ...application } of recorded) {
      const { name, labels, annotations } = metadata;
      const { spec, ...rest } = application;
      server.add(name, spec, { ...rest, metadata: { labels, annotations } });
    }
    server.add('tool-one', { ...recorded[0].spec, project: 'default' });
    await server.listen();
  }

  beforeEach(() => {
    ended = new AbortController();
  });

  afterEach(async () => {
    ended.abort();
    await server.close();
  });

  const open = ({ request }: Exchange, query = request.query) =>
    server.send({ ...request, query }, { signal: ended.signal });

  /** Reads until the text fits. */
  async function read(response: Response, fits: (text: string) => boolean) {
    const decoder = new TextDecoder();
    let text = '';
    const reader = response.body!.getReader();
    while (!fits(text)) {
      const { value, done } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
    reader.releaseLock();
    return text;
  }

  const touch = (name: string) =>
    server.store.modify(applications, { name, namespace: 'argocd' }, draft => {
      draft.status = {
        ...draft.status,
        reconciledAt: `${draft.status?.reconciledAt}+`,
      };
    });

  it('begins with an ADDED for each that is chosen, whole', async () => {
    await start();
    const response = await open(exchanges[0]);
    const text = await read(
      response,
      all => all.split('\n').length > recorded.length,
    );
    expect(response.headers.get('content-type')).toContain('application/json');
    const events = text
      .trim()
      .split('\n')
      .map(line => JSON.parse(line).result);
    expect(events.map(({ type }) => type)).toEqual(recorded.map(() => 'ADDED'));
    events.forEach(({ application }, index) => {
      const { metadata: _metadata, ...told } = recorded[index];
      expect(application).toMatchObject(told);
      expect(Object.keys(application).sort()).toEqual(
        Object.keys(recorded[index]).sort(),
      );
    });
  });

  it.each([1, 6, 9])('sends stream #%d byte for byte', async index => {
    await start();
    const exchange = exchanges[index];
    const expected = textOf(exchange);
    // Lines of JSON were written anew by the recorder.
    const plain = (text: string) =>
      text
        .replaceAll(/"\d{4}-[^"]+Z"/g, '"<time>"')
        .split('\n')
        .map(line => (line.startsWith('{') ? JSON.parse(line) : line));
    const response = await open(exchange);
    const text = await read(
      response,
      all => all.split('\n').length >= expected.split('\n').length,
    );
    expect(plain(text)).toEqual(plain(expected));
    expect(response.headers.get('content-type')).toContain(
      exchange.response.headers['content-type'],
    );
  });

  it('goes on from a version, and breaks a silence with a comment', async () => {
    await start(50);
    const { resourceVersion } = server.store;
    const { request } = exchanges[2];
    const pending = open(exchanges[2], {
      ...request.query,
      resourceVersion: String(resourceVersion),
    });
    // The first comment says that the stream is open.
    const response = await pending;
    touch('shop-spoke-a');
    touch('tool-one');
    touch('shop-spoke-b');
    const text = await read(response, all => /shop-spoke-b[^]*\n:\n/.test(all));
    const masked = text
      .replace(/^(:\n)+/, '')
      .replaceAll(/"resourceVersion":"\d+"/g, '"resourceVersion":"<rv>"')
      .replace(/(:\n)+$/, ':\n');
    expect(masked).toBe(
      textOf(exchanges[2], 7).replaceAll(/<rv-\d+>/g, '<rv>'),
    );
  });

  it('tells each reconciliation of one Application', async () => {
    await start();
    const response = await open(exchanges[3]);
    const first = await read(response, all => all.includes('ADDED'));
    touch('shop-spoke-a');
    touch('shop-spoke-b');
    touch('shop-spoke-a');
    const text = await read(response, all => all.split('MODIFIED').length > 2);
    const types = (first + text)
      .trim()
      .split('\n')
      .map(line => JSON.parse(line).result)
      .map(({ type, application }) => [type, application.metadata.name]);
    expect(types).toEqual([
      ['ADDED', 'shop-spoke-a'],
      ['MODIFIED', 'shop-spoke-a'],
      ['MODIFIED', 'shop-spoke-a'],
    ]);
  });

  it.each([4, 8])('sends no headers before an event: #%d', async index => {
    await start();
    let answered = false;
    open(exchanges[index]).then(
      () => {
        answered = true;
      },
      () => {},
    );
    // Whatever the server would send at once comes before the answer to a later request.
    const later = await open(exchanges[0]);
    await read(later, text => text.length > 0);
    expect(answered).toBe(false);
  });

  it('tells ApplicationSets in the same way, to those who may see them', async () => {
    await start();
    const key = { name: 'shop', namespace: 'argocd' };
    server.store.create(applicationSets, {
      metadata: { ...key, labels: { team: 'a' } },
      spec: { generators: [], template: { metadata: {}, spec: {} } },
    });
    const fields =
      'result.type,result.applicationSet.metadata.name,result.applicationSet.metadata.labels';
    const { request } = exchanges[10];
    const response = await server.send(
      { ...request, query: { fields } },
      { signal: ended.signal },
    );
    const first = await read(response, text => text.includes('ADDED'));
    server.store.mergePatch(applicationSets, key, {
      metadata: { labels: { team: 'b' } },
    });
    const text = await read(response, all => all.includes('MODIFIED'));
    expect(
      (first + text)
        .trim()
        .split('\n')
        .map(line => JSON.parse(line).result),
    ).toEqual(
      ['a', 'b'].map((team, index) => ({
        applicationSet: { metadata: { labels: { team }, name: 'shop' } },
        type: index === 0 ? 'ADDED' : 'MODIFIED',
      })),
    );
    let answered = false;
    const headers = {
      ...request.headers,
      Authorization: 'Bearer <reader-jwt>',
    };
    server.send({ ...request, headers }, { signal: ended.signal }).then(
      () => {
        answered = true;
      },
      () => {},
    );
    const later = await open(exchanges[0]);
    await read(later, all => all.length > 0);
    expect(answered).toBe(false);
  });

  it('refuses an unknown token as an event', async () => {
    await start();
    const exchange = exchanges[5];
    const response = await open(exchange);
    expect(response.status).toBe(exchange.response.status);
    expect(await response.text()).toBe(textOf(exchange));
  });

  it('has looked at every recorded stream', () => {
    const seen = [0, 1, 2, 3, 4, 5, 6, 8, 9, ...NOT_COMPARED];
    expect(seen.sort((a, b) => a - b)).toEqual([...exchanges.keys()]);
    return start();
  });
});
