import { matrixMergeLayout as layout } from './matrixMerge';
import { exampleRepository } from './testdata/exampleRepository';
import { errorOf, Refusal } from './testdata/refusal';
import { edited } from './testdata/shopRepository';

const repository = exampleRepository('matrix-merge', 'cluster-addons');

describe('refusals', () => {
  const replaced = (file: string, from: string, to: string) =>
    edited(repository, {
      [file]: repository.files.get(file)!.replace(from, to),
    });

  it.each<Refusal>([
    [
      'an unknown service',
      () => layout.enable('certmanager', ['prod-us-east-1'], repository),
      'NotFoundError',
      'No ApplicationSet of the repository deploys `certmanager`. Did you mean `cert-manager`?',
    ],
    [
      'an unknown cluster',
      () => layout.enable('velero', ['prod-us-east-2'], repository),
      'NotFoundError',
      'Cluster `prod-us-east-2` is not known: neither the repository nor a hub names it. Did you mean `prod-us-east-1`?',
    ],
    [
      'an environment that is not there',
      () =>
        layout.setVersion(
          {
            service: 'velero',
            version: '9.2.0',
            environments: ['production'],
          },
          repository,
        ),
      'NotFoundError',
      '`velero` does not run in environment `production`.',
    ],
    [
      'a label that switches other services too',
      () =>
        layout.disable(
          'cert-manager',
          ['dev-eu-west-1'],
          replaced(
            'addons/ingress-nginx.yaml',
            'enable_ingress_nginx: "true"',
            'enable_cert_manager: "true"',
          ),
        ),
      'ConflictError',
      'addons/cert-manager.yaml: ApplicationSet `addons-cert-manager` cannot be switched off for cluster `dev-eu-west-1` alone: by the label `enable_cert_manager` in clusters/dev-eu-west-1.yaml, it would delete `ingress-nginx` on dev-eu-west-1 too.',
    ],
    [
      'a cluster that another selector leaves out',
      () => layout.enable('gpu-operator', ['dev-eu-west-1'], repository),
      'ConflictError',
      'cannot be switched on for cluster `dev-eu-west-1` alone: by the annotation `addons_gpu_operator` in clusters/dev-eu-west-1.yaml, it would not create `gpu-operator` on dev-eu-west-1.',
    ],
    [
      'a new service without a pattern',
      () =>
        layout.onboard(
          { service: 'audit-shipper', clusters: ['prod-us-east-1'] },
          edited(repository, { 'addons/node-tuner.yaml': undefined }),
        ),
      'ConflictError',
      'No ApplicationSet of the repository can be the pattern for `audit-shipper`: one is needed that deploys a directory of this repository',
    ],
    [
      'a version that other clusters share, without a place for one of its own',
      () =>
        layout.setVersion(
          {
            service: 'cert-manager',
            version: 'v1.18.0',
            clusters: ['prod-us-east-1'],
          },
          replaced(
            'addons/cert-manager.yaml',
            'mergeKeys: [server]',
            'mergeKeys: [server, name]',
          ),
        ),
      'ConflictError',
      'addons/cert-manager.yaml holds the version of `cert-manager` for prod-us-east-1 and also for prod-ap-south-1, prod-eu-west-1.',
    ],
    [
      'an ApplicationSet that would fail',
      () =>
        layout.enable(
          'ingress-nginx',
          ['prod-ap-south-1'],
          replaced(
            'addons/ingress-nginx.yaml',
            'namespace: ingress-nginx',
            'namespace: "{{.metadata.annotations.ingress_namespace}}"',
          ),
        ),
      'ConflictError',
      'cannot be switched on for cluster `prod-ap-south-1` alone',
    ],
  ])('%s', (_title, run, name, message) =>
    expect(errorOf(run)).toMatchObject({
      name,
      message: expect.stringContaining(message),
    }),
  );
});
