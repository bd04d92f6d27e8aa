import {
  exampleRepository as repository,
  exampleWith,
} from '../../claims/__testUtils__/exampleRepository';
import { withChanges } from '../../repository';
import { failure, run } from './__testUtils__/run';

describe('cluster.recreate', () => {
  const cluster = 'spoke-ap-south-1-staging';

  it('takes the cluster away and puts its files back as they were', () => {
    const whole = run('cluster.recreate', { cluster });
    expect(whole.stages!.map(({ id, waitFor }) => [id, waitFor])).toEqual([
      ['drain', 'removed'],
      ['unregister', 'removed'],
      ['delete-claim', 'removed'],
      ['put-back', 'healthy'],
    ]);
    let files = repository;
    for (const stage of whole.stages!) {
      const { changes } = run('cluster.recreate', { cluster }, files, {
        stage,
      });
      expect(changes.size).toBeGreaterThan(0);
      files = withChanges(files, changes);
    }
    expect(Object.fromEntries(files.files)).toEqual(
      Object.fromEntries(repository.files),
    );
    const [, , , putBack] = whole.stages!;
    expect(
      run('cluster.recreate', { cluster }, files, { stage: putBack }).changes
        .size,
    ).toBe(0);
    const other = exampleWith({ [`claims/${cluster}.yaml`]: 'kind: Other\n' });
    expect(() =>
      run('cluster.recreate', { cluster }, other, { stage: putBack }),
    ).toThrow('was written again meanwhile and says something else');
  });

  it('needs a claim', () => {
    const error = failure(() =>
      run('cluster.recreate', { cluster: 'spoke-us-east-1-prod' }),
    );
    expect(error).toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining('has no claim'),
    });
  });
});
