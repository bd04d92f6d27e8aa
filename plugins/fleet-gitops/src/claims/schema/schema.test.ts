import { exampleRepository } from '../__testUtils__/exampleRepository';
import { findDefinition } from './definitions';
import { simpleSchemaToOpenApi } from './simpleSchema';
import { closedSchema, validate } from './structuralSchema';

const violationsOf = (schema: object, value: unknown) =>
  validate(closedSchema(schema), value).violations.map(
    ({ field, message }) => `${field} ${message}`,
  );

describe('closedSchema', () => {
  const schema = {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', pattern: '(?i)^[a-z]+$', maxLength: 5 },
      count: { type: 'integer', minimum: 0, exclusiveMinimum: true },
      port: { 'x-kubernetes-int-or-string': true },
      note: { type: 'string', nullable: true },
      size: { type: 'string', enum: ['s', 'm'], default: 's' },
      tags: { type: 'object', additionalProperties: { type: 'string' } },
      open: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      empty: { type: 'object' },
      pools: {
        type: 'array',
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['name'],
        items: { type: 'object', properties: { name: { type: 'string' } } },
      },
      zones: {
        type: 'array',
        'x-kubernetes-list-type': 'set',
        items: { type: 'string' },
      },
    },
  };

  it.each<[string, object, string[]]>([
    [
      'what is allowed',
      {
        name: 'Abc',
        count: 1,
        port: 'http',
        note: null,
        tags: { a: 'b' },
        open: { x: { y: 1 } },
        pools: [{ name: 'a' }, { name: 'b' }],
        zones: ['a'],
      },
      [],
    ],
    ['a missing field', {}, ['name is missing']],
    ['an unknown field', { name: 'a', nmae: 'b' }, ['nmae is not known']],
    [
      'an unknown field deeper',
      { name: 'a', pools: [{ nmae: 'b' }] },
      ['pools[0].nmae is not known'],
    ],
    [
      'a field of an object without fields',
      { name: 'a', empty: { a: 1 } },
      ['empty.a is not known'],
    ],
    ['an excluded bound', { name: 'a', count: 0 }, ['count must be > 0']],
    [
      'a wrong type',
      { name: 1, tags: { a: 1 } },
      ['name must be of type string', 'tags.a must be of type string'],
    ],
    [
      'a pattern in Go’s syntax and a length',
      { name: 'a12345' },
      [
        'name must NOT have more than 5 characters and must match `(?i)^[a-z]+$`',
      ],
    ],
    ['an enum', { name: 'a', size: 'l' }, ['size must be one of `s`, `m`']],
    [
      'a repeated key of a list',
      { name: 'a', pools: [{ name: 'b' }, { name: 'b' }] },
      ['pools must not have two items with the same key'],
    ],
    [
      'a repeated item of a set',
      { name: 'a', zones: ['b', 'b'] },
      ['zones must not have the same item twice'],
    ],
    [
      'a key with a slash',
      { name: 'a', tags: { 'a.b/c': 1 } },
      ['tags[a.b/c] must be of type string'],
    ],
  ])('finds %s', (_case, value, expected) => {
    expect(violationsOf(schema, value)).toEqual(expected);
  });

  it('fills in defaults before it asks for what is required, and leaves the value alone', () => {
    const required = { ...schema, required: ['size'] };
    const value = {};
    expect(validate(closedSchema(required), value)).toEqual({
      violations: [],
      defaulted: { size: 's' },
    });
    expect(value).toEqual({});
  });
});

