import { planMappings, showsPlan } from './planMappings';

const plan = (kind: string) => ({
  'ui:field': 'FleetPlanPreview',
  'ui:options': { kind, parameters: {} },
});

it('finds the plans of all pages, each once, wherever they are', () => {
  const steps = [
    { uiSchema: { service: { 'ui:field': 'FleetServicePicker' } } },
    { uiSchema: { preview: plan('service.onboard') } },
    {
      uiSchema: {
        plan: plan('service.onboard'),
        more: { items: { plan: plan('cluster.label') } },
      },
    },
  ];
  expect(planMappings(steps).map(({ kind }) => kind)).toEqual([
    'service.onboard',
    'cluster.label',
  ]);
});

it('leaves out a field without options, and options that look like a field', () => {
  expect(
    planMappings([
      { uiSchema: { plan: { 'ui:field': 'FleetPlanPreview' } } },
      { uiSchema: { other: { 'ui:options': plan('service.onboard') } } },
    ]),
  ).toEqual([]);
});

it.each([
  [[{ schema: { properties: { plan: plan('service.onboard') } } }], true],
  [[{ schema: { dependencies: { a: { oneOf: [{ p: plan('x') }] } } } }], true],
  [[{ schema: { properties: { name: { type: 'string' } } } }], false],
  [undefined, false],
])('%j shows a plan: %s', (steps, shows) => {
  expect(showsPlan(steps)).toBe(shows);
});
