import { closedSchema } from '../structuralSchema';
import { checkRules, UnevaluatedRule } from './rules';

/** A schema whose `spec` has these properties, each with rules of its own, and the rules of `spec` itself. */
function check(
  spec: object,
  value: unknown,
  previous?: unknown,
): { violations: string[]; notChecked: UnevaluatedRule[] } {
  const schema = closedSchema(
    { type: 'object', properties: { spec: { type: 'object', ...spec } } },
    { isObject: true },
  );
  const object = (content: unknown) => ({
    apiVersion: 'example.com/v1',
    kind: 'Shop',
    metadata: { name: 'shop' },
    spec: content,
  });
  const found = checkRules(
    schema,
    object(value),
    previous === undefined ? undefined : object(previous),
  );
  return {
    violations: found.violations.map(
      ({ field, message }) => `${field} ${message}`,
    ),
    notChecked: found.notChecked,
  };
}

const rules = (...all: object[]) => ({ 'x-kubernetes-validations': all });
const PASSES = { violations: [], notChecked: [] };

describe('rules on values', () => {
  const properties = {
    min: { type: 'integer' },
    max: { type: 'integer' },
    ratio: { type: 'number' },
    name: { type: 'string' },
    absent: { type: 'string' },
    cpu: { 'x-kubernetes-int-or-string': true },
    since: { type: 'string', format: 'date-time' },
    timeout: { type: 'string', format: 'duration' },
    'node-role': { type: 'string' },
    namespace: { type: 'string' },
    zones: { type: 'array', items: { type: 'string' } },
    pools: {
      type: 'array',
      items: {
        type: 'object',
        properties: { name: { type: 'string' }, size: { type: 'integer' } },
      },
    },
    tags: { type: 'object', additionalProperties: { type: 'string' } },
    open: {
      type: 'object',
      'x-kubernetes-preserve-unknown-fields': true,
    },
  };
  const value = {
    min: 1,
    max: 3,
    ratio: 1,
    name: 'größe-1',
    cpu: 2,
    since: '2024-05-01T00:00:00Z',
    timeout: '90s',
    'node-role': 'worker',
    namespace: 'web',
    zones: ['a', 'b', 'c'],
    pools: [
      { name: 'x', size: 1 },
      { name: 'y', size: 5 },
    ],
    tags: { 'a.b/c': 'd' },
    open: { any: 1 },
  };

  it.each([
    'self.min <= self.max',
    'self.ratio > 0.5 && self.ratio < 2.0',
    'self.max - self.min == 2 && self.max / 2 == 1',
    'type(self.cpu) == int ? self.cpu == 2 : self.cpu == "2"',
    'self.since < timestamp("2025-01-01T00:00:00Z")',
    'self.timeout == duration("1m30s")',
    'self.node__dash__role == "worker" && self.__namespace__ == "web"',
    '!has(self.absent) && has(self.open)',
    'self.pools.all(p, p.size > 0) && self.pools.exists(p, p.name == "y")',
    'self.pools.map(p, p.size).sum() == 6 && self.pools.map(p, p.size).max() == 5',
    'self.zones.isSorted() && self.zones.indexOf("b") == 1 && self.zones.lastIndexOf("z") == -1',
    'self.tags["a.b/c"] == "d" && "a.b/c" in self.tags',
    // Regular expressions are RE2, positions count characters.
    'self.name.matches("(?i)^GRÖSSE|^GRÖßE") && "z".matches("\\\\z")',
    'self.name.indexOf("-") == 5 && self.name.substring(6) == "1" && "😀a".indexOf("a") == 1',
    'self.name.find("[0-9]+") == "1" && self.name.findAll("[rg]").size() == 2',
    '"a.matches(b)" == "a." + "matches(b)"',
    '"a-b".replace("-", "_").split("_").join("+").upperAscii() == "A+B"',
    'quantity("1Gi").isGreaterThan(quantity("1G")) && quantity("1000m") == quantity("1")',
    '!isQuantity("1 Gi") && quantity("500m").add(quantity("1500m")) == quantity("2")',
    'sets.contains(self.zones, ["c"]) && cidr("10.0.0.0/8").containsIP("10.1.2.3")',
    'url("https://a.b:8443/c?d=e").getPort() == "8443" && isURL("https://a.b")',
    '!format.dns1123Label().validate("web").hasValue() && format.named("date").hasValue()',
    'semver("1.33.4").isGreaterThan(semver("v1.33", true))',
  ])('%s', rule => {
    expect(check({ properties, ...rules({ rule }) }, value)).toEqual(PASSES);
    expect(
      check({ properties, ...rules({ rule: `!(${rule})` }) }, value),
    ).toEqual({
      violations: [`spec is refused by a rule: failed rule: !(${rule})`],
      notChecked: [],
    });
  });

  it('says the rule’s message, or what its expression makes of the values', () => {
    expect(
      check(
        {
          properties: {
            max: { type: 'integer' },
            min: {
              type: 'integer',
              ...rules(
                { rule: 'self > 1', message: 'must be more than one' },
                {
                  rule: 'self > 2',
                  message: 'unused',
                  messageExpression: '"not " + string(self)',
                },
                {
                  rule: 'self > 3',
                  message: 'used',
                  messageExpression: 'self.nope',
                },
              ),
            },
          },
          ...rules({
            rule: 'has(self.max)',
            message: 'say a maximum',
            fieldPath: '.max',
          }),
        },
        { min: 1 },
      ).violations,
    ).toEqual([
      'spec.max is refused by a rule: say a maximum',
      'spec.min is refused by a rule: must be more than one',
      'spec.min is refused by a rule: not 1',
      'spec.min is refused by a rule: used',
    ]);
  });

  it('refuses what makes a rule fail, as the API server does', () => {
    expect(
      check({ properties, ...rules({ rule: 'self.max > 1' }) }, { min: 1 }),
    ).toEqual({
      violations: [
        'spec is refused by the rule `self.max > 1`: no such key: max',
      ],
      notChecked: [],
    });
  });

  it.each([
    ['self.name.isURL()'],
    ['self.missing == 1'],
    ['cel.bind(n, self.min, n == 1)'],
    ['self.min +'],
    ['self.name > 1'],
    ['self.name'],
    ['self.min.round() == 1'],
    [
      'lists.range(1000).all(a, lists.range(1000).all(b, lists.range(1000).all(c, a + b + c >= 0)))',
    ],
  ])('does not guess where it cannot evaluate %s', rule => {
    const { violations, notChecked } = check(
      { properties, ...rules({ rule }) },
      { name: 'x', min: 1 },
    );
    expect(violations).toEqual([]);
    expect(notChecked).toEqual([
      { field: 'spec', rule, reason: expect.stringMatching(/./) },
    ]);
  });
});

