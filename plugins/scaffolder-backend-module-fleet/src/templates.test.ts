import { FLEET_SERVICE_ANNOTATION } from '@backstage-fleet/plugin-fleet-common';
import { parse } from 'yaml';
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
const GITHUB = 'new-service';
const names = listFolder('templates').filter(name => name !== GITHUB);
const PREVIEW = 'FleetPlanPreview';
/** What the form asks for that is no part of the intent. */
const AROUND = [
  'confirmation',
  'mode',
  'overrideDeletions',
  'reason',
  'waitFor',
];

/** The fields that a preview's options name. */
function fieldsNamed(options: unknown = {}): string[] {
  return [...JSON.stringify(options).matchAll(/"from":"(\w+)/g)].map(
    ([, field]) => field,
  );
}

it.each([...names, GITHUB])(
  '%s is called as its folder and registered in both configurations',
  name => {
    expect(readYaml(`templates/${name}/template.yaml`).metadata.name).toBe(
      name,
    );
    for (const config of ['app-config.yaml', 'app-config.production.yaml']) {
      expect(readYaml(config).catalog.locations).toContainEqual({
        type: 'file',
        target: `../../templates/${name}/template.yaml`,
        rules: [{ allow: ['Template'] }],
      });
    }
  },
);

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
    const { kind, needs, overrides, ...mapping } = previews[0]['ui:options'];
    expect(parametersUsed(step.input.overrides ?? '')).toEqual(
      expect.arrayContaining(fieldsNamed(overrides)),
    );
    expect(`fleet:${kind.replace('.', ':')}`).toBe(step.action);
    const planned = fieldsNamed(mapping);
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

describe('the template new-service', () => {
  const template = readYaml(`templates/${GITHUB}/template.yaml`);
  const { steps } = template.spec;
  const given = steps[0].input.values;
  const values: Record<string, string> = {
    name: 'gift-cards',
    description: 'Sells "gift cards": all of them',
    owner: 'group:default/team-payments',
    repository: 'acme/gift-cards',
    image: 'ghcr.io/acme/gift-cards',
    gitops: 'acme/fleet-gitops',
  };
  /** What `fetch:template` makes of a file, as far as the skeleton uses it. */
  const render = (path: string) =>
    readText(`templates/${GITHUB}/content/${path}`)
      .split(/({% raw %}[^]*?{% endraw %})/)
      .map(part =>
        part.startsWith('{% raw %}')
          ? part.slice('{% raw %}'.length, -'{% endraw %}'.length)
          : part.replace(
              /\$\{\{ values\.(\w+)( \| dump)? \}\}/g,
              (_, name, dump) =>
                dump ? JSON.stringify(values[name]) : values[name],
            ),
      )
      .join('');
  const rendered = (path: string) => parse(render(path));

  it('fills its files in with what the form asks for', () => {
    const asked = Object.entries<any>(fieldsOf(template))
      .filter(([, field]) => field['ui:field'] !== PREVIEW)
      .map(([name]) => name)
      .sort();
    expect(parametersUsed(steps)).toEqual(asked);
    expect(Object.keys(given)).toEqual(Object.keys(values));
    expect(steps[1].input.values).toEqual(given);
  });

  it('publishes and onboards what it filled in, and uses outputs of the steps before', () => {
    const [repository, chart, publish, , onboard] = steps;
    expect(publish.input.sourcePath).toBe(repository.input.targetPath);
    expect(onboard.input.sourcePath).toBe(chart.input.targetPath);
    const { input } = actions.get(onboard.action)!;
    expect(Object.keys(input.properties)).toEqual(
      expect.arrayContaining(Object.keys(onboard.input)),
    );
    const before = new Set<string>();
    for (const part of [...steps, template.spec.output]) {
      for (const [step] of outputsUsed(part)) expect(before).toContain(step);
      before.add(part.id);
    }
  });

  it('has a catalog entry that names the service on the fleet', () => {
    expect(rendered('repository/catalog-info.yaml.njk')).toMatchObject({
      metadata: {
        name: 'gift-cards',
        description: values.description,
        annotations: { [FLEET_SERVICE_ANNOTATION]: 'gift-cards' },
      },
      spec: { owner: values.owner },
    });
  });

  it('has a chart with values for each environment, where the build and promotions write the tag', () => {
    expect(rendered('chart/Chart.yaml.njk')).toMatchObject({
      name: 'gift-cards',
      description: values.description,
    });
    expect(rendered('chart/values.yaml.njk').image).toEqual({
      repository: values.image,
      tag: '0.1.1',
    });
    for (const environment of ['staging', 'prod']) {
      expect(rendered(`chart/values-${environment}.yaml`)).toHaveProperty(
        ['image', 'tag'],
        '0.1.1',
      );
    }
    // Helm's own syntax is not the skeleton's: its templates are copied as they are.
    expect(listFolder(`templates/${GITHUB}/content/chart/templates`)).toEqual([
      'deployment.yaml',
      'service.yaml',
    ]);
  });

  it('has a workflow that builds the image and proposes its tag in the GitOps repository', () => {
    const workflow = rendered('repository/.github/workflows/build.yaml.njk');
    expect(workflow.env).toEqual({
      IMAGE: values.image,
      GITOPS: values.gitops,
      SERVICE: 'gift-cards',
    });
    const { build, propose } = workflow.jobs;
    expect(build.outputs.tag).toBe('${{ steps.tag.outputs.tag }}');
    expect(propose.needs).toBe('build');
    expect(propose.env.TAG).toBe('${{ needs.build.outputs.tag }}');
    const { run } = propose.steps.at(-1);
    expect(run).toContain('"services/$SERVICE/values-staging.yaml"');
    // The first build has the number 1, and the chart begins with its image.
    expect(build.steps[1].run).toContain('tag=0.1.$GITHUB_RUN_NUMBER');
  });
});
