import { FakeFleet } from '../__testUtils__/fakeFleet';
import { exampleInput, run } from '../__testUtils__/run';
import { createClusterLabelAction } from './clusterLabel';
import { createServiceOnboardAction } from './serviceOnboard';

describe.each([
  ['fleet:service:onboard', createServiceOnboardAction],
  ['fleet:cluster:label', createClusterLabelAction],
])('examples of %s', (id, create) => {
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
          intent: { repository: input.repository },
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