describe('simpleSchemaToOpenApi', () => {
  it.each<[string, Record<string, unknown>, object]>([
    [
      'atomic types',
      { a: 'string', b: 'integer', c: 'boolean', d: 'float', e: 'number' },
      {
        a: { type: 'string' },
        b: { type: 'integer' },
        c: { type: 'boolean' },
        d: { type: 'number' },
        e: { type: 'number' },
      },
    ],
    [
      'collections',
      {
        a: '[]string',
        b: 'map[string]integer',
        c: '[]map[string][]boolean',
        d: 'object',
      },
      {
        a: { type: 'array', items: { type: 'string' } },
        b: { type: 'object', additionalProperties: { type: 'integer' } },
        c: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: { type: 'array', items: { type: 'boolean' } },
          },
        },
        d: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      },
    ],
    [
      'markers',
      {
        a: 'string | default="a b" enum="a b,c" description="with \\"quotes\\" = and, more" pattern="^[a-z ]{1,3}$"',
        b: 'integer | minimum=1 maximum=5 default=2',
        c: '[]string | uniqueItems=true minItems=1 default=["x", "y"]',
        d: 'string | immutable=true',
      },
      {
        a: {
          type: 'string',
          default: 'a b',
          enum: ['a b', 'c'],
          description: 'with "quotes" = and, more',
          pattern: '^[a-z ]{1,3}$',
        },
        b: { type: 'integer', minimum: 1, maximum: 5, default: 2 },
        c: {
          type: 'array',
          items: { type: 'string' },
          'x-kubernetes-list-type': 'set',
          minItems: 1,
          default: ['x', 'y'],
        },
        d: {
          type: 'string',
          'x-kubernetes-validations': [
            { rule: 'self == oldSelf', message: 'field is immutable' },
          ],
        },
      },
    ],
    [
      'types of its own',
      { pools: '[]Pool' },
      {
        pools: {
          type: 'array',
          items: {
            type: 'object',
            properties: { size: { type: 'integer' } },
            required: ['size'],
          },
        },
      },
    ],
  ])('reads %s', (_case, fields, properties) => {
    const types = { Pool: { size: 'integer | required=true' } };
    expect(simpleSchemaToOpenApi(fields, types)).toMatchObject({
      type: 'object',
      properties,
    });
  });

  it('makes an object of defaults exist by itself, one with a required field not', () => {
    expect(
      simpleSchemaToOpenApi({
        a: { x: 'integer | default=1' },
        b: { x: 'integer | default=1', y: 'string | required=true' },
        c: 'string | required=false',
        d: 'string | required=true',
      }),
    ).toEqual({
      type: 'object',
      required: ['d'],
      properties: {
        a: {
          type: 'object',
          default: {},
          properties: { x: { type: 'integer', default: 1 } },
        },
        b: {
          type: 'object',
          required: ['y'],
          properties: {
            x: { type: 'integer', default: 1 },
            y: { type: 'string' },
          },
        },
        c: { type: 'string' },
        d: { type: 'string' },
      },
    });
  });

  it.each<[string, unknown, string]>([
    ['an unknown type', 'strin', 'a: type `strin` is not known'],
    [
      'an unknown marker',
      'string | requird=true',
      'a: marker `requird` is not known',
    ],
    [
      'a marker without a value',
      'string | required',
      'a: marker `required` has no value',
    ],
    ['an open quote', 'string | default="x', 'a: has an unclosed quote'],
    [
      'a length of a number',
      'integer | minLength=1',
      'a: `minLength` is for the type string only',
    ],
    [
      'a default that is no JSON',
      'integer | default=x',
      'a: `default` is no JSON: `x`',
    ],
    [
      'a bound that is no number',
      'integer | minimum=x',
      'a: `minimum` must be a number, not `x`',
    ],
    [
      'an enum of booleans',
      'boolean | enum="true"',
      'a: `enum` is for the types string and integer only',
    ],
    [
      'a type that contains itself',
      'Loop',
      'a: next: type `Loop` contains itself',
    ],
    ['a number for a type', 3, 'a: must be a type or an object of fields'],
  ])('refuses %s', (_case, field, message) => {
    expect(() =>
      simpleSchemaToOpenApi({ a: field }, { Loop: { next: 'Loop' } }),
    ).toThrow(message);
  });
});

describe('findDefinition', () => {
  it.each([
    ['platform.acme.example/v1alpha1', 'EKSCluster', 'claim', true],
    [
      'platform.acme.example/v1alpha1',
      'XEKSCluster',
      'legacy-composite',
      false,
    ],
    ['platform.acme.example/v1', 'SpokeCluster', 'composite', true],
    ['kro.run/v1alpha1', 'EksCluster', undefined, true],
  ])('finds %s %s', (apiVersion, kind, crossplane, isNamespaced) => {
    const found = findDefinition({ apiVersion, kind }, exampleRepository)!;
    expect(found).toMatchObject({ isNamespaced });
    expect(found.crossplane).toBe(crossplane);
    expect(found.source).toMatch(/^platform\//);
  });

  it('knows Crossplane’s own fields where they belong, and no others', () => {
    const check = (kind: string, version: string, spec: object) =>
      validate(
        findDefinition(
          { apiVersion: `platform.acme.example/${version}`, kind },
          exampleRepository,
        )!.schema,
        { apiVersion: 'x', kind, metadata: { name: 'a', labels: {} }, spec },
      ).violations.map(({ field, message }) => `${field} ${message}`);
    const parameters = {
      region: 'eu-west-1',
      kubernetesVersion: '1.33',
      nodes: { count: 1 },
    };
    const fields = {
      region: 'eu-west-1',
      kubernetesVersion: '1.33',
      pools: [{ name: 'a', replicas: 1 }],
    };
    expect(
      check('EKSCluster', 'v1alpha1', {
        parameters,
        compositeDeletePolicy: 'Foreground',
        writeConnectionSecretToRef: { name: 'a' },
      }),
    ).toEqual([]);
    expect(
      check('EKSCluster', 'v1alpha1', { parameters, crossplane: {} }),
    ).toEqual(['spec.crossplane is not known']);
    expect(
      check('SpokeCluster', 'v1', {
        ...fields,
        crossplane: { compositionRef: { name: 'x' } },
      }),
    ).toEqual([]);
    expect(
      check('SpokeCluster', 'v1', { ...fields, compositionRef: { name: 'x' } }),
    ).toEqual(['spec.compositionRef is not known']);
    expect(
      check('SpokeCluster', 'v1', {
        ...fields,
        crossplane: { compositionUpdatePolicy: 'Never' },
      }),
    ).toEqual([
      'spec.crossplane.compositionUpdatePolicy must be one of `Automatic`, `Manual`',
    ]);
  });

  it('takes the hub’s CustomResourceDefinition where the repository has none', () => {
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'vclusters.acme.example' },
      spec: {
        group: 'acme.example',
        scope: 'Namespaced',
        names: { kind: 'VCluster' },
        versions: [
          {
            name: 'v1',
            served: true,
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: { spec: { type: 'object' } },
              },
            },
          },
          { name: 'v0', served: false },
        ],
      },
    };
    const find = (version: string) =>
      findDefinition(
        { apiVersion: `acme.example/${version}`, kind: 'VCluster' },
        exampleRepository,
        [crd],
      );
    expect(find('v1')!.source).toBe(
      'the hub’s CustomResourceDefinition vclusters.acme.example',
    );
    expect(() => find('v0')).toThrow('It has: v1.');
    expect(
      findDefinition(
        { apiVersion: 'acme.example/v1', kind: 'Other' },
        exampleRepository,
        [crd],
      ),
    ).toBeUndefined();
  });
});
