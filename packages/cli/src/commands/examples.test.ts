import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runFleet } from '../__testUtils__/runFleet';

const examples = resolve(__dirname, '../../../../examples');
const names = readdirSync(examples).filter(name =>
  existsSync(join(examples, name, 'repository')),
);

describe('the example repositories', () => {
  it.each(names)('%s evaluates', async name => {
    const repository = join(examples, name, 'repository');
    const { code, out, error } = await runFleet(['eval', repository, '--json']);
    const { applications, problems } = JSON.parse(out);
    expect({ code, error, problems }).toEqual({
      code: 0,
      error: '',
      problems: [],
    });
    expect(applications.length).toBeGreaterThan(3);
  });

  it('shows what a chart of Applications makes', async () => {
    const { out } = await runFleet([
      'eval',
      join(examples, 'app-of-apps', 'repository'),
    ]);
    expect(out).toMatch(
      /^prod-eu-central-1 +prod-eu-central-1-cert-manager +cert-manager +v\S+ +chart prod-eu-central-1-bootstrap$/m,
    );
  });
});
