import type { IntentParameters } from '@backstage-fleet/plugin-fleet-common';
import { effectsOf } from '../../layouts/testdata/effects';
import { withChanges } from '../../repository';
import { parseIntent } from '../parseIntent';
import { apply, CASES, deploymentsOf, versionsOf } from '../testdata/examples';

describe.each(CASES)('intents on $example', example => {
  const { repository, service, newService, own, on, off, to, clusters } =
    example;
  const newOn = example.newOn ?? [on, off].sort();
  const before = deploymentsOf(repository, service);
  const meant = before.filter(
    ({ cluster, environment }) =>
      (!to.clusters || to.clusters.includes(cluster!)) &&
      (!to.environments || to.environments.includes(environment!)),
  );
  const others = before.filter(deployment => !meant.includes(deployment));

  it('onboards a new service on the clusters that were named, and on no other', () => {
    const applied = apply(repository, 'service.onboard', {
      service: newService,
      clusters: newOn,
    });
    const { created, changed, deleted } = effectsOf(
      applied,
      repository,
      clusters,
    );
    expect(created).toHaveLength(newOn.length);
    expect([changed, deleted]).toEqual([[], []]);
    expect(
      deploymentsOf(withChanges(repository, applied.changes), newService)
        .map(({ cluster }) => cluster)
        .sort(),
    ).toEqual(newOn);
    expect(applied.touched).toEqual({
      services: [newService],
      clusters: newOn,
    });
  });

  it('enables and disables, one undoing the other', () => {
    const enabled = apply(repository, 'service.enable', {
      service,
      clusters: [off],
    });
    expect(effectsOf(enabled, repository, clusters)).toMatchObject({
      created: [expect.stringContaining(service)],
      changed: [],
      deleted: [],
    });
    expect(enabled.title).toBe(`Enable ${service} on ${off}`);
    const after = withChanges(repository, enabled.changes);
    const disabled = apply(after, 'service.disable', {
      service,
      clusters: [off],
    });
    const undone = withChanges(after, disabled.changes);
    expect(deploymentsOf(undone, service)).toEqual(before);
    expect(
      apply(repository, 'service.enable', { service, clusters: [on] }).changes
        .size,
    ).toBe(0);
    expect(
      apply(repository, 'service.disable', { service, clusters: [off] }).changes
        .size,
    ).toBe(0);
  });

  it('offboards everywhere and leaves the files of the service, unless told otherwise', () => {
    const applied = apply(repository, 'service.offboard', { service });
    const { created, changed, deleted } = effectsOf(
      applied,
      repository,
      clusters,
    );
    expect([created, changed]).toEqual([[], []]);
    expect(deleted).toHaveLength(before.length);
    expect(applied.touched.clusters).toEqual(
      [...new Set(before.map(({ cluster }) => cluster!))].sort(),
    );
    expect([...applied.changes.keys()]).not.toContain(own);
    const thorough = apply(repository, 'service.offboard', {
      service,
      deleteFiles: true,
    });
    const removed = [...thorough.changes].filter(
      ([file, text]) => file === own && text === undefined,
    );
    expect(removed).toHaveLength(own ? 1 : 0);
  });

  it('promotes a version to the targets and to nothing else, and rolls it back', () => {
    const promoted = apply(repository, 'service.promote', {
      service,
      version: '77.1.0',
      to,
    });
    const after = withChanges(repository, promoted.changes);
    expect(versionsOf(deploymentsOf(after, service))).toEqual({
      ...versionsOf(others),
      ...Object.fromEntries(meant.map(({ cluster }) => [cluster, '77.1.0'])),
    });
    expect(effectsOf(promoted, repository, clusters)).toMatchObject({
      created: [],
      deleted: [],
    });
    expect(promoted.touched.clusters).toEqual(
      meant.map(({ cluster }) => cluster!).sort(),
    );
    const old = meant[0].version!.text;
    const rolledBack = apply(after, 'service.rollback', {
      service,
      version: old,
      on: to,
    });
    const restored = withChanges(after, rolledBack.changes);
    expect(versionsOf(deploymentsOf(restored, service))).toEqual({
      ...versionsOf(others),
      ...Object.fromEntries(meant.map(({ cluster }) => [cluster, old])),
    });
    const again = apply(after, 'service.promote', {
      service,
      version: '77.1.0',
      to,
    });
    expect(again.changes.size).toBe(0);
    expect(again.branch).toBe(promoted.branch);
  });

  const last = before[before.length - 1].region;

  it('promotes in waves by region, each a stage that touches its clusters alone', () => {
    const parameters: IntentParameters['service.promote'] = {
      service,
      version: '78.0.0',
      to: { clusters: before.map(({ cluster }) => cluster!) },
      waves: { by: 'region', ...(last ? { order: [last] } : {}) },
    };
    const whole = apply(repository, 'service.promote', parameters);
    const regions = new Set(before.map(({ region }) => region));
    expect(whole.stages).toHaveLength(regions.size);
    expect(whole.stages![0]).toMatchObject({
      id: 'wave-1',
      title: `Wave 1: ${last ?? 'clusters without a region'}`,
      waitFor: 'healthy',
      version: '78.0.0',
    });
    let state = repository;
    const done: Record<string, string | undefined> = versionsOf(before);
    for (const stage of whole.stages!) {
      const applied = apply(state, 'service.promote', parameters, { stage });
      expect(applied.stages).toBeUndefined();
      expect(applied.branch).toBe(`${whole.branch}-${stage.id}`);
      expect(applied.touched.clusters).toEqual(stage.clusters);
      state = withChanges(state, applied.changes);
      for (const cluster of stage.clusters) done[cluster] = '78.0.0';
      expect(versionsOf(deploymentsOf(state, service))).toEqual(done);
    }
    for (const [file, text] of whole.changes)
      expect(state.files.get(file)).toBe(text);
  });

  it.each<[string, object, string]>([
    [
      'no service',
      { kind: 'service.enable', parameters: { clusters: ['a'] } },
      'parameters.service: is missing',
    ],
    [
      'template syntax in a version',
      {
        kind: 'service.rollback',
        parameters: { service, on: to, version: '{{.x}}' },
      },
      'parameters.version: is no version',
    ],
    [
      'a promotion to nowhere',
      {
        kind: 'service.promote',
        parameters: { service, version: '1.0.0', to: {} },
      },
      'parameters.to: must name at least one cluster or environment',
    ],
    [
      'a promotion of nothing',
      { kind: 'service.promote', parameters: { service, to } },
      'parameters.version: is needed, or `from`',
    ],
    [
      'waves of an unknown kind',
      {
        kind: 'service.promote',
        parameters: { service, version: '1.0.0', to, waves: { by: 'luck' } },
      },
      'parameters.waves.by: ',
    ],
    [
      'a hotfix that is forwarded to itself',
      {
        kind: 'service.hotfix',
        parameters: {
          service,
          version: '1.0.0',
          environment: 'prod',
          forwardTo: ['prod'],
        },
      },
      'parameters.forwardTo: must not name the environment that is fixed',
    ],
  ])('refuses %s', (_case, input, message) => {
    expect(() => parseIntent(input)).toThrow(message);
  });

  it.each<[string, () => unknown, string]>([
    [
      'an unknown service',
      () =>
        apply(repository, 'service.enable', {
          service: `${service}x`,
          clusters: [on],
        }),
      `Did you mean \`${service}\`?`,
    ],
    [
      'an unknown cluster',
      () =>
        apply(repository, 'service.enable', { service, clusters: [`${on}x`] }),
      `Did you mean \`${on}\``,
    ],
    [
      'an environment without the service',
      () =>
        apply(repository, 'service.promote', {
          service,
          version: '1.0.0',
          to: { environments: [before[0].environment!, 'qa'] },
        }),
      `\`${service}\` does not run in environment \`qa\``,
    ],
    [
      'a strategy that nobody carries out',
      () =>
        apply(repository, 'service.promote', {
          service,
          from: before[0].environment,
          to,
          strategy: 'merge-branch',
        }),
      'parameters.strategy: `merge-branch` works on Git branches and tags',
    ],
    [
      'a wave with a cluster that is no target',
      () =>
        apply(repository, 'service.promote', {
          service,
          version: '1.0.0',
          to: { clusters: [on] },
          waves: { by: 'list', clusters: [[on], [off]] },
        }),
      `parameters.waves.clusters: \`${off}\` is not among the targets.`,
    ],
    [
      'a path outside the services’ directories',
      () =>
        apply(repository, 'service.onboard', {
          service: newService,
          clusters: [on],
          path: 'projects',
        }),
      'parameters.path: `projects` is not inside `',
    ],
  ])('refuses %s', (_case, run, message) => {
    expect(run).toThrow(message);
  });
});
