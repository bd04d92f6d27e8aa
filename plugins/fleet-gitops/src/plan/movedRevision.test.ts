import { exampleRepository } from '../layouts/testdata/exampleRepository';
import { withChanges } from '../repository';
import { planChanges } from './planChanges';

const repository = exampleRepository('app-of-apps', 'service-platform');
const FILE = 'services/tracking/values.yaml';

describe('the plan of a branch or tag that gets other content', () => {
  const bump = (text: string) => text.replace('5.0.3', '5.1.0');
  const plan = (name: string, changed: boolean) =>
    planChanges({
      repository,
      branch: 'main',
      changes: new Map(
        changed ? [[FILE, bump(repository.files.get(FILE)!)]] : [],
      ),
      hub: {
        clusters: [],
        repositories: () => withChanges(repository, new Map()),
      },
      revision: { name, before: withChanges(repository, new Map()) },
    });

  it('has the Applications that follow it and no others, not those that follow a revision of their own', () => {
    const { applications, edits, evaluable } = plan('stable', true);
    expect(evaluable).toBe(true);
    expect(
      applications.map(({ action, name, version }) => [action, name, version]),
    ).toEqual([['change', 'prod-eu-central-1-tracking', '5.1.0']]);
    expect(edits.map(({ path }) => path)).toEqual([FILE]);
  });

  it('has others for another branch', () => {
    expect(plan('staging', true).applications.map(({ name }) => name)).toEqual([
      'staging-eu-central-1-tracking',
    ]);
  });

  it('is empty where nobody follows it, or nothing is different', () => {
    expect(plan('nobody', true).applications).toEqual([]);
    expect(plan('stable', false)).toMatchObject({ unchanged: true });
  });
});
