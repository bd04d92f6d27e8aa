import { VirtualClock } from '../hubs/__testUtils__/virtualClock';
import { application, testStore } from '../store/__testUtils__/objects';
import { createApiMeter, createHubMeter, observeStore } from './metrics';

/** Keeps what is measured. */
function recorder() {
  const values: Array<[name: string, value: number, labels?: object]> = [];
  const callbacks: Array<() => void> = [];
  const instrument = (name: string) => {
    const add = (value: number, labels?: object) =>
      void values.push([name, value, labels]);
    return {
      add,
      record: add,
      addCallback: (read: (result: any) => void) =>
        void callbacks.push(() => read({ observe: add })),
    };
  };
  const metrics: any = {
    createCounter: instrument,
    createHistogram: instrument,
    createObservableGauge: instrument,
  };
  const collect = () => callbacks.forEach(read => read());
  return { metrics, values, collect };
}

describe('metrics', () => {
  it.each([
    ['/apis/argoproj.io/v1alpha1/applications?limit=500', 'list'],
    ['/apis/argoproj.io/v1alpha1/applications?limit=500&continue=x', 'page'],
    ['/apis/argoproj.io/v1alpha1/applications?watch=true', 'watch'],
    ['/api/v1/stream/applications?fields=x', 'watch'],
    ['/api/v1/applications?fields=x', 'list'],
    ['/apis', 'other'],
  ])('counts %s as %s', (path, type) => {
    const { metrics, values } = recorder();
    createHubMeter(metrics).request('eu', path, 200);
    expect(values[0]).toEqual([
      'fleet.hub.requests',
      1,
      { hub: 'eu', type, outcome: '200' },
    ]);
    expect(values.slice(1).map(([name]) => name)).toEqual(
      { list: ['fleet.hub.lists'], watch: ['fleet.hub.watches'] }[type] ?? [],
    );
  });

  it('observes objects, connection and staleness of hubs', () => {
    const { metrics, values, collect } = recorder();
    const clock = new VirtualClock();
    const store = testStore({ now: () => new Date(clock.now()) });
    observeStore(metrics, store, clock);
    const observedAt = new Date(clock.now() - 7_000).toISOString();
    const live = { status: 'live' as const, since: observedAt, observedAt };
    const sink = store.sink('eu');
    sink.replace('Application', [application({ name: 'a' })]);
    sink.state('Application', live);
    sink.state('Cluster', live);
    collect();
    expect(values).toEqual(
      expect.arrayContaining([
        ['fleet.hub.objects', 1, { hub: 'eu', kind: 'Application' }],
        ['fleet.hub.live', 1, { hub: 'eu' }],
        ['fleet.hub.live', 0, { hub: 'us' }],
        ['fleet.hub.staleness', 7, { hub: 'eu' }],
      ]),
    );
  });

  it('names routes by their pattern', async () => {
    const { metrics, values } = recorder();
    const clock = new VirtualClock();
    const { middleware, revisionTold } = createApiMeter(metrics, clock);
    let finish = () => {};
    const response: any = {
      statusCode: 200,
      on: (_event: string, listener: () => void) => {
        finish = listener;
      },
    };
    const request: any = {
      method: 'GET',
      path: '/services/payments/deployments',
    };
    const next = jest.fn();
    middleware(request, response, next);
    expect(next).toHaveBeenCalledWith();
    await clock.advance(250);
    request.route = { path: '/services/:service/deployments' };
    finish();
    revisionTold(200);
    expect(values).toEqual([
      [
        'fleet.api.duration',
        0.25,
        {
          route: '/services/:service/deployments',
          method: 'GET',
          status: 200,
        },
      ],
      ['fleet.revision.lag', 0.2, undefined],
    ]);
  });
});
