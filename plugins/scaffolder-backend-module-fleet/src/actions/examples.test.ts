import { FakeFleet } from '../__testUtils__/fakeFleet';
import { exampleInput, run } from '../__testUtils__/run';
import { listFolder, readYaml } from '../__testUtils__/templates';
import { createClusterCreateAction } from './clusterCreate';
import { fleetActions } from './fleetActions';

const changing = fleetActions
  .map(create => ({ create, id: create({ fleet: new FakeFleet() }).id }))
  .filter(({ id }) => id !== 'fleet:change:wait');

it('has an action for each way of changing the fleet by a template', () => {
  expect(changing.map(({ id }) => id).sort()).toEqual([
    'fleet:cluster:create',
    'fleet:cluster:decommission',
    'fleet:cluster:label',
    'fleet:cluster:upgrade',
    'fleet:service:offboard',
    'fleet:service:onboard',
    'fleet:service:promote',
    'fleet:service:rollback',
  ]);
});

describe.each(changing)('examples of $id', ({ id, create }) => {
  const { examples = [] } = create({ fleet: new FakeFleet() });

  it.each(examples.map(item => [item.description, item.example]))(
    '%s',
    async (_, example) => {
      const fleet = new FakeFleet();
      const action = create({ fleet });
      expect(action.id).toBe(id);
      const input = exampleInput(example);
      // Examples obey the schema that the form is checked against.
      const { properties, required } = action.schema!.input as any;
      expect(Object.keys(properties)).toEqual(
        expect.arrayContaining(Object.keys(input)),
      );
      expect(Object.keys(input)).toEqual(expect.arrayContaining(required));

      const { outputs } = await run(action, input);
      expect(fleet.requests).toMatchObject([
        {
          intent: {
            kind: id.replace('fleet:', '').replace(':', '.'),
            repository: input.repository,
          },
          mode: input.mode ?? 'auto',
          reason: input.reason,
        },
      ]);
      expect(outputs).toHaveProperty(
        input.mode === 'pull-request' ? 'pullRequestUrl' : 'commitUrl',
      );
    },
  );

  it('has examples', () => {
    expect(examples.length).toBeGreaterThan(1);
  });
});

describe('examples of fleet:cluster:create', () => {
  const folder = 'examples/hub-and-spoke/repository/blueprints';
  const blueprints = listFolder(folder).map(file =>
    readYaml(`${folder}/${file}`),
  );

  it.each(
    createClusterCreateAction({ fleet: new FakeFleet() }).examples!.map(
      each => [each.description, exampleInput(each.example)],
    ),
  )('%s: names a blueprint of the example and fills it in', (_, input: any) => {
    const { parameters } = blueprints.find(
      each => each.metadata.name === input.blueprint,
    ).spec;
    expect(Object.keys(input.parameters)).toEqual(
      expect.arrayContaining(parameters.required),
    );
    for (const [name, value] of Object.entries(input.parameters)) {
      const {
        type,
        enum: values = [value],
        pattern = '',
      } = parameters.properties[name];
      expect(typeof value).toBe(type === 'integer' ? 'number' : type);
      expect(values).toContain(value);
      expect(String(value)).toMatch(new RegExp(pattern));
    }
  });
});
