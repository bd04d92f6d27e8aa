import { FakeFleet } from './__testUtils__/fakeFleet';
import {
  fieldsOf,
  listFolder,
  outputsUsed,
  parametersUsed,
  readText,
  readYaml,
} from './__testUtils__/templates';
import { fleetActions } from './actions';

const actions = new Map(
  fleetActions
    .map(create => create({ fleet: new FakeFleet() }))
    .map(action => [action.id, action.schema as any]),
);
const names = listFolder('templates');
const PREVIEW = 'FleetPlanPreview';
/** What the form asks for that is no part of the intent. */
const AROUND = ['confirmation', 'mode', 'reason', 'waitFor'];

it('knows all templates', () => {
  expect(names).toEqual([
    'create-cluster',
    'decommission-cluster',
    'deploy-service',
    'promote-service',
  ]);
});

describe.each(names)('the template %s', name => {
  const template = readYaml(`templates/${name}/template.yaml`);
  const fields = fieldsOf(template);
  const previews = Object.values(fields).filter(
    field => field['ui:field'] === PREVIEW,
  );

  it('is called as its folder and registered in both configurations', () => {
    expect(template.metadata.name).toBe(name);
    for (const config of ['app-config.yaml', 'app-config.production.yaml']) {
      expect(readYaml(config).catalog.locations).toContainEqual({
        type: 'file',
        target: `../../templates/${name}/template.yaml`,
        rules: [{ allow: ['Template'] }],
      });
    }
  });

  it.each(
    template.spec.steps.map((step: any) => [step.id, step]) as Array<
      [string, any]
    >,
  )(
    'gives the step %s inputs that its action has, and all that it requires',
    (_, step) => {
      const { input } = actions.get(step.action)!;
      const given = Object.keys(step.input);
      expect(Object.keys(input.properties)).toEqual(
        expect.arrayContaining(given),
      );
      // Without a change there is nothing to wait for, so its id is optional.
      expect(given).toEqual(expect.arrayContaining(input.required ?? []));
    },
  );

  it('asks for each value that it uses, and for nothing else', () => {
    const asked = Object.keys(fields).filter(
      field =>
        fields[field]['ui:field'] !== PREVIEW && field !== 'confirmation',
    );
    expect(parametersUsed(template.spec.steps)).toEqual(asked.sort());
    for (const page of template.spec.parameters) {
      expect(Object.keys(page.properties)).toEqual(
        expect.arrayContaining(page.required ?? []),
      );
    }
  });

  it('uses outputs that the steps before have', () => {
    const before = new Set<string>();
    for (const part of [...template.spec.steps, template.spec.output]) {
      for (const [step, output] of outputsUsed(part)) {
        expect(before).toContain(step);
        const { action } = template.spec.steps.find(
          (each: any) => each.id === step,
        );
        expect(actions.get(action)!.output.properties).toHaveProperty(output);
      }
      before.add(part.id);
    }
    expect(
      outputsUsed(template.spec.output).map(([, output]) => output),
    ).toEqual(
      expect.arrayContaining(['commitUrl', 'pullRequestUrl', 'planSummary']),
    );
  });

  it('shows the plan of what its first step asks for, where one chooses and at the end', () => {
    expect(previews).toHaveLength(2);
    expect(previews[1]['ui:options']).toEqual(previews[0]['ui:options']);
    const [step] = template.spec.steps;
    const { kind, needs, ...mapping } = previews[0]['ui:options'];
    expect(`fleet:${kind.replace('.', ':')}`).toBe(step.action);
    const planned = [...JSON.stringify(mapping).matchAll(/"from":"(\w+)/g)].map(
      ([, field]) => field,
    );
    const asked = parametersUsed(step).filter(field => !AROUND.includes(field));
    expect([...new Set(planned)].sort()).toEqual(asked);
    expect(planned).toEqual(
      expect.arrayContaining(needs.map((need: string) => need.split('.')[0])),
    );
    for (const preview of previews) {
      expect(preview['ui:backstage']).toEqual({ review: { show: false } });
    }
    expect(Object.keys(template.spec.parameters.at(-1).properties).at(-1)).toBe(
      'plan',
    );
  });

  it('uses form fields that there are', () => {
    const folder = 'plugins/scaffolder-frontend-module-fleet/src';
    const known = listFolder(`${folder}/fields`)
      .filter(each => each.startsWith('Fleet'))
      .map(
        each =>
          /name: '(\w+)'/.exec(
            readText(`${folder}/fields/${each}/field.ts`),
          )![1],
      );
    const used = Object.values(fields)
      .map(field => field['ui:field'])
      .filter(Boolean);
    expect(known).toEqual(expect.arrayContaining(used));
  });
});
