import { readFileSync } from 'fs';
import path from 'path';
import { gunzipSync } from 'zlib';
import fc from 'fast-check';
import {
  applicationRevisions,
  applicationState,
  type KubernetesObject,
} from '@backstage-fleet/plugin-fleet-common';
import {
  projectApplication,
  projectApplicationSet,
  projectAppProject,
  projectClusterSecret,
} from '.';

/** Objects as a running Argo CD wrote them. */
const recorded: Record<string, { object: KubernetesObject }> = JSON.parse(
  gunzipSync(
    readFileSync(path.join(__dirname, '../testdata/argocd-objects.json.gz')),
  ).toString('utf8'),
);
const named = (prefix: string) =>
  Object.keys(recorded)
    .filter(name => name.startsWith(prefix))
    .map(name => [name, recorded[name].object] as const);

describe('projectApplication', () => {
  it.each(named('application-'))(
    'keeps what the status rules read of %s',
    (_name, object) => {
      const projected = projectApplication(object);
      expect(applicationState(projected)).toEqual(applicationState(object));
      expect(applicationRevisions(projected)).toEqual(
        applicationRevisions(object),
      );
      expect(projected.spec.destination).toEqual(object.spec.destination);
    },
  );

  it('drops most of a large Application', () => {
    const { object } = recorded['application-synced-healthy'];
    const text = JSON.stringify(projectApplication(object));
    expect(text).not.toMatch(/managedFields|resourceVersion|generation/);
    expect(text.length).toBeLessThan(JSON.stringify(object).length / 3);
  });

  it('is the same after a second time', () => {
    for (const [, object] of named('application-')) {
      const once = projectApplication(object);
      expect(projectApplication(once).status.health).toEqual(
        once.status.health,
      );
    }
  });

  it('cuts messages that are as long as manifests', () => {
    const projected = projectApplication({
      metadata: { name: 'a' },
      status: { health: { status: 'Degraded', message: 'x'.repeat(100_000) } },
    });
    expect(projected.status.health.message.length).toBeLessThan(2_100);
  });
});

describe('projectApplicationSet', () => {
  it.each(named('applicationset-'))(
    'keeps spec and conditions of %s',
    (_n, o) => {
      const projected = projectApplicationSet(o);
      expect(projected.spec).toEqual(o.spec);
      expect(projected.status.conditions?.length).toBe(
        o.status?.conditions?.length,
      );
      expect(projected.status.resources).toBeUndefined();
    },
  );
});

describe('projectAppProject', () => {
  it('keeps what it allows and no roles', () => {
    const { object } = recorded['appproject-shop'];
    const projected = projectAppProject({
      ...object,
      spec: {
        ...object.spec,
        roles: [{ name: 'ci', jwtTokens: [{ iat: 1 }] }],
      },
    });
    expect(projected.spec.sourceRepos).toEqual(object.spec.sourceRepos);
    expect(JSON.stringify(projected)).not.toMatch(/jwtTokens/);
  });
});

describe('projectClusterSecret', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64');

  it('reads name, server, labels and annotations of a recorded Secret', () => {
    const { object } = recorded['cluster-secret-spoke-a'];
    expect(projectClusterSecret(object)).toEqual({
      kind: 'Cluster',
      metadata: expect.objectContaining({
        name: 'cluster-spoke-a',
        namespace: 'argocd',
        labels: object.metadata.labels,
      }),
      spec: {
        name: 'spoke-a',
        server: expect.stringMatching(/^https:\/\/127\.0\.0\.1:6443\//),
      },
    });
  });

  it('lets no byte of the credentials out, wherever they stand', () => {
    const secret = fc.string({ minLength: 12, unit: 'grapheme-ascii' });
    fc.assert(
      fc.property(secret, secret, (token, other) => {
        const config = JSON.stringify({ bearerToken: token });
        const projected = projectClusterSecret({
          metadata: {
            name: 'spoke',
            namespace: 'argocd',
            labels: { environment: 'prod' },
            annotations: {
              team: 'a',
              'kubectl.kubernetes.io/last-applied-configuration':
                JSON.stringify({ stringData: { config } }),
            },
            managedFields: [{ manager: token }],
          } as any,
          type: 'Opaque',
          data: {
            name: base64('spoke'),
            server: base64('https://spoke'),
            config: base64(config),
            extra: base64(other),
          },
          stringData: { config },
        });
        expect(projected).toEqual({
          kind: 'Cluster',
          metadata: {
            name: 'spoke',
            namespace: 'argocd',
            labels: { environment: 'prod' },
            annotations: { team: 'a' },
          },
          spec: { name: 'spoke', server: 'https://spoke' },
        });
      }),
    );
  });

  it.each([
    ['no server', { name: base64('spoke') }],
    ['no data', undefined],
  ])('drops a Secret with %s', (_name, data) => {
    expect(
      projectClusterSecret({ metadata: { name: 'spoke' }, data }),
    ).toBeUndefined();
  });

  it('is called by its server where it has no name', () => {
    expect(
      projectClusterSecret({
        metadata: { name: 'x' },
        data: { server: base64('https://spoke') },
      })?.spec.name,
    ).toBe('https://spoke');
  });
});
