import { serviceOfApplicationSet } from './serviceName';

function applicationSet(name: string, values: object[], labels?: object) {
  return {
    metadata: { name: 'addons-argo-workflows' },
    spec: {
      generators: [
        {
          merge: {
            mergeKeys: ['server'],
            generators: values.map(own => ({ clusters: { values: own } })),
          },
        },
      ],
      template: { metadata: { name, labels } },
    },
  };
}

describe('serviceOfApplicationSet', () => {
  it.each<[string, string, object[], object | undefined, string]>([
    [
      'the label',
      'x-{{name}}',
      [],
      { 'fleet/service': 'argo-workflows' },
      'argo-workflows',
    ],
    [
      'what is fixed in the name',
      '{{name}}-workflows',
      [],
      undefined,
      'workflows',
    ],
    [
      'the chart in the name',
      'addon-{{name}}-{{values.addonChart}}',
      [
        { addonChart: 'argo-workflows', addonChartVersion: '0.33.1' },
        { addonChartVersion: '0.33.0' },
      ],
      undefined,
      'argo-workflows',
    ],
    [
      'what is fixed where the value is about the cluster',
      'workflows-{{.values.environment}}',
      [{ environment: 'prod' }],
      undefined,
      'workflows',
    ],
    [
      'its own name where charts differ',
      '{{name}}-{{values.chart}}',
      [{ chart: 'one' }, { chart: 'two' }],
      undefined,
      'addons-argo-workflows',
    ],
  ])('takes %s', (_case, name, values, labels, expected) => {
    expect(serviceOfApplicationSet(applicationSet(name, values, labels))).toBe(
      expected,
    );
  });
});
