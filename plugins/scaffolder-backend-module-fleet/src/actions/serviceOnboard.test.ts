import { createMockDirectory } from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import { FakeFleet } from '../__testUtils__/fakeFleet';
import { run } from '../__testUtils__/run';
import { createServiceOnboardAction } from './serviceOnboard';

const input = {
  service: 'payments',
  clusters: ['spoke-us-east-1-prod', 'spoke-eu-west-1-prod'],
  mode: 'commit',
  reason: 'Launch',
};

const workspace = createMockDirectory();

describe('fleet:service:onboard', () => {
  let fleet: FakeFleet;
  let action: ReturnType<typeof createServiceOnboardAction>;
  beforeEach(() => {
    fleet = new FakeFleet();
    action = createServiceOnboardAction({ fleet });
  });

  it('logs the plan, writes the change and outputs what was written', async () => {
    const { log, outputs } = await run(action, { ...input, path: '' });
    expect(log).toEqual([
      'Plan: creates 2',
      '+ payments-spoke-us-east-1-prod on spoke-us-east-1-prod',
      '+ payments-spoke-eu-west-1-prod on spoke-eu-west-1-prod',
      'Commit aaaaaaa: https://git/commit/a',
    ]);
    expect(outputs).toEqual({
      changeId: 'change-1',
      commitSha: 'a'.repeat(40),
      commitUrl: 'https://git/commit/a',
      unchanged: false,
      planSummary: 'creates 2',
    });
    expect(fleet.requests).toEqual([
      {
        intent: {
          kind: 'service.onboard',
          repository: undefined,
          parameters: { service: 'payments', clusters: input.clusters },
        },
        mode: 'commit',
        reason: 'Launch',
      },
    ]);
    expect(fleet.credentials).toEqual([
      expect.objectContaining({ principal: expect.anything() }),
      expect.objectContaining({ principal: expect.anything() }),
    ]);
  });

  it('sends the chart of a new service along', async () => {
    workspace.setContent({
      chart: {
        'Chart.yaml': 'name: payments\n',
        templates: { '.helmignore': '', 'x.yaml': '{{ .Release.Name }}\n' },
      },
    });
    await run(
      action,
      { ...input, sourcePath: 'chart' },
      { workspacePath: workspace.path },
    );
    expect(fleet.requests[0].intent.parameters).toMatchObject({
      files: {
        'Chart.yaml': 'name: payments\n',
        'templates/.helmignore': '',
        'templates/x.yaml': '{{ .Release.Name }}\n',
      },
    });
  });

  it.each([
    ['nothing', 'nowhere', {}, 'the workspace has no files in `nowhere`'],
    [
      'no text',
      'chart',
      { chart: { logo: Buffer.from([0xff, 0xfe, 0x00]) } },
      'chart/logo is no text',
    ],
    ['a way out', '../..', {}, 'outside'],
  ])('refuses a folder with %s', async (_, sourcePath, content, message) => {
    workspace.setContent(content);
    await expect(
      run(action, { ...input, sourcePath }, { workspacePath: workspace.path }),
    ).rejects.toThrow(message);
    expect(fleet.requests).toEqual([]);
  });

  it('passes on which guards shall not stop it', async () => {
    const overrides = [{ guard: 'deletions', reason: 'The region is left' }];
    await run(action, { ...input, overrides });
    expect(fleet.requests).toMatchObject([{ overrides }]);
  });

  it('outputs the pull request', async () => {
    const { log, outputs } = await run(action, {
      ...input,
      mode: 'pull-request',
    });
    expect(outputs).toMatchObject({ pullRequestUrl: 'https://git/pull/7' });
    expect(log).toContain('Pull request: https://git/pull/7');
  });

  it('says that nothing changes the second time', async () => {
    await run(action, input);
    const { log, outputs } = await run(action, input);
    expect(log).toEqual([
      'Nothing changes: Git already says this.',
      'Nothing was written: Git already says this.',
    ]);
    expect(outputs).toMatchObject({ unchanged: true, changeId: 'change-2' });
    expect(outputs).not.toHaveProperty('commitSha');
  });

  it('plans in a dry run and writes nothing', async () => {
    const { log, outputs } = await run(action, input, { isDryRun: true });
    expect(log).toContain(
      '+ payments-spoke-us-east-1-prod on spoke-us-east-1-prod',
    );
    expect(outputs).toEqual({ unchanged: false, planSummary: 'creates 2' });
    expect(fleet.requests).toEqual([]);
  });

  it('writes once for each task, also where a step runs several times', async () => {
    const { checkpoints } = await run(action, input);
    await run(action, input, { checkpoints });
    expect(fleet.requests).toHaveLength(1);
    await run(action, { ...input, service: 'ledger' }, { checkpoints });
    await run(action, { ...input, repository: 'other' }, { checkpoints });
    await run(action, { ...input, clusters: ['a'] }, { checkpoints });
    expect(fleet.requests).toHaveLength(4);
  });

  it("keeps the backend's sentence", async () => {
    fleet.failure = await ResponseError.fromResponse(
      Response.json(
        {
          error: {
            name: 'InputError',
            message: 'clusters[1]: there is no cluster spoke-mars',
          },
          response: { statusCode: 400 },
        },
        { status: 400 },
      ),
    );
    await expect(run(action, input)).rejects.toMatchObject({
      name: 'InputError',
      message: 'clusters[1]: there is no cluster spoke-mars',
    });
  });

  it('logs guards and what cannot be computed', async () => {
    fleet.createPlan = async () => ({
      evaluable: false,
      notEvaluable: 'the generator scmProvider needs a live host',
      unchanged: false,
      summary: '',
      creates: 0,
      changes: 0,
      deletes: 0,
      applications: [
        {
          action: 'change',
          name: 'a',
          namespace: 'argocd',
          cluster: 'c',
          fields: [{ path: 'spec.project' }],
        },
        {
          action: 'delete',
          name: 'b',
          namespace: 'argocd',
          cluster: 'c',
          fields: [],
        },
      ],
      edits: [{ path: 'clusters/c.yaml', action: 'update', diff: '' }],
      guards: [
        { id: 'x', level: 'stop', message: 'Too many deletions' },
        { id: 'y', level: 'warn', message: 'Production is touched' },
      ],
    });
    const { log } = await run(action, input, { isDryRun: true });
    expect(log).toEqual([
      'Plan: the effect cannot be computed: the generator scmProvider needs a live host',
      '~ a on c (spec.project)',
      '- b on c',
      '  update clusters/c.yaml',
      'Stop: Too many deletions',
      'Warning: Production is touched',
    ]);
  });
});
