import { readFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { parse } from 'yaml';
import { FakeFleet } from './__testUtils__/fakeFleet';
import { createServiceOnboardAction } from './actions/serviceOnboard';

const template = parse(
  readFileSync(
    resolvePackagePath(
      '@backstage-fleet/plugin-scaffolder-backend-module-fleet',
      '../../templates/deploy-service/template.yaml',
    ),
    'utf8',
  ),
);

describe('the template "Deploy a service to the fleet"', () => {
  const [step] = template.spec.steps;
  const action = createServiceOnboardAction({ fleet: new FakeFleet() });
  const { input, output } = action.schema as any;

  it('gives the action inputs that it has, and all that it requires', () => {
    expect(step.action).toBe(action.id);
    const given = Object.keys(step.input);
    expect(Object.keys(input.properties)).toEqual(
      expect.arrayContaining(given),
    );
    expect(given).toEqual(expect.arrayContaining(input.required));
  });

  it('asks in the form for each value that it uses', () => {
    const asked = template.spec.parameters.flatMap((page: any) =>
      Object.keys(page.properties),
    );
    const used = [
      ...JSON.stringify(template.spec.steps).matchAll(/parameters\.(\w+)/g),
    ].map(([, name]) => name);
    expect(asked).toEqual(expect.arrayContaining(used));
    expect([...new Set(used)].sort()).toEqual([...asked].sort());
  });

  it('links to outputs that the action has', () => {
    const used = [
      ...JSON.stringify(template.spec.output).matchAll(
        /steps\.onboard\.output\.(\w+)/g,
      ),
    ].map(([, name]) => name);
    expect(Object.keys(output.properties)).toEqual(
      expect.arrayContaining(used),
    );
    expect(used).toEqual(
      expect.arrayContaining(['commitUrl', 'pullRequestUrl', 'planSummary']),
    );
  });
});