describe('rules on changes', () => {
  const immutable = rules({
    rule: 'self == oldSelf',
    message: 'cannot be changed',
  });
  const properties = {
    region: { type: 'string', ...immutable },
    pools: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          size: {
            type: 'integer',
            ...rules({ rule: 'self >= oldSelf', message: 'only grows' }),
          },
        },
      },
    },
    zones: { type: 'array', items: { type: 'string', ...immutable } },
    tags: {
      type: 'object',
      additionalProperties: { type: 'string', ...immutable },
    },
  };
  const before = {
    region: 'eu',
    pools: [
      { name: 'a', size: 2 },
      { name: 'b', size: 5 },
    ],
    zones: ['x'],
    tags: { k: 'v' },
  };

  it('hold only where there is an old value', () => {
    expect(check({ properties }, before)).toEqual(PASSES);
    expect(check({ properties }, before, {})).toEqual(PASSES);
    expect(check({ properties }, before, before)).toEqual(PASSES);
  });

  it('compare the same property, key, or item of a list with keys', () => {
    expect(
      check(
        { properties },
        {
          region: 'us',
          pools: [
            { name: 'b', size: 4 },
            { name: 'a', size: 3 },
            { name: 'new', size: 0 },
          ],
          zones: ['y'],
          tags: { k: 'w', l: 'x' },
        },
        before,
      ),
    ).toEqual({
      violations: [
        'spec.region is refused by a rule: cannot be changed',
        'spec.pools[0].size is refused by a rule: only grows',
        'spec.tags.k is refused by a rule: cannot be changed',
      ],
      notChecked: [],
    });
  });

  it.each([
    [undefined, true],
    [{ region: 'eu' }, true],
    [{ region: 'us' }, false],
  ])('give an optional old value, here %p', (previous, passes) => {
    const found = check(
      {
        properties: {
          region: {
            type: 'string',
            ...rules({
              rule: 'oldSelf.orValue("eu") == self',
              optionalOldSelf: true,
            }),
          },
        },
      },
      { region: 'eu' },
      previous,
    );
    expect(found.notChecked).toEqual([]);
    expect(found.violations.length === 0).toBe(passes);
  });

  it('take a variable’s name in a text for no variable', () => {
    expect(check(rules({ rule: "'oldSelf' == r'oldSelf'" }), {})).toEqual(
      PASSES,
    );
  });
});
