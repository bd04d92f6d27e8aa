import { Blueprint } from '@backstage-fleet/plugin-fleet-common';
import { choiceProblems, choose, formOf } from './parameters';

const kro: Blueprint = {
  id: 'kro-eks',
  repository: 'fleet-gitops',
  title: 'EKS by KRO',
  provisioner: 'kro',
  parameters: {
    type: 'object',
    required: ['region', 'version'],
    properties: {
      region: {
        title: 'Region',
        type: 'string',
        enum: ['eu-west-1', 'us-east-1'],
        'ui:widget': 'radio',
      },
      version: { type: 'string', enum: ['1.33', '1.34'], default: '1.34' },
      workers: { type: 'integer', minimum: 1, default: 3 },
    },
  },
};

it('takes the ui: keywords out of the schema', () => {
  const { schema, uiSchema } = formOf(kro);
  expect(schema.properties!.region).not.toHaveProperty('ui:widget');
  expect(uiSchema.region).toEqual({ 'ui:widget': 'radio' });
  expect(kro.parameters.properties.region).toHaveProperty('ui:widget');
});

it('begins with the defaults and keeps what fits of another blueprint', () => {
  expect(choose(kro)).toEqual({
    blueprint: 'kro-eks',
    repository: 'fleet-gitops',
    parameters: { version: '1.34', workers: 3 },
  });
  expect(
    choose(kro, {
      region: 'us-east-1',
      version: 'v1.34.1',
      workers: 7,
      instanceType: 'm6i.large',
    }).parameters,
  ).toEqual({ region: 'us-east-1', version: '1.34', workers: 7 });
});

it.each([
  [undefined, ['Choose a blueprint.']],
  [
    {
      blueprint: 'kro-eks',
      repository: 'fleet-gitops',
      parameters: { region: 'eu-west-1', version: '1.33' },
    },
    [],
  ],
  [
    {
      blueprint: 'kro-eks',
      repository: 'fleet-gitops',
      parameters: { version: '1.33', workers: 0 },
    },
    [expect.stringMatching(/Region/), expect.stringMatching(/workers.* >= 1/)],
  ],
  [
    { blueprint: 'kro-eks', repository: 'other', parameters: {} },
    ['There is no blueprint kro-eks any more. Choose another one.'],
  ],
])('%j: %p', (choice, problems) => {
  expect(choiceProblems(choice, [kro])).toEqual(problems);
});

it('leaves the rest to the backend where the blueprints are not known', () => {
  expect(
    choiceProblems({ blueprint: 'x', repository: 'y' }, undefined),
  ).toEqual([]);
});
