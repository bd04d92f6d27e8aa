import { intentOf, overriddenGuards } from './intentOf';

const mapping = {
  kind: 'service.promote',
  needs: ['service', 'clusters'],
  repository: { from: 'blueprint.repository' },
  parameters: {
    service: { from: 'service' },
    version: { from: 'version' },
    to: { clusters: { from: 'clusters' }, environments: { from: 'none' } },
    strategy: 'edit',
    waves: { from: 'waves', map: { region: { by: 'region' } } },
    first: { from: 'clusters.0' },
  },
};

it('takes values from the form, literals as they are, and leaves out what is empty', () => {
  expect(
    intentOf(mapping, {
      service: 'payments',
      version: '',
      clusters: ['a', undefined, 'b'],
      waves: 'region',
      blueprint: { repository: 'fleet-gitops' },
    }),
  ).toEqual({
    intent: {
      kind: 'service.promote',
      repository: 'fleet-gitops',
      parameters: {
        service: 'payments',
        to: { clusters: ['a', 'b'] },
        strategy: 'edit',
        waves: { by: 'region' },
        first: 'a',
      },
    },
  });
});

it('leaves out what a map has nothing for', () => {
  const asked = intentOf(mapping, {
    service: 'a',
    clusters: ['b'],
    waves: 'together',
  });
  expect(asked).not.toHaveProperty('intent.parameters.waves');
  expect(asked).not.toHaveProperty('intent.repository');
});

it.each([
  [undefined, ['service', 'clusters']],
  [{}, ['service', 'clusters']],
  [{ service: 'a', clusters: [] }, ['clusters']],
  // Forms fill lists up to `minItems` with nothing.
  [{ service: 'a', clusters: [undefined] }, ['clusters']],
  [{ service: '', clusters: ['b'] }, ['service']],
])('%j misses %j', (form, missing) => {
  expect(intentOf(mapping, form)).toEqual({ missing });
});

it('does not read what objects inherit', () => {
  expect(
    intentOf({ kind: 'x', parameters: {}, needs: ['constructor.name'] }, {}),
  ).toEqual({ missing: ['constructor.name'] });
});

it('overrides the guards whose field says so', () => {
  const overriding = {
    ...mapping,
    overrides: { deletions: { from: 'many' }, production: { from: 'reason' } },
  };
  const guards = (form: object) => [...overriddenGuards(overriding, form)];
  expect(guards({ many: true, reason: 'asked for' })).toEqual([
    'deletions',
    'production',
  ]);
  expect(guards({ many: false, reason: '' })).toEqual([]);
  expect(overriddenGuards(mapping, { many: true })).toEqual(new Set());
});
