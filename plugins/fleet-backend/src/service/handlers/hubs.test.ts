import { FleetApi } from '../__testUtils__/fleetApi';

it('says when a hub was last heard, also while nothing else is new', async () => {
  const api = await FleetApi.start();
  const since = '2026-01-01T00:00:00.000Z';
  const hear = (observedAt: string) =>
    api.store
      .sink('eu')
      .state('Application', { status: 'live', since, observedAt });
  hear('2027-01-01T00:00:00.000Z');
  const first = await api.get('/hubs');
  const tag = { 'if-none-match': first.headers.etag };
  expect((await api.get('/hubs', tag)).status).toBe(304);

  hear('2027-01-01T00:00:20.000Z');
  expect(api.store.revision).toBe(first.body.revision);
  const second = await api.get('/hubs', tag);
  expect(second.status).toBe(200);
  expect(second.body.items[0].freshness.observedAt).toBe(
    '2027-01-01T00:00:20.000Z',
  );
});
