import { appOfAppsLayout as layout } from './appOfApps';
import { exampleRepository } from './testdata/exampleRepository';
import { errorOf, Refusal } from './testdata/refusal';
import { edited } from './testdata/shopRepository';

const repository = exampleRepository('app-of-apps', 'service-platform');
const text = (path: string) => repository.files.get(path)!;

describe('refusals', () => {
  const replaced = (file: string, from: string | RegExp, to: string) =>
    edited(repository, { [file]: text(file).replace(from, to) });

  it.each<Refusal>([
    [
      'an unknown service',
      () => layout.enable('shipment', ['prod-us-east-1'], repository),
      'NotFoundError',
      'No chart of Applications deploys `shipment`. Did you mean `shipments`?',
    ],
    [
      'an unknown cluster',
      () => layout.enable('pricing', ['prod-us-east-2'], repository),
      'NotFoundError',
      'No cluster `prod-us-east-2` renders a chart of Applications. Did you mean `prod-us-east-1`?',
    ],
    [
      'a version where the service does not run',
      () =>
        layout.setVersion(
          { service: 'pricing', version: '1', clusters: ['prod-us-east-1'] },
          repository,
        ),
      'NotFoundError',
      '`pricing` does not run on cluster `prod-us-east-1`.',
    ],
    [
      'a version for a service that follows its environment',
      () =>
        layout.setVersion(
          {
            service: 'tracking',
            version: '5.0.4',
            clusters: ['prod-eu-central-1'],
          },
          repository,
        ),
      'ConflictError',
      '`tracking` follows `stable` on prod-eu-central-1: its version is decided there. Merge into it or move it.',
    ],
    [
      'a service without a directory',
      () =>
        layout.onboard(
          { service: 'ghost', clusters: ['prod-us-east-1'] },
          repository,
        ),
      'InputError',
      'parameters.path: `services/ghost` does not exist in the repository.',
    ],
    [
      'another namespace for a service that exists',
      () =>
        layout.onboard(
          {
            service: 'pricing',
            clusters: ['prod-us-east-1'],
            namespace: 'money',
          },
          repository,
        ),
      'ConflictError',
      'parameters.namespace: apps/templates/pricing.yaml deploys `pricing` to namespace `pricing`, not `money`.',
    ],
    [
      'a toggle that another value overrules',
      () =>
        layout.enable(
          'tracking',
          ['prod-us-east-1'],
          replaced(
            'apps/templates/tracking.yaml',
            'if .Values.tracking.enable',
            'if and .Values.tracking.enable (ne .Values.cluster.region "us-east-1")',
          ),
        ),
      'ConflictError',
      'The change of apps/values.prod-us-east-1.yaml does not bring `tracking` to cluster `prod-us-east-1`',
    ],
    [
      'a toggle that switches another Application too',
      () =>
        layout.enable(
          'tracking',
          ['prod-us-east-1'],
          replaced(
            'apps/templates/pricing.yaml',
            'if .Values.pricing.enable',
            'if or .Values.pricing.enable .Values.tracking.enable',
          ),
        ),
      'ConflictError',
      'would change the Application `prod-us-east-1-pricing` too',
    ],
    [
      'a values file that other clusters read',
      () =>
        layout.enable(
          'tracking',
          ['prod-us-east-1'],
          edited(repository, {
            'bootstrap/prod-us-east-1.yaml': text(
              'bootstrap/prod-us-east-1.yaml',
            ).replace('values.prod-us-east-1.yaml', 'values.prod.yaml'),
            'bootstrap/prod-eu-central-1.yaml': text(
              'bootstrap/prod-eu-central-1.yaml',
            )
              .replace('values.prod-eu-central-1.yaml', 'values.prod.yaml')
              .replace(
                'valueFiles:',
                'valuesObject: {cluster: {name: prod-eu-central-1}}\n      valueFiles:',
              ),
            'apps/values.prod.yaml': text('apps/values.prod-us-east-1.yaml'),
          }),
        ),
      'ConflictError',
      'apps/values.prod.yaml holds the values of `prod-eu-central-1` too. Name it as well, or give `prod-us-east-1` a values file of its own.',
    ],
    [
      'a value behind an alias',
      () =>
        layout.enable(
          'tracking',
          ['prod-us-east-1'],
          replaced(
            'apps/values.prod-us-east-1.yaml',
            /tracking:\n {2}enable: false/,
            'defaults: &off {enable: false}\n\ntracking: *off',
          ),
        ),
      'ConflictError',
      'apps/values.prod-us-east-1.yaml:14: `*off` on the way to `tracking.enable` is an alias',
    ],
    [
      'a version that the template writes itself',
      () =>
        layout.setVersion(
          { service: 'cert-manager', version: '1' },
          replaced(
            'apps/templates/cert-manager.yaml',
            /\{\{ \.Values\.certManager\.targetRevision .*/,
            'v1.2.3',
          ),
        ),
      'ConflictError',
      'apps/templates/cert-manager.yaml has no value for the version of `cert-manager` alone.',
    ],
    [
      'a chart that cannot be rendered',
      () =>
        layout.enable(
          'geo',
          ['prod-us-east-1'],
          replaced(
            'apps/templates/tracking.yaml',
            '{{- end }}',
            '{{- fail "no region" }}{{- end }}',
          ),
        ),
      'ConflictError',
      'apps/templates/tracking.yaml:',
    ],
  ])('%s', (_title, run, name, message) =>
    expect(errorOf(run)).toMatchObject({
      name,
      message: expect.stringContaining(message),
    }),
  );
});
