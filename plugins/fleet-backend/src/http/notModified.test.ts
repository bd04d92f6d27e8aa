import { mockCredentials } from '@backstage/backend-test-utils';
import { application } from '../store/__testUtils__/objects';
import {
  allow,
  FleetApi,
  reads,
  readsIf,
} from '../service/__testUtils__/fleetApi';

describe('notModified', () => {
  let api: FleetApi;
  beforeAll(async () => {
    api = await FleetApi.start();
  });
  beforeEach(() => {
    api.policy = reads(allow);
  });

  it.each(['/hubs', '/clusters', '/services', '/matrix', '/deployments'])(
    'answers %s with 304 until there is a new revision',
    async route => {
      const first = await api.get(route);
      const tag = { 'if-none-match': first.headers.etag };
      expect((await api.get(route, tag)).status).toBe(304);
      // A policy that allows less is noticed.
      api.policy = readsIf('IN_ENVIRONMENT', { environments: ['dev'] });
      expect((await api.get(route, tag)).status).toBe(200);
      api.policy = reads(allow);
      // Somebody else gets an answer of their own.
      const authorization = mockCredentials.service.header();
      expect((await api.get(route, { ...tag, authorization })).status).toBe(
        200,
      );
      api.store
        .sink('us')
        .upsert(
          'Application',
          application({ name: `new-${route.slice(1)}`, namespace: 'x' }),
        );
      expect((await api.get(route, tag)).status).toBe(200);
    },
  );
});
