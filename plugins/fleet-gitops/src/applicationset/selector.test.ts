import fc from 'fast-check';
import {
  findFailingRequirement,
  findSelectorProblem,
  type LabelSelector,
  matchesLabelSelector,
} from './selector';

const keys = fc.constantFrom('env', 'region', 'tier');
const values = fc.constantFrom('a', 'b', 'c');
const labels = fc.dictionary(keys, values, { maxKeys: 3 });
const requirement = fc.oneof(
  fc.record({
    key: keys,
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.array(values, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    key: keys,
    operator: fc.constantFrom('Exists', 'DoesNotExist'),
  }),
);
const selector: fc.Arbitrary<LabelSelector> = fc.record({
  matchLabels: fc.dictionary(keys, values, { maxKeys: 2 }),
  matchExpressions: fc.array(requirement, { maxLength: 3 }),
});

const NEGATIONS: Record<string, string> = {
  In: 'NotIn',
  NotIn: 'In',
  Exists: 'DoesNotExist',
  DoesNotExist: 'Exists',
};

describe('matchesLabelSelector', () => {
  it.each<[string, LabelSelector, Record<string, string>, boolean]>([
    ['an empty selector', {}, {}, true],
    [
      'a label that is there',
      { matchLabels: { env: 'a' } },
      { env: 'a' },
      true,
    ],
    ['a label that is absent', { matchLabels: { env: '' } }, {}, false],
    [
      'NotIn without the label',
      { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['a'] }] },
      {},
      true,
    ],
    [
      'an inherited property',
      { matchExpressions: [{ key: 'toString', operator: 'Exists' }] },
      {},
      false,
    ],
    [
      'an unknown operator',
      { matchExpressions: [{ key: 'env', operator: 'Gt', values: ['1'] }] },
      { env: '2' },
      false,
    ],
  ])('%s', (_, given, present, expected) => {
    expect(matchesLabelSelector(given, present)).toBe(expected);
  });

  it('says of each requirement the opposite of its negation', () => {
    fc.assert(
      fc.property(requirement, labels, (item, present) => {
        const negated = { ...item, operator: NEGATIONS[item.operator] };
        expect(
          matchesLabelSelector({ matchExpressions: [item] }, present),
        ).toBe(!matchesLabelSelector({ matchExpressions: [negated] }, present));
      }),
    );
  });

  it('matches where each requirement matches alone, in any order', () => {
    fc.assert(
      fc.property(selector, labels, (given, present) => {
        const alone = [
          ...Object.entries(given.matchLabels!).map(([key, value]) => ({
            matchLabels: { [key]: value },
          })),
          ...given.matchExpressions!.map(item => ({
            matchExpressions: [item],
          })),
        ].every(item => matchesLabelSelector(item, present));
        const reversed = {
          matchLabels: given.matchLabels,
          matchExpressions: [...given.matchExpressions!].reverse(),
        };
        expect(matchesLabelSelector(given, present)).toBe(alone);
        expect(matchesLabelSelector(reversed, present)).toBe(alone);
      }),
    );
  });
});

describe('findFailingRequirement', () => {
  it('names a requirement that fails, exactly where the selector does not match', () => {
    fc.assert(
      fc.property(selector, labels, (given, present) => {
        const failing = findFailingRequirement(given, present);
        expect(failing === undefined).toBe(
          matchesLabelSelector(given, present),
        );
        expect(
          failing === undefined ||
            !matchesLabelSelector({ matchExpressions: [failing] }, present),
        ).toBe(true);
      }),
    );
  });

  it('gives an entry of matchLabels as In', () => {
    expect(
      findFailingRequirement({ matchLabels: { enable_payments: 'true' } }, {}),
    ).toEqual({ key: 'enable_payments', operator: 'In', values: ['true'] });
  });
});

describe('findSelectorProblem', () => {
  it.each([
    [{ key: 'a/b/c', operator: 'Exists' }, 'is no label key'],
    [{ key: 'path[0]', operator: 'Exists' }, 'is no label key'],
    [{ key: '-x', operator: 'Exists' }, 'is no label key'],
    [{ key: 'x'.repeat(64), operator: 'Exists' }, 'is no label key'],
    [{ key: 'Example.com/x', operator: 'Exists' }, 'is no label key'],
    [{ key: 'env', operator: 'In', values: [] }, 'at least one value'],
    [{ key: 'env', operator: 'Exists', values: ['a'] }, 'takes no values'],
    [{ key: 'env', operator: 'Gt', values: ['1'] }, 'no selector operator'],
    [{ key: 'env', operator: 'In', values: ['a b'] }, 'is no label value'],
    [
      { key: 'env', operator: 'In', values: ['x'.repeat(64)] },
      'is no label value',
    ],
  ])('refuses %j', (item, problem) => {
    expect(findSelectorProblem({ matchExpressions: [item] })).toContain(
      problem,
    );
  });

  it('allows any value where parameters are filtered', () => {
    const given = { matchLabels: { server: 'https://spoke.example.com' } };
    expect(findSelectorProblem(given)).toContain('is no label value');
    expect(findSelectorProblem(given, { anyValue: true })).toBeUndefined();
  });

  it('accepts what Kubernetes accepts', () => {
    expect(
      findSelectorProblem({
        matchLabels: { 'fleet.example.com/service': 'payments', env: '' },
        matchExpressions: [
          { key: 'a_b.c-D', operator: 'NotIn', values: ['1'] },
        ],
      }),
    ).toBeUndefined();
  });
});
